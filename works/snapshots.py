"""What a defect list held when it was sent, and what changed since."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Min

from units.calendars import add_working_time
from works.choices import OrderState, WorkClockKind
from works.models import DefectList, ListIssue, ListLine, WorkClock

DAYS_TO_ACCEPT = 2
"""Working days, where no clock says otherwise."""

Row = dict[str, Any]


@dataclass(frozen=True)
class Changes:
    """What one revision has that the one before had not; rows of a snapshot. `moved` have another due date."""

    added: list[Row] = field(default_factory=list)
    removed: list[Row] = field(default_factory=list)
    moved: list[Row] = field(default_factory=list)

    @property
    def is_any(self) -> bool:
        """There is something to tell."""
        return bool(self.added or self.removed or self.moved)

    def of(self, order_id: int) -> str:
        """`added`, `moved` or nothing, of an order that is on the list."""
        if any(row["order"] == order_id for row in self.added):
            return "added"
        return "moved" if any(row["order"] == order_id for row in self.moved) else ""


def lines_of(defect_list: DefectList) -> list[ListLine]:
    """The orders that the company is to do, home by home, the first due home first; closed ones have fallen off."""
    rows = defect_list.lines.current().exclude(order__state__in=[OrderState.CANCELLED, OrderState.CLOSED])
    found = list(
        rows.select_related(
            "order__company",
            "order__case__unit__block",
            "order__case__development",
            "order__case__location",
            "order__case__trade",
            "order__case__priority",
            "order__case__report_item__report",
        ).order_by("position")
    )
    first_due: dict[int, datetime] = {}
    for line in found:
        unit = line.order.case.unit_id
        first_due[unit] = min(first_due.get(unit, line.order.due_at), line.order.due_at)
    return sorted(
        found, key=lambda line: (first_due[line.order.case.unit_id], line.order.case.unit.number, line.position)
    )


def rows(lines: Sequence[ListLine]) -> list[Row]:
    """The lines as a revision keeps them."""
    return [
        {
            "order": line.order_id,
            "number": line.order.reference,
            "case": line.order.case.reference,
            "title": line.order.case.title,
            "unit": line.order.case.unit.number,
            "due": line.order.due_at.isoformat(),
        }
        for line in lines
    ]


def last_issue(defect_list: DefectList) -> ListIssue | None:
    """The newest revision."""
    return defect_list.issues.order_by("-revision").first()


def between(old: ListIssue | None, new: ListIssue) -> Changes:
    """What a revision brought; nothing for the first."""
    return compare(old.snapshot, new.snapshot) if old else Changes()


def changes(defect_list: DefectList) -> Changes:
    """What a re-issue would tell now."""
    last = last_issue(defect_list)
    return compare(last.snapshot, rows(lines_of(defect_list))) if last else Changes()


def compare(old: Sequence[Row], new: Sequence[Row]) -> Changes:
    """By order."""
    before, after = ({row["order"]: row for row in some} for some in (old, new))
    return Changes(
        added=[row for key, row in after.items() if key not in before],
        removed=[row for key, row in before.items() if key not in after],
        moved=[row for key, row in after.items() if key in before and before[key]["due"] != row["due"]],
    )


def accept_by(defect_list: DefectList, lines: Sequence[ListLine], *, at: datetime) -> datetime:
    """Until when the company is asked to accept: the first of its clocks that run, else two working days."""
    running = WorkClock.objects.filter(
        order__in=[line.order_id for line in lines], kind=WorkClockKind.ACCEPT, stopped_at__isnull=True
    )
    first = running.aggregate(first=Min("due_at"))["first"]
    return first or add_working_time(at, DAYS_TO_ACCEPT, "working-days", defect_list.development.week())
