"""The only door through which a case changes its status (house.md section 4; workflow.md section 2)."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from cases import clocks, decisions, diary, effects, evidence, letters, steps, telling, verdicts
from cases.capacities import capacity_of
from cases.choices import Ball, ClockKind, DecisionKind, EventKind, Status
from cases.dates import confirm_by
from cases.evidence import MoveRefused, StaleCase
from cases.mailing import Mailing
from cases.models import Case, CaseEvent, DecisionRequest
from cases.moves import MOVES, OFFICER_MAY_CORRECT_FOR, TABLE, Evidence, Move, fits, may_ask_again
from ledger.actors import Actor


@transaction.atomic
def move(
    case: Case,
    name: str,
    /,
    *,
    by: Actor,
    at: datetime,
    seen_version: int,
    words: str = "",
    note: str = "",
    mailing: Mailing | None = None,
    approved: DecisionRequest | None = None,
    quiet: bool = False,
    **facts: Any,
) -> CaseEvent:
    """Change the status, write the diary row, queue the mails: all or nothing.

    `words` reach the homeowner, `note` never does, `facts` are the evidence that the move table asks for. Where a
    manager must decide, nothing moves: the request is kept and its diary row returned (`kind` decision-asked).
    `mailing` gathers the mails of several cases; `quiet` leaves the telling to the act that fired the move.
    Raises MoveRefused with a sentence and field, StaleCase when somebody else was faster.
    """
    row = _row(name)
    capacity = capacity_of(case, by, at=at)
    given = {"words": words.strip(), **facts}
    _allow(case, row, capacity, at)
    evidence.check(case, row, given, by=by, capacity=capacity, at=at)
    kind = row.decision(case, given, at) if row.decision and capacity not in row.alone else None
    if kind and approved is None:
        return decisions.ask(
            case,
            kind,
            move=name,
            words=words,
            note=note,
            why=str(facts.get("why") or ""),
            evidence=_stored(facts),
            seen_version=seen_version,
            by=by,
            at=at,
        )
    event = _carry_out(case, row, given, by=by, at=at, seen_version=seen_version, note=note, approved=approved)
    if not quiet:
        own = mailing or Mailing(by=by, at=at)
        telling.of_move(case, row, event, given, mailing=own)
        if mailing is None:
            own.send()
    return event


def _row(name: str) -> Move:
    if name not in MOVES:
        raise MoveRefused(_("There is no such move."))
    return MOVES[name]


def _allow(case: Case, row: Move, capacity: str, at: datetime) -> None:
    if capacity not in row.who:
        raise MoveRefused(_("This is not yours to do."))
    if not fits(row, case):
        raise MoveRefused(
            _("This is not possible while the case is “%(state)s”.") % {"state": case.get_status_display()}
        )
    if row.name == "reopen" and capacity == "owner" and not may_ask_again(case, at):
        raise MoveRefused(_("The time to ask again is over. Please call us."))


def _carry_out(
    case: Case,
    row: Move,
    given: Evidence,
    *,
    by: Actor,
    at: datetime,
    seen_version: int,
    note: str,
    approved: DecisionRequest | None,
) -> CaseEvent:
    old = case.status
    before = _kept(case)
    before_clocks = clocks.snapshot(case)
    written = effects.columns(case, row, given, at=at)
    _write(case, written, seen_version=seen_version)
    undo = effects.after(case, row, given, written, approved=approved, by=by, at=at)
    _promise(case, row, by=by, at=at)
    event = diary.record(
        case,
        EventKind.MOVE,
        by=by,
        at=at,
        move=row.name,
        old_status=old,
        new_status=case.status,
        words=given["words"],
        note=note,
        reason=str(given.get("reason") or given.get("basis") or ""),
        evidence=_stored(given) | undo,
        before={"columns": before, "clocks": before_clocks},
        after=_kept(case) | {"clocks": clocks.snapshot(case)},
        is_visible=True,
    )
    if case.status == Status.CLOSED_OUT_OF_SCOPE:
        letters.issue(case, event, at=at)
    elif row.name == "reopen":
        letters.withdraw(case, event, at=at)
    steps.refresh(case, at=at)
    return event


def _promise(case: Case, row: Move, *, by: Actor, at: datetime) -> None:
    """The homeowner's next news: after our word, after the homeowner's own; a reopening has promised already."""
    if case.status == Status.AWAITING_HOMEOWNER:
        clocks.stop(case, ClockKind.ACKNOWLEDGE, at=at)
        clocks.promise_news(case, by=case.confirm_due_at or confirm_by(case, at), at=at)
    elif row.is_closing or row.name == "reopen":
        return
    elif by.role in {"officer", "manager"}:
        clocks.told(case, at=at)
    else:
        clocks.promise_news(case, by=clocks.answer_target(case, at), at=at)


def _write(case: Case, changes: dict[str, Any], *, seen_version: int) -> None:
    """Compare-and-set on the version that the person saw: of two editors one wins, the other is told.

    `ball` is set for the moment, because an open case has one; `steps.refresh` derives it at the end of the verb.
    """
    won = Case.objects.filter(pk=case.pk, status=case.status, version=seen_version).update(
        version=F("version") + 1, ball=Ball.OFFICER, **changes
    )
    if not won:
        raise StaleCase
    case.version = seen_version + 1
    for name, value in changes.items():
        setattr(case, name, value)


def _kept(case: Case) -> dict[str, Any]:
    return {name: _plain(getattr(case, name)) for name in effects.KEPT}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, (datetime, date)) else value


def _stored(facts: Evidence) -> Evidence:
    """Evidence as it goes into the diary: plain values only."""
    return {name: _plain(value) for name, value in facts.items() if value not in (None, "") and name != "words"}


@transaction.atomic
def correct(
    case: Case, *, by: Actor, at: datetime, seen_version: int, words: str, mailing: Mailing | None = None
) -> CaseEvent:
    """Undo the last move: what it changed goes back (status, dates, clocks, holds, parties), what came later stays.

    The row stays in the diary beside its correction. The officer within 24 hours of the move, else the manager; whoever
    the wrong move told is told again.
    """
    last = _to_correct(case, by=by, at=at, words=words)
    old = case.status
    changed = {name: value for name, value in last.before["columns"].items() if value != last.after[name]}
    _write(case, {name: _restored(case, name, value) for name, value in changed.items()}, seen_version=seen_version)
    ended = effects.undo(case, last, by=by, at=at)
    case.refresh_from_db()
    if case.confirm_due_at and case.confirm_due_at <= at:
        _ask_anew(case, at=at)
    event = diary.record(
        case,
        EventKind.CORRECTED,
        by=by,
        at=at,
        old_status=old,
        new_status=case.status,
        words=words,
        evidence={"visits": ended} if ended else {},
        corrects=last,
        is_visible=True,
    )
    letters.corrected(case, last, event, at=at)
    if case.is_open:
        clocks.promise_news(case, by=clocks.news_target(case, at), at=at)
    steps.refresh(case, at=at)
    own = mailing or Mailing(by=by, at=at)
    telling.of_correction(case, last, event, words, mailing=own)
    if mailing is None:
        own.send()
    return event


def _ask_anew(case: Case, *, at: datetime) -> None:
    """The time to answer is over, and was before the mistake: it begins again, else silence closes the case at once."""
    asked = {"confirm_asked_at": at, "confirm_due_at": confirm_by(case, at), "reminders_sent": 0}
    Case.objects.filter(pk=case.pk).update(**asked)
    for name, value in asked.items():
        setattr(case, name, value)


def _to_correct(case: Case, *, by: Actor, at: datetime, words: str) -> CaseEvent:
    last = last_move(case)
    if capacity_of(case, by, at=at) not in {"officer", "manager"}:
        raise MoveRefused(_("This is not yours to do."))
    if last is None:
        raise MoveRefused(_("There is no move to undo."))
    if by.role == "officer" and at > last.at + OFFICER_MAY_CORRECT_FOR:
        raise MoveRefused(_("The last move is older than 24 hours: only a manager can undo it."))
    if not _is_whole(last):
        raise MoveRefused(
            _("What this move changed was erased from the diary: it cannot be undone. Make the next move.")
        )
    if len(words.strip()) < 10:
        raise MoveRefused(_("Write in a sentence what was wrong; the people who were told read it."), "words")
    return last


def _is_whole(event: CaseEvent) -> bool:
    """Whether the row still holds what was before and after it; an erasure of a person may have emptied it."""
    before, after = event.before, event.after
    columns = before.get("columns") or {}
    return "status" in columns and "clocks" in before and {*columns, "clocks"} <= after.keys()


def _restored(case: Case, name: str, value: Any) -> Any:
    field: Any = case._meta.get_field(name.removesuffix("_id"))
    return field.to_python(value) if value is not None else None


def _approved_move(request: DecisionRequest, *, by: Actor, at: datetime, seen_version: int) -> CaseEvent:
    if request.kind == DecisionKind.COVER:
        verdicts.override(request.case, reason=request.why or request.words, by=by, at=at)
    return move(
        request.case,
        request.move,
        by=by,
        at=at,
        seen_version=seen_version,
        words=request.words,
        note=request.note,
        approved=request,
        **request.evidence,
    )


for _move in TABLE:
    decisions.carried_out[_move.name] = _approved_move


def last_move(case: Case) -> CaseEvent | None:
    """The move that *correct* would undo; nothing once something newer changed the status."""
    last = case.events.moves().order_by("at", "pk").last()
    return last if last and last.new_status == case.status else None
