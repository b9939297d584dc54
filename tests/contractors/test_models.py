"""What may never be stored, and who may see which company."""

from datetime import UTC, date, datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction

from contractors.models import Appointment, Company, Contact
from tests.factories.accounts import ada, amira, mo
from tests.factories.contractors import lim, make_appointment, make_company, make_contact, otto, siva
from tests.factories.homeowners import hana
from tests.factories.units import limit_officer, make_development

pytestmark = [pytest.mark.django_db, pytest.mark.database]
AT = datetime(2026, 3, 11, 4, tzinfo=UTC)


def refused(rows, **change):
    with pytest.raises(IntegrityError) as fault, transaction.atomic():
        rows.update(**change)
    return str(fault.value)


@pytest.mark.parametrize(
    ("constraint", "change"),
    [
        ("contractors_company_names", {"name": ""}),
        ("contractors_company_names", {"short_name": ""}),
        ("contractors_company_slug", {"slug": ""}),
        ("contractors_company_kind", {"kind": "friend"}),
        ("contractors_company_email_lower", {"email": "Lim@demo.example"}),
        ("contractors_company_phone_e164", {"phone": "03-5550 0177"}),
    ],
)
def test_no_bad_company_is_stored(constraint, change):
    company = make_company()
    assert constraint in refused(Company.objects.filter(pk=company.pk), **change)


@pytest.mark.parametrize(
    ("constraint", "change"),
    [
        ("contractors_contact_name", {"name": ""}),
        ("contractors_contact_email_lower", {"email": "Lim@demo.example"}),
        ("contractors_contact_phone_e164", {"phone": "03-5550 0177"}),
        ("contractors_contact_left_without_rights", {"left_at": AT}),
        ("contractors_contact_left_without_rights", {"left_at": AT, "user": None}),
    ],
)
def test_no_bad_contact_is_stored(constraint, change):
    contact = lim()
    assert constraint in refused(Contact.objects.filter(pk=contact.pk), **change)


def test_an_address_stands_once_in_a_company():
    contact = lim()
    other = make_contact(company=contact.company, name="Lim Hua")
    refused(Contact.objects.filter(pk=other.pk), email="lim@demo.example")


@pytest.mark.parametrize(
    ("constraint", "change"),
    [
        ("contractors_appointment_until_after_from", {"until_on": date(2023, 12, 31)}),
        ("contractors_appointment_liability_months", {"liability_months": 0}),
        ("contractors_appointment_liability_months", {"liability_months": 241}),
        ("contractors_appointment_liability_whole", {"liability_starts_on": date(2024, 1, 1)}),
    ],
)
def test_no_bad_appointment_is_stored(constraint, change):
    row = make_appointment()
    assert constraint in refused(Appointment.objects.filter(pk=row.pk), **change)


def test_no_company_works_under_itself_and_no_main_contractor_under_anybody():
    row, main = make_appointment(), make_appointment(is_main=True)
    rows = Appointment.objects
    assert "contractors_appointment_parent_other" in refused(rows.filter(pk=row.pk), parent=row.company)
    assert "contractors_appointment_main_has_no_parent" in refused(rows.filter(pk=main.pk), parent=row.company)


def test_a_development_has_one_main_contractor_at_a_time():
    site = make_development()
    make_appointment(development=site, is_main=True)
    past = make_appointment(development=site, is_main=True, until_on=date(2025, 1, 1))
    refused(Appointment.objects.filter(pk=past.pk), until_on=None)


@pytest.fixture
def trade():
    """Lim and Siva work at Kerinci, Otto elsewhere, Nova nowhere yet."""
    here, there = make_development(code="KRM"), make_development(code="TJM")
    people = {"lim": lim(development=here), "siva": siva(development=here), "otto": otto(development=there)}
    make_company(name="Nova", short_name="Nova")
    return here, there, people


def seen(user, **facts):
    return {company.short_name for company in Company.objects.visible_to(user, **facts)}


def test_the_office_sees_all_companies(trade):
    assert seen(amira()) == seen(mo()) == seen(ada()) == {"Lim", "Siva", "Otto", "Nova"}


def test_a_limited_officer_sees_those_of_the_own_developments_and_the_unappointed(trade):
    here, _there, _people = trade
    officer = amira()
    limit_officer(officer, here)
    assert seen(officer) == {"Lim", "Siva", "Nova"}
    assert {row.company.short_name for row in Appointment.objects.visible_to(officer)} == {"Lim", "Siva"}
    assert {contact.name for contact in Contact.objects.visible_to(officer)} == {"Lim Wei", "Siva Kumar"}


def test_a_contractor_sees_the_own_company_only(trade):
    _here, _there, people = trade
    assert seen(people["lim"].user) == {"Lim"}
    assert seen(people["siva"].user) == {"Siva"}
    assert {row.company.short_name for row in Appointment.objects.visible_to(people["lim"].user)} == {"Lim"}
    assert {contact.name for contact in Contact.objects.visible_to(people["otto"].user)} == {"Otto Berg"}


def test_others_see_no_company(trade):
    for stranger in (AnonymousUser(), hana().user):
        assert seen(stranger) == set()
        assert not Appointment.objects.visible_to(stranger).exists()
        assert not Contact.objects.visible_to(stranger).exists()


def test_a_disabled_contractor_sees_nothing(trade):
    _here, _there, people = trade
    user = people["lim"].user
    user.is_active = False
    assert seen(user) == set()
    assert not Appointment.objects.visible_to(user).exists()
