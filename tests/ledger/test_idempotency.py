"""A double press counts once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction
from django.template import engines
from django.utils import timezone

from ledger import duties, references
from ledger.actors import Actor
from ledger.idempotency import first_time
from ledger.models import Counter, Press

AT = datetime(2026, 3, 3, 12, 14, tzinfo=UTC)
AMIRA = Actor("Amira Rahman", "officer", user_id=4)
MO = Actor("Mo Tan", "manager", user_id=5)
KEY = "0b3f7a2e-6a43-4a55-8f3c-2d7c0c7a9a11"


@pytest.mark.django_db
def test_a_repeat_gets_the_first_answer():
    first = first_time(KEY, by=AMIRA, at=AT)
    first.settle("/cases/KRM-2041/")

    again = first_time(KEY, by=AMIRA, at=AT + timedelta(seconds=1))

    assert not first.is_repeat
    assert again.is_repeat
    assert again.answer == "/cases/KRM-2041/"


@pytest.mark.django_db
@pytest.mark.parametrize("other", [MO, Actor("Hana", "homeowner", party_id=4), Actor("", "visitor", channel="link")])
def test_another_person_with_the_same_key_learns_nothing(other):
    first_time(KEY, by=AMIRA, at=AT).settle("/cases/KRM-2041/")

    press = first_time(KEY, by=other, at=AT)

    assert not press.is_repeat
    assert press.answer == ""


@pytest.mark.django_db
def test_a_form_without_a_key_is_always_a_first_press():
    assert not first_time("", by=AMIRA, at=AT).is_repeat
    assert not first_time("  ", by=AMIRA, at=AT).is_repeat


@pytest.mark.django_db
def test_work_that_failed_does_not_use_up_the_key():
    with transaction.atomic():
        first_time(KEY, by=AMIRA, at=AT)
        transaction.set_rollback(True)

    assert not first_time(KEY, by=AMIRA, at=AT).is_repeat


@pytest.mark.django_db(transaction=True)
def test_a_press_outside_of_the_transaction_of_its_work_is_refused():
    with pytest.raises(transaction.TransactionManagementError):
        first_time(KEY, by=AMIRA, at=AT)


@pytest.mark.django_db
def test_the_database_refuses_a_second_row_for_one_press():
    Press.objects.create(author="user:4", key=KEY, pressed_at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        Press.objects.create(author="user:4", key=KEY, pressed_at=AT)


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_twenty_presses_at_once_do_the_work_once():
    start = Barrier(20)

    def press(_):
        start.wait()
        try:
            with transaction.atomic():
                mine = first_time(KEY, by=AMIRA, at=AT)
                if not mine.is_repeat:
                    mine.settle(f"/cases/KRM-{references.next_number('KRM')}/")
                return mine.answer
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as pool:
        answers = set(pool.map(press, range(20)))

    assert answers == {"/cases/KRM-1/"}
    assert Counter.objects.get(name="KRM").value == 1


@pytest.mark.django_db
def test_presses_are_forgotten_after_a_week():
    now = timezone.now()
    first_time("old", by=AMIRA, at=now - timedelta(days=8))
    first_time("new", by=AMIRA, at=now - timedelta(days=6))

    assert duties.sweep(at=now) == 1
    assert list(Press.objects.values_list("key", flat=True)) == ["new"]


def test_the_tag_prints_a_fresh_key_or_the_one_that_was_sent():
    template = engines["django"].from_string("{% load idempotency %}{% idempotency_key key %}")

    fresh = {template.render({"key": ""}) for _ in range(2)}
    again = template.render({"key": '"><script>'})

    assert len(fresh) == 2
    assert all('name="idempotency_key"' in field for field in fresh)
    assert "&quot;&gt;&lt;script&gt;" in again
