"""One mail on several cases: each answer once under its heading, each item with what is its own."""

from datetime import timedelta

import pytest

from cases import batch, talk, workflow
from cases.mailing import Mailing
from cases.models import Case
from tests.factories.cases import REPORTED_AT, a_fault, evidence_for, fresh, make_report, make_world

pytestmark = pytest.mark.django_db

AT = REPORTED_AT + timedelta(hours=1)
QUESTION = "Which side of the door rubs?"


@pytest.fixture
def world(defaults):
    return make_world()


@pytest.fixture
def doors(world):
    """Three doors of one report."""
    rooms = ("MBA", "KIT", "LIV")
    make_report(world=world, faults=[a_fault(location=room, tile="door", kind="STIFF") for room in rooms])
    return [fresh(case) for case in Case.objects.order_by("pk")]


def letters(world, rows):
    """Audience and letter of everybody who is told when these acts are confirmed at once."""
    by = world.actor("amira")
    mailing = Mailing(by=by, at=AT)
    batch.carry_out([(case, act) for case, act in rows], by=by, at=AT, mailing=mailing)
    return {told.recipient.audience: told for told in mailing.letters()}


def sending(world, case):
    given = evidence_for("accept-and-send", world=world, at=AT)
    return case, lambda mailing: workflow.move(
        case, "accept-and-send", by=world.actor("amira"), at=AT, seen_version=case.version, mailing=mailing, **given
    )


def asking(world, case):
    until = AT + timedelta(days=5)
    return case, lambda mailing: talk.ask(
        case, words=QUESTION, until_at=until, by=world.actor("amira"), at=AT, mailing=mailing
    )


def test_each_answer_stands_once_above_its_items(world, doors):
    rows = [sending(world, doors[0]), asking(world, doors[1]), sending(world, doors[2])]
    letter = letters(world, rows)["homeowner"].letter

    headed = [(item.heading, item.title.rpartition("(")[2].rstrip(")")) for item in letter.items]
    sent, asked, again = (doors[number].reference for number in (0, 1, 2))
    assert headed == [("We will repair (2)", sent), ("", again), ("A question from Amira (1)", asked)]
    assert letter.items[0].under.startswith("We accepted this and passed it to our contractor today.")
    assert [item.note for item in letter.items[:2]] == ["", ""]
    assert letter.items[2].note == QUESTION
    assert letter.next == ""


def test_what_happens_next_stands_at_its_place_when_it_is_the_same_for_all(world, doors):
    letter = letters(world, [sending(world, case) for case in doors[:2]])["homeowner"].letter

    assert letter.next.startswith("You get dates to choose from")
    assert letter.items[0].under == "We accepted this and passed it to our contractor today."
    assert letter.buttons == [("See progress", "/portal/")]
