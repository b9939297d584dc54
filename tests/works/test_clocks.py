"""The contractor's clocks: what starts, stops and pauses each, counted in the development's working time."""

from datetime import date, datetime, timedelta

import pytest

from cases import holds, workflow
from cases.models import Case
from catalogue.models import SlaTarget
from contractors.models import Appointment
from outbox.models import OutgoingMail
from tests.factories.cases import REPORTED_AT, fresh, make_case, walk
from tests.factories.documents import make_stored_file
from tests.factories.works import contractor, order_of, say
from units.models import Holiday
from works import clocks, duties, orders
from works.models import WorkClock

pytestmark = pytest.mark.django_db

AT = REPORTED_AT + timedelta(hours=14)
"""Wed 4 Mar, 10:14 at the home."""
DAY = timedelta(days=1)
METHOD = "New seal, dried for 48 hours."


def at_home(text):
    return datetime.fromisoformat(f"2026-03-{text}:00+08:00")


@pytest.fixture
def case(world):
    made = make_case(world=world)
    Case.objects.filter(pk=made.pk).update(priority_id="P3")
    walk(fresh(made), "accept-and-send", world=world, at=AT)
    return fresh(made)


def running(case):
    rows = WorkClock.objects.filter(order__case=case, stopped_at__isnull=True)
    return {clock.kind: clock.due_at for clock in rows}


def test_two_working_days_to_accept_and_the_date_to_finish(case):
    assert running(case) == {"accept": at_home("06T18:00"), "done": case.work_due_at}


def test_urgent_work_has_one_working_day(world):
    urgent = make_case(world=world)
    Case.objects.filter(pk=urgent.pk).update(priority_id="P2")
    walk(fresh(urgent), "accept-and-send", world=world, at=AT)
    assert running(urgent)["accept"] == at_home("05T18:00")


def test_a_holiday_and_a_weekend_are_no_working_days(world, case):
    Holiday.objects.create(calendar=world.development.calendar, on=date(2026, 3, 6), name="A feast")
    say("accept", order_of(case), by=contractor(world.company.contacts.get()), at=AT)
    assert running(case)["date"] == at_home("10T18:00")


def test_the_developments_own_target_comes_first(world):
    world.development.targets.create(priority_id="P3", clock="work-accept", amount=4, unit="working-days")
    case = make_case(world=world)
    Case.objects.filter(pk=case.pk).update(priority_id="P3")
    walk(fresh(case), "accept-and-send", world=world, at=AT)
    assert running(case)["accept"] == at_home("10T18:00")


def test_accepting_starts_the_date_and_a_promise_ends_it(case, lim):
    say("accept", order_of(case), by=contractor(lim), at=AT + DAY)
    assert running(case) == {"date": at_home("10T18:00"), "done": case.work_due_at}
    say("promise", order_of(case), by=contractor(lim), at=AT + 2 * DAY, promised_at=AT + 6 * DAY)
    assert running(case) == {"done": case.work_due_at}


def test_a_booked_visit_is_a_date_given_and_its_end_asks_for_the_pictures(case, lim):
    say("accept", order_of(case), by=contractor(lim), at=AT)
    clocks.date_given(order_of(case), at=AT)
    say("start", order_of(case), by=contractor(lim), at=AT)
    assert running(case).keys() == {"done"}
    for _twice in range(2):
        clocks.visit_ended(order_of(case), ended_at=at_home("05T12:00"))
    assert running(case)["evidence"] == at_home("06T18:00")
    say("done", order_of(case), by=contractor(lim), at=AT + DAY, files=[make_stored_file()], method_note=METHOD)
    assert running(case) == {}


def test_a_listed_hold_makes_the_date_due_wait_and_what_was_left_goes_on(world, case, amira):
    due = case.work_due_at
    holds.hold(case, reason="weather", until_at=AT + 9 * DAY, words="It rains.", by=amira, at=AT)
    holds.resume(fresh(case), how="officer", by=amira, at=AT + 3 * DAY)
    assert (running(case)["done"], order_of(case).due_at, fresh(case).work_due_at) == (due + 3 * DAY,) * 3
    assert fresh(case).next_on == due + 3 * DAY
    clock = WorkClock.objects.get(kind="done")
    assert (clock.first_due_at, clock.paused_seconds) == (due, 3 * 86400)


