"""When something is due: the development's own targets before the catalogue's, and the time to act that law sets."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import prefetch_related_objects

from catalogue.models import SlaTarget, Target
from units import calendars
from units.calendars import WorkingWeek
from units.liability import Verdict, duty_due
from units.models import Development

Key = tuple[str, str]


@dataclass(frozen=True)
class TargetBook:
    """All targets of one development with its working time, fetched once; asks the database nothing."""

    week: WorkingWeek
    targets: Mapping[Key, Target]

    def due_at(self, priority: str, clock: str, start: datetime) -> datetime | None:
        """When the clock that started at `start` is due; None when this priority has no such target."""
        target = self.targets.get((priority, clock))
        if target is None:
            return None
        return calendars.add_working_time(
            start, target.amount, target.unit, self.week, around_the_clock=target.around_the_clock
        )


def book(development: Development) -> TargetBook:
    """The targets of a development: its own replace the catalogue's one by one. At most four queries."""
    return _own_first(development, list(SlaTarget.objects.all()))


def books(developments: Sequence[Development]) -> dict[int, TargetBook]:
    """The targets of many developments by key; at most five queries however many there are."""
    prefetch_related_objects(developments, "targets", "calendar__holidays")
    shared = list(SlaTarget.objects.all())
    return {development.pk: _own_first(development, shared) for development in developments}


def _own_first(development: Development, shared: Sequence[Target]) -> TargetBook:
    rows: list[Target] = [*shared, *development.targets.all()]
    return TargetBook(development.week(), {(row.priority_id, row.clock): row for row in rows})


def due_at(development: Development, priority: str, clock: str, start: datetime) -> datetime | None:
    """When one clock is due; for several clocks of a development take `book` once. Source: domain 5.4 and 6.3."""
    return book(development).due_at(priority, clock, start)


def statutory_due(verdict: Verdict, *, notice_received_at: datetime, week: WorkingWeek) -> datetime | None:
    """When the duty set by law or agreement ends: 23:59:59 local on its last day, counted from the written notice.

    None when the rule sets no such duty or only an internal one, and when the fault is clearly not covered; while that
    is not clear the time runs. Source: domain 3.1 and 3.5 (30 days, one month).
    """
    if verdict.duty is None or not verdict.duty.is_statutory or not verdict.may_be_covered:
        return None
    notice_on = calendars.local_day(notice_received_at, week.zone)
    return calendars.end_of_day(
        duty_due(verdict.duty, notice_on=notice_on, cover_starts=verdict.start, week=week), week.zone
    )
