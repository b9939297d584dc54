"""Working time in the three zones, at every hour at which reports come in, and over clock changes (quality.md 12)."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.units.cover import OFFICE, week
from units import calendars
from units.calendars import NeverOpen, WorkingWeek

KL, LONDON = ZoneInfo("Asia/Kuala_Lumpur"), ZoneInfo("Europe/London")
LUNCH = {str(weekday): [["09:00", "13:00"], ["14:00", "18:00"]] for weekday in range(5)}
ALL_DAY = {str(weekday): [["00:00", "24:00"]] for weekday in range(7)}
HOLIDAY = date(2026, 3, 4)  # a Wednesday


def kl(day, clock):
    return datetime.fromisoformat(f"2026-03-{day:02} {clock}").replace(tzinfo=KL)


def london(text):
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


def add(start, amount, unit, calendar=None, **said):
    return calendars.add_working_time(start, amount, unit, calendar or week(), **said)


@pytest.mark.parametrize(
    ("start", "due"),
    [
        (kl(3, "07:30"), kl(3, "13:00")),  # before hours
        (kl(3, "10:15"), kl(3, "14:15")),  # inside
        (kl(3, "16:00"), kl(4, "11:00")),  # runs over the evening
        (kl(3, "14:00"), kl(3, "18:00")),  # ends at closing time
        (kl(3, "20:14"), kl(4, "13:00")),  # after hours: the example of the alert mail
        (kl(6, "19:00"), kl(9, "13:00")),  # Friday evening
        (kl(7, "11:00"), kl(9, "13:00")),  # Saturday
        (kl(8, "23:59"), kl(9, "13:00")),  # Sunday
    ],
)
def test_four_working_hours(start, due):
    assert add(start, 4, "working-hours") == due
    assert add(start, 240, "minutes") == due


def test_a_holiday_does_not_count():
    calendar = week(holidays=[HOLIDAY])

    assert add(kl(3, "16:00"), 4, "working-hours", calendar) == kl(5, "11:00")
    assert add(kl(4, "10:00"), 1, "working-hours", calendar) == kl(5, "10:00")
    assert add(kl(3, "10:00"), 1, "working-days", calendar) == kl(5, "18:00")


def test_the_lunch_break_does_not_count():
    assert add(kl(3, "12:00"), 2, "working-hours", week(hours=LUNCH)) == kl(3, "15:00")


@pytest.mark.parametrize(
    ("start", "due"),
    [
        (kl(3, "07:30"), kl(4, "18:00")),
        (kl(3, "10:00"), kl(4, "18:00")),
        (kl(3, "20:14"), kl(4, "18:00")),
        (kl(6, "19:00"), kl(9, "18:00")),
        (kl(7, "11:00"), kl(9, "18:00")),
    ],
)
def test_one_working_day_ends_at_closing_time_of_the_next(start, due):
    assert add(start, 1, "working-days") == due


def test_working_days_skip_the_weekend():
    assert add(kl(5, "10:00"), 3, "working-days") == kl(10, "18:00")


def test_days_are_calendar_days_until_the_end_of_the_local_day():
    assert add(kl(3, "20:14"), 7, "days") == kl(10, "23:59:59")
    assert calendars.add_days(kl(3, "00:01"), 0, KL) == kl(3, "23:59:59")


def test_minutes_around_the_clock_are_real_minutes():
    assert add(kl(7, "02:10"), 15, "minutes", around_the_clock=True) == kl(7, "02:25")


def test_day_is_the_developments_not_the_servers():
    evening_in_utc = datetime(2026, 3, 3, 17, 30, tzinfo=UTC)  # 4 March, 01:30 in Kuala Lumpur

    assert calendars.local_day(evening_in_utc, KL) == date(2026, 3, 4)
    assert add(evening_in_utc, 1, "days") == kl(5, "23:59:59")
    assert add(evening_in_utc, 1, "working-hours") == kl(4, "10:00")


def test_same_moment_in_two_zones_is_due_at_two_moments():
    start = datetime(2026, 3, 3, 9, 30, tzinfo=UTC)  # 17:30 in Singapore, 09:30 in London

    assert add(start, 1, "working-hours", week("Asia/Singapore")).hour == 9
    assert add(start, 1, "working-hours", week("Europe/London")).hour == 10


def test_hours_keep_their_wall_time_when_clocks_go_forward():
    calendar = week("Europe/London")  # Sunday 29 March 2026, 01:00 becomes 02:00
    due = add(london("2026-03-27 17:00"), 2, "working-hours", calendar)

    assert due == london("2026-03-30 10:00")
    assert due.astimezone(UTC).hour == 9


def test_hours_keep_their_wall_time_when_clocks_go_back():
    due = add(london("2026-10-23 17:00"), 2, "working-hours", week("Europe/London"))

    assert due == london("2026-10-26 10:00")
    assert due.astimezone(UTC).hour == 10


@pytest.mark.parametrize(("day", "hours"), [("2026-03-29", 23), ("2026-10-25", 25), ("2026-06-01", 24)])
def test_day_of_a_clock_change_has_its_real_length(day, hours):
    calendar = week("Europe/London", hours=ALL_DAY)
    start = london(f"{day} 00:00")
    end = london((date.fromisoformat(day) + timedelta(days=1)).isoformat() + " 00:00")

    assert calendars.working_seconds(start, end, calendar) == hours * 3600
    assert add(start, hours, "working-hours", calendar) == end


def test_days_over_a_clock_change_end_at_the_end_of_the_local_day():
    due = add(london("2026-03-27 12:00"), 3, "days", week("Europe/London"))

    assert due == london("2026-03-30 23:59:59")
    assert due.astimezone(UTC) == datetime(2026, 3, 30, 22, 59, 59, tzinfo=UTC)


def test_wall_time_that_is_skipped_or_comes_twice_is_still_a_moment():
    skipped = calendars.at_wall(date(2026, 3, 29), time(1, 30), LONDON)
    twice = calendars.at_wall(date(2026, 10, 25), time(1, 30), LONDON)

    assert skipped.astimezone(UTC) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert twice.astimezone(UTC) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "open_", "opening"),
    [
        (kl(3, "08:59"), False, kl(3, "09:00")),
        (kl(3, "09:00"), True, kl(3, "09:00")),
        (kl(3, "17:59"), True, kl(3, "17:59")),
        (kl(3, "18:00"), False, kl(5, "09:00")),
        (kl(4, "10:00"), False, kl(5, "09:00")),
        (kl(7, "10:00"), False, kl(9, "09:00")),
    ],
)
def test_open_and_next_opening(at, open_, opening):
    calendar = week(holidays=[HOLIDAY])

    assert calendars.is_open(at, calendar) is open_
    assert calendars.next_opening(at, calendar) == opening


def test_working_seconds_leave_out_nights_weekends_and_holidays():
    calendar = week(holidays=[HOLIDAY])

    assert calendars.working_seconds(kl(2, "17:00"), kl(3, "10:00"), calendar) == 2 * 3600
    assert calendars.working_seconds(kl(6, "17:00"), kl(9, "10:00"), calendar) == 2 * 3600
    assert calendars.working_seconds(kl(3, "17:00"), kl(5, "10:00"), calendar) == 2 * 3600
    assert calendars.working_seconds(kl(5, "10:00"), kl(3, "10:00"), calendar) == 0


def test_calendar_without_hours_is_refused_instead_of_searched_for_ever():
    never = WorkingWeek(KL, {})

    for ask in (
        lambda: add(kl(3, "10:00"), 1, "working-hours", never),
        lambda: add(kl(3, "10:00"), 1, "working-days", never),
        lambda: calendars.next_opening(kl(3, "10:00"), never),
    ):
        with pytest.raises(NeverOpen):
            ask()


def test_unknown_unit_is_refused():
    with pytest.raises(ValueError, match="moons"):
        add(kl(3, "10:00"), 1, "moons")


moments = st.datetimes(datetime(2025, 1, 1), datetime(2027, 12, 1), timezones=st.just(UTC))
zones = st.sampled_from(["Asia/Kuala_Lumpur", "Asia/Singapore", "Europe/London"])
hours = st.sampled_from([OFFICE, LUNCH, ALL_DAY])


@given(moments, st.integers(1, 200), zones, hours)
def test_seconds_between_start_and_due_are_those_that_were_added(start, amount, zone, opening):
    calendar = week(zone, hours=opening, holidays=[date(2026, 3, 27), date(2026, 12, 25)])
    due = add(start, amount, "working-hours", calendar)

    assert calendars.working_seconds(start, due, calendar) == amount * 3600
    just_before = due - timedelta(seconds=1)
    assert calendars.working_seconds(start, just_before, calendar) == amount * 3600 - 1


@given(
    moments, moments, st.integers(0, 60), zones, st.sampled_from(["working-hours", "working-days", "days", "minutes"])
)
def test_a_later_start_is_never_due_earlier(one, other, amount, zone, unit):
    first, second = sorted((one, other))

    assert add(first, amount, unit, week(zone)) <= add(second, amount, unit, week(zone))


@given(moments, zones)
def test_due_after_working_days_is_a_closing_time(start, zone):
    calendar = week(zone, holidays=[HOLIDAY])
    due = add(start, 2, "working-days", calendar)

    assert (due.hour, due.minute) == (18, 0)
    assert calendar.is_working_day(due.date())
    assert due > start
