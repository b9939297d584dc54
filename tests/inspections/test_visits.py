"""A visit booked by staff."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import IntegrityError

from cases.choices import Status
from cases.evidence import MoveRefused, StaleCase
from inspections import visits
from inspections.models import Visit
from outbox.models import OutgoingMail
from tests.factories.cases import REPORTED_AT, fresh, make_case, make_world

pytestmark = pytest.mark.django_db
KL = ZoneInfo("Asia/Kuala_Lumpur")
OPENS = datetime(2026, 3, 10, 9, tzinfo=KL)
CLOSES = OPENS + timedelta(hours=3)


@pytest.fixture
def world(defaults):
    return make_world()


def book(world, cases, **facts):
    given = {"kind": "initial", "starts_at": OPENS, "ends_at": CLOSES, "who": "Amira Rahman", **facts}
    return visits.book(cases, by=world.actor("amira"), at=REPORTED_AT, **given)


def test_booking_starts_the_review_and_mails_once_for_all_cases(world):
    cases = [make_case(world=world), make_case(world=world)]
    before = OutgoingMail.objects.count()
    book(world, cases)
    assert [fresh(case).step for case in cases] == ["inspection-booked"] * 2
    assert OutgoingMail.objects.count() == before + 1


def test_the_homeowner_reads_the_window_at_the_home(world):
    book(world, [make_case(world=world)])
    assert "Tue 10 Mar, 09:00-12:00" in OutgoingMail.objects.latest("pk").subject


def test_a_window_is_at_most_four_hours(world):
    with pytest.raises(MoveRefused, match="4 hours"):
        book(world, [make_case(world=world)], ends_at=OPENS + timedelta(hours=5))


def test_a_visit_goes_to_one_home(world):
    cases = [make_case(world=world), make_case(world=world, unit=world.next_door, person=world.noor)]
    with pytest.raises(MoveRefused, match="one home"):
        book(world, cases)


def test_a_repair_visit_does_not_fit_a_new_case(world):
    with pytest.raises(MoveRefused, match="does not fit"):
        book(world, [make_case(world=world)], kind="rectification")


def test_moving_a_visit_tells_the_new_time_and_a_second_editor_is_refused(world):
    case = make_case(world=world)
    visit = book(world, [case])
    by = world.actor("amira")
    later = {"starts_at": OPENS + timedelta(days=1), "ends_at": CLOSES + timedelta(days=1)}
    visits.change(visit, who="", words="", seen_version=1, by=by, at=REPORTED_AT + timedelta(minutes=1), **later)
    assert "Wed 11 Mar" in OutgoingMail.objects.latest("pk").subject
    with pytest.raises(StaleCase):
        visits.change(visit, who="", words="", seen_version=1, by=by, at=REPORTED_AT, **later)


def test_cancelling_frees_the_case(world):
    case = make_case(world=world)
    visit = book(world, [case])
    visits.cancel(
        visit,
        words="The inspector is ill today.",
        seen_version=1,
        by=world.actor("amira"),
        at=REPORTED_AT + timedelta(1),
    )
    case = fresh(case)
    assert (case.visit_starts_at, case.step) == (None, "in-review")


def test_an_inspection_that_took_place_moves_the_case_to_inspected(world):
    case = make_case(world=world)
    visit = book(world, [case])
    visits.finish(visit, finding="Pipe above leaks", seen_version=1, by=world.actor("amira"), at=CLOSES)
    assert fresh(case).step == "inspected"
    assert "Pipe above leaks" not in "".join(OutgoingMail.objects.values_list("body_text", flat=True))


def test_booked_wall_time_survives_a_clock_change(defaults):
    world = make_world(zone="Europe/London", code="ELM")
    opens = datetime(2026, 3, 30, 9, tzinfo=ZoneInfo("Europe/London"))
    book(world, [make_case(world=world)], starts_at=opens, ends_at=opens + timedelta(hours=2))
    assert "Mon 30 Mar, 09:00-11:00" in OutgoingMail.objects.latest("pk").subject


def test_a_cancelled_visit_without_a_reason_is_impossible(world):
    visit = book(world, [make_case(world=world)])
    with pytest.raises(IntegrityError):
        Visit.objects.filter(pk=visit.pk).update(state="cancelled", ended_at=CLOSES)


@time_machine.travel(REPORTED_AT, tick=False)
def test_booking_by_the_page_names_a_wrong_window_at_its_field(world, client_for):
    case = make_case(world=world)
    sent = {"case": case.reference, "kind": "initial", "cases": [case.reference], "who": "Amira"}
    client = client_for(world.amira)
    wrong = client.post("/inspections/book/", sent | {"on": "2026-03-10", "opens": "09:00", "closes": "17:00"})
    assert wrong.status_code == 422
    assert "at most 4 hours" in wrong.content.decode()
    right = client.post("/inspections/book/", sent | {"on": "2026-03-10", "opens": "09:00", "closes": "12:00"})
    assert right.status_code == 302


@pytest.mark.parametrize("amount", [1, 20])
@time_machine.travel(REPORTED_AT, tick=False)
def test_the_list_asks_a_constant_number_of_queries(world, client_for, queries, amount):
    for number in range(amount):
        opens = OPENS + timedelta(days=number)
        book(world, [make_case(world=world)], starts_at=opens, ends_at=opens + timedelta(hours=2))
    client = client_for(world.amira)
    with queries(6):
        client.get("/inspections/")


def test_closing_a_case_takes_the_visit_off_it(world):
    case = make_case(world=world)
    book(world, [case])
    from tests.factories.cases import walk

    walk(fresh(case), "close-other", world=world, at=REPORTED_AT + timedelta(hours=1))
    case = fresh(case)
    assert (case.status, case.visit_starts_at) == (Status.CLOSED_OTHER, None)


def test_cancelling_one_of_two_visits_leaves_the_other_on_the_case(world):
    case = make_case(world=world)
    first = book(world, [case])
    later = OPENS + timedelta(days=2)
    book(world, [fresh(case)], starts_at=later, ends_at=later + timedelta(hours=2))
    assert fresh(case).visit_starts_at == OPENS
    by = world.actor("amira")
    visits.cancel(first, words="The inspector is ill today.", seen_version=1, by=by, at=REPORTED_AT + timedelta(1))
    case = fresh(case)
    assert (case.visit_starts_at, case.step) == (later, "inspection-booked")


def test_moving_a_visit_puts_nothing_back_on_a_closed_case(world):
    from tests.factories.cases import walk

    case = make_case(world=world)
    visit = book(world, [case])
    walk(fresh(case), "close-other", world=world, at=OPENS + timedelta(minutes=1))
    later = {"starts_at": OPENS + timedelta(days=1), "ends_at": CLOSES + timedelta(days=1)}
    sent = OutgoingMail.objects.count()
    visits.change(visit, who="", words="", seen_version=1, by=world.actor("amira"), at=CLOSES, **later)
    assert fresh(case).visit_starts_at is None
    assert OutgoingMail.objects.count() == sent


@pytest.mark.parametrize("week", ["2026-02-30", "0001-01-01", "9999-12-31", "soon", ""])
def test_a_week_that_is_none_is_this_one(world, client_for, week):
    response = client_for(world.amira).get("/inspections/calendar/", {"week": week})
    assert response.status_code == 200
