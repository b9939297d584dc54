"""Who is told about a case, from the registers as they stand at that moment."""

from datetime import timedelta

import pytest

from accounts.choices import Role
from cases import people
from cases.choices import PartyRole
from cases.models import Case
from contractors.models import Contact
from homeowners.choices import TenureRole
from homeowners.models import Homeowner, Tenure
from tests.factories import accounts, contractors, homeowners
from tests.factories.cases import REPORTED_AT, fresh, make_case

pytestmark = pytest.mark.django_db
AT = REPORTED_AT + timedelta(days=1)


def names(found):
    return [person.name for person in found]


def test_residents_are_the_parties_who_hold_the_home_today(world):
    case = make_case(world=world)
    people.join(case, world.noor, PartyRole.FOLLOWER, at=AT)
    assert names(people.residents(case, at=AT)) == ["Hana Yusof"]


def test_rights_end_at_local_midnight_of_the_last_day(world):
    case = make_case(world=world)
    day = AT.astimezone(case.development.tz).date()
    Tenure.objects.filter(homeowner=world.hana).update(until_on=day)
    midnight = AT.astimezone(case.development.tz).replace(hour=0, minute=0)
    assert names(people.residents(case, at=midnight - timedelta(minutes=1))) == ["Hana Yusof"]
    assert people.residents(case, at=midnight) == []


def test_a_tenant_who_did_not_report_is_not_told(world):
    homeowners.tariq(unit=world.unit)
    assert names(people.residents(make_case(world=world), at=AT)) == ["Hana Yusof"]


@pytest.mark.parametrize(
    ("role", "may"),
    [(TenureRole.JOINT_OWNER, True), (TenureRole.REPRESENTATIVE, True), (TenureRole.TENANT, False)],
)
def test_owners_confirm_and_tenants_do_not(world, role, may):
    other = homeowners.make_homeowner(name="Other Person", email="other@demo.example")
    homeowners.make_tenure(unit=world.unit, homeowner=other, role=role)
    case = make_case(world=world, person=other)
    found = {person.name: person.may_confirm for person in people.residents(case, at=AT)}
    assert found == {"Hana Yusof": True, "Other Person": may}


def test_a_hidden_case_has_no_residents(world):
    case = make_case(world=world)
    Case.objects.filter(pk=case.pk).update(is_visible=False)
    assert people.residents(fresh(case), at=AT) == []


def test_a_company_is_told_at_its_contacts_or_at_its_own_address(world):
    company = world.company
    contractors.make_contact(company=company, name="Quiet One", email="quiet@demo.example", gets_mail=False)
    assert [person.email for person in people.contacts_of(company)] == ["lim@demo.example"]
    Contact.objects.update(gets_mail=False)
    company = type(company).objects.get(pk=company.pk)
    assert [(person.name, person.email) for person in people.contacts_of(company)] == [(company.name, company.email)]


def test_somebody_is_a_party_once(world):
    case = make_case(world=world)
    assert people.join(case, world.hana, PartyRole.FOLLOWER, at=AT) is None
    assert case.parties.count() == 1


def test_staff_hear_unless_they_did_it_or_left(world):
    gone = accounts.make_user(role=Role.OFFICER, is_active=False)
    found = people.staff([world.amira, world.mo, gone, None, world.mo], but=world.amira.actor())
    assert names(found) == ["Mo Tan"]


def test_who_looks_after_a_case(world):
    case = make_case(world=world)
    assert people.officers_of(case) == [world.amira]
    sara = accounts.make_user(role=Role.OFFICER)
    Case.objects.update(officer=sara)
    assert people.officers_of(fresh(case)) == [sara]
    type(sara).objects.filter(pk=sara.pk).update(is_active=False)
    assert people.officers_of(fresh(case)) == [world.amira]


def test_an_asking_manager_is_not_the_one_who_decides(world):
    zita = accounts.make_user(role=Role.MANAGER)
    case = make_case(world=world)
    assert people.managers_of(case) == [world.mo]
    assert people.managers_of(case, but=world.mo.actor()) == [zita]


def test_letters_go_to_those_who_want_them(world):
    case = make_case(world=world)
    Homeowner.objects.update(prefers_letter=True)
    assert [person.email for person in people.residents(case, at=AT)] == [""]
