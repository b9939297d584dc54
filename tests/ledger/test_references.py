"""Numbers are given out once, without holes."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from ledger import references
from ledger.models import Counter


@pytest.mark.django_db
def test_numbers_start_at_one_and_go_up_by_one():
    assert [references.next_number("KRM") for _ in range(3)] == [1, 2, 3]
    assert references.next_number("R") == 1


@pytest.mark.django_db
def test_a_block_is_a_run_of_numbers_that_nobody_else_gets():
    references.next_number("KRM")

    assert references.next_block("KRM", 4) == range(2, 6)
    assert references.next_number("KRM") == 6


@pytest.mark.django_db
def test_an_empty_block_is_refused():
    with pytest.raises(ValueError, match="none"):
        references.next_block("KRM", 0)


@pytest.mark.django_db
def test_an_undone_transaction_leaves_no_hole():
    references.next_number("KRM")
    with transaction.atomic():
        references.next_number("KRM")
        transaction.set_rollback(True)

    assert references.next_number("KRM") == 2


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_takers_at_the_same_time_get_different_numbers():
    def take(_):
        try:
            return references.next_number("KRM")
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        taken = list(pool.map(take, range(40)))

    assert sorted(taken) == list(range(1, 41))
    assert Counter.objects.get(name="KRM").value == 40
