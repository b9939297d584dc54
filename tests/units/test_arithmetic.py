"""Months, anniversaries and blackouts: the examples of the domain reference and properties that always hold."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.units.cover import ask, one_rule, week
from units.calendars import local_day
from units.choices import CoverStatus
from units.liability import add_months, add_period, last_day
from units.liability.arithmetic import count_days, in_blackout, months_between, next_anniversary

days = st.dates(min_value=date(1990, 1, 1), max_value=date(2090, 12, 31))
months = st.integers(min_value=0, max_value=180)
zones = st.sampled_from(["Asia/Kuala_Lumpur", "Asia/Singapore", "Europe/London"])


@pytest.mark.parametrize(
    ("start", "amount", "end"),
    [
        (date(2024, 8, 31), 24, date(2026, 8, 31)),
        (date(2024, 2, 29), 24, date(2026, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2024, 8, 31), 6, date(2025, 2, 28)),
        (date(2023, 8, 31), 6, date(2024, 2, 29)),
        (date(2025, 1, 31), 1, date(2025, 2, 28)),
        (date(2025, 10, 31), 1, date(2025, 11, 30)),
        (date(2025, 12, 15), 1, date(2026, 1, 15)),
        (date(2025, 3, 15), 0, date(2025, 3, 15)),
    ],
)
def test_months_run_to_the_corresponding_date(start, amount, end):
    assert add_months(start, amount) == end


@given(days, months)
def test_result_lies_in_the_named_month_and_never_after_the_named_day(start, amount):
    end = add_months(start, amount)

    assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == amount
    assert end.day <= start.day
    assert end.day == start.day or (end + timedelta(days=1)).day == 1


@given(days, months)
def test_months_are_never_longer_than_31_days_nor_shorter_than_28(start, amount):
    assert start + timedelta(days=28 * amount) <= add_months(start, amount) <= start + timedelta(days=31 * amount)


@given(days, days, months)
def test_a_later_start_never_ends_earlier(one, other, amount):
    first, second = sorted((one, other))

    assert add_months(first, amount) <= add_months(second, amount)


@given(days, months)
def test_one_month_more_ends_later(start, amount):
    assert add_months(start, amount) < add_months(start, amount + 1)


@given(days, st.integers(min_value=1, max_value=15))
def test_years_are_twelve_months(start, years):
    assert add_period(start, years, "years") == add_months(start, 12 * years)


@given(days, months)
def test_months_between_undoes_adding_where_no_month_is_too_short(start, amount):
    start = start.replace(day=min(start.day, 28))

    assert months_between(start, add_months(start, amount)) == amount
    if amount:
        assert months_between(start, add_months(start, amount) - timedelta(days=1)) == amount - 1


@given(days, st.integers(min_value=1, max_value=120), zones)
def test_last_day_is_inside_until_a_minute_before_midnight_and_the_next_is_not(start, amount, zone):
    tz = ZoneInfo(zone)
    end = add_months(start, amount)
    last_minute = datetime(end.year, end.month, end.day, 23, 59, tzinfo=tz).astimezone(ZoneInfo("UTC"))
    a_minute_later = last_minute + timedelta(minutes=1)
    rule = one_rule(length_amount=amount)
    said = {"handed_over": {"vp_taken": start}, "week": week(zone)}

    assert ask(rule, local_day(last_minute, tz), **said).status == CoverStatus.COVERED
    assert ask(rule, local_day(a_minute_later, tz), **said).status == CoverStatus.EXPIRED


def test_unknown_unit_is_refused():
    with pytest.raises(ValueError, match="fortnights"):
        add_period(date(2025, 1, 1), 1, "fortnights")


def test_end_of_month_knows_leap_years():
    assert last_day(date(2028, 2, 3), "end-of-month") == date(2028, 2, 29)


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (date(2025, 3, 13), date(2025, 3, 14)),
        (date(2025, 3, 14), date(2025, 3, 14)),
        (date(2025, 3, 15), date(2026, 3, 14)),
        (date(2024, 3, 14), date(2025, 3, 14)),
    ],
)
def test_next_anniversary(after, expected):
    assert next_anniversary(of=date(2024, 3, 14), after=after) == expected


def test_anniversary_of_a_leap_day():
    assert next_anniversary(of=date(2024, 2, 29), after=date(2024, 6, 1)) == date(2025, 2, 28)


@given(days)
def test_blackout_over_the_new_year_holds_nine_days(day):
    ranges = [((12, 24), (1, 1))]

    assert in_blackout(day, ranges) == ((day.month == 12 and day.day >= 24) or (day.month, day.day) == (1, 1))


@given(days, st.integers(min_value=0, max_value=200))
def test_counting_days_that_all_count_is_adding(start, amount):
    assert count_days(start, amount, lambda _day: True) == start + timedelta(days=amount)
