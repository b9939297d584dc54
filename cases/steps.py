"""The derived step of a case: where it stands in words, the next date, who holds the ball (workflow.md section 1).

`refresh` is called by every verb that changes what it reads. Nothing else writes these columns.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from cases.choices import (
    INSPECTIONS,
    Ball,
    DecisionState,
    HoldKind,
    OtherReason,
    SignAnswer,
    Status,
    VisitKind,
    WorkStage,
)
from cases.models import Case, Hold


@dataclass(frozen=True)
class Standing:
    """The three stored facts, and a word to put into the sentence."""

    step: str
    ball: Ball
    next_on: datetime | None
    note: str = ""


def refresh(case: Case, *, at: datetime) -> None:
    """Derive and store the case's standing; three queries."""
    holds = {hold.kind: hold for hold in case.holds.filter(ended_at__isnull=True)}
    waits = case.decisions.filter(state=DecisionState.WAITING).exists()
    now = standing(case, hold=holds.get(HoldKind.HOLD), ask=holds.get(HoldKind.ASK), manager_decides=waits, at=at)
    case.step, case.ball, case.next_on, case.step_note = now.step, now.ball, now.next_on, now.note[:120]
    case.is_paused = case.is_open and any(hold.pauses for hold in holds.values())
    case.clock_due_at = list_clock(case)
    Case.objects.filter(pk=case.pk).update(
        step=case.step,
        ball=case.ball,
        next_on=case.next_on,
        step_note=case.step_note,
        is_paused=case.is_paused,
        clock_due_at=case.clock_due_at,
    )


def list_clock(case: Case) -> datetime | None:
    """What the table sorts by: the nearest running promise; for a closed case its closing time."""
    if case.is_closed:
        return case.closed_at
    if case.status == Status.AWAITING_HOMEOWNER:
        return case.update_due_at
    running = [case.statutory_due_at, None if case.is_paused else case.rectify_due_at]
    if case.status == Status.NEW:
        running.append(case.acknowledge_due_at)
    return min((due for due in running if due), default=case.update_due_at)


def standing(case: Case, *, hold: Hold | None, ask: Hold | None, manager_decides: bool, at: datetime) -> Standing:
    """Pure: what the step is, first match wins. Closed - decision - on hold - asked - the state's own step.

    Once a case is accepted a decision that waits changes who acts, not what people outside read of the repair.
    """
    if case.is_closed:
        return _closed(case)
    if manager_decides and case.status in (Status.NEW, Status.IN_REVIEW):
        return Standing("decision", Ball.MANAGER, case.update_due_at)
    now = _waiting(hold, ask) or _OPEN[Status(case.status)](case, at)
    return replace(now, ball=Ball.MANAGER) if manager_decides else now


def _waiting(hold: Hold | None, ask: Hold | None) -> Standing | None:
    if hold:
        return Standing("on-hold", Ball.OFFICER, hold.until_at, hold.reason)
    if ask:
        return Standing("asked", Ball.HOMEOWNER, ask.until_at)
    return None


def _closed(case: Case) -> Standing:
    if case.status == Status.CLOSED_OUT_OF_SCOPE:
        return Standing("closed-out-of-scope", Ball.NOBODY, None)
    if case.status == Status.CLOSED_OTHER:
        note: dict[str, str] = {
            OtherReason.DUPLICATE: case.duplicate_of.reference if case.duplicate_of else "",
            OtherReason.PASSED_ON: case.passed_to,
        }
        return Standing(f"closed-{case.closure_reason}", Ball.NOBODY, None, note.get(case.closure_reason, ""))
    if case.closed_without_reply:
        return Standing("closed-no-reply", Ball.NOBODY, None)
    if case.closure_reason == SignAnswer.PROTEST:
        return Standing("closed-protest", Ball.NOBODY, None)
    return Standing("closed-complete" if case.closure_reason == "confirmed" else "closed-by-us", Ball.NOBODY, None)


def _booked(case: Case, at: datetime, *kinds: VisitKind) -> bool:
    return case.visit_kind in kinds and case.visit_ends_at is not None and case.visit_ends_at > at


def _new(case: Case, at: datetime) -> Standing:
    return Standing("new", Ball.OFFICER, case.acknowledge_due_at or case.update_due_at)


def _in_review(case: Case, at: datetime) -> Standing:
    if _booked(case, at, *INSPECTIONS):
        return Standing("inspection-booked", Ball.OFFICER, case.visit_starts_at)
    if case.inspected_at:
        return Standing("inspected", Ball.OFFICER, case.update_due_at)
    return Standing("in-review", Ball.OFFICER, case.update_due_at)


def _accepted(case: Case, at: datetime) -> Standing:
    return Standing("accepted", Ball.OFFICER, case.update_due_at)


def _with_contractor(case: Case, at: datetime) -> Standing:
    if _booked(case, at, VisitKind.RECTIFICATION):
        return Standing("repair-booked", Ball.CONTRACTOR, case.visit_starts_at)
    if _booked(case, at, *INSPECTIONS):
        return Standing("joint-booked", Ball.OFFICER, case.visit_starts_at)
    steps = {
        WorkStage.ACCEPTED: "contractor-accepted",
        WorkStage.UNDER_WAY: "under-way",
        WorkStage.WAITING: "waiting",
        WorkStage.DISPUTED: "disputed",
        WorkStage.BACK: "more-work",
    }
    step = steps.get(WorkStage(case.work_stage), "contractor-new")
    note = case.work_note if step in {"waiting", "more-work"} else ""
    return Standing(step, Ball.CONTRACTOR, case.work_next_at or case.work_due_at, note)


def _to_check(case: Case, at: datetime) -> Standing:
    if _booked(case, at, VisitKind.CHECK, *INSPECTIONS):
        return Standing("check-booked", Ball.OFFICER, case.visit_starts_at)
    step = "not-right" if case.not_right_at else "repair-done"
    return Standing(step, Ball.OFFICER, case.update_due_at)


def _awaiting(case: Case, at: datetime) -> Standing:
    return Standing("confirm", Ball.HOMEOWNER, case.update_due_at)


_OPEN = {
    Status.NEW: _new,
    Status.IN_REVIEW: _in_review,
    Status.ACCEPTED: _accepted,
    Status.WITH_CONTRACTOR: _with_contractor,
    Status.TO_CHECK: _to_check,
    Status.AWAITING_HOMEOWNER: _awaiting,
}
