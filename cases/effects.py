"""What each move changes beside the status: columns, clocks, parties. Called only by `workflow`."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from cases import bookings, clocks, decisions, duplicates, holds, steps
from cases.choices import CLOSED_STATES, ClockKind, OtherReason, Status, WorkStage
from cases.dates import confirm_by
from cases.models import Case, CaseEvent, DecisionRequest
from cases.moves import Evidence, Move
from ledger.actors import Actor

Columns = dict[str, Any]

KEPT = (
    "status",
    "cycle",
    "accepted_at",
    "closed_at",
    "work_company_id",
    "work_due_at",
    "work_stage",
    "work_note",
    "visit_kind",
    "visit_starts_at",
    "visit_ends_at",
    "inspected_at",
    "not_right_at",
    "appealed_at",
    "reports_done_at",
    "checked_at",
    "confirm_asked_at",
    "confirm_due_at",
    "reminders_sent",
    "closure_reason",
    "closing_notes",
    "closing_rule",
    "guidance_id",
    "duplicate_of_id",
    "passed_to",
    "follow_up_on",
    "closed_without_reply",
)
"""Columns that a move may change; *correct* puts them back."""

_NO_VISIT: Columns = {"visit_kind": "", "visit_starts_at": None, "visit_ends_at": None}


def columns(case: Case, move: Move, evidence: Evidence, *, at: datetime) -> Columns:
    """The columns to write with the new status."""
    changes: Columns = {"status": move.target}
    if move.starts_work and case.accepted_at is None:
        changes["accepted_at"] = at
    if move.target in CLOSED_STATES:
        changes |= {"closed_at": at} | _NO_VISIT
    return changes | COLUMNS.get(move.name, _nothing)(case, evidence, at)


def _nothing(case: Case, evidence: Evidence, at: datetime) -> Columns:
    return {}


def _send(case: Case, evidence: Evidence, at: datetime) -> Columns:
    return {
        "work_company_id": evidence["company_id"],
        "work_due_at": datetime.fromisoformat(str(evidence["due_at"])),
        "work_stage": WorkStage.NEW,
        "work_note": "",
        **_NO_VISIT,
    }


def _done(case: Case, evidence: Evidence, at: datetime) -> Columns:
    said_at = evidence.get("said_at")
    return {
        "reports_done_at": datetime.fromisoformat(str(said_at)) if said_at else at,
        "not_right_at": None,
        **_NO_VISIT,
    }


def _ask(case: Case, evidence: Evidence, at: datetime) -> Columns:
    return {
        "checked_at": at,
        "reports_done_at": case.reports_done_at or at,
        "confirm_asked_at": at,
        "confirm_due_at": confirm_by(case, at),
        "reminders_sent": 0,
        "not_right_at": None,
        **_NO_VISIT,
    }


def _back(case: Case, evidence: Evidence, at: datetime) -> Columns:
    return {
        "work_stage": WorkStage.BACK,
        "work_note": str(evidence["words"])[:120],
        "work_due_at": (evidence.get("due_at") and datetime.fromisoformat(str(evidence["due_at"])))
        or case.work_due_at,
        "not_right_at": None,
        "confirm_asked_at": None,
        "confirm_due_at": None,
        **_NO_VISIT,
    }


def _not_right(case: Case, evidence: Evidence, at: datetime) -> Columns:
    return {"not_right_at": at, "confirm_asked_at": None, "confirm_due_at": None}


def _confirmed(case: Case, evidence: Evidence, at: datetime) -> Columns:
    return {"closure_reason": "confirmed"}


def _complete(case: Case, evidence: Evidence, at: datetime) -> Columns:
    return {"closure_reason": evidence["basis"], "closing_notes": str(evidence.get("words") or "")}


def _no_reply(case: Case, evidence: Evidence, at: datetime) -> Columns:
    return {"closure_reason": "no-reply", "closed_without_reply": True}


def _out_of_scope(case: Case, evidence: Evidence, at: datetime) -> Columns:
    return {
        "closure_reason": evidence["reason"],
        "closing_notes": str(evidence["words"]),
        "closing_rule": str(evidence.get("rule") or ""),
        "guidance_id": evidence.get("guidance_id"),
    }


def _other(case: Case, evidence: Evidence, at: datetime) -> Columns:
    follow = evidence.get("follow_up_on")
    return {
        "closure_reason": evidence["reason"],
        "closing_notes": str(evidence.get("words") or ""),
        "duplicate_of_id": evidence.get("duplicate_of_id"),
        "passed_to": str(evidence.get("passed_to") or "")[:120],
        "follow_up_on": date.fromisoformat(str(follow)) if follow else None,
    }


def _take_back(case: Case, evidence: Evidence, at: datetime) -> Columns:
    return {
        "work_company_id": None,
        "work_due_at": None,
        "work_stage": WorkStage.NONE,
        "work_note": "",
        **_NO_VISIT,
    }


def _reopen(case: Case, evidence: Evidence, at: datetime) -> Columns:
    same = bool(evidence.get("same_contractor") and case.work_company_id and evidence.get("due_at"))
    contractor: Columns = (
        {"work_due_at": datetime.fromisoformat(str(evidence["due_at"])), "work_stage": WorkStage.BACK}
        if same
        else _take_back(case, evidence, at)
    )
    return {
        **contractor,
        "status": Status.WITH_CONTRACTOR if same else Status.IN_REVIEW,
        "cycle": case.cycle + 1,
        "closed_at": None,
        "appealed_at": at if case.status == Status.CLOSED_OUT_OF_SCOPE else case.appealed_at,
        "closure_reason": "",
        "duplicate_of_id": None,
        "passed_to": "",
        "follow_up_on": None,
        "closed_without_reply": False,
        "not_right_at": None,
        "confirm_asked_at": None,
        "confirm_due_at": None,
        "reports_done_at": None,
        "checked_at": None,
        "inspected_at": None,
    }


COLUMNS: dict[str, Callable[[Case, Evidence, datetime], Columns]] = {
    "accept-and-send": _send,
    "report-done": _done,
    "ask-sign-off": _ask,
    "send-back": _back,
    "not-right": _not_right,
    "confirm": _confirmed,
    "close-complete": _complete,
    "close-no-reply": _no_reply,
    "close-out-of-scope": _out_of_scope,
    "close-other": _other,
    "take-back": _take_back,
    "reopen": _reopen,
}


def after(
    case: Case,
    move: Move,
    evidence: Evidence,
    written: Columns,
    *,
    approved: DecisionRequest | None = None,
    by: Actor,
    at: datetime,
) -> Evidence:
    """Clocks, holds, requests, visits and duplicates follow the new status; answers what *correct* needs to undo them.

    `written`: the columns, which are stored already. `approved`: the manager's decision that the move comes from.
    """
    undo: Evidence = {}
    if "visit_kind" in written:
        undo["visits"] = bookings.take_off(case, by=by, at=at)
    if move.is_closing:
        undo["holds"] = holds.end_all(case, how=move.name, by=by, at=at)
        undo["decisions"] = decisions.end_waiting(case, but=approved, by=by, at=at)
        clocks.stop_all(case, at=at)
    elif move.name == "ask-sign-off":
        clocks.stop(case, *clocks.WORK_CLOCKS, at=at)
    elif move.name in {"send-back", "not-right"}:
        clocks.put_back(case)
    elif move.name == "reopen":
        clocks.begin_again(case, written=by.channel in {"portal", "link"}, at=at)
    if evidence.get("reason") == OtherReason.DUPLICATE and move.name == "close-other":
        undo["joined"] = duplicates.join(case, by=by, at=at)
    if by.role in {"officer", "manager"}:
        clocks.stop(case, ClockKind.ACKNOWLEDGE, at=at)
    return undo


def undo(case: Case, wrong: CaseEvent, *, by: Actor, at: datetime) -> bookings.Undo:
    """*Correct*: clocks, holds, requests, duplicates and visits go back to what they were before the wrong move.

    The columns are put back already. Answers the visits that end because they fit only what the move made of the case.
    """
    clocks.drop_cycle(case)
    clocks.restore(case, wrong.before["clocks"], wrong.after["clocks"])
    holds.put_back(case, wrong.evidence.get("holds", []))
    decisions.put_back(case, wrong.evidence.get("decisions", []))
    if "joined" in wrong.evidence:
        duplicates.part(wrong.evidence["joined"], by=by, at=at)
        steps.refresh(Case.objects.get(pk=wrong.evidence["joined"]["case"]), at=at)
    return bookings.put_back(case, wrong.evidence.get("visits", []), by=by, at=at)
