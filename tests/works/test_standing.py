"""Of several orders the one whose turn it is: the precedence written out by hand."""

import pytest

from contractors.models import Company
from works.models import WorkOrder
from works.standing import standing


def order(state, position=1, **facts):
    company = Company(pk=position)
    return WorkOrder(pk=position, number=position, company=company, position=position, state=state, **facts)


# states in their sequence, whose turn (1 is the first), stage of the case
TURNS = [
    (["new"], 1, "new"),
    (["accepted"], 1, "accepted"),
    (["under-way"], 1, "under-way"),
    (["no-access"], 1, "waiting"),
    (["disputed"], 1, "disputed"),
    (["back"], 1, "back"),
    (["done", "new"], 2, "new"),
    (["done", "planned"], 2, "waiting"),
    (["new", "planned"], 1, "new"),
    (["new", "under-way"], 2, "under-way"),
    (["new", "accepted"], 2, "accepted"),
    (["new", "back"], 2, "back"),
    (["back", "disputed"], 1, "back"),
    (["under-way", "no-access"], 2, "waiting"),
    (["under-way", "disputed"], 2, "disputed"),
    (["no-access", "disputed"], 2, "disputed"),
    (["accepted", "accepted"], 1, "accepted"),
]


@pytest.mark.parametrize(("states", "turn", "stage"), TURNS)
def test_of_several_companies_one_has_its_turn(states, turn, stage):
    found = standing([order(state, position) for position, state in enumerate(states, start=1)])
    assert (found.order.position, found.stage) == (turn, stage)


def test_what_only_waits_comes_after_what_goes_on():
    waits = order("waiting", 1, waits_for="parts")
    assert standing([waits, order("accepted", 2)]).order.position == 2
    assert standing([waits, order("planned", 2)]).order.position == 1


def test_a_company_that_may_come_later_never_stands_before_one_that_must_be_done():
    found = standing([order("back", 1, is_mandatory=False), order("new", 2)])
    assert found.order.position == 2


def test_nobody_owes_anything_of_what_is_done():
    assert standing([order("done", 1), order("closed", 2)]) is None
