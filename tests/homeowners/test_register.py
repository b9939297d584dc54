"""Entering people, and changing how to reach them."""

from datetime import UTC, datetime

import pytest
from django.core import mail

from accounts.choices import Role
from accounts.models import User
from homeowners import register
from homeowners.register import RegisterRefused
from ledger.models import AuditEntry
from tests.factories.accounts import amira, lim
from tests.factories.homeowners import hana, make_homeowner

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 11, 4, tzinfo=UTC)


@pytest.fixture
def by():
    return amira().actor()


def add(by, **facts):
    return register.add_person(**{"name": "Hana Yusof", "region": "MY", "by": by, "at": AT, **facts})


def change(person, by, **facts):
    return register.change_contact(person, region="MY", by=by, at=AT, **facts)


def test_a_person_with_an_email_gets_an_account_without_a_password(by):
    person = add(by, email=" Hana@Demo.Example ", phone="012-345 6789")

    assert (person.email, person.phone, person.phone_shown) == ("hana@demo.example", "+60123456789", "+60 12-345 6789")
    assert person.user.role == Role.HOMEOWNER
    assert not person.user.has_usable_password()
    assert AuditEntry.objects.get(action="homeowner.add").new["email"] == "hana@demo.example"
    assert mail.outbox == []


def test_a_person_without_email_has_no_account_and_needs_post(by):
    person = add(by, phone="012-345 6789")
    assert person.user is None
    assert person.needs_post


def test_a_couple_shares_one_address_and_one_account(by):
    wife, husband = add(by, email="us@demo.example"), add(by, name="Aziz Osman", email="us@demo.example")
    assert wife.user == husband.user
    assert User.objects.filter(email="us@demo.example").count() == 1


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"name": " "}, "name"),
        ({"phone": "ask my wife"}, "phone"),
        ({"second_phone": "12"}, "second_phone"),
        ({"email": "amira@demo.example"}, "email"),
        ({"email": "lim@demo.example"}, "email"),
        ({"email": "nonsense"}, "email"),
    ],
)
def test_refuses_a_bad_fact_at_its_field(by, facts, field):
    lim()
    with pytest.raises(RegisterRefused) as refusal:
        add(by, **facts)
    assert refusal.value.field == field
    assert AuditEntry.objects.count() == 0


def test_a_change_keeps_old_and_new_and_an_unchanged_form_writes_nothing(by):
    person = hana()
    change(person, by, phone="019-876 5432", name="Hana Yusof")
    change(person, by, phone="+60198765432")

    entry = AuditEntry.objects.get()
    assert (entry.old, entry.new) == ({"phone": "+60123456789"}, {"phone": "+60198765432"})


def test_a_new_address_renames_an_account_that_is_theirs_alone(by):
    person = hana()
    account = person.user
    change(person, by, email="hana.new@demo.example")
    account.refresh_from_db()
    assert person.user == account
    assert account.email == "hana.new@demo.example"


def test_one_of_a_couple_who_changes_the_address_leaves_the_shared_account(by):
    wife = add(by, email="us@demo.example")
    husband = add(by, name="Aziz Osman", email="us@demo.example")
    change(wife, by, email="hana@demo.example")

    assert (wife.user.email, husband.user.email) == ("hana@demo.example", "us@demo.example")
    assert list(husband.user.homeowners.all()) == [husband]


def test_without_address_the_account_is_out_at_once(by):
    person = hana()
    account = person.user
    change(person, by, email="")
    assert person.user is None
    assert not account.homeowners.exists()


def test_only_contact_facts_are_changed(by):
    with pytest.raises(TypeError):
        change(hana(), by, is_body=True)


def test_the_search_name_follows_the_name(by):
    person = make_homeowner(name="Zoë O’Brien")
    assert person.search_name == "zoe obrien"
    change(person, by, name="Zoë Brandão")
    person.refresh_from_db()
    assert person.search_name == "zoe brandao"
