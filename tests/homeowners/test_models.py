"""What may never be stored: each constraint is broken by an update that goes round the verbs."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from homeowners.choices import TenureRole
from homeowners.models import Homeowner, Tenure
from tests.factories.homeowners import MOVED_IN, hana, make_homeowner, make_management_body, make_tenure
from tests.factories.units import make_unit

pytestmark = [pytest.mark.django_db, pytest.mark.database]
AT = datetime(2026, 3, 11, 4, tzinfo=UTC)


def refused(rows, **change):
    with pytest.raises(IntegrityError) as fault, transaction.atomic():
        rows.update(**change)
    return str(fault.value)


@pytest.mark.parametrize(
    ("constraint", "change"),
    [
        ("homeowners_homeowner_name", {"name": ""}),
        ("homeowners_homeowner_email_lower", {"email": "Hana@demo.example"}),
        ("homeowners_homeowner_phone_e164", {"phone": "012-345 6789"}),
        ("homeowners_homeowner_second_phone_e164", {"second_phone": "012-345 6789"}),
        ("homeowners_homeowner_language", {"language": "xx"}),
    ],
)
def test_no_bad_person_is_stored(constraint, change):
    person = hana()
    assert constraint in refused(Homeowner.objects.filter(pk=person.pk), **change)


@pytest.mark.parametrize(
    ("constraint", "change"),
    [
        ("homeowners_tenure_until_after_from", {"until_on": date(2025, 3, 2)}),
        ("homeowners_tenure_role", {"role": "squatter"}),
        ("homeowners_tenure_verified", {"verified_how": "hearsay"}),
        ("homeowners_tenure_evidence", {"evidence": ""}),
        ("homeowners_tenure_letter_dated", {"role": TenureRole.REPRESENTATIVE}),
        ("homeowners_tenure_end_told", {"until_on": date(2026, 1, 1), "ended_at": AT}),
        ("homeowners_tenure_end_told", {"ended_at": AT, "end_reason": "Sold"}),
    ],
)
def test_no_bad_tenure_is_stored(constraint, change):
    tenure = make_tenure()
    assert constraint in refused(Tenure.objects.filter(pk=tenure.pk), **change)


def test_a_person_stands_once_in_a_role():
    home, person = make_unit(), make_homeowner()
    make_tenure(unit=home, homeowner=person, role=TenureRole.TENANT)
    past = make_tenure(unit=home, homeowner=person, role=TenureRole.TENANT, from_on=date(2024, 1, 1), until_on=MOVED_IN)
    refused(Tenure.objects.filter(pk=past.pk), until_on=None)


def test_a_home_has_one_owner_at_a_time():
    home = make_unit()
    make_tenure(unit=home)
    past = make_tenure(unit=home, homeowner=make_homeowner(name="Farid"), from_on=date(2024, 1, 1), until_on=MOVED_IN)
    refused(Tenure.objects.filter(pk=past.pk), until_on=None)


def test_a_common_area_has_one_body_at_a_time():
    _body, area = make_management_body()
    facts = {"role": TenureRole.MANAGEMENT_BODY, "from_on": date(2024, 1, 1), "until_on": MOVED_IN}
    past = make_tenure(unit=area, homeowner=make_homeowner(name="Developer's management"), **facts)
    refused(Tenure.objects.filter(pk=past.pk), until_on=None)
