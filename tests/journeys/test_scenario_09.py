"""Domain scenario 9: cover by component in year 4 of a Singapore public-housing home."""

from datetime import UTC, date, datetime

import pytest

from cases.models import Case
from ledger.actors import SYSTEM
from tests.factories.cases import make_world
from tests.journeys.acting import describe, send
from tests.mails import text_of
from units import handover
from units.models import HandoverEvent, Policy

pytestmark = pytest.mark.django_db

KEYS = date(2022, 8, 1)
YEAR_FOUR = datetime(2026, 3, 3, 2, 0, tzinfo=UTC)
LEAK = {
    "room": "Master bathroom",
    "part": "Ceiling",
    "kind": "Water is leaking",
    "words": "Water comes through the ceiling of the bathroom.",
}
HINGE = {
    "room": "Master bedroom",
    "part": "Cupboard or worktop",
    "kind": "Loose or wobbly",
    "words": "The hinge of the wardrobe is loose.",
}


@pytest.fixture
def world(defaults):
    """Punggol Grove, keys collected on 1 August 2022, under the default policy of public housing."""
    made = make_world(zone="Asia/Singapore", code="PGL", policy=Policy.objects.get(code="sg-hdb"))
    event = HandoverEvent.objects.get(unit=made.unit)
    handover.correct(event, on=KEYS, reason="Entered wrongly", by=SYSTEM, at=YEAR_FOUR)
    return made


@pytest.fixture
def hana(world, clock, sign_in):
    """At step 3 with both defects."""
    clock(YEAR_FOUR)
    browser = sign_in(world.hana.user)
    describe(browser, **LEAK)
    return describe(browser, **HINGE)


def test_before_sending_only_the_hinge_is_said_to_be_past_its_cover(hana):
    assert hana.words.count("ended on") == 1
    assert "ended on Tue 1 Aug 2023" in hana.words


def test_the_leak_is_covered_and_the_hinge_expired_each_by_its_own_rule(hana, world, sign_in, post_office):
    send(hana)
    post_office.run()
    leak, hinge = Case.objects.order_by("pk")
    amira = sign_in(world.amira)
    said = {case: amira.open(f"/cases/{case.reference}/").words for case in (leak, hinge)}
    assert "Covered" in said[leak]
    assert "until Sun 1 Aug 2027" in said[leak]
    assert "Cover ended" in said[hinge]
    assert "ended on Tue 1 Aug 2023" in said[hinge]
    rules = {case: case.verdicts.get(side="owner", is_in_force=True) for case in (leak, hinge)}
    assert (rules[leak].status, rules[hinge].status) == ("covered", "expired")
    assert rules[leak].rule_code != rules[hinge].rule_code
    for case in (leak, hinge):
        assert rules[case].sentence.split(".")[0] in said[case]


def test_both_stand_in_one_receipt_and_each_alert_tells_its_own_cover(hana, world, post_office):
    send(hana)
    post_office.run()
    assert "2 defects in A-12-3" in post_office.to(world.hana, "We have your report")["Subject"]
    alerts = [mail for mail in post_office.server.messages if world.amira.email in mail.envelope_to]
    words = " ".join(text_of(mail) for mail in alerts)
    assert "days left" in words
    assert "expired" in words


def test_the_hinge_needs_a_manager_to_be_accepted_the_leak_does_not(hana, world, sign_in):
    send(hana)
    leak, hinge = Case.objects.order_by("pk")
    amira = sign_in(world.amira)
    assert "A manager decides this" not in amira.open(f"/cases/{leak.reference}/moves/accept-and-send/").words
    assert "A manager decides this" in amira.open(f"/cases/{hinge.reference}/moves/accept-and-send/").words
