"""Entering companies and their people; access that ends when a person leaves."""

from datetime import UTC, datetime

import pytest

from accounts.choices import Role
from accounts.models import User
from contractors import appointments, companies
from contractors.companies import CompanyRefused
from ledger.models import AuditEntry
from tests.factories.accounts import amira
from tests.factories.contractors import lim, make_appointment, make_company, make_contact
from tests.factories.homeowners import hana
from tests.factories.units import make_development

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 11, 4, tzinfo=UTC)


@pytest.fixture
def by():
    return amira().actor()


def add(by, **facts):
    facts = {"name": "Lim Brothers Construction Sdn Bhd", "short_name": "Lim Brothers", "kind": "main", **facts}
    return companies.add_company(region="MY", by=by, at=AT, **facts)


def add_contact(company, by, **facts):
    return companies.add_contact(company, **{"name": "Lim Wei", "region": "MY", "by": by, "at": AT, **facts})


def test_a_company_gets_an_address_of_its_own(by):
    first = add(by, phone="03-5550 0177", email="Office@Lim.example")
    second = add(by, name="Other", short_name="Lim brothers!")
    third = add(by, name="林兄弟", short_name="林兄弟")
    assert (first.slug, second.slug, third.slug) == ("lim-brothers", "lim-brothers-2", "company")
    assert (first.phone, first.phone_shown, first.email) == ("+60355500177", "+60 3-5550 0177", "office@lim.example")
    assert AuditEntry.objects.filter(action="company.add").count() == 3


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"name": "Taken"}, "name"),
        ({"name": " "}, "name"),
        ({"short_name": ""}, "short_name"),
        ({"phone": "ring me"}, "phone"),
    ],
)
def test_refuses_a_bad_company_at_its_field(by, facts, field):
    make_company(name="Taken")
    with pytest.raises(CompanyRefused) as refusal:
        add(by, **facts)
    assert refusal.value.field == field


def test_changes_keep_old_and_new_and_the_address(by):
    company = add(by)
    companies.change_company(company, short_name="Lim Bros", region="MY", by=by, at=AT)
    companies.change_company(company, short_name="Lim Bros", region="MY", by=by, at=AT)
    entry = AuditEntry.objects.get(action="company.change")
    assert (entry.old, entry.new, company.slug) == (
        {"short_name": "Lim Brothers"},
        {"short_name": "Lim Bros"},
        "lim-brothers",
    )
    with pytest.raises(TypeError):
        companies.change_company(company, slug="x", region="MY", by=by, at=AT)


def test_a_contact_signs_in_only_when_told_so(by):
    company = make_company()
    plain = add_contact(company, by, email="a@demo.example")
    coordinator = add_contact(company, by, name="Lim Hua", email="B@demo.example", may_sign_in=True)
    assert plain.user is None
    assert (coordinator.user.role, coordinator.user.email) == (Role.CONTRACTOR, "b@demo.example")
    assert not coordinator.user.has_usable_password()


@pytest.mark.parametrize(
    "facts",
    [
        {"may_sign_in": True},
        {"may_sign_in": True, "email": "hana@demo.example"},
        {"may_sign_in": True, "email": "amira@demo.example"},
        {"may_sign_in": True, "email": "nonsense"},
        {"email": "lim@demo.example"},
    ],
)
def test_refuses_a_bad_contact_at_its_email(by, facts):
    hana()
    with pytest.raises(CompanyRefused) as refusal:
        add_contact(lim().company, by, **facts)
    assert refusal.value.field == "email"


def test_access_is_given_and_taken(by):
    contact = lim(development=make_development())
    user = contact.user

    def change(**facts):
        companies.change_contact(contact, region="MY", by=by, at=AT, **facts)

    change(may_sign_in=False)
    assert not appointments.sites_of(user, AT)
    change(may_sign_in=True)
    assert appointments.sites_of(user, AT)
    change(may_sign_in=True, email="lim.new@demo.example")
    assert not appointments.sites_of(user, AT)
    assert contact.user == User.objects.get(email="lim.new@demo.example")


def test_who_left_has_no_mail_and_no_access_and_the_address_is_free_again(by):
    contact = lim(development=make_development())
    user, company = contact.user, contact.company
    companies.contact_left(contact, reason="New job", by=by, at=AT)
    companies.contact_left(contact, reason="New job", by=by, at=AT)
    contact.refresh_from_db()

    assert (contact.left_at, contact.gets_mail, contact.user) == (AT, False, None)
    assert not appointments.sites_of(user, AT)
    assert AuditEntry.objects.get(action="contact.leave").reason == "New job"
    assert add_contact(company, by, email="lim@demo.example").pk


def test_a_new_contact_changes_nothing_for_other_companies(by):
    site = make_development()
    contact = lim(development=site)
    other = make_contact(signs_in=True)
    make_appointment(company=other.company, development=site)
    assert [row.company for row in appointments.sites_of(contact.user, AT)] == [contact.company]
    assert [row.company for row in appointments.sites_of(other.user, AT)] == [other.company]
