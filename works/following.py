"""What each move of a case means for its work orders, and how a mistaken move is undone (registry `cases.followers`).

A row of undo names one order: `before` holds the columns as they were, or `made` says that the move made it. Orders
that a move ends take their open dispute with them.
"""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from accounts.choices import Role
from cases.dates import local_date
from cases.evidence import MoveRefused
from cases.followers import Evidence, Undo
from cases.models import Case
from contractors.appointments import acts_for
from ledger.actors import Actor
from works import clocks, disputes, standing
from works.choices import LIVE_STATES, DisputeState, HowAccepted, OrderState
from works.models import Dispute, WorkOrder
from works.writing import make, of_cycle, write

KEPT = (
    "state", "due_at", "promised_at", "sent_at", "accepted_at", "accepted_how", "started_at", "done_at", "ended_at",
    "waits_for", "waits_until", "words", "method_note", "ready_on",
)  # fmt: skip


def follow(case: Case, move: str, evidence: Evidence, *, by: Actor, at: datetime) -> Undo:
    """Carry the move out on the case's orders; answers what `put_back` needs."""
    act = FOLLOWING.get(move)
    if act is None:
        return []
    undo = act(case, evidence, by, at) + _dropped(case, by, at)
    standing.derive(case, at=at)
    return undo


def put_back(case: Case, undo: Undo, *, by: Actor, at: datetime) -> None:
    """What the move made is cancelled; what it changed is again as it was."""
    rows = WorkOrder.objects.in_bulk([row["order"] for row in undo])
    for row in undo:
        order = rows[row["order"]]
        if row.get("dispute"):
            disputes.take_up(row["dispute"])
        elif row.get("made"):
            write(order, at=at, state=OrderState.CANCELLED, ended_at=at)
        else:
            write(order, at=at, **{name: _restored(name, value) for name, value in row["before"].items()})
            clocks.restore(order, row["clocks"])
    if undo:
        standing.derive(Case.objects.for_page().get(pk=case.pk), at=at)


def pause(case: Case, *, at: datetime) -> None:
    """A pausing hold begins."""
    clocks.pause(case, at=at)


def resume(case: Case, *, at: datetime) -> None:
    """It ended: the companies' dates move by its length."""
    moved = clocks.resume(case, at=at)
    for order in moved:
        WorkOrder.objects.filter(pk=order.pk).update(due_at=order.due_at)
    if moved:
        standing.derive(case, at=at)


def _dropped(case: Case, by: Actor, at: datetime) -> Undo:
    """Disputes of orders that the move took out of dispute."""
    open_ones = Dispute.objects.filter(order__case=case, state=DisputeState.RAISED)
    over = open_ones.exclude(order__state=OrderState.DISPUTED).select_related("order")
    return [{"order": row.order_id, "dispute": disputes.drop(row.order, by=by, at=at)} for row in over]


def redate(case: Case, due: datetime, *, by: Actor, at: datetime) -> None:
    """The contractor's date of the case is that of the order whose turn it is."""
    work = standing.standing(of_cycle(case))
    if work:
        write(work.order, at=at, due_at=due)


def _send(case: Case, evidence: Evidence, by: Actor, at: datetime) -> Undo:
    facts = {name: str(evidence.get(name) or "").strip() for name in ("scope", "budget_code")}
    return [_made(make(case, company_id=case.work_company_id, due_at=case.work_due_at, by=by, at=at, **facts))]  # type: ignore[arg-type]


def _done(case: Case, evidence: Evidence, by: Actor, at: datetime) -> Undo:
    """The repair is done: every share without which it is not; what was only planned is not needed any more.

    A company says so of its own shares alone: while another owes one, the repair is not done.
    """
    owing = [order for order in of_cycle(case) if order.state in LIVE_STATES]
    mine = owing
    if by.role == Role.CONTRACTOR:
        companies = acts_for(by, case.development, local_date(case, at))
        mine = [order for order in owing if order.company_id in companies]
        if any(order.is_mandatory and order not in mine for order in owing):
            raise MoveRefused(_("Another company is not done yet."))
    ending = [order for order in mine if order.is_mandatory or by.role == Role.CONTRACTOR]
    note = str(evidence.get("method_note") or "")
    return [_finish(order, note, by, at) for order in ending]


