"""Reports from people we do not know."""

import pytest

from cases.choices import Channel
from cases.models import Case
from outbox.models import OutgoingMail
from tests.factories import accounts, units
from tests.factories.cases import a_fault, make_report

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(world):
    door = a_fault(kind="STIFF", tile="door", location="LIV", words="The door rubs on the floor.")
    return make_report(world=world, person=False, channel=Channel.LINK, faults=[door], email="who@demo.example")


@pytest.mark.parametrize("amount", [1, 12])
def test_the_queue_shows_who_waits_with_a_constant_number_of_queries(world, desk, queries, amount):
    for _ in range(amount):
        make_report(world=world, person=False, channel=Channel.LINK)
    with queries(4):
        page = desk.get("/intake/")
    assert "Unknown Person" in page.content.decode()


def test_an_unknown_reporter_gets_no_case_but_a_danger_does(world):
    make_report(world=world, person=False, channel=Channel.LINK, faults=[a_fault(kind="GASLEAK", tile="other")])
    assert Case.objects.get().priority_id == "P1"


def test_verifying_opens_the_cases_and_tells_the_reporter(world, desk, report):
    desk.post(f"/intake/{report.reference}/verified/", {"person": world.hana.pk, "how": ["called back"]})
    report.refresh_from_db()
    assert (report.state, Case.objects.count()) == ("verified", 1)
    assert OutgoingMail.objects.filter(kind="verified", recipient="who@demo.example").exists()


def test_verifying_needs_a_proof(world, desk, report):
    response = desk.post(f"/intake/{report.reference}/verified/", {"person": world.hana.pk})
    assert response.status_code == 422
    assert "at least one proof" in response.content.decode()


def test_only_people_who_hold_the_home_are_offered(world, desk, report):
    response = desk.post(f"/intake/{report.reference}/verified/", {"person": world.noor.pk, "how": ["seen"]})
    assert response.status_code == 422


def test_a_report_that_is_not_for_us_is_closed_in_words(world, desk, report):
    desk.post(f"/intake/{report.reference}/refused/", {"words": "This home is not one of ours, we are sorry."})
    report.refresh_from_db()
    assert report.state == "refused"
    assert "not one of ours" in OutgoingMail.objects.get(kind="refused").body_text


def test_an_officer_of_another_development_gets_404(world, client_for, report):
    other = accounts.make_user(name="Other Officer")
    units.limit_officer(other, units.make_development())
    assert client_for(other).get(f"/intake/{report.reference}/").status_code == 404
