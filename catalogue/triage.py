"""How urgent a fault is: the default of its kind, raised by rules. Source: reference page `domain.md` 5.4.

Each rule looks at the facts and gives a raise or None; none lowers, none reads the clock or the history. Priorities
are never shown to a homeowner, the sentences are for staff.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from django.utils.translation import gettext as _

from catalogue.choices import FaultGroup, PriorityCode
from catalogue.models import DefectType, Element, Location

# P0 is a request for information and stands outside the ladder: only an answer or a danger makes a case of it.
LADDER = (PriorityCode.P1, PriorityCode.P2, PriorityCode.P3, PriorityCode.P4)
ELECTRICAL_TRADE = "ELE"
COVER_ENDS_SOON_DAYS = 14
TIMES_UNTIL_URGENT = 3


class Triaged(NamedTuple):
    """A priority and the sentences that say why it is not the default."""

    priority: str
    reasons: list[str]


class Raise(NamedTuple):
    """What one rule asks for."""

    priority: str
    reason: str


@dataclass(frozen=True)
class Facts:
    """What the rules look at, and the priority so far."""

    defect_type: DefectType
    location: Location | None
    element: Element | None
    answers: Mapping[str, str] = field(default_factory=dict)
    is_vulnerable: bool = False
    cover_days_left: int | None = None
    times_reported: int = 1
    priority: str = PriorityCode.P3


def priority_for(
    defect_type: DefectType,
    location: Location | None = None,
    *,
    element: Element | None = None,
    answers: Mapping[str, str] | None = None,
    is_vulnerable: bool = False,
    cover_days_left: int | None = None,
    times_reported: int = 1,
) -> Triaged:
    """The priority of a fault and why it was raised.

    `answers` are the triage questions' keys with the chosen value; unknown ones are ignored. `cover_days_left` is None
    when not known and negative once cover has ended. `times_reported` counts this report. A step ("one class up") is
    taken after the rules that name a class, so that it adds to them.
    """
    priority: str = defect_type.default_priority_id
    reasons: list[str] = []
    for rule in RULES:
        facts = Facts(
            defect_type, location, element, answers or {}, is_vulnerable, cover_days_left, times_reported, priority
        )
        raised = rule(facts)
        if raised and is_more_urgent(raised.priority, priority):
            priority = raised.priority
            reasons.append(raised.reason)
    return Triaged(priority, reasons)


def is_more_urgent(one: str, other: str) -> bool:
    """Whether the first priority is the more urgent; P0 is the least."""
    order = [*LADDER, PriorityCode.P0]
    return order.index(PriorityCode(one)) < order.index(PriorityCode(other))


def one_up(priority: str) -> str:
    """The next class; P1 and P0 stay as they are."""
    if priority not in LADDER:
        return priority
    return LADDER[max(LADDER.index(PriorityCode(priority)) - 1, 0)]


def danger(facts: Facts) -> Raise | None:
    """Gas, shock, fall, fire, glass, structure, a home that cannot be locked."""
    if not facts.defect_type.is_safety:
        return None
    return Raise(PriorityCode.P1, _("%(fault)s is a danger.") % {"fault": facts.defect_type.label})


def water_near_electricity(facts: Facts) -> Raise | None:
    """Water where electrical equipment stands, or at a socket, switch or light."""
    if facts.defect_type.group != FaultGroup.WATER:
        return None
    at_equipment = facts.location is not None and facts.location.is_electrical
    at_fitting = facts.element is not None and facts.element.trade_id == ELECTRICAL_TRADE
    return Raise(PriorityCode.P1, _("There is water near electricity.")) if at_equipment or at_fitting else None


def answered(facts: Facts) -> Raise | None:
    """The most urgent of what the reporter answered."""
    raises = [
        Raise(question.raises_to[answer], question.because[answer])
        for question in facts.defect_type.asked
        if (answer := facts.answers.get(question.key, "")) in question.raises_to
    ]
    return min(raises, key=lambda raised: LADDER.index(PriorityCode(raised.priority)), default=None)


def wet_area(facts: Facts) -> Raise | None:
    """Some faults spread where water is used; a wet area alone never makes an emergency."""
    in_wet_area = facts.location is not None and facts.location.is_wet
    if not (facts.defect_type.wet_area_bump and in_wet_area) or facts.priority == PriorityCode.P2:
        return None
    return Raise(one_up(facts.priority), _("It is in a wet area."))


def cover_ends_soon(facts: Facts) -> Raise | None:
    """What is deferred would miss the end of cover: it is inspected before."""
    days = facts.cover_days_left
    if facts.priority != PriorityCode.P4 or days is None or not 0 <= days <= COVER_ENDS_SOON_DAYS:
        return None
    return Raise(PriorityCode.P3, _("Cover ends in %(days)d days: inspect before.") % {"days": days})


def again(facts: Facts) -> Raise | None:
    """The same routine fault for the third time."""
    if facts.priority != PriorityCode.P3 or facts.times_reported < TIMES_UNTIL_URGENT:
        return None
    return Raise(PriorityCode.P2, _("Reported %(times)d times.") % {"times": facts.times_reported})


def vulnerable(facts: Facts) -> Raise | None:
    """Somebody in the home is old, ill or very young."""
    if not facts.is_vulnerable:
        return None
    return Raise(one_up(facts.priority), _("A vulnerable person lives there."))


RULES: tuple[Callable[[Facts], Raise | None], ...] = (
    danger,
    water_near_electricity,
    answered,
    wet_area,
    cover_ends_soon,
    again,
    vulnerable,
)
