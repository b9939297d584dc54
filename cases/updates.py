"""*Updates due*: one true sentence for the homeowner, from the case's own facts, and sending it (product.md 49).

The only place that words these sentences. None promises anything: the date of the next news stands under every mail.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cases import clocks, people, steps, talk
from cases.choices import Audience, Ball, EventKind, HoldReason
from cases.dates import end_of_day, local_date
from cases.evidence import MoveRefused, StaleCase
from cases.mailing import Mailing
from cases.models import Case, CaseEvent, Notice
from ledger.actors import Actor
from units import targets
from units.targets import TargetBook
from units.wording import day, window


@dataclass(frozen=True)
class Told:
    """The sentence of one step; `late` replaces it once the date that it names is over.

    `tells_more`: it says more than the mail of the move that led here.
    """

    words: str | Promise
    late: str | Promise = ""
    tells_more: bool = False


SENTENCES: dict[str, Told] = {
    "new": Told(gettext_lazy("We have your report of {received}; our first answer is not ready yet.")),
    "in-review": Told(gettext_lazy("We are looking into this; nothing is decided yet.")),
    "inspection-booked": Told(gettext_lazy("Our visit to look at this is booked for {when}.")),
    "inspected": Told(gettext_lazy("We inspected this on {inspected}; our answer is not ready yet.")),
    "decision": Told(gettext_lazy("We are looking into this; our answer is not ready yet.")),
    "accepted": Told(gettext_lazy("We accepted this on {accepted}; it has not gone to a contractor yet.")),
    "contractor-new": Told(
        gettext_lazy("{company} has this repair and is to finish it by {due}; no day at your home is booked yet."),
        gettext_lazy("{company} was to finish this repair by {due}; it is not finished, and we have no new date yet."),
        tells_more=True,
    ),
    "contractor-accepted": Told(
        gettext_lazy("{company} took on this repair and is to finish it by {due}; no day at your home is booked yet."),
        gettext_lazy("{company} was to finish this repair by {due}; it is not finished, and we have no new date yet."),
        tells_more=True,
    ),
    "joint-booked": Told(gettext_lazy("We look at this together with our contractor on {when}.")),
    "repair-booked": Told(gettext_lazy("The repair is booked for {when}; {company} has the work.")),
    "under-way": Told(
        gettext_lazy("The repair is under way; {company} is to finish it by {due}."),
        gettext_lazy("The repair is under way; {company} was to finish it by {due}, and it is not finished yet."),
        tells_more=True,
    ),
    "waiting": Told(
        gettext_lazy("The repair waits for {note}; {company} is to finish it by {due}."),
        gettext_lazy("The repair waits for {note}; {company} was to finish it by {due}, and we have no new date yet."),
        tells_more=True,
    ),
    "disputed": Told(
        gettext_lazy("{company} has this repair and is to finish it by {due}; no day at your home is booked yet."),
        gettext_lazy("{company} was to finish this repair by {due}; it is not finished, and we have no new date yet."),
        tells_more=True,
    ),
    "more-work": Told(
        gettext_lazy("The repair needs more work; {company} has it again and is to finish it by {due}."),
        gettext_lazy("The repair needs more work; {company} was to finish it by {due}, and we have no new date yet."),
        tells_more=True,
    ),
    "repair-done": Told(gettext_lazy("We were told on {done} that the repair is done; our check is not finished yet.")),
    "check-booked": Told(gettext_lazy("Our check of the repair is booked for {when}.")),
    "not-right": Told(
        gettext_lazy("You told us on {not_right} that it is not right yet; our answer is not ready yet.")
    ),
    "confirm": Told(
        gettext_lazy("We asked you on {asked} whether it is fixed; your answer counts until {deadline}."),
        gettext_lazy("We asked you on {asked} whether it is fixed; we have no answer of yours yet."),
    ),
    "asked": Told(
        gettext_lazy("We asked you something and need your answer by {next}."),
        gettext_lazy("We asked you something and have no answer of yours yet."),
    ),
    "on-hold": Told(
        gettext_lazy("This is paused until {next} because {reason}."), gettext_lazy("This is paused because {reason}.")
    ),
}
"""Every step of an open case."""

WHO: dict[str, str | Promise] = {
    Ball.OFFICER: gettext_lazy("{officer} looks after it."),
    Ball.MANAGER: gettext_lazy("Our office looks after it."),
    Ball.HOMEOWNER: "",
    Ball.CONTRACTOR: "",
}
"""Who acts: the contractor's and the homeowner's steps name them already."""

DATE_OF = {"confirm": "confirm_due_at", "asked": "next_on", "on-hold": "next_on"}
"""The date that the sentence of a step hangs on; a contractor's step on the contractor's."""

CHANGES = (
    EventKind.MOVE,
    EventKind.CORRECTED,
    EventKind.DATE,
    EventKind.HOLD,
    EventKind.RESUMED,
    EventKind.ASKED,
    EventKind.MADE_SAFE,
    EventKind.CONTRACTOR_SAID,
    EventKind.WORK,
    EventKind.VISIT,
)
"""Diary rows after which the sentence may say something else."""

SAID = (EventKind.REPORTED, EventKind.CALL, EventKind.MESSAGE, EventKind.REMINDED, EventKind.JOINED)

LONGEST_PROMISE = timedelta(days=30)
A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Update:
    """What stands ready for one case: the sentence, whether to send it, why not, and when news comes next."""

    words: str
    is_new: bool
    hint: str
    news_on: date


def ready(cases: Sequence[Case], *, at: datetime) -> dict[int, Update]:
    """The updates of these cases; two queries where their developments come with targets and calendar."""
    diary = _diaries(cases)
    books = targets.books([case.development for case in cases])
    return {case.pk: _ready(case, diary.get(case.pk, []), at, books[case.development_id]) for case in cases}


def _ready(case: Case, rows: list[CaseEvent], at: datetime, book: TargetBook) -> Update:
    if case.is_closed:
        return Update("", False, _("This case is closed."), local_date(case, at))
    step = _step(case, at)
    is_late = _is_late(case, step, at)
    words = sentence(case, at=at)
    is_new = not is_late and _says_something_new(case, step, words, rows, at)
    hint = "" if is_new else str(OVERDUE if is_late else NOTHING_NEW)
    return Update(words, is_new, hint, local_date(case, clocks.news_target(case, at, book=book)))


NOTHING_NEW = gettext_lazy("Nothing new: call, or write in your own words.")
OVERDUE = gettext_lazy("The date is over: call, or write in your own words.")


def sentence(case: Case, *, at: datetime) -> str:
    """Where an open case stands and who acts, for its homeowner: true at `at`, out of the case's columns alone."""
    step = _step(case, at)
    told = SENTENCES[step]
    what = told.late if told.late and _is_late(case, step, at) else told.words
    known = _facts(case)
    return " ".join(str(part).format_map(known) for part in (what, WHO[case.ball]) if part)


