"""Domain scenario 18: nobody came; the homeowner says so, gets an apology and the first choice; we may correct it."""

from datetime import timedelta

import pytest

from cases.choices import Status
from inspections import attendance, duties, visits
from inspections.models import Visit
from outbox.models import OutgoingMail
from tests.factories.cases import REPORTED_AT, fresh, make_case
from tests.factories.inspections import HOURS, OPENS, by_company
from tests.journeys.browsing import Browser
from tests.mails import link_to, text_of

pytestmark = pytest.mark.django_db
ASKED_AT = OPENS + HOURS + timedelta(minutes=60)


@pytest.fixture
def waited(world, clock):
    clock(REPORTED_AT)
    case = make_case(world=world, status=Status.WITH_CONTRACTOR)
    visit = visits.book(
        [case],
        kind="rectification",
        starts_at=OPENS,
        ends_at=OPENS + HOURS,
        invited=[by_company(world)],
        by=world.actor("amira"),
        at=REPORTED_AT + timedelta(hours=3),
    )
    clock(ASKED_AT)
    return visit


def test_the_homeowner_waited_in_vain(world, waited, clock, post_office):
    duties.sweep(at=ASKED_AT)
    assert Visit.objects.get(pk=waited.pk).state == "booked"
    post_office.run()
    asked = post_office.to(world.hana.email)
    assert "Did someone come?" in asked["Subject"]

    page = Browser().open(link_to(asked, "/portal/visits/link/"))
    assert Visit.objects.get(pk=waited.pk).state == "booked"
    page.press("Nobody came")
    visit = Visit.objects.get(pk=waited.pk)
    assert (visit.state, visit.missed_by, visit.recorded_by_name) == ("no-show", "company", "Hana Yusof")

    post_office.run()
    sorry = post_office.to(world.hana.email)
    assert "We are sorry" in text_of(sorry)
    assert OutgoingMail.objects.filter(kind="nobody-came", recipient="lim@demo.example").exists()
    Browser().open(link_to(sorry, "/portal/visits/link/")).press("Book this time")
    assert fresh(waited.cases.get()).step == "repair-booked"


def test_the_officer_corrects_it(world, waited):
    new = attendance.nobody_came(waited, seen_version=1, by=world.actor("hana"), at=ASKED_AT)
    attendance.somebody_came(
        waited,
        words="Lim was there at ten; the bell is broken.",
        seen_version=2,
        by=world.actor("amira"),
        at=ASKED_AT + timedelta(hours=1),
    )
    assert [Visit.objects.get(pk=row.pk).state for row in (waited, new)] == ["booked", "cancelled"]
