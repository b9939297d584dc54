"""What the engine is asked with: plain values, no rows."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from typing import Any

from units.calendars import WorkingWeek
from units.choices import (
    DutyStart,
    DutyUnit,
    Effect,
    EndConvention,
    ExtensionKind,
    LengthKind,
    PeriodUnit,
    Scope,
    StartPick,
    Test,
    Transfer,
)
from units.liability.arithmetic import MonthDay

Blackout = tuple[MonthDay, MonthDay]


@dataclass(frozen=True)
class Event:
    """A dated fact of handover."""

    on: date
    is_deemed: bool = False


@dataclass(frozen=True)
class Start:
    """One way a period can start: so many days after an event. `is_deemed`: by the agreement's fiction."""

    event: str
    plus_days: int = 0
    is_deemed: bool = False


@dataclass(frozen=True)
class Duty:
    """How long the developer may take once notified."""

    amount: int
    unit: str = DutyUnit.DAYS
    start: str = DutyStart.NOTICE
    start_days: int = 0
    is_statutory: bool = False
    rolls_forward: bool = False
    blackouts: tuple[Blackout, ...] = ()


@dataclass(frozen=True)
class Extensions:
    """What lengthens the cover of this one fault: earlier repairs of the same item, and a date granted by a manager."""

    repaired_on: tuple[date, ...] = ()
    goodwill_until: date | None = None


@dataclass(frozen=True)
class Rule:
    """One coverage rule. Empty selectors fit everything. The dimensions are those of `units.models.CoverageRule`."""

    rule_id: str
    version: str = "1"
    label: str = ""
    order: int = 0
    effect: str = Effect.COVER
    scope: str = Scope.ANY
    tags: frozenset[str] = frozenset()
    trades: frozenset[str] = frozenset()
    elements: frozenset[str] = frozenset()
    types: frozenset[str] = frozenset()
    is_snag_only: bool = False
    starts: tuple[Start, ...] = ()
    start_pick: str = StartPick.FIRST_AVAILABLE
    start_if_refused: str = ""
    length_kind: str = LengthKind.PERIOD
    length_amount: int = 0
    length_unit: str = PeriodUnit.MONTHS
    fixed_end: date | None = None
    extra_months: int = 0
    end_convention: str = EndConvention.CORRESPONDING
    rolls_forward: bool = False
    grace_days: int = 0
    test: str = Test.RECEIVED
    duty: Duty | None = None
    opportunity_days: int | None = None
    extension: str = ExtensionKind.NONE
    extension_months: int = 0
    extension_cap_months: int | None = None
    transfer: str = Transfer.WITH_PROPERTY
    claimants: tuple[str, ...] = ()
    clause: str = ""
    words: str = ""

    def fits(self, facts: "CoverageFacts") -> bool:
        """The fault lies in the rule's place and matches every selector that is not empty."""
        return (
            self.scope in {Scope.ANY, facts.scope}
            and (not self.tags or not self.tags.isdisjoint(facts.tags))
            and (not self.trades or facts.trade in self.trades)
            and (not self.elements or facts.element in self.elements)
            and (not self.types or facts.type in self.types)
        )


@dataclass(frozen=True)
class CoverageFacts:
    """One fault and the dates around it, as local dates of the development.

    `received_on` is when the notice reached the office (mail server, stamp, portal), never when it was logged;
    `sent_on` when the owner sent it. None means not known. `week` is the office's working time for roll-overs.
    """

    received_on: date
    week: WorkingWeek
    scope: str = Scope.UNIT
    tags: frozenset[str] = frozenset()
    trade: str = ""
    element: str = ""
    type: str = ""
    events: Mapping[str, Event] = field(default_factory=dict)
    sent_on: date | None = None
    apparent_on: date | None = None
    proceedings_on: date | None = None
    is_on_handover_list: bool | None = None
    extensions: Extensions = Extensions()
    claimant: str = ""
    is_first_purchaser: bool | None = None
    is_transfer_notified: bool | None = None

    def as_inputs(self) -> dict[str, Any]:
        """What the engine was asked, as plain JSON to be kept beside its answer."""
        asked = {each.name: _plain(getattr(self, each.name)) for each in fields(self) if each.name != "week"}
        return asked | {"zone": str(self.week.zone)}


@dataclass(frozen=True)
class UpstreamFacts:
    """The contractor's own liability towards the developer. `grace_days`: a schedule of defects may follow the end."""

    company: str = ""
    starts_on: date | None = None
    months: int | None = None
    grace_days: int = 0


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, frozenset | tuple):
        return [_plain(item) for item in (sorted(value) if isinstance(value, frozenset) else value)]
    return value.isoformat() if isinstance(value, date) else value
