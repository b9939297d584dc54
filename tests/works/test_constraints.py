"""What the database refuses of work orders."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import F

from tests.factories.cases import REPORTED_AT
from tests.factories.works import contractor, order_of, say
from works.models import Promise, WorkOrder

pytestmark = [pytest.mark.django_db, pytest.mark.database]

REFUSED = [
    ("works_workorder_state", {"state": "odd"}),
    ("works_workorder_sent", {"sent_at": None}),
    ("works_workorder_done", {"state": "done"}),
    ("works_workorder_ended", {"state": "closed"}),
    ("works_workorder_ended", {"ended_at": REPORTED_AT}),
    ("works_workorder_waits_for_something", {"state": "waiting"}),
    ("works_workorder_planned_after", {"state": "planned"}),
    ("works_workorder_not_after_itself", {"after": F("pk")}),
]


@pytest.mark.parametrize(("name", "changes"), REFUSED)
def test_the_database_refuses(case, name, changes):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        WorkOrder.objects.filter(case=case).update(**changes)


def test_two_orders_of_a_cycle_have_two_positions(case, siva, amira):
    from works import orders

    second = orders.send(case, company=siva.company, due_at=REPORTED_AT + timedelta(days=9), by=amira, at=REPORTED_AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        WorkOrder.objects.filter(pk=second.pk).update(position=1)


def test_a_promise_is_never_changed_or_deleted(case, lim):
    at = REPORTED_AT + timedelta(hours=3)
    say("promise", order_of(case), by=contractor(lim), at=at, promised_at=at + timedelta(days=3))
    for spoil in (lambda: Promise.objects.update(promised_at=at), lambda: Promise.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            spoil()
