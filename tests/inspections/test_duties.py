"""Reminders and the question whether someone came: once per visit, party and rule."""

import threading
from datetime import timedelta

import pytest
from django.db import connection

from inspections import attendance, duties, visits
from inspections.models import VisitNudge
from outbox.models import OutgoingMail
from tests.factories.cases import make_case, make_world
from tests.factories.inspections import HOURS, OPENS, by_company, make_visit

CLOSES = OPENS + HOURS
HOUR = timedelta(hours=1)


@pytest.fixture
def world(defaults):
    return make_world()


def reminders():
    return OutgoingMail.objects.filter(kind="visit-reminder")


@pytest.mark.django_db
def test_each_party_is_reminded_two_days_and_one_day_before_once(world):
    make_visit(world=world, cases=[make_case(world=world)], invited=[by_company(world)], clear="the shelf")
    for ahead in (49, 48, 47, 25, 24, 23, 1):
        assert duties.sweep(at=OPENS - ahead * HOUR) == 0
    told = list(reminders().values_list("recipient", flat=True))
    assert sorted(told) == ["hana@demo.example"] * 2 + ["lim@demo.example"] * 2
    body = reminders().filter(recipient="hana@demo.example").first().body_text
    assert "Please clear before: the shelf." in body
    assert "Tue 10 Mar, 09:00-12:00" in body


@pytest.mark.django_db
def test_a_moved_visit_is_reminded_anew_and_a_late_booking_not_at_all(world):
    visit = make_visit(world=world, cases=[make_case(world=world)])
    duties.sweep(at=OPENS - 48 * HOUR)
    later = {"starts_at": OPENS + timedelta(days=2), "ends_at": CLOSES + timedelta(days=2)}
    by = world.actor("amira")
    visits.change(visit, who="", words="", seen_version=1, by=by, at=OPENS - 40 * HOUR, **later)
    duties.sweep(at=OPENS)
    assert reminders().count() == 2
    other = make_case(world=world, unit=world.next_door, person=world.noor)
    make_visit(world=world, cases=[other], at=OPENS - 10 * HOUR)
    duties.sweep(at=OPENS - 9 * HOUR)
    assert not reminders().filter(recipient="noor@demo.example").exists()


@pytest.mark.django_db
def test_the_home_is_asked_once_an_hour_after_the_window(world):
    make_visit(world=world, cases=[make_case(world=world)])
    duties.sweep(at=CLOSES + timedelta(minutes=59))
    assert not OutgoingMail.objects.filter(kind="did-they-come").exists()
    for hours in (1, 2, 30):
        duties.sweep(at=CLOSES + hours * HOUR)
    mail = OutgoingMail.objects.get(kind="did-they-come")
    assert mail.link_slots["came"]["action"] == "came"


@pytest.mark.django_db
def test_nobody_is_asked_when_somebody_is_recorded_as_arrived(world):
    visit = make_visit(world=world, cases=[make_case(world=world)], invited=[by_company(world)])
    attendance.arrived(visit.parties.get(kind="company"), by=world.actor("amira"), at=OPENS)
    duties.sweep(at=CLOSES + 2 * HOUR)
    assert not OutgoingMail.objects.filter(kind="did-they-come").exists()


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_two_sweeps_at_once_remind_once(world):
    make_visit(world=world, cases=[make_case(world=world)], invited=[by_company(world)])
    at, gate, failed = OPENS - 24 * HOUR, threading.Barrier(2), []

    def sweep():
        try:
            gate.wait()
            failed.append(duties.sweep(at=at))
        finally:
            connection.close()

    runs = [threading.Thread(target=sweep) for _ in range(2)]
    [run.start() for run in runs]
    [run.join() for run in runs]
    assert reminders().count() == 2
    assert VisitNudge.objects.count() == 2
