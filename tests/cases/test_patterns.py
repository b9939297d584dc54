"""What came back in the same place, what happens in the same stack: found, named with its reason, never joined."""

from datetime import timedelta

import pytest

from cases import patterns
from cases.models import Case
from tests.factories.cases import REPORTED_AT, a_fault, fresh, make_case, make_report
from tests.factories.homeowners import make_homeowner, make_tenure
from tests.factories.units import make_unit

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def above(world):
    """The home over Hana's, of the same stack, with its owner."""
    world.unit.stack = "03"
    world.unit.save()
    unit = make_unit(development=world.development, block=world.unit.block, number="A-13-3", stack="03")
    owner = make_homeowner(name="Upstairs Uma")
    make_tenure(unit=unit, homeowner=owner)
    return {"unit": unit, "person": owner}


def pattern_of(case):
    case = Case.objects.select_related("unit", "report_item").get(pk=case.pk)
    return patterns.of_cases([case], Case.objects.all())[case.pk]


def test_the_same_place_within_sixty_days_open_or_closed(world):
    case = make_case(world=world, at=REPORTED_AT)
    soon = make_case(world=world, at=REPORTED_AT + 59 * DAY)
    make_case(world=world, at=REPORTED_AT + 61 * DAY)
    make_case(world=world, faults=[a_fault(location="KIT")])
    make_case(world=world, unit=world.next_door, person=world.noor)
    Case.objects.filter(pk=soon.pk).update(status="closed-complete", closed_at=REPORTED_AT + 70 * DAY, ball="nobody")

    found = pattern_of(case)

    assert found.place == [soon]
    assert found.came_back == soon
    assert found.stack == []


def test_two_items_of_one_report_are_no_recurrence(world):
    make_report(world=world, faults=[a_fault(), a_fault()])

    assert pattern_of(Case.objects.first()).place == []


def test_the_stack_counts_other_homes_with_the_same_element(world, above):
    case = make_case(world=world)
    alike = make_case(world=world, **above)
    make_case(world=world, faults=[a_fault(tile="door", kind="STIFF")], **above)
    make_case(world=world, unit=world.next_door, person=world.noor)

    found = pattern_of(case)

    assert found.stack == [alike]
    assert found.homes == 1
    assert pattern_of(fresh(alike)).stack == [case]


def test_homes_without_a_stack_have_none(world):
    case = make_case(world=world)
    make_case(world=world, unit=world.next_door, person=world.noor)

    assert pattern_of(case).stack == []


def test_a_hint_changes_no_case(world, above):
    make_case(world=world)
    make_case(world=world, **above)
    before = list(Case.objects.order_by("pk").values())

    pattern_of(Case.objects.first())

    assert list(Case.objects.order_by("pk").values()) == before


def test_a_sheet_of_many_items_asks_once(world, above, django_assert_num_queries):
    make_report(world=world, faults=[a_fault() for _ in range(30)])
    make_case(world=world, **above)
    rows = list(Case.objects.select_related("unit", "report_item").filter(unit=world.unit))

    with django_assert_num_queries(1):
        found = patterns.of_cases(rows, Case.objects.all())

    assert all(len(pattern.stack) == 1 for pattern in found.values())


@pytest.mark.parametrize(
    ("asked", "amount"),
    [("place:KRM-1", 2), ("stack:krm1", 2), ("place:KRM-9", 0), ("x:KRM-1", 0), ("", 0), (":::", 0)],
)
def test_the_filter_shows_exactly_the_rows_of_the_hint(world, above, asked, amount):
    make_case(world=world)
    make_case(world=world)
    make_case(world=world, **above)

    assert Case.objects.filter(patterns.rows(asked, Case.objects.all())).count() == amount
    assert Case.objects.filter(patterns.rows(asked, Case.objects.none())).count() == 0
