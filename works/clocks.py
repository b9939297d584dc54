"""The contractor's clocks: accept, offer a date, finish, send the pictures (domain 6.3, K1-K4).

Targets are data (catalogue, or the development's own), counted in the development's working time. *Finish* is the
date due; it waits with the case's own repair target while a listed hold runs, and what was left then goes on. `follow`
says by the order's state which clocks run; nothing else starts or stops them but the end of a visit.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Max

from cases.models import Case
from catalogue.choices import Clock
from units import targets
from works.choices import LIVE_STATES, OrderState, WorkClockKind
from works.models import WorkClock, WorkOrder

ACCEPT, DATE, DONE, EVIDENCE = WorkClockKind.ACCEPT, WorkClockKind.DATE, WorkClockKind.DONE, WorkClockKind.EVIDENCE

TARGETS = {ACCEPT: Clock.WORK_ACCEPT, DATE: Clock.WORK_DATE, EVIDENCE: Clock.WORK_PROOF}
"""*Finish* has no target: it is the date of the order."""

RUNNING: dict[str, tuple[WorkClockKind, ...]] = {
    OrderState.NEW: (ACCEPT, DONE),
    OrderState.BACK: (ACCEPT, DONE),
    OrderState.ACCEPTED: (DATE, DONE, EVIDENCE),
    OrderState.UNDER_WAY: (DONE, EVIDENCE),
    OrderState.WAITING: (DONE, EVIDENCE),
    OrderState.NO_ACCESS: (DONE, EVIDENCE),
    OrderState.DISPUTED: (DONE,),
}
"""Which may run in a state; in all others none does. *Date* ends with a promise, *evidence* begins with a visit."""

FIELDS = ("id", "due_at", "stopped_at", "paused_at", "paused_seconds")


def follow(order: WorkOrder, *, at: datetime) -> None:
    """Start, stop and redate the order's clocks after its state, its date or its promise changed."""
    running = {clock.kind: clock for clock in order.clocks.filter(stopped_at__isnull=True)}
    wanted = _wanted(order)
    for kind, clock in running.items():
        if kind not in wanted:
            _stop(clock, at)
    for kind in wanted:
        if kind != EVIDENCE and kind not in running:
            _start(order, kind, at)
    done = running.get(DONE)
    if done and done.due_at != order.due_at and DONE in wanted:
        WorkClock.objects.filter(pk=done.pk).update(due_at=order.due_at)


def _wanted(order: WorkOrder) -> list[WorkClockKind]:
    kinds = RUNNING.get(order.state, ())
    return [kind for kind in kinds if kind != DATE or not _has_date(order)]


def _has_date(order: WorkOrder) -> bool:
    """Promised, or a visit was booked since the order was accepted."""
    if order.promised_at or order.accepted_at is None:
        return order.promised_at is not None
    return order.clocks.filter(kind=DATE, stopped_at__isnull=False, started_at__gte=order.accepted_at).exists()


def date_given(order: WorkOrder, *, at: datetime) -> None:
    """A visit of the company is booked: it has offered its date; called by the room of visits."""
    for clock in order.clocks.filter(kind=DATE, stopped_at__isnull=True):
        _stop(clock, at)


def _start(order: WorkOrder, kind: WorkClockKind, at: datetime) -> None:
    due = order.due_at if kind == DONE else target(order, kind, at)
    if due is None:
        return
    last = order.clocks.filter(kind=kind).aggregate(last=Max("sequence"))["last"] or 0
    paused_at = at if kind == DONE and order.case.is_paused else None
    WorkClock.objects.create(
        order=order,
        kind=kind,
        sequence=last + 1,
        started_at=at,
        first_due_at=due,
        due_at=due,
        paused_at=paused_at,
    )


def target(order: WorkOrder, kind: WorkClockKind, start: datetime) -> datetime | None:
    """When a clock of this kind that starts now is due; None where there is no such target."""
    case = order.case
    return targets.due_at(case.development, case.priority_id, TARGETS[kind], start)


def _stop(clock: WorkClock, at: datetime) -> None:
    _lengthen(clock, at)
    clock.stopped_at = at
    clock.save(update_fields=["stopped_at", "paused_at", "paused_seconds", "due_at"])


def _lengthen(clock: WorkClock, at: datetime) -> None:
    """As the case's repair target: a pause moves the due time by exactly its length."""
    if clock.paused_at is None:
        return
    earned = max(at - clock.paused_at, timedelta())
    clock.due_at += earned
    clock.paused_seconds += int(earned.total_seconds())
    clock.paused_at = None


def pause(case: Case, *, at: datetime) -> None:
    """A pausing hold begins: nobody can finish."""
    _of_case(case).filter(paused_at__isnull=True).update(paused_at=at)


def resume(case: Case, *, at: datetime) -> list[WorkOrder]:
    """It ended: what was left goes on. Answers the orders whose date moved with it."""
    moved: list[WorkOrder] = []
    if case.is_closed:  # its orders end with it, and are put back as they were
        return moved
    for clock in _of_case(case).filter(paused_at__isnull=False).select_related("order"):
        _lengthen(clock, at)
        clock.save(update_fields=["paused_at", "paused_seconds", "due_at"])
        clock.order.due_at = clock.due_at
        moved.append(clock.order)
    return moved


def _of_case(case: Case) -> Any:
    rows = WorkClock.objects.filter(order__case=case, order__state__in=LIVE_STATES)
    return rows.filter(kind=DONE, stopped_at__isnull=True)


def visit_ended(order: WorkOrder, *, ended_at: datetime) -> None:
    """The company was there: its pictures are due; called by the room of visits. Nothing while that clock runs."""
    if order.state not in RUNNING or EVIDENCE not in RUNNING[order.state]:
        return
    if not order.clocks.filter(kind=EVIDENCE, stopped_at__isnull=True).exists():
        _start(order, EVIDENCE, ended_at)


def snapshot(order: WorkOrder) -> list[dict[str, Any]]:
    """The clocks as values, for *correct*."""
    return [
        {name: value.isoformat() if isinstance(value, datetime) else value for name, value in row.items()}
        for row in order.clocks.order_by("pk").values(*FIELDS)
    ]


def restore(order: WorkOrder, rows: list[dict[str, Any]]) -> None:
    """Exactly as they were: what was started since never ran."""
    order.clocks.exclude(pk__in=[row["id"] for row in rows]).delete()
    for row in rows:
        values = {name: _moment(value) for name, value in row.items() if name != "id"}
        order.clocks.filter(pk=row["id"]).update(**values)


def _moment(value: Any) -> Any:
    return datetime.fromisoformat(value) if isinstance(value, str) else value
