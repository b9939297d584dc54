"""Who may see which person and which tenure; finding people."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser

from homeowners.choices import TenureRole
from homeowners.models import Homeowner, Tenure
from tests.factories.accounts import ada, amira, lim, make_user, mo
from tests.factories.homeowners import farid, hana, make_homeowner, make_tenure, noor, tariq
from tests.factories.units import limit_officer, make_development, make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def town():
    """A-12-3 with its people, Noor next door, and Zara in another development."""
    home = make_unit(number="A-12-3")
    people = {"hana": hana(unit=home), "tariq": tariq(unit=home), "farid": farid(unit=home)}
    people["noor"] = noor(unit=make_unit(development=home.development, number="A-12-4"))
    people["zara"] = make_homeowner(name="Zara Afar", email="zara@demo.example")
    make_tenure(unit=make_unit(development=make_development()), homeowner=people["zara"])
    people["homeless"] = make_homeowner(name="Between Homes")
    return home, people


def seen(user):
    return {person.name.split()[0] for person in Homeowner.objects.visible_to(user)}


def test_the_office_sees_everybody(town):
    everybody = {"Hana", "Tariq", "Farid", "Noor", "Zara", "Between"}
    assert seen(amira()) == seen(mo()) == seen(ada()) == everybody
    assert Tenure.objects.visible_to(amira(email="a2@demo.example")).count() == 5


def test_an_officer_of_another_development_sees_only_its_people(town):
    home, people = town
    officer = amira()
    limit_officer(officer, people["zara"].tenures.get().unit.development)
    assert seen(officer) == {"Zara"}
    assert {row.homeowner.name for row in Tenure.objects.visible_to(officer)} == {"Zara Afar"}


def test_a_homeowner_sees_the_own_row_only(town):
    _home, people = town
    assert seen(people["hana"].user) == {"Hana"}
    assert seen(people["tariq"].user) == {"Tariq"}
    assert {row.homeowner.name for row in Tenure.objects.visible_to(people["hana"].user)} == {"Hana Yusof"}


def test_a_former_owner_holds_nothing(town):
    _home, people = town
    assert not Tenure.objects.visible_to(people["farid"].user).exists()


@pytest.mark.parametrize("stranger", [AnonymousUser, lim, lambda: make_user(is_active=False)])
def test_others_see_nobody(town, stranger):
    assert seen(stranger()) == set()
    assert not Tenure.objects.visible_to(stranger() if stranger is AnonymousUser else AnonymousUser()).exists()


def test_a_disabled_homeowner_sees_nothing(town):
    _home, people = town
    user = people["hana"].user
    user.is_active = False
    assert seen(user) == set()
    assert not Tenure.objects.visible_to(user).exists()


def test_the_words_of_the_trade(town):
    home, _people = town
    make_tenure(unit=home, homeowner=make_homeowner(name="Rita"), role=TenureRole.REPRESENTATIVE)
    here = home.tenures.in_force(date(2026, 3, 11))

    def names(rows):
        return {row.homeowner.name for row in rows}

    assert names(here) == {"Hana Yusof", "Tariq Aziz", "Rita"}
    assert names(here.owners()) == {"Hana Yusof"}
    assert names(here.tenants()) == {"Tariq Aziz"}
    assert names(here.may_confirm()) == {"Hana Yusof", "Rita"}
    assert names(home.tenures.in_force(date(2024, 6, 1))) == {"Farid Omar"}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("yusof hana", {"Hana"}),
        ("HÂNA", {"Hana"}),
        ("012-345 6789", {"Hana"}),
        ("+60 12 345", {"Hana"}),
        ("hana@demo", {"Hana"}),
        ("a", {"Hana", "Tariq", "Farid", "Noor", "Zara"}),
        ("012", set()),
        ("no such person", set()),
        ("'; DROP TABLE", set()),
        ("%", set()),
    ],
)
def test_finds_people_by_name_mail_or_phone(town, text, names):
    assert {person.name.split()[0] for person in Homeowner.objects.with_words(text)} - {"Between"} == names