def _step(case: Case, at: datetime) -> str:
    """The stored step; once the booked time is over, what it is without (the sweep comes a little later)."""
    if case.step.endswith("-booked") and case.visit_ends_at and case.visit_ends_at <= at:
        return steps.standing(case, hold=None, ask=None, manager_decides=False, at=at).step
    return case.step


def _is_late(case: Case, step: str, at: datetime) -> bool:
    named = getattr(case, DATE_OF.get(step, "work_due_at"))
    return bool(SENTENCES[step].late and named and named <= at)


def _facts(case: Case) -> dict[str, str]:
    def on(moment: datetime | None) -> str:
        return day(local_date(case, moment)) if moment else ""

    start, end = case.visit_starts_at, case.visit_ends_at
    hold = case.step_note
    return {
        "received": on(case.received_at),
        "inspected": on(case.inspected_at),
        "accepted": on(case.accepted_at),
        "company": case.work_company.short_name if case.work_company else "",
        "due": on(case.work_due_at),
        "done": on(case.reports_done_at or case.checked_at or case.received_at),
        "not_right": on(case.not_right_at),
        "asked": on(case.confirm_asked_at),
        "deadline": on(case.confirm_due_at),
        "next": on(case.next_on),
        "note": case.step_note,
        "reason": str(HoldReason(hold).label) if hold in HoldReason.values else hold,
        "when": window(start, end, case.development.tz) if start and end else "",
        "officer": people.first_name(case.officer.name) if case.officer else _("Our office"),
    }


