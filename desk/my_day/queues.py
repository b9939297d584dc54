"""The queues of cases that make up a day: which cases, in which order, and where one of them stands (product.md 49)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.choices import Role
from accounts.models import User
from cases.choices import NoticeChannel, Status
from cases.models import Case, CaseEvent, DecisionRequest, Notice, ReportItem
from cases.models.case import OPEN
from units.querysets import in_scope

if TYPE_CHECKING:
    from cases.querysets import CaseQuerySet, DecisionQuerySet

HOME = "/my-day/"

URGENT = ("P0", "P1")
"""Emergencies: always on top of a queue."""

ANSWER_STANDS = timedelta(days=7)
"""So long a manager's answer stays in the queue of the one who asked, unless the case went on before."""

LONGEST = 200
"""A queue is walked through so far; who has more in it starts from the front again."""

Filter = Callable[["CaseQuerySet", User, datetime], "CaseQuerySet"]


@dataclass(frozen=True)
class Queue:
    """One queue: its name, which of the person's cases stand in it, the column that orders it."""

    label: str | Promise
    rows: Filter
    order: str = "clock_due_at"


def _new(cases: "CaseQuerySet", user: User, at: datetime) -> "CaseQuerySet":
    return cases.filter(status=Status.NEW)


def _replies(cases: "CaseQuerySet", user: User, at: datetime) -> "CaseQuerySet":
    return cases.filter(has_unread_reply=True)


def _to_check(cases: "CaseQuerySet", user: User, at: datetime) -> "CaseQuerySet":
    return cases.filter(status=Status.TO_CHECK)


def _updates(cases: "CaseQuerySet", user: User, at: datetime) -> "CaseQuerySet":
    return cases.news_due(at)


def _contractor(cases: "CaseQuerySet", user: User, at: datetime) -> "CaseQuerySet":
    return cases.contractor_late(at)


def _visits(cases: "CaseQuerySet", user: User, at: datetime) -> "CaseQuerySet":
    """Near enough for the walk: the list of visits itself goes by the day at each home."""
    return cases.filter(OPEN, visit_ends_at__gt=at, visit_starts_at__lt=at + timedelta(days=1))


def _answered(cases: "CaseQuerySet", user: User, at: datetime) -> "CaseQuerySet":
    return cases.filter(pk__in=answers(user, at).values("case"))


def _letters(cases: "CaseQuerySet", user: User, at: datetime) -> "CaseQuerySet":
    return cases.filter(pk__in=Notice.objects.filter(LETTER_TO_DO, case__isnull=False).values("case"))


SEEN_ELSEWHERE = ("visits",)
"""Queues that ask nothing: they do not count among what wants the person."""

LETTER_TO_DO = Q(channel=NoticeChannel.LETTER, done_at__isnull=True)

QUEUES: dict[str, Queue] = {
    "new": Queue(_("New"), _new),
    "replies": Queue(_("Replies"), _replies),
    "to-check": Queue(_("To check"), _to_check),
    "updates": Queue(_("Updates due"), _updates, "update_due_at"),
    "contractor": Queue(_("Contractor overdue"), _contractor, "work_due_at"),
    "visits": Queue(_("Visits today"), _visits, "visit_starts_at"),
    "answered": Queue(_("Decisions answered"), _answered),
    "letters": Queue(_("Letters and calls to make"), _letters),
}
"""In the order of the page. The keys stand in addresses: `/cases/KRM-2041/?queue=new`."""


def letters_to_do(user: User) -> QuerySet[Notice]:
    """Whom the office must write to or call, because no e-mail reaches them; also receipts of reports.

    Asked from the few notices that are still to do, never from the cases.
    """
    to_do = Notice.objects.filter(LETTER_TO_DO)
    of_case = Q(case__isnull=False) & in_scope(user, "case__development")
    of_report = Q(case__isnull=True) & in_scope(user, "report__development")
    if user.role == Role.OFFICER:
        made = ReportItem.objects.filter(report=OuterRef("report"), case__isnull=False)
        own = made.filter(Q(case__officer=user) | Q(case__officer=None))
        of_case &= Q(case__officer=user) | Q(case__officer=None)
        of_report &= Q(Exists(own)) | ~Q(Exists(made))
    return to_do.filter(of_case | of_report)


def to_count(key: str, user: User, at: datetime) -> QuerySet:
    """What the number of a queue counts: its cases, or the letters and calls themselves."""
    return letters_to_do(user) if key == "letters" else waiting(key, user, at)


def answers(user: User, at: datetime) -> "DecisionQuerySet":
    """What managers decided on this person's requests, as long as the person did nothing on the case since."""
    went_on = CaseEvent.objects.filter(case=OuterRef("case"), at__gt=OuterRef("decided_at"), actor_user_id=user.pk)
    asked = DecisionRequest.objects.visible_to(user).filter(author_user_id=user.pk, decided_at__gt=at - ANSWER_STANDS)
    return asked.answered().exclude(Exists(went_on))


def whose(user: User) -> "CaseQuerySet":
    """The cases of a person's day: an officer's own and those that have no officer yet; a manager's all in scope."""
    cases = Case.objects.visible_to(user)
    return cases.filter(Q(officer=user) | Q(officer=None)) if user.role == Role.OFFICER else cases


def waiting(key: str, user: User, at: datetime) -> "CaseQuerySet":
    """The cases of one queue, in no order."""
    return QUEUES[key].rows(whose(user), user, at)


def in_order(key: str, user: User, at: datetime) -> "CaseQuerySet":
    """The cases of one queue as they are worked through: emergencies first, then what is due first."""
    is_calm = ExpressionWrapper(~Q(priority__in=URGENT), output_field=BooleanField())
    return waiting(key, user, at).annotate(is_calm=is_calm).order_by("is_calm", QUEUES[key].order, "pk")


def total(numbers: Mapping[str, int]) -> int:
    """How many things want the person, of the numbers by queue."""
    return sum(numbers[key] for key in QUEUES if key not in SEEN_ELSEWHERE)


def address(reference: str, key: str) -> str:
    """The page of a case inside the walk through a queue."""
    return f"{reverse('case_detail', args=[reference])}?queue={key}"


def end_of(key: str) -> str:
    """Where the walk through a queue ends: the day, which says what was done and what was skipped."""
    return f"{HOME}?done={key}"


@dataclass(frozen=True)
class Place:
    """`words` is "2 of 4 in To check"; `previous` and `next` are references, empty at the ends."""

    words: str = ""
    previous: str = ""
    next: str = ""


def place(key: str, case: Case, *, user: User, at: datetime | None = None) -> Place:
    """Where the case stands in this person's queue; one query. Not in it (any more): the queue starts at its front."""
    rows = in_order(key, user, at or timezone.now())
    references = list(rows.values_list("reference", flat=True)[:LONGEST])
    facts = {"n": len(references), "queue": QUEUES[key].label}
    if case.reference not in references:
        return Place(gettext("%(n)d in %(queue)s") % facts, "", next(iter(references), ""))
    at_place = references.index(case.reference)
    words = gettext("%(i)d of %(n)d in %(queue)s") % {**facts, "i": at_place + 1}
    return Place(words, references[at_place - 1] if at_place else "", next(iter(references[at_place + 1 :]), ""))