def _finish(order: WorkOrder, note: str, by: Actor, at: datetime) -> dict[str, Any]:
    if order.sent_at is None:
        return _change(order, at, state=OrderState.CANCELLED, ended_at=at)
    is_own = by.role == Role.CONTRACTOR
    how = HowAccepted.PAGE if is_own else HowAccepted.SAID
    method = order.method_note if is_own else order.method_note or note
    accepted = {} if order.accepted_at else {"accepted_at": at, "accepted_how": how}
    waits = {"waits_for": "", "waits_until": None}
    return _change(order, at, state=OrderState.DONE, done_at=at, method_note=method, **waits, **accepted)


def _back(case: Case, evidence: Evidence, by: Actor, at: datetime) -> Undo:
    """The share that failed: the one named, else the last one that was done."""
    done = [order for order in of_cycle(case) if order.state == OrderState.DONE]
    named = [order for order in done if order.pk == evidence.get("order_id")]
    return [
        _change(
            order, at, state=OrderState.BACK, done_at=None, words=str(evidence["words"])[:200], due_at=case.work_due_at
        )
        for order in (named or done)[-1:]
    ]


def _close(case: Case, evidence: Evidence, by: Actor, at: datetime) -> Undo:
    """What was done is closed, what was still owed is not needed any more."""
    return [_end(order, at) for order in _of_case(case)]


def _cancel(case: Case, evidence: Evidence, by: Actor, at: datetime) -> Undo:
    """Nobody is to do it."""
    return [_change(order, at, state=OrderState.CANCELLED, ended_at=at) for order in _of_case(case)]


def _end(order: WorkOrder, at: datetime) -> dict[str, Any]:
    state = OrderState.CLOSED if order.state == OrderState.DONE else OrderState.CANCELLED
    return _change(order, at, state=state, ended_at=at)


def _of_case(case: Case) -> list[WorkOrder]:
    return [order for order in of_cycle(case) if order.ended_at is None]


def _reopen(case: Case, evidence: Evidence, by: Actor, at: datetime) -> Undo:
    """The same company has it back, in the new cycle."""
    if case.work_company_id is None or case.work_due_at is None:
        return []
    words = str(evidence["words"])[:200]
    order = make(
        case, company_id=case.work_company_id, due_at=case.work_due_at, by=by, at=at, state=OrderState.BACK, words=words
    )
    return [_made(order)]


def _made(order: WorkOrder) -> dict[str, Any]:
    return {"order": order.pk, "company": order.company_id, "made": True}


def _change(order: WorkOrder, at: datetime, **changes: Any) -> dict[str, Any]:
    """Write, and answer what was before; a company that was never sent it is not told of it."""
    before = {name: _plain(getattr(order, name)) for name in changes if name in KEPT}
    running = clocks.snapshot(order)
    write(order, at=at, **changes)
    told = {"company": order.company_id} if order.sent_at else {}
    return {"order": order.pk, "before": before, "clocks": running, **told}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, (datetime, date)) else value


def _restored(name: str, value: Any) -> Any:
    field: Any = WorkOrder._meta.get_field(name)
    return field.to_python(value) if value is not None else None


FOLLOWING: dict[str, Callable[[Case, Evidence, Actor, datetime], Undo]] = {
    "accept-and-send": _send,
    "report-done": _done,
    "ask-sign-off": _done,
    "send-back": _back,
    "take-back": _cancel,
    "confirm": _close,
    "close-complete": _close,
    "close-no-reply": _close,
    "close-out-of-scope": _cancel,
    "close-other": _cancel,
    "reopen": _reopen,
}
