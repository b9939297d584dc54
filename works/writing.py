"""Storing a work order's next version, and making one. Only the verbs of this room write through here."""

from datetime import datetime
from typing import Any

from django.db.models import F

from cases.evidence import StaleCase
from cases.models import Case
from ledger import references
from ledger.actors import Actor
from works import clocks, lists
from works.choices import OrderState
from works.models import WorkOrder

ORDERS = "WO"
CLOCKED = {"state", "due_at", "promised_at"}
"""What the clocks of an order hang on."""


def write(order: WorkOrder, *, at: datetime, seen_version: int | None = None, **changes: Any) -> None:
    """Compare-and-set on the version that the person saw (else the one at hand); StaleCase for the second of two."""
    seen = order.version if seen_version is None else seen_version
    won = WorkOrder.objects.filter(pk=order.pk, version=seen).update(version=F("version") + 1, **changes)
    if not won:
        raise StaleCase
    order.version = seen + 1
    for name, value in changes.items():
        setattr(order, name, value)
    if CLOCKED & changes.keys():
        clocks.follow(order, at=at)


def make(case: Case, *, company_id: int, due_at: datetime, by: Actor, at: datetime, **facts: Any) -> WorkOrder:
    """A new order of this cycle; sent at once unless it is planned after another."""
    state = facts.pop("state", OrderState.NEW)
    position = case.work_orders.filter(cycle=case.cycle).count() + 1
    order = WorkOrder.objects.create(
        number=references.next_number(ORDERS),
        case=case,
        company_id=company_id,
        cycle=case.cycle,
        position=position,
        state=state,
        due_at=due_at,
        first_due_at=due_at,
        created_at=at,
        created_by_name=by.name,
        sent_at=None if state == OrderState.PLANNED else at,
        **facts,
    )
    clocks.follow(order, at=at)
    if order.sent_at:
        lists.collect(order, by=by, at=at)
    return order


def of_cycle(case: Case) -> list[WorkOrder]:
    """The orders of the case's present cycle that still count, in their sequence; one query."""
    rows = case.work_orders.filter(cycle=case.cycle).exclude(state=OrderState.CANCELLED)
    return list(rows.select_related("company").order_by("position"))


def others_owe(order: WorkOrder) -> bool:
    """Whether another share without which the repair is not done is still owed."""
    owing = order.case.work_orders.live().filter(cycle=order.cycle, is_mandatory=True)
    return owing.exclude(pk=order.pk).exists()
