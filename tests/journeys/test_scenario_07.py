"""Domain scenario 7: a report after cover ended. The letter is the closing notes, by mail and in the portal."""

from datetime import UTC, date, datetime

import pytest

from cases.models import Case
from ledger.actors import SYSTEM
from tests.journeys.acting import describe, send
from tests.mails import html_of, link_to, text_of
from units import handover
from units.models import HandoverEvent

pytestmark = pytest.mark.django_db

TAKEN = date(2023, 12, 15)
LATE = datetime(2026, 2, 20, 2, 0, tzinfo=UTC)
"""26 months after vacant possession of A-12-3."""
SOON = datetime(2026, 1, 5, 2, 0, tzinfo=UTC)
"""Three weeks after cover ended on 15 December 2025."""
PEELING = {
    "room": "Living room",
    "part": "Wall",
    "kind": "Paint peels or is patchy",
    "words": "The paint peels beside the window.",
}
NOTES = "The cover of your home ended in December 2025, and paint of this age is kept up by the owner."
FIELDS = {"reason": "expired", "words": NOTES, "rule": "Agreement, clause 26: 24 months."}


@pytest.fixture
def world(world):
    """As the world, but the home was taken over earlier: cover of 24 months ended on 15 December 2025."""
    taken = HandoverEvent.objects.get(unit=world.unit)
    handover.correct(taken, on=TAKEN, reason="Entered wrongly", by=SYSTEM, at=LATE)
    return world


def report_at(moment, clock, sign_in, world, post_office):
    clock(moment)
    hana = describe(sign_in(world.hana.user), **PEELING)
    said = hana.words
    send(hana)
    post_office.run()
    return hana, said, Case.objects.get().reference


def test_she_is_told_before_sending_that_cover_ended_and_when_and_may_still_send(clock, sign_in, world, post_office):
    clock(LATE)
    hana = sign_in(world.hana.user)
    hana.open("/portal/report/").press("Living room").press("Wall").press(PEELING["kind"])
    assert "Mon 15 Dec 2025" in hana.words
    assert "It lasted 24 months from Fri 15 Dec 2023" in hana.words
    assert "You can send it all the same" in hana.words
    hana.press("Next", words=PEELING["words"])
    assert "Mon 15 Dec 2025" in hana.words
    assert hana.offers("Send report")
    assert "We have your report" in send(hana).words


def test_staff_see_that_cover_ended_and_the_ways_on(clock, sign_in, world, post_office):
    _hana, _said, reference = report_at(LATE, clock, sign_in, world, post_office)
    alert = post_office.to(world.amira, "New")
    assert "expired" in text_of(alert)
    amira = sign_in(world.amira)
    page = amira.open(f"/cases/{reference}/").words
    assert "Mon 15 Dec 2025" in page
    assert "Cover ended" in page
    for way in ("close-out-of-scope", "close-other", "accept-and-send"):
        assert f"/cases/{reference}/moves/{way}/" in amira.html
    panel = amira.open(f"/cases/{reference}/moves/accept-and-send/").words
    assert "A manager decides this" in panel


def test_accepting_it_all_the_same_is_the_managers_decision(clock, sign_in, world, post_office):
    _hana, _said, reference = report_at(LATE, clock, sign_in, world, post_office)
    amira = sign_in(world.amira)
    amira.open(f"/cases/{reference}/moves/accept/").press("Ask", why="Goodwill: the same wall was painted twice.")
    assert Case.objects.get().status == "new"
    mo = sign_in(world.mo).open("/decisions/")
    mo.follow("Accept although cover ended")
    mo.press("Approve")
    assert Case.objects.get().status == "accepted"


def close(amira, reference, **more):
    amira.open(f"/cases/{reference}/moves/close-out-of-scope/")
    return amira.press(next(iter(buttons(amira))), **FIELDS, **more)


def buttons(browser):
    """The main button of a confirm panel, whatever it is called."""
    skip = ("Refresh", "Show the", "Back", "next", "Insert")
    names = [button.words for form in browser.page.forms for button in form.buttons if "seen_version" in form.names]
    return [words for words in names if words and not any(part in words for part in skip)]


def test_three_weeks_after_the_end_a_manager_decides_and_then_the_letter_goes_out(clock, sign_in, world, post_office):
    hana, _said, reference = report_at(SOON, clock, sign_in, world, post_office)
    amira = sign_in(world.amira)
    close(amira, reference, why="Three weeks late only; paint is wear all the same.")
    post_office.run()
    assert Case.objects.get().status == "new"
    assert NOTES not in hana.open(f"/portal/cases/{reference}/").words
    assert post_office.count(world.hana, "Not covered") == 0
    asked = post_office.to(world.mo)
    mo = sign_in(world.mo, at=link_to(asked, "/decisions/").replace("http://testserver", ""))
    assert NOTES in mo.words
    mo.press("Approve")
    post_office.run()
    assert Case.objects.get().status == "closed-out-of-scope"
    assert NOTES in text_of(post_office.to(world.hana))


def test_two_months_after_the_end_the_officer_closes_and_the_notes_arrive_by_mail_and_portal(
    clock, sign_in, world, post_office
):
    hana, _said, reference = report_at(LATE, clock, sign_in, world, post_office)
    close(sign_in(world.amira), reference)
    post_office.run()
    letter = post_office.to(world.hana)
    for body in (text_of(letter), html_of(letter)):
        assert NOTES in body
        assert "clause 26" in body
        assert "rejected" not in body.lower()
    page = hana.open(f"/portal/cases/{reference}/")
    assert NOTES in page.words
    assert "Not covered" in page.words
    assert page.offers("I disagree")


def test_the_owner_may_ask_again_by_the_link_of_the_letter(clock, sign_in, world, post_office, visitor):
    _hana, _said, reference = report_at(LATE, clock, sign_in, world, post_office)
    close(sign_in(world.amira), reference)
    post_office.run()
    letter = post_office.to(world.hana)
    visitor.open(link_to(letter, "/portal/act/"))
    visitor.press("Send", words="The wall was wet when you painted it; I have pictures.")
    assert Case.objects.get().status == "in-review"
    post_office.run()
    assert "pictures" in text_of(post_office.to(world.amira))