def _diaries(cases: Iterable[Case]) -> dict[int, list[CaseEvent]]:
    """By case what was told and what changed, oldest first; `is_told` says whether the row itself reached somebody."""
    told = Notice.objects.filter(event=OuterRef("pk"), audience=Audience.HOMEOWNER)
    rows = CaseEvent.objects.filter(case__in=list(cases), kind__in=(*CHANGES, *SAID)).annotate(is_told=Exists(told))
    found: dict[int, list[CaseEvent]] = {}
    for row in rows.order_by("at", "pk"):
        found.setdefault(row.case_id, []).append(row)
    return found


def _reached(row: CaseEvent) -> bool:
    is_said = row.kind in {EventKind.REPORTED, EventKind.CALL}
    return is_said or row.is_told  # type: ignore[attr-defined]


def _says_something_new(case: Case, step: str, words: str, rows: list[CaseEvent], at: datetime) -> bool:
    """Something changed since the homeowner was told last, the mail of the move told less, or a visit is near."""
    last = next((row for row in reversed(rows) if _reached(row)), None)
    if last is None:
        return True
    if _bare(words) in _bare(last.words):
        return False
    changed = any(row.kind in CHANGES for row in rows[rows.index(last) + 1 :])
    is_near = step.endswith("-booked") and _is_near(case, at) and local_date(case, last.at) < local_date(case, at)
    return changed or is_near or (last.kind == EventKind.MOVE and SENTENCES[step].tells_more)


def _is_near(case: Case, at: datetime) -> bool:
    return bool(case.visit_starts_at) and local_date(case, case.visit_starts_at) <= local_date(case, at + A_DAY)  # type: ignore[arg-type]


def _bare(words: str) -> str:
    return " ".join(words.casefold().split())


@transaction.atomic
def send(
    case: Case,
    *,
    words: str,
    news_on: date | None,
    seen_version: int,
    seen_due: str,
    by: Actor,
    at: datetime,
    mailing: Mailing | None = None,
) -> CaseEvent:
    """Mails the words and promises the next news by the end of `news_on`.

    Refused where the homeowner wrote meanwhile: an unread reply is answered on its page, never swept away. Of two
    people who send the same update one does, the other is told (StaleCase): `seen_version` and `seen_due` (the promise
    that the person saw, ISO) are compared and set.
    """
    if case.has_unread_reply:
        raise MoveRefused(_("The homeowner wrote to you: read that first, and answer it on the case."))
    by_then = _promised(case, news_on, at)
    free = Case.objects.filter(pk=case.pk, version=seen_version, has_unread_reply=False, closed_at__isnull=True)
    if not free.filter(update_due_at=_moment(seen_due)).update(update_due_at=by_then):
        raise StaleCase
    return talk.update(case, words=words, by=by, at=at, mailing=mailing, news_by=by_then)


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _promised(case: Case, news_on: date | None, at: datetime) -> datetime:
    """The end of that day; not before tomorrow, and no longer away than a month or the date that the rule gives."""
    if news_on is None:
        raise MoveRefused(_("Say when the homeowner hears from us next."), "news_on")
    last = max(local_date(case, clocks.news_target(case, at)), local_date(case, at + LONGEST_PROMISE))
    if not local_date(case, at) < news_on <= last:
        days = (last - local_date(case, at)).days
        words = ngettext("Choose a day in the next %(n)d day.", "Choose a day in the next %(n)d days.", days)
        raise MoveRefused(words % {"n": days}, "news_on")
    return end_of_day(case, news_on)