def test_a_hold_for_a_busy_contractor_pauses_nothing(case, amira):
    due = case.work_due_at
    holds.hold(case, reason="contractor-busy", until_at=AT + 9 * DAY, words="", by=amira, at=AT)
    holds.resume(fresh(case), how="officer", by=amira, at=AT + 3 * DAY)
    assert running(case)["done"] == due


def test_correct_puts_the_clocks_back_exactly_also_a_pause(world, case, amira):
    holds.hold(case, reason="weather", until_at=AT + 9 * DAY, words="It rains.", by=amira, at=AT)
    rows = list(WorkClock.objects.order_by("pk").values())
    order = order_of(case)
    walk(fresh(case), "close-other", world=world, at=AT + DAY)
    assert running(case) == {}
    words = "That was the wrong case, sorry."
    workflow.correct(fresh(case), by=amira, at=AT + 2 * DAY, seen_version=fresh(case).version, words=words)
    assert list(WorkClock.objects.order_by("pk").values()) == rows
    assert order_of(case).due_at == order.due_at


def test_what_came_back_is_to_be_accepted_again(world, case):
    walk(fresh(case), "report-done", world=world, at=AT + DAY)
    walk(fresh(case), "send-back", world=world, at=AT + 2 * DAY)
    assert running(case) == {"accept": at_home("10T18:00"), "done": case.work_due_at}


def test_silence_of_two_working_days_accepts_where_the_appointment_says_so(case):
    duties.sweep(at=at_home("06T17:59"))
    assert order_of(case).state == "new"
    for _twice in range(2):
        duties.sweep(at=at_home("06T18:00"))
    order = order_of(case)
    assert (order.state, order.accepted_how, fresh(case).step) == ("accepted", "silence", "contractor-accepted")
    assert OutgoingMail.objects.get(kind="silence").recipient == "lim@demo.example"


def test_silence_says_nothing_where_it_does_not_accept(world, case):
    Appointment.objects.filter(company=world.company).update(silence_accepts=False)
    duties.sweep(at=AT + 9 * DAY)
    assert order_of(case).state == "new"


def test_silence_never_accepts_what_is_disputed(case, lim):
    words = "It belongs to the kitchen maker."
    say("dispute", order_of(case), by=contractor(lim), at=AT, reason="not-our-package", words=words)
    duties.sweep(at=AT + 9 * DAY)
    assert order_of(case).state == "disputed"


def test_the_sweep_gives_the_next_company_its_turn_once_it_is_dry(world, case, lim, siva, amira):
    second = orders.send(
        case, company=siva.company, due_at=AT + 30 * DAY, by=amira, at=AT, after=order_of(case), dry_days=7
    )
    say(
        "done",
        order_of(case, company=world.company),
        by=contractor(lim),
        at=AT,
        files=[make_stored_file()],
        method_note=METHOD,
    )
    duties.sweep(at=at_home("10T23:59"))
    assert order_of(case, pk=second.pk).state == "planned"
    for _twice in range(2):
        duties.sweep(at=at_home("11T00:01"))
    assert order_of(case, pk=second.pk).state == "new"
    assert OutgoingMail.objects.filter(recipient="siva@demo.example").count() == 1
    assert (fresh(case).step, fresh(case).work_company) == ("contractor-new", siva.company)


def test_the_defaults_of_the_catalogue_are_those_of_the_trade(defaults):
    rows = SlaTarget.objects.filter(clock__startswith="work").values_list("priority_id", "clock", "amount", "unit")
    assert ("P1", "work-accept", 1, "working-days") in rows
    assert ("P3", "work-accept", 2, "working-days") in rows
    assert ("P3", "work-date", 3, "working-days") in rows
    assert ("P3", "work-proof", 1, "working-days") in rows
