"""The policies and calendars that every installation starts with."""

from datetime import date

import pytest

from catalogue import defaults as catalogue
from catalogue.choices import ComponentTag
from catalogue.models import DefectType, Element
from units.defaults import install_defaults
from units.models import Calendar, CoverageRule, Policy

pytestmark = pytest.mark.django_db

CODES = {"my-schedule-g", "my-schedule-h", "sg-private", "sg-hdb", "uk-two-year", "ae-dubai", "plain-12"}


def test_installs_policies_and_calendars_that_pass_their_own_validation():
    assert install_defaults() == {"policies": 7, "calendars": 3}

    assert set(Policy.objects.values_list("code", flat=True)) == CODES
    for row in [*Policy.objects.all(), *CoverageRule.objects.all(), *Calendar.objects.all()]:
        row.full_clean()


def test_second_run_adds_nothing_and_undoes_no_edit():
    install_defaults()
    Policy.objects.filter(code="plain-12").update(name="Ours")
    CoverageRule.objects.filter(policy__code="plain-12").update(length_amount=18)
    Calendar.objects.get(name="England").holidays.all().delete()

    assert install_defaults() == {"policies": 0, "calendars": 0}
    assert Policy.objects.get(code="plain-12").rules.get().length_amount == 18
    assert not Calendar.objects.get(name="England").holidays.exists()


def test_calendars_know_the_holidays_of_three_years():
    install_defaults()
    kuala_lumpur = Calendar.objects.get(name="Malaysia, Kuala Lumpur").week()

    assert not kuala_lumpur.is_working_day(date(2026, 8, 31))
    assert kuala_lumpur.is_working_day(date(2026, 9, 1))
    for calendar in Calendar.objects.all():
        assert {holiday.on.year for holiday in calendar.holidays.all()} == {2025, 2026, 2027}
    moon = Calendar.objects.get(name="Singapore").holidays.get(on=date(2027, 3, 10))
    assert (moon.is_estimate, moon.name) == (True, "Hari Raya Puasa")


def test_rules_select_by_codes_that_the_catalogue_has():
    catalogue.install_defaults()
    install_defaults()
    types = set(DefectType.objects.values_list("code", flat=True))
    elements = set(Element.objects.values_list("code", flat=True))

    for rule in CoverageRule.objects.all():
        assert set(rule.types) <= types
        assert set(rule.elements) <= elements
        assert set(rule.tags) <= set(ComponentTag.values)


def test_every_policy_ends_with_a_default_rule():
    install_defaults()

    for policy in Policy.objects.all():
        last = policy.rules.last()
        assert (last.tags, last.trades, last.elements, last.types, last.scope) == ([], [], [], [], "any")


def test_duties_are_those_of_the_law():
    install_defaults()
    duties = {
        code: Policy.objects.get(code=code).rules.last()
        for code in ("my-schedule-h", "my-schedule-g", "sg-private", "uk-two-year")
    }

    said = {code: (rule.duty_amount, rule.duty_unit, rule.duty_is_statutory) for code, rule in duties.items()}
    assert said == {
        "my-schedule-h": (30, "days", True),
        "my-schedule-g": (30, "days", True),
        "sg-private": (1, "months", True),
        "uk-two-year": (28, "days", False),
    }
