"""What the engine answers."""

from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from units.choices import COVERED_STATUSES, CoverStatus, Route
from units.liability.facts import CoverageFacts, Duty

MANAGER = "manager"


class Warn(StrEnum):
    """What a person should look at, whatever the status says."""

    SENT_INSIDE = "sent-inside-received-outside"
    APPARENT_INSIDE = "apparent-inside-received-outside"
    GRACE = "received-in-days-of-grace"
    DEEMED_START = "start-is-deemed"
    CLAIMANT = "somebody-else-claims"
    TRANSFER = "transfer-to-be-checked"
    PROCEEDINGS = "proceedings-must-start-inside"


@dataclass(frozen=True)
class Upstream:
    """The contractor's side: whether it still answers, until when, and the days of owner's cover it leaves open."""

    status: CoverStatus
    until: date | None
    gap_days: int
    gap_months: int
    explanation: str


@dataclass(frozen=True)
class Verdict:
    """One answer. `end` is the last day inside; `days_left` counts from the day asked for and is negative afterwards.

    `explanation` is a sentence for the owner. Any override needs a reason and the role in `overridable_by`.
    """

    status: CoverStatus
    explanation: str
    facts: CoverageFacts
    rule_id: str = ""
    rule_version: str = ""
    clause: str = ""
    start: date | None = None
    end: date | None = None
    days_left: int | None = None
    test_date_used: date | None = None
    is_deemed: bool = False
    duty: Duty | None = None
    opportunity_days: int | None = None
    claimants: tuple[str, ...] = ()
    route: Route = Route.NONE
    warnings: tuple[Warn, ...] = ()
    overridable_by: str = MANAGER
    upstream: Upstream | None = field(default=None)

    @property
    def is_covered(self) -> bool:
        """The duty to repair stands, in whatever form."""
        return self.status in COVERED_STATUSES

    @property
    def may_be_covered(self) -> bool:
        """Covered, or a person has yet to find out."""
        return self.is_covered or self.status == CoverStatus.UNCLEAR

    @property
    def upstream_status(self) -> CoverStatus | None:
        """The contractor's side, once `compose` added it."""
        return self.upstream.status if self.upstream else None

    @property
    def upstream_until(self) -> date | None:
        """The last day on which the contractor answers."""
        return self.upstream.until if self.upstream else None

    @property
    def gap_days(self) -> int | None:
        """Days of the owner's cover after the contractor's end."""
        return self.upstream.gap_days if self.upstream else None

    def with_upstream(self, upstream: Upstream) -> "Verdict":
        """The same answer with the contractor's side."""
        return replace(self, upstream=upstream)
