"""Where the work of a case stands, out of its orders: one table, first match wins.

The case carries the answer (`work_company`, `work_due_at`, `work_stage`, `work_note`, `work_next_at`) because lists
sort and filter by it; its step follows. Nothing else writes these columns but the move that begins them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from cases import steps
from cases.choices import Status, WorkStage
from cases.dates import end_of_day
from cases.models import Case
from works.choices import OrderState, WaitReason
from works.models import WorkOrder
from works.writing import of_cycle

PRECEDENCE: tuple[tuple[OrderState, WorkStage], ...] = (
    (OrderState.BACK, WorkStage.BACK),
    (OrderState.DISPUTED, WorkStage.DISPUTED),
    (OrderState.NO_ACCESS, WorkStage.WAITING),
    (OrderState.UNDER_WAY, WorkStage.UNDER_WAY),
    (OrderState.ACCEPTED, WorkStage.ACCEPTED),
    (OrderState.NEW, WorkStage.NEW),
    (OrderState.WAITING, WorkStage.WAITING),
    (OrderState.PLANNED, WorkStage.WAITING),
)
"""Of several companies the one with something wrong goes first, then the one furthest on; what only waits comes last.
A repair that is not done without an order stands before one that may follow."""

DONE_STATES = (Status.TO_CHECK, Status.AWAITING_HOMEOWNER)


@dataclass(frozen=True)
class Work:
    """What the case's columns say. `next_on`: a day before its due date on which something is to happen."""

    order: WorkOrder
    stage: WorkStage
    note: str = ""
    next_on: date | None = None


def standing(orders: Sequence[WorkOrder]) -> Work | None:
    """Pure: whose turn it is, and how far that company is; None when nobody owes anything."""
    ranks = {state: rank for rank, (state, _stage) in enumerate(PRECEDENCE)}
    owing = [order for order in orders if order.state in ranks]
    if not owing:
        return None
    first = min(owing, key=lambda order: (not order.is_mandatory, ranks[OrderState(order.state)], order.position))
    note, next_on = _waits(first)
    return Work(first, dict(PRECEDENCE)[OrderState(first.state)], note, next_on)


def _waits(order: WorkOrder) -> tuple[str, date | None]:
    """What it waits for, in words that a homeowner may read, and until when."""
    if order.state == OrderState.PLANNED:
        return str(WaitReason.DRYING.label), order.ready_on
    if order.state == OrderState.NO_ACCESS:
        return str(WaitReason.ACCESS.label), order.waits_until
    if order.state == OrderState.WAITING:
        return order.words or str(WaitReason(order.waits_for).label), order.waits_until
    return (order.words if order.state == OrderState.BACK else ""), None


def derive(case: Case, *, at: datetime) -> None:
    """Store where the work stands with the case, and its step after it. A closed or unsent case keeps its columns."""
    columns = _columns(case)
    if columns:
        Case.objects.filter(pk=case.pk).update(**columns)
        for name, value in columns.items():
            setattr(case, name, value)
    steps.refresh(case, at=at)


def _columns(case: Case) -> dict[str, object]:
    if case.status in DONE_STATES:
        done = [order for order in of_cycle(case) if order.state == OrderState.DONE]
        return {"work_company_id": done[-1].company_id, "work_due_at": done[-1].due_at} if done else {}
    work = standing(of_cycle(case)) if case.status == Status.WITH_CONTRACTOR else None
    if work is None:
        return {}
    promised = work.order.promised_at
    return {
        "work_company_id": work.order.company_id,
        "work_due_at": work.order.due_at,
        "work_stage": work.stage,
        "work_note": work.note[:120],
        "work_next_at": end_of_day(case, work.next_on) if work.next_on else promised,
    }
