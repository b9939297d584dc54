"""When clocks are due: a development's own targets, the catalogue's, and what law sets."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from catalogue.models import Priority, SlaTarget
from tests.factories import units as make
from tests.units.cover import ask, one_rule, week
from units import targets
from units.models import Development

pytestmark = pytest.mark.django_db

KL = ZoneInfo("Asia/Kuala_Lumpur")
START = datetime(2026, 3, 3, 20, 14, tzinfo=KL)
HOLIDAY = date(2026, 3, 4)


@pytest.fixture
def p2():
    """Urgent: first answer in four working hours."""
    priority = Priority.objects.create(code="P2", label="Urgent", meaning="Soon")
    SlaTarget.objects.create(priority=priority, clock="acknowledge", amount=4, unit="working-hours")
    return priority


def kl(text):
    return datetime.fromisoformat(text).replace(tzinfo=KL)


def test_catalogues_target_counts_in_the_developments_calendar(p2):
    assert targets.due_at(make.make_development(), "P2", "acknowledge", START) == kl("2026-03-04 13:00")
    closed = make.make_development(holidays=[HOLIDAY])
    assert targets.due_at(closed, "P2", "acknowledge", START) == kl("2026-03-05 13:00")


def test_developments_own_target_goes_first(p2):
    development = make.make_development()
    make.make_target(development=development, priority=p2, clock="acknowledge", amount=1, unit="working-hours")

    assert targets.due_at(development, "P2", "acknowledge", START) == kl("2026-03-04 10:00")
    assert targets.due_at(make.make_development(), "P2", "acknowledge", START) == kl("2026-03-04 13:00")


def test_around_the_clock_counts_the_night(p2):
    development = make.make_development()
    make.make_target(
        development=development, priority=p2, clock="contact", amount=15, unit="minutes", around_the_clock=True
    )

    assert targets.due_at(development, "P2", "contact", START) == kl("2026-03-03 20:29")


@pytest.mark.parametrize(("priority", "clock"), [("P2", "inspect"), ("P9", "acknowledge")])
def test_what_is_not_promised_is_not_due(p2, priority, clock):
    assert targets.due_at(make.make_development(), priority, clock, START) is None


def test_a_book_is_fetched_once(p2, queries):
    development = Development.objects.get(pk=make.make_development().pk)

    with queries(4):
        book = targets.book(development)
    with queries(0):
        book.due_at("P2", "acknowledge", START)
        book.due_at("P2", "inspect", START)


@pytest.mark.parametrize(
    ("policy", "handed_over", "due"),
    [
        ("my-schedule-h", {"vp_taken": date(2025, 1, 1)}, "2026-03-02 23:59:59"),  # 30 days
        ("sg-private", {"vp_taken": date(2026, 1, 1)}, "2026-02-28 23:59:59"),  # one month
    ],
)
def test_statutory_duty_ends_with_the_local_day(policy, handed_over, due):
    received = kl("2026-01-31 10:00")
    verdict = ask(policy, date(2026, 1, 31), handed_over=handed_over)

    assert targets.statutory_due(verdict, notice_received_at=received, week=week()) == kl(due)


def test_statutory_duty_counts_from_the_written_notice_in_the_local_zone():
    verdict = ask("my-schedule-h", date(2026, 1, 31), handed_over={"vp_taken": date(2025, 1, 1)})
    notice = datetime(2026, 2, 9, 16, 30, tzinfo=UTC)  # 10 February, 00:30 there

    assert targets.statutory_due(verdict, notice_received_at=notice, week=week()) == kl("2026-03-12 23:59:59")


def test_statutory_duty_runs_while_the_cover_is_not_clear():
    policy = one_rule(duty_amount=30, duty_is_statutory=True)
    verdict = ask(policy, date(2026, 3, 20), handed_over={})

    assert targets.statutory_due(verdict, notice_received_at=kl("2026-03-20 10:00"), week=week()) == kl(
        "2026-04-19 23:59:59"
    )


@pytest.mark.parametrize(
    ("policy", "received_on"),
    [
        (one_rule(), date(2025, 6, 1)),  # no duty
        (one_rule(duty_amount=28), date(2025, 6, 1)),  # a promise, not law
        (one_rule(duty_amount=30, duty_is_statutory=True), date(2028, 6, 1)),  # not covered
    ],
)
def test_no_statutory_duty(policy, received_on):
    verdict = ask(policy, received_on, handed_over={"vp_taken": date(2025, 1, 1)})

    assert targets.statutory_due(verdict, notice_received_at=kl("2025-06-01 10:00"), week=week()) is None
