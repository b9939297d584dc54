"""Facts of a development: the phones people need, its hours, its own working time; what its form refuses."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from tests.factories import units as make
from units.models import Development

pytestmark = pytest.mark.django_db


def test_urgent_phone_is_the_office_where_no_other_answers():
    assert make.make_development().urgent_phone == "+60321239999"
    assert make.make_development(emergency_phone="").urgent_phone == "+60321234567"


def test_hours_are_the_calendars_unless_worded():
    assert make.make_development().hours_in_words == "Mon-Fri 09:00-18:00"
    assert make.make_development(office_hours="Daily, 8 to 8").hours_in_words == "Daily, 8 to 8"


def test_working_week_is_read_in_the_developments_zone(queries):
    pk = make.make_development(zone="Europe/London", holidays=[date(2026, 4, 3)]).pk
    development = Development.objects.prefetch_related("calendar__holidays").get(pk=pk)

    with queries(0):
        week = development.week()
    assert str(week.zone) == "Europe/London"
    assert not week.is_working_day(date(2026, 4, 3))
    assert week.is_working_day(date(2026, 4, 2))


def test_calendar_of_another_zone_is_refused():
    development = make.make_development()
    development.calendar = make.make_calendar(zone="Europe/London")

    with pytest.raises(ValidationError) as refused:
        development.full_clean()
    assert "calendar" in refused.value.error_dict


@pytest.mark.parametrize(
    ("column", "value"),
    [("code", "krm"), ("code", "WO"), ("code", "K"), ("zone", "Asia/Kuala Lumpur"), ("zone", "UTC+8")],
)
def test_odd_values_are_refused_at_their_field(column, value):
    development = make.make_development()
    setattr(development, column, value)

    with pytest.raises(ValidationError) as refused:
        development.full_clean()
    assert column in refused.value.error_dict


def test_block_of_another_development_is_refused():
    unit = make.make_unit()
    unit.block = make.make_block()

    with pytest.raises(ValidationError) as refused:
        unit.full_clean()
    assert "block" in refused.value.error_dict


def test_odd_hours_are_refused():
    calendar = make.make_calendar()
    calendar.hours = {"8": [["09:00", "18:00"]]}

    with pytest.raises(ValidationError) as refused:
        calendar.full_clean()
    assert "hours" in refused.value.error_dict


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("starts", [{"event": "party"}]),
        ("starts", [{"event": "vp-taken", "plus_days": "14"}]),
        ("starts", [{"event": "vp-taken", "plus_days": -1}]),
        ("starts", [{"event": "vp-taken", "is_deemed": 1}]),
        ("starts", [{"event": "vp-taken", "days": 14}]),
        ("starts", "vp-taken"),
        ("tags", "structural"),
        ("types", [""]),
        ("blackouts", [["12-24"]]),
        ("blackouts", [["24-12", "01-01"]]),
        ("blackouts", [["01-01", "12-31"]]),
        ("claimants", ["neighbour"]),
    ],
)
def test_odd_rules_are_refused_at_their_field(column, value):
    rule = make.make_policy().rules.get()
    rule.full_clean()
    setattr(rule, column, value)

    with pytest.raises(ValidationError) as refused:
        rule.full_clean()
    assert column in refused.value.error_dict
