"""Holds and questions: intervals in which a case waits (workflow.md sections 1 and 3, domain 6.3 pause reasons)."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from cases import clocks, diary, notices, steps
from cases.choices import NOT_PAUSING, Audience, EventKind, HoldKind, HoldReason
from cases.evidence import MoveRefused
from cases.mailing import Mailing
from cases.models import Case, CaseEvent, Hold
from cases.versions import as_it_is
from ledger.actors import SYSTEM, Actor


@transaction.atomic
def hold(
    case: Case, *, reason: str, until_at: datetime, words: str, by: Actor, at: datetime, mailing: Mailing | None = None
) -> CaseEvent:
    """Put an open case on hold until a moment. Listed reasons pause the repair target; the statutory clock runs on.

    The homeowner is told why and until when. Refused: closed, already on hold, a past date, an unknown reason.
    """
    as_it_is(case)
    _check(case, reason=reason, until_at=until_at, at=at)
    clocks.told(case, at=at)
    event = _begin(case, HoldKind.HOLD, reason, until_at, words=words, note="", by=by, at=at)
    own = mailing or Mailing(by=by, at=at)
    notices.tell(
        case,
        event,
        "hold",
        notices.recipients(case, [Audience.HOMEOWNER], by=by, at=at),
        mailing=own,
        words=words,
        reason=HoldReason(reason).label,
        deadline=notices.on_day(case, until_at),
    )
    if mailing is None:
        own.send()
    return event


def _check(case: Case, *, reason: str, until_at: datetime, at: datetime) -> None:
    if case.is_closed:
        raise MoveRefused(_("This case is closed."))
    if reason not in HoldReason.values:
        raise MoveRefused(_("Choose a reason from the list."), "reason")
    if until_at <= at:
        raise MoveRefused(_("This date is over. Choose a later one."), "until_on")


def begin_ask(case: Case, *, until_at: datetime, by: Actor, at: datetime, event: CaseEvent) -> Hold:
    """A question pauses the pausable clocks until the reply or its date; during a hold it only carries its date."""
    pauses = not case.holds.filter(ended_at__isnull=True, pauses=True).exists()
    return _open(case, HoldKind.ASK, HoldReason.OWNER_INFORMATION, until_at, pauses=pauses, by=by, at=at, event=event)


def _begin(
    case: Case, kind: HoldKind, reason: str, until_at: datetime, *, words: str, note: str, by: Actor, at: datetime
) -> CaseEvent:
    event = diary.record(
        case,
        EventKind.HOLD,
        by=by,
        at=at,
        words=words,
        note=note,
        reason=reason,
        evidence={"until": until_at.isoformat()},
        is_visible=True,
    )
    ask = case.holds.filter(kind=HoldKind.ASK, ended_at__isnull=True, pauses=True).first()
    if ask and reason not in NOT_PAUSING:
        Hold.objects.filter(pk=ask.pk).update(pauses=False)
    _open(case, kind, reason, until_at, pauses=reason not in NOT_PAUSING, by=by, at=at, event=event)
    return event


def _open(
    case: Case,
    kind: HoldKind,
    reason: str,
    until_at: datetime,
    *,
    pauses: bool,
    by: Actor,
    at: datetime,
    event: CaseEvent,
) -> Hold:
    try:
        with transaction.atomic():
            row = Hold.objects.create(
                case=case,
                kind=kind,
                reason=reason,
                words=event.words,
                pauses=pauses,
                started_at=at,
                until_at=until_at,
                started_by_name=by.name,
                event=event,
            )
    except IntegrityError as error:
        raise MoveRefused(_("This case already waits. End that first.")) from error
    if pauses:
        clocks.pause(case, at=at)
    steps.refresh(case, at=at)
    return row


@transaction.atomic
def resume(
    case: Case, *, how: str, by: Actor, at: datetime, words: str = "", mailing: Mailing | None = None
) -> CaseEvent:
    """End the hold: the remaining time of the repair target continues, and the homeowner is told."""
    as_it_is(case)
    open_hold = case.holds.filter(kind=HoldKind.HOLD, ended_at__isnull=True).first()
    if open_hold is None or not _end(case, open_hold, how=how, by=by, at=at):
        raise MoveRefused(_("This case is not on hold."))
    event = diary.record(case, EventKind.RESUMED, by=by, at=at, words=words, reason=how, is_visible=True)
    if by.role == SYSTEM.role:
        clocks.promise_news(case, by=clocks.news_target(case, at), at=at)
    else:
        clocks.told(case, at=at)
    steps.refresh(case, at=at)
    own = mailing or Mailing(by=by, at=at)
    people = notices.recipients(case, [Audience.HOMEOWNER], by=by, at=at)
    notices.tell(case, event, "resume", people, mailing=own, words=words)
    if mailing is None:
        own.send()
    return event


def end_ask(case: Case, *, how: str, by: Actor, at: datetime) -> bool:
    """The homeowner answered, or the date of the question passed; a passed date goes to the diary by itself."""
    ask = case.holds.filter(kind=HoldKind.ASK, ended_at__isnull=True).first()
    if ask is None or not _end(case, ask, how=how, by=by, at=at):
        return False
    if by.role == SYSTEM.role:
        note = _("The question was not answered until its date.")
        diary.record(case, EventKind.RESUMED, by=by, at=at, note=note, reason=how)
    steps.refresh(case, at=at)
    return True


def end_all(case: Case, *, how: str, by: Actor, at: datetime) -> list[int]:
    """The case closes; answers which rows ended, for *correct*."""
    rows = list(case.holds.filter(ended_at__isnull=True))
    return [row.pk for row in rows if _end(case, row, how=how[:20], by=by, at=at)]


def put_back(case: Case, rows: list[int]) -> None:
    """*Correct* of a closing: what ended with it goes on; its clocks are put back by their snapshot."""
    case.holds.filter(pk__in=rows).update(ended_at=None, ended_how="", ended_by_name="")


def _end(case: Case, row: Hold, *, how: str, by: Actor, at: datetime) -> bool:
    """False when somebody else was faster."""
    ended = Hold.objects.filter(pk=row.pk, ended_at__isnull=True).update(
        ended_at=at, ended_how=how, ended_by_name=by.name
    )
    if ended and row.pauses:
        clocks.resume(case, at=at)
    return bool(ended)
