"""Domain scenario 17: nobody at home twice; new slots, then the final notice; the officer closes after 14 days."""

from datetime import timedelta

import pytest

from cases.choices import Status
from inspections import attendance, visits
from inspections.models import Visit
from outbox.models import OutgoingMail
from tests.factories.cases import REPORTED_AT, fresh, make_case, walk
from tests.factories.documents import make_stored_file
from tests.factories.inspections import HOURS, OPENS, by_company
from tests.journeys.browsing import Browser
from tests.mails import link_to, text_of

pytestmark = pytest.mark.django_db
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
NO_ACCESS = {"reason": "no-access", "words": "Nobody was at home twice; tell us when we may come."}


def closed_door(world, visit):
    at = visit.starts_at + 20 * MINUTE
    attendance.nobody_home(
        visit,
        arrived_at=visit.starts_at + 5 * MINUTE,
        called="Rang Hana at 09:10, no answer",
        photos=[make_stored_file()],
        seen_version=visit.version,
        by=world.actor("amira"),
        at=at,
    )
    return at


def test_no_access_twice(world, clock, post_office, sign_in):
    clock(REPORTED_AT)
    case = make_case(world=world, status=Status.WITH_CONTRACTOR)
    booked = visits.book(
        [case],
        kind="rectification",
        starts_at=OPENS,
        ends_at=OPENS + HOURS,
        invited=[by_company(world)],
        by=world.actor("amira"),
        at=REPORTED_AT + timedelta(hours=3),
    )
    clock(closed_door(world, booked))
    post_office.run()
    first = post_office.to(world.hana.email)
    assert "We could not come in" in first["Subject"]
    assert not case.holds.filter(ended_at=None).exists()

    page = Browser().open(link_to(first, "/portal/visits/link/"))
    assert "When may we come?" in page.words
    page.press("Book this time")
    again = Visit.objects.for_page().get(state="booked")
    assert again.follows == booked

    at = closed_door(world, again)
    clock(at)
    post_office.run()
    final = post_office.to(world.hana.email)
    assert final["Subject"].startswith("Final notice")
    assert case.holds.get(ended_at=None).reason == "no-access"
    assert case.attachments.filter(caption__startswith="The door", is_visible=False).count() == 2

    clock(at + 14 * DAY + MINUTE)
    from defects_portal.sweep import sweep

    sweep(at=at + 14 * DAY + MINUTE)
    assert OutgoingMail.objects.filter(kind="final-over", recipient=world.amira.email).exists()
    walk(fresh(case), "close-other", world=world, at=at + 14 * DAY + MINUTE, **NO_ACCESS)
    assert fresh(case).step == "closed-no-access"
    post_office.run()
    closed = post_office.to(world.hana.email)
    restart = Browser().open(link_to(closed, "/portal/act/"))
    restart.press("Send", words="I am back from my travels, please come.")
    assert fresh(case).status == Status.IN_REVIEW
    assert "Closed until we can come in" in closed["Subject"]
    assert text_of(closed)
