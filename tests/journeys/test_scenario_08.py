"""Domain scenario 8: a report two minutes before cover ends, and who may touch the received date."""

from datetime import UTC, date, datetime, timedelta

import pytest

from cases.dates import local_date
from cases.models import Case
from tests.factories.accounts import make_user
from tests.journeys.acting import describe, send
from tests.mails import text_of

pytestmark = pytest.mark.django_db

LAST_DAY = date(2027, 7, 24)
"""24 months after vacant possession on 24 July 2025, in Kuala Lumpur."""
LAST_MINUTES = datetime(2027, 7, 24, 15, 58, tzinfo=UTC)
"""23:58 there; in UTC it is still the afternoon, in New York the morning."""
DAMP = {"room": "Bedroom 2", "part": "Wall", "kind": "Damp patch", "words": "A damp patch below the window."}
WHY = "The letter was in the tray since the 20th; the stamp on it is attached."


@pytest.fixture(autouse=True)
def server_elsewhere(settings):
    settings.TIME_ZONE = "America/New_York"


@pytest.fixture
def reported(world, clock, sign_in, post_office):
    """Hana's report of 23:58; the reference of its case."""
    clock(LAST_MINUTES)
    hana = describe(sign_in(world.hana.user), **DAMP)
    assert "ended on" not in hana.words
    send(hana)
    post_office.run()
    return Case.objects.get().reference


def test_it_is_inside_and_marked_as_the_last_day(reported, world, sign_in, post_office):
    assert "covered, 0 days left" in text_of(post_office.to(world.amira, "New"))
    page = sign_in(world.amira).open(f"/cases/{reported}/").words
    assert "24 Jul 2027 is its last day, and counts" in page
    assert "Sat 24 Jul, 23:58" in page


def test_four_minutes_later_it_is_outside(world, clock, sign_in, post_office):
    clock(LAST_MINUTES + timedelta(minutes=4))
    hana = describe(sign_in(world.hana.user), **DAMP)
    assert "ended on Sat 24 Jul 2027, 1 day before Sun 25 Jul 2027" in hana.words


def test_the_day_of_the_answer_does_not_change_the_day_of_receipt(reported, world, clock, sign_in):
    clock(LAST_MINUTES + timedelta(days=20))
    page = sign_in(world.amira).open(f"/cases/{reported}/").words
    assert "24 Jul 2027 is its last day, and counts" in page


def change(browser, reference, **typed):
    return browser.open(f"/cases/{reference}/edit/").press("Save", received_on="2027-07-20", **typed)


def test_staff_cannot_change_the_received_date_without_a_reason(reported, world, sign_in):
    sign_in(world.amira).open(f"/cases/{reported}/edit/").press("Save", status=422, received_on="2027-07-20")
    assert received_on() == LAST_DAY


def received_on():
    case = Case.objects.select_related("development").get()
    return local_date(case, case.received_at)


def test_with_a_reason_it_waits_for_a_manager_who_is_somebody_else(reported, world, sign_in):
    amira = change(sign_in(world.amira), reported, why=WHY)
    assert received_on() == LAST_DAY
    request = (
        "/decisions/" + amira.open("/decisions/").link("Change the received date").rstrip("/").rsplit("/", 1)[-1] + "/"
    )
    assert not amira.open(request).offers("Approve")
    amira.client.post(request, {"answer": "approve", "seen_version": Case.objects.get().version})
    assert received_on() == LAST_DAY
    mo = sign_in(world.mo).open(request)
    assert WHY in mo.words
    mo.press("Approve")
    assert received_on() == date(2027, 7, 20)
    story = sign_in(world.amira).open(f"/cases/{reported}/").words
    assert "Mo Tan" in story


def test_a_managers_own_wish_needs_another_manager(reported, world, sign_in):
    mo = change(sign_in(world.mo), reported, why=WHY)
    request = mo.open("/decisions/").link("Change the received date")
    assert not mo.open(request).offers("Approve")
    mo.client.post(request, {"answer": "approve", "seen_version": Case.objects.get().version})
    assert received_on() == LAST_DAY
    other = make_user(role="manager", name="Mia Other", email="mia@demo.example")
    sign_in(other).open(request).press("Approve")
    assert received_on() == date(2027, 7, 20)


def test_the_homeowner_never_reads_of_it(reported, world, sign_in):
    change(sign_in(world.amira), reported, why=WHY)
    sign_in(world.mo).open("/decisions/").follow("Change the received date").press("Approve")
    assert "stamp" not in sign_in(world.hana.user).open(f"/portal/cases/{reported}/").words
