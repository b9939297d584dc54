"""Dates as people read them, in the zone of the development."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
import time_machine
from django.template import Context, Template
from django.utils import translation

from units import wording, working_hours

AT = datetime(2026, 3, 3, 12, 14, tzinfo=UTC)  # 20:14 in Kuala Lumpur, 12:14 in London
TODAY = date(2026, 3, 10)


def test_moment_is_told_in_the_zone_of_the_development():
    assert wording.when(AT, "Asia/Kuala_Lumpur", today=TODAY) == "Tue 3 Mar, 20:14"
    assert wording.when(AT, "Europe/London", today=TODAY) == "Tue 3 Mar, 12:14"


def test_day_may_differ_between_zones():
    late = datetime(2026, 3, 3, 17, tzinfo=UTC)

    assert wording.when(late, "Asia/Singapore", today=TODAY) == "Wed 4 Mar, 01:00"


def test_year_stands_only_where_it_is_another():
    assert wording.day(date(2026, 3, 3), today=TODAY) == "Tue 3 Mar"
    assert wording.day(date(2025, 3, 3), today=TODAY) == "Mon 3 Mar 2025"
    assert wording.full_day(date(2026, 3, 3)) == "Tue 3 Mar 2026"


@pytest.mark.parametrize(
    ("now", "said"), [("2026-12-31 15:59Z", "Thu 31 Dec"), ("2026-12-31 16:00Z", "Thu 31 Dec 2026")]
)
def test_the_year_turns_at_midnight_of_the_development(now, said):
    with time_machine.travel(now, tick=False):
        assert wording.when(datetime(2026, 12, 31, 1, tzinfo=UTC), "Asia/Kuala_Lumpur") == f"{said}, 09:00"


def test_window_names_the_second_day_only_when_it_is_another():
    assert wording.window(AT, AT.replace(hour=15), "Asia/Kuala_Lumpur", today=TODAY) == "Tue 3 Mar, 20:14-23:14"
    over = wording.window(AT, AT.replace(hour=17), "Asia/Kuala_Lumpur", today=TODAY)
    assert over == "Tue 3 Mar, 20:14 - Wed 4 Mar, 01:14"


def test_window_keeps_wall_time_over_a_clock_change():
    start, end = datetime(2026, 3, 28, 23, tzinfo=UTC), datetime(2026, 3, 29, 2, tzinfo=UTC)

    assert wording.window(start, end, "Europe/London", today=TODAY) == "Sat 28 Mar, 23:00 - Sun 29 Mar, 03:00"


@pytest.mark.parametrize(
    ("now", "days"),
    [("2026-03-03 15:59+00:00", 0), ("2026-03-03 16:00+00:00", 1), ("2026-03-17 12:00+00:00", 14)],
)
def test_age_counts_midnights_of_the_development(now, days):
    assert wording.age_days(AT, datetime.fromisoformat(now), "Asia/Kuala_Lumpur") == days


def test_age_in_words():
    assert [wording.age(days) for days in (0, 1, 12)] == ["today", "1 day", "12 days"]


def test_weekdays_follow_the_language():
    with translation.override("de"):
        assert wording.day(date(2026, 3, 3), today=TODAY) == "Di 3 Mär"


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        ({str(day): [["09:00", "18:00"]] for day in range(5)}, "Mon-Fri 09:00-18:00"),
        ({"0": [["09:00", "18:00"]], "5": [["09:00", "13:00"]]}, "Mon 09:00-18:00, Sat 09:00-13:00"),
        ({"0": [["09:00", "13:00"], ["14:00", "18:00"]]}, "Mon 09:00-13:00 + 14:00-18:00"),
        ({str(day): [["00:00", "24:00"]] for day in range(7)}, "Mon-Sun 00:00-24:00"),
    ],
)
def test_opening_hours_in_words(hours, words):
    assert wording.opening_words(working_hours.parse(hours)) == words


@pytest.mark.parametrize(
    ("amount", "unit", "words"),
    [
        (1, "months", "1 month"),
        (24, "months", "24 months"),
        (4, "working-hours", "4 working hours"),
        (1, "days", "1 day"),
    ],
)
def test_lengths_in_words(amount, unit, words):
    assert wording.length(amount, unit) == words


@time_machine.travel("2026-03-10 04:00Z", tick=False)
def test_what_belongs_to_no_development_is_told_on_the_named_clock_of_the_installation(settings):
    page = Template("{% load when %}{{ at|here }}|{{ none|here }}")
    settings.TIME_ZONE = "Asia/Singapore"
    assert page.render(Context({"at": AT, "none": None})) == "Tue 3 Mar, 20:14 +08|"
    settings.TIME_ZONE = "UTC"
    assert wording.here(AT) == "Tue 3 Mar, 12:14 UTC"


@time_machine.travel("2026-03-10 04:00Z", tick=False)
def test_template_filters_say_the_same():
    page = Template(
        "{% load when %}{{ at|when:zone }}|{{ on|day }}|{{ on|full_day }}|{{ visit|window:zone }}|"
        "{% window at ends zone %}|{{ at|age_days:zone }}|{{ at|age:zone }}|{{ none|when:zone }}{{ none|day }}"
    )
    ends = AT.replace(hour=14)
    said = {"at": AT, "on": AT.date(), "ends": ends, "zone": "Asia/Kuala_Lumpur", "none": None}
    words = page.render(Context({**said, "visit": SimpleNamespace(starts_at=AT, ends_at=ends)}))

    window = "Tue 3 Mar, 20:14-22:14"
    assert words == f"Tue 3 Mar, 20:14|Tue 3 Mar|Tue 3 Mar 2026|{window}|{window}|7|7 days|"
