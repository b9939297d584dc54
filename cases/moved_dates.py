"""Moving a date of a case: one that we promised, or the day on which the report reached us (workflow.md section 3)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from cases import clocks, decisions, diary, followers, notices, people, steps, verdicts
from cases.choices import ClockKind, DecisionKind, EventKind, Status
from cases.evidence import MoveRefused
from cases.mailing import Mailing
from cases.models import Case, CaseEvent, DecisionRequest
from cases.versions import write
from ledger.actors import Actor

DATES = {
    "rectify": (ClockKind.RECTIFY, _("repair target")),
    "update": (ClockKind.UPDATE, _("next news")),
    "company": (None, _("contractor's date")),
}


@transaction.atomic
def change_date(
    case: Case,
    which: str,
    *,
    due: datetime,
    words: str,
    seen_version: int,
    by: Actor,
    at: datetime,
    mailing: Mailing | None = None,
) -> CaseEvent:
    """Move a promised date, with a reason that the homeowner reads. The first date stays on record."""
    if which not in DATES:
        raise MoveRefused(_("Choose which date."), "which")
    if due <= at:
        raise MoveRefused(_("This date is over. Choose a later one."), "due")
    if len(words.strip()) < 10:
        raise MoveRefused(_("Write in a sentence why; the homeowner reads it."), "words")
    kind = DATES[which][0]
    if kind is None and case.status != Status.WITH_CONTRACTOR:
        raise MoveRefused(_("The case is not with a contractor."), "which")
    given = case.work_due_at
    write(case, {"work_due_at": due} if kind is None else {}, seen_version=seen_version)
    old = given if kind is None else clocks.change(case, kind, due, at=at)
    if old is None:
        raise MoveRefused(_("This clock does not run."), "which")
    if kind is None:
        followers.redate(case, due, by=by, at=at)
    event = diary.record(
        case,
        EventKind.DATE,
        by=by,
        at=at,
        words=words,
        reason=which,
        before={"due": old.isoformat()},
        after={"due": due.isoformat()},
        is_visible=True,
    )
    if kind == ClockKind.UPDATE:
        clocks.stop(case, ClockKind.ACKNOWLEDGE, at=at)
    else:
        clocks.told(case, at=at)
    own = mailing or Mailing(by=by, at=at)
    residents = people.residents(case, at=at)
    notices.tell(
        case,
        event,
        "date",
        residents,
        mailing=own,
        words=words,
        old=notices.on_day(case, old),
        new=notices.on_day(case, due),
    )
    steps.refresh(case, at=at)
    if mailing is None:
        own.send()
    return event


@transaction.atomic
def ask_received_date(
    case: Case, *, received_at: datetime, why: str, seen_version: int, by: Actor, at: datetime
) -> CaseEvent:
    """The received date decides cover: a change needs a reason and a manager who is not the author (scenario 8)."""
    if received_at > at:
        raise MoveRefused(_("The received date lies in the future."), "received_at")
    return decisions.ask(
        case,
        DecisionKind.RECEIVED_DATE,
        move="",
        words="",
        note="",
        why=why,
        evidence={"received_at": received_at.isoformat()},
        seen_version=seen_version,
        by=by,
        at=at,
    )


def _change_received(request: DecisionRequest, *, by: Actor, at: datetime, seen_version: int) -> CaseEvent:
    case = request.case
    old = case.received_at
    new = datetime.fromisoformat(request.evidence["received_at"])
    write(case, {"received_at": new}, seen_version=seen_version)
    clocks.move_start(case, at=at)
    verdicts.record(case, why=_("received date changed"), by=by, at=at)
    event = diary.record(
        case,
        EventKind.EDITED,
        by=by,
        at=at,
        note=request.why,
        before={"received_at": old.isoformat()},
        after={"received_at": new.isoformat()},
    )
    steps.refresh(case, at=at)
    return event


decisions.carried_out[DecisionKind.RECEIVED_DATE] = _change_received
