"""Two of phone, e-mail, name and unit make a reporter known."""

import json
from datetime import date

import pytest

from homeowners.choices import TenureRole
from homeowners.matching import match
from tests.factories.homeowners import farid, hana, make_homeowner, make_tenure, noor, tariq
from tests.factories.units import make_development, make_unit

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 11)


@pytest.fixture
def home():
    unit = make_unit(number="A-12-3")
    hana(unit=unit)
    return unit


def agreeing(answer):
    return {item.fact for item in answer.evidence if item.agrees}


@pytest.mark.parametrize(
    ("told", "facts"),
    [
        ({"phone": "012-345 6789"}, {"unit", "phone"}),
        ({"email": " HANA@demo.example "}, {"unit", "email"}),
        ({"name": "Puan Hana bt. Yusof"}, {"unit", "name"}),
        (
            {"name": "Yusof, Hana", "phone": "60123456789", "email": "hana@demo.example"},
            {"unit", "phone", "email", "name"},
        ),
        ({"name": "Somebody Else", "phone": "+60 12 345 6789"}, {"unit", "phone"}),
    ],
)
def test_a_holder_with_one_more_agreeing_fact_is_verified(home, told, facts):
    answer = match(unit=home, on=TODAY, **told)
    assert answer.is_verified
    assert (answer.name, answer.role, answer.score) == ("Hana Yusof", "owner", len(facts))
    assert agreeing(answer) == facts


@pytest.mark.parametrize("told", [{}, {"name": "Hana Osman"}, {"phone": "019-999 9999"}, {"phone": "ask my wife"}])
def test_a_stranger_is_not_verified(home, told):
    answer = match(unit=home, on=TODAY, **told)
    assert not answer.is_verified
    assert answer.homeowner_id is None
    assert answer.evidence[0].sentence == "Nobody in the register has this phone, e-mail or name for A-12-3."


def test_a_printed_link_says_nothing_about_the_person(home):
    """Who finds the link on a wall and reads the owner's name beside the bell is not the owner."""
    assert not match(unit=home, name="Hana Yusof", on=TODAY, unit_counts=False).is_verified
    assert match(unit=home, name="Hana Yusof", phone="012-345 6789", on=TODAY, unit_counts=False).is_verified


def test_the_neighbour_is_known_but_not_for_this_home(home):
    noor(unit=make_unit(development=home.development, number="A-12-4"))
    answer = match(unit=home, name="Noor Said", phone="+60133334444", email="noor@demo.example", on=TODAY)
    assert answer.score == 3
    assert not answer.is_verified
    assert answer.evidence[0].sentence == "Noor Said does not hold A-12-3."


def test_a_former_owner_is_known_but_not_verified(home):
    farid(unit=home)
    answer = match(unit=home, name="Farid Omar", phone="+60145556666", on=TODAY)
    assert answer.name == "Farid Omar"
    assert not answer.is_verified


def test_a_joint_owner_who_shares_the_phone_is_told_apart_by_the_name(home):
    husband = make_homeowner(name="Aziz bin Osman", phone="+60123456789")
    make_tenure(unit=home, homeowner=husband, role=TenureRole.JOINT_OWNER)
    assert match(unit=home, name="Aziz Osman", phone="012 345 6789", on=TODAY).name == "Aziz bin Osman"
    assert match(unit=home, name="Hana Yusof", phone="012 345 6789", on=TODAY).name == "Hana Yusof"


def test_the_owner_goes_before_the_tenant_when_both_agree(home):
    tenant = tariq(unit=home, phone="+60123456789")
    assert match(unit=home, phone="012 345 6789", on=TODAY).name == "Hana Yusof"
    assert match(unit=home, phone="012 345 6789", email=tenant.email, on=TODAY).role == "tenant"


def test_the_second_phone_counts(home):
    make_tenure(unit=home, homeowner=make_homeowner(name="Rita", second_phone="+60321234567"), role=TenureRole.TENANT)
    assert match(unit=home, phone="03-2123 4567", on=TODAY).is_verified


def test_a_number_is_read_in_the_country_of_the_home():
    unit = make_unit(development=make_development(zone="Asia/Singapore"), number="08-11")
    make_tenure(unit=unit, homeowner=make_homeowner(name="Tan Wei Ming", phone="+6591234567"))
    assert match(unit=unit, phone="9123 4567", on=TODAY).is_verified


def test_the_answer_goes_into_a_json_column(home):
    answer = match(unit=home, name="Hana", phone="012-345 6789", on=TODAY).to_json()
    assert json.loads(json.dumps(answer)) == answer
    assert answer["is_verified"] is True
    assert answer["evidence"][1] == {
        "fact": "phone",
        "agrees": True,
        "sentence": "The phone is theirs: +60 12-345 6789.",
    }
    assert answer["evidence"][3]["sentence"] == "The name agrees only in part: “Hana”, in the register Hana Yusof."


def test_matching_asks_twice_however_many_hold_the_home(home, queries):
    for number in range(30):
        person = make_homeowner(name=f"Person {number}", phone=f"+6011000{number:04}")
        make_tenure(unit=home, homeowner=person, role=TenureRole.TENANT)
    with queries(2):
        match(unit=home, name="Stranger", phone="019-999 9999", email="x@demo.example", on=TODAY)
