"""Where a case stands in the queue that a person works through: the one before, the one after (product.md 49)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from cases.choices import OPEN_STATES, Status
from cases.models import Case

if TYPE_CHECKING:
    from cases.querysets import CaseQuerySet

HOME = "/my-day/"
LONGEST = 200
"""A queue is walked through so far; who has more in it starts from the front again."""

Rows = Callable[["CaseQuerySet", datetime], "CaseQuerySet"]


@dataclass(frozen=True)
class Queue:
    """A row of *My day*: its name, its cases, the column it is worked through by."""

    label: str | Promise
    rows: Rows
    order: str = "clock_due_at"


def _today(rows: "CaseQuerySet", at: datetime) -> "CaseQuerySet":
    return rows.filter(status__in=OPEN_STATES, visit_ends_at__gt=at, visit_starts_at__lt=at + timedelta(days=1))


QUEUES: dict[str, Queue] = {
    "new": Queue(gettext_lazy("New"), lambda rows, at: rows.filter(status=Status.NEW)),
    "replies": Queue(gettext_lazy("Replies"), lambda rows, at: rows.filter(has_unread_reply=True)),
    "to-check": Queue(gettext_lazy("To check"), lambda rows, at: rows.filter(status=Status.TO_CHECK)),
    "updates": Queue(gettext_lazy("Updates due"), lambda rows, at: rows.news_due(at), "update_due_at"),
    "contractor": Queue(
        gettext_lazy("Contractor overdue"), lambda rows, at: rows.contractor_late(at), "company_due_at"
    ),
    "visits": Queue(gettext_lazy("Visits today"), _today, "visit_starts_at"),
}


@dataclass(frozen=True)
class Place:
    """`words` is "2 of 4 in To check"; `previous` and `next` are references, empty at the ends."""

    words: str = ""
    previous: str = ""
    next: str = ""


def place(name: str, case: Case, *, user: User, at: datetime | None = None) -> Place:
    """Where the case stands in this person's queue; one query. Not in it (any more): the queue starts at its front."""
    queue = QUEUES[name]
    rows = queue.rows(Case.objects.visible_to(user).mine(user), at or timezone.now())
    waiting = list(rows.order_by(queue.order, "pk").values_list("reference", flat=True)[:LONGEST])
    if case.reference not in waiting:
        return Place(_("%(n)d in %(queue)s") % {"n": len(waiting), "queue": queue.label}, "", next(iter(waiting), ""))
    number = waiting.index(case.reference)
    words = _("%(i)d of %(n)d in %(queue)s") % {"i": number + 1, "n": len(waiting), "queue": queue.label}
    before = waiting[number - 1] if number else ""
    return Place(words, before, next(iter(waiting[number + 1 :]), ""))
