"""Cases from before work orders get theirs, on both databases."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from cases.choices import Status
from cases.models import Case
from tests.factories.cases import REPORTED_AT, fresh, make_case, make_world, walk
from works.models import ListLine, WorkClock, WorkOrder

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]

BEFORE, AFTER = [("works", "0001_initial")], [("works", "0002_orders_of_sent_cases")]


def migrate(target):
    executor = MigrationExecutor(connection)
    if not executor.loader.disk_migrations:
        pytest.skip("The tables were made without migrations.")
    executor.migrate(target)


def to_the_newest():
    nodes = MigrationExecutor(connection).loader.graph.leaf_nodes()
    migrate([node for node in nodes if node[0] == "works"])


@pytest.fixture
def leaves():
    yield
    to_the_newest()


def test_each_case_that_a_contractor_has_gets_its_order(defaults, leaves):
    world = make_world()
    statuses = (Status.WITH_CONTRACTOR, Status.TO_CHECK, Status.AWAITING_HOMEOWNER, Status.ACCEPTED)
    sent, checked, asked, accepted = (make_case(world=world, status=status) for status in statuses)
    waits, ended = make_case(world=world, status=Status.WITH_CONTRACTOR), make_case(world=world)
    walk(ended, "close-other", world=world, at=REPORTED_AT + timedelta(hours=2))
    ListLine.objects.all().delete()
    WorkOrder.objects.all().delete()
    Case.objects.filter(pk=waits.pk).update(work_stage="waiting", work_note="matching tiles")
    migrate(BEFORE)
    migrate(AFTER)
    found = {order.case_id: order for order in WorkOrder.objects.all()}
    assert {pk: order.state for pk, order in found.items()} == {
        sent.pk: "new",
        checked.pk: "done",
        asked.pk: "done",
        waits.pk: "waiting",
    }
    clocks = set(WorkClock.objects.values_list("order__case", "kind", "due_at"))
    assert clocks == {(case.pk, "done", fresh(case).work_due_at) for case in (sent, waits)}
    assert found[waits.pk].words == "matching tiles"
    assert {order.company_id for order in found.values()} == {world.company.pk}
    assert all(order.due_at == order.case.work_due_at for order in found.values())
    assert found[sent.pk].sent_at == REPORTED_AT + timedelta(hours=1)
    assert found[checked.pk].done_at == fresh(checked).reports_done_at
    to_the_newest()
    walk(fresh(accepted), "accept-and-send", world=world, at=REPORTED_AT + timedelta(hours=9))
    assert WorkOrder.objects.get(case=accepted).number > max(order.number for order in found.values())
