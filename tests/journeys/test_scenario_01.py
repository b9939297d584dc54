"""Domain scenario 1: a phone photo of a leak."""

import re
from datetime import UTC, datetime

import pytest

from tests.journeys.acting import describe, photos, send
from tests.mails import html_of, link_to, pictures_of, text_of

pytestmark = pytest.mark.django_db

EVENING = datetime(2026, 3, 3, 12, 14, tzinfo=UTC)
LEAK = {
    "room": "Master bathroom",
    "part": "Ceiling",
    "kind": "Water is leaking",
    "words": "Water drips from the ceiling beside the lamp since this evening.",
}


@pytest.fixture
def hana(world, clock, sign_in_by_code):
    """Hana on her phone."""
    clock(EVENING)
    browser = sign_in_by_code("hana@demo.example")
    assert "A-12-3" in browser.open("/portal/").words
    return browser


def test_she_is_told_at_once_what_to_do_now(hana):
    hana.open("/portal/report/").press("Master bathroom").press("Ceiling").press("Water is leaking")
    assert "Shut the stop-cock" in hana.words
    assert "fuse box" in hana.words


def test_she_gets_a_numbered_receipt_with_her_photographs(hana, post_office, world):
    describe(hana, **LEAK, pictures=photos(3))
    send(hana)
    number = re.search(r"R-\d+", hana.words).group()
    post_office.run()
    receipt = post_office.to(world.hana)
    assert receipt["Subject"] == f"We have your report: 1 defect in A-12-3 ({number})"
    assert "Tue 3 Mar, 20:14" in text_of(receipt)
    assert LEAK["words"] in text_of(receipt)
    assert LEAK["words"] in html_of(receipt)
    assert "Shut the stop-cock" in text_of(receipt)
    assert len(pictures_of(receipt)) == 3
    assert number in hana.open(link_to(receipt, "/portal/reports/")).words


def test_the_receipt_leaves_at_once_when_its_pictures_are_ready(hana, post_office, world):
    send(describe(hana, **LEAK, pictures=photos(3)))
    post_office.develop()
    assert any("We have your report" in mail["Subject"] for mail in post_office.run(seconds=0))


def test_a_receipt_without_pictures_leaves_at_once(hana, post_office, world):
    send(describe(hana, **LEAK))
    assert any("We have your report" in mail["Subject"] for mail in post_office.run(pictures=False))


def test_the_receipt_waits_at_most_a_minute_for_pictures_that_are_not_ready(hana, post_office, world):
    send(describe(hana, **LEAK, pictures=photos(3)))
    early = post_office.run(seconds=59, pictures=False)
    assert [mail for mail in early if "We have your report" in mail["Subject"]] == []
    late = post_office.run(seconds=60, pictures=False)
    assert [mail.envelope_to for mail in late if "We have your report" in mail["Subject"]] == [["hana@demo.example"]]


def test_the_officer_is_alerted_and_finds_it_on_top_with_its_clock(hana, post_office, world, sign_in):
    paint = {"room": "Bedroom 2", "part": "Wall", "kind": "Thin crack", "words": "A thin crack beside the window."}
    send(describe(hana, **paint))
    send(describe(hana, **LEAK, pictures=photos(3)))
    post_office.run()
    alert = post_office.to(world.amira, "New P2")
    assert "master bathroom" in alert["Subject"].lower()
    assert "with 3 photos" in text_of(alert)
    assert "days left" in text_of(alert)
    page = sign_in(world.amira, at=link_to(alert, "/cases/").replace("http://testserver", ""))
    reference = re.search(r"KRM-\d+", alert["Subject"]).group()
    assert reference in page.words
    assert "P2" in page.words
    day = page.open("/my-day/").html
    other = next(ref for ref in re.findall(r"KRM-\d+", day) if ref != reference)
    assert day.index(reference) < day.index(other)


def test_water_near_a_light_is_an_emergency_and_the_manager_hears_of_it(hana, post_office, world):
    describe(hana, **LEAK, answers={"near-power": "yes"})
    send(hana)
    assert "999" in hana.words or "21239999" in re.sub(r"\D", "", hana.words)
    post_office.run()
    for person in (world.amira, world.mo):
        assert "New P1" in post_office.to(person)["Subject"]
