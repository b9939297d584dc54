"""Which developments and homes a person of the office sees; nobody else sees any here."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.choices import Role
from tests.factories import units as make
from tests.factories.accounts import make_user
from units.models import Block, Development, HandoverEvent, Unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def town():
    """Two developments with a block, a home and a handover each."""
    developments = [make.make_development(code="KRM"), make.make_development(code="SEN")]
    for development in developments:
        block = make.make_block(development=development)
        unit = make.make_unit(development=development, block=block)
        make.hand_over(unit, date(2024, 3, 15))
        make.hand_over(development, date(2024, 1, 1), kind="ccc")
    return developments


def codes(user):
    return sorted(Development.objects.visible_to(user).values_list("code", flat=True))


def test_officer_without_scope_sees_all(town):
    assert codes(make_user()) == ["KRM", "SEN"]


def test_officer_sees_only_the_developments_of_the_scope(town):
    officer = make_user()
    make.limit_officer(officer, town[0])
    make.limit_officer(make_user(), town[1])

    assert codes(officer) == ["KRM"]
    assert [unit.development.code for unit in Unit.objects.visible_to(officer)] == ["KRM"]
    assert [block.development.code for block in Block.objects.visible_to(officer)] == ["KRM"]
    seen = HandoverEvent.objects.visible_to(officer)
    assert {event.place for event in seen} == {town[0], Unit.objects.get(development=town[0])}


@pytest.mark.parametrize("role", [Role.MANAGER, Role.ADMINISTRATOR])
def test_scope_limits_officers_only(town, role):
    user = make_user(role=role)
    make.limit_officer(user, town[0])

    assert codes(user) == ["KRM", "SEN"]


@pytest.mark.parametrize("facts", [{"role": Role.HOMEOWNER}, {"role": Role.CONTRACTOR}, {"is_active": False}])
def test_nobody_outside_the_office_sees_rows(town, facts):
    user = make_user(**facts)

    assert codes(user) == []
    for model in (Unit, Block, HandoverEvent):
        assert not model.objects.visible_to(user).exists()


def test_visitor_without_account_sees_none(town):
    assert codes(AnonymousUser()) == []


def test_scope_costs_one_query(town, queries):
    officer = make_user()
    make.limit_officer(officer, town[0])

    with queries(1):
        list(Unit.objects.visible_to(officer))


@pytest.mark.parametrize("text", ["A-12-3", "a123", "A 12/3", "a.12.3", "12-3"])
def test_number_is_found_in_any_punctuation(text):
    unit = make.make_unit(number="A-12-3")

    assert list(Unit.objects.numbered(text)) == [unit]


@pytest.mark.parametrize("text", ["", " - ", "B-12"])
def test_no_characters_find_nothing(text):
    make.make_unit(number="A-12-3")

    assert not Unit.objects.numbered(text)


def test_homes_and_common_areas():
    home = make.make_unit()
    lobby = make.make_common_area(development=home.development)

    assert list(Unit.objects.homes()) == [home]
    assert list(Unit.objects.common_areas()) == [lobby]
    assert (home.is_common, lobby.is_common) == (False, True)


def test_development_is_found_by_its_code_in_any_case():
    development = make.make_development(code="KRM")

    assert Development.objects.with_code(" krm ").get() == development
