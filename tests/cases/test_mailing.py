"""One mail on several cases: each answer once under its heading, each item with what is its own."""

from datetime import timedelta

import pytest

from cases import batch, notices, people, talk, workflow
from cases.choices import PartyRole, Status
from cases.mailing import Mailing
from cases.models import Case, Notice
from tests.factories import homeowners
from tests.factories.cases import (
    REPORTED_AT,
    a_fault,
    evidence_for,
    fresh,
    make_case,
    make_report,
    make_world,
    walk,
)

pytestmark = pytest.mark.django_db

AT = REPORTED_AT + timedelta(hours=1)
DAY = timedelta(days=1)
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


def mailing_of(world, rows, *, at=AT):
    """The mailing of these acts, confirmed at once and not sent yet."""
    by = world.actor("amira")
    mailing = Mailing(by=by, at=at)
    batch.carry_out([(case, act) for case, act in rows], by=by, at=at, mailing=mailing)
    return mailing


def letters(world, rows, *, at=AT):
    """Audience and letter of everybody who is told."""
    return {told.recipient.audience: told for told in mailing_of(world, rows, at=at).letters()}


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
    assert headed == [("A question from Amira (1)", asked), ("We will repair (2)", sent), ("", again)]
    assert letter.lead == "1 of them needs your answer."
    assert letter.preview == "A question from Amira (1), We will repair (2)"
    assert letter.items[1].under.startswith("We accepted this and passed it to our contractor today.")
    assert [item.words for item in letter.items] == [QUESTION, "", ""]
    assert letter.next == ""


def test_what_happens_next_stands_at_its_place_when_it_is_the_same_for_all(world, doors):
    letter = letters(world, [sending(world, case) for case in doors[:2]])["homeowner"].letter

    assert letter.next.startswith("You get dates to choose from")
    assert letter.title == "We will repair: 2 items"
    assert letter.lead == "We accepted this and passed it to our contractor today."
    assert [(item.heading, item.under, item.words) for item in letter.items] == [("", "", "")] * 2
    assert letter.buttons == [("See progress", "/portal/")]


def test_the_subject_says_what_happened_or_that_there_is_news_and_names_the_count(world, doors):
    same = letters(world, [sending(world, case) for case in doors[:2]])
    mixed = letters(world, [sending(world, doors[2]), asking(world, fresh(doors[0]))])

    assert same["homeowner"].subject.startswith("We will repair: 2 items, ")
    assert same["contractor"].subject.startswith("New P3: 2 items, ")
    assert mixed["homeowner"].subject.startswith("News on 2 items, ")


def test_new_work_of_different_urgency_names_the_most_urgent(world, doors):
    urgent, information, routine = doors
    Case.objects.filter(pk=urgent.pk).update(priority_id="P1")
    Case.objects.filter(pk=information.pk).update(priority_id="P0")
    found = letters(world, [sending(world, fresh(case)) for case in (routine, information, urgent)])["contractor"]

    assert found.subject.startswith("New P1: 3 items, ")
    assert [item.heading for item in found.letter.items] == ["New P1 (1)", "New P3 (1)", "New P0 (1)"]


def refusing(world, case):
    given = evidence_for("close-out-of-scope", world=world, at=AT)
    return case, lambda mailing: workflow.move(
        case, "close-out-of-scope", by=world.actor("amira"), at=AT, seen_version=case.version, mailing=mailing, **given
    )


def links_of(told):
    return [[label for label, _to in item.links] for item in told.letter.items]


def test_each_item_is_read_and_answered_and_disagreed_with_by_itself(world, doors):
    told = letters(world, [sending(world, doors[0]), refusing(world, doors[1]), refusing(world, doors[2])])["homeowner"]

    assert links_of(told) == [["Read and reply"], ["Read and reply", "I disagree"], ["Read and reply", "I disagree"]]
    assert [item.links[0][1] for item in told.letter.items] == [
        f"/portal/cases/{case.reference}/#reply" for case in doors
    ]
    slots = [f"appeal-{case.pk}" for case in doors[1:]]
    assert [item.links[1][1] for item in told.letter.items[1:]] == [f"[[link:{slot}]]" for slot in slots]
    assert {name: slot["case"] for name, slot in told.links.items()} == dict(
        zip(slots, [case.pk for case in doors[1:]], strict=True)
    )
    assert told.letter.buttons == [("See progress", "/portal/")]


def test_a_tenant_is_offered_no_appeal(world, doors):
    tenant = homeowners.tariq(unit=world.unit)
    for case in doors:
        people.join(case, tenant, PartyRole.REPORTER, at=REPORTED_AT)
    mailing = mailing_of(world, [refusing(world, case) for case in doors])
    (told,) = [one for one in mailing.letters() if one.recipient.name == "Tariq Aziz"]

    assert links_of(told) == [["Read and reply"]] * 3
    assert told.links == {}


def test_each_question_of_a_mail_on_several_repairs_has_its_own_answers(world):
    cases = [make_case(world=world, status=Status.TO_CHECK, faults=[a_fault(location=room)]) for room in ("MBA", "KIT")]
    rows = [
        (case, lambda mailing, case=case: walk(case, "ask-sign-off", world=world, at=AT + DAY, mailing=mailing))
        for case in cases
    ]
    told = letters(world, rows, at=AT + DAY)["homeowner"]

    assert links_of(told) == [["Read and reply", "Yes, it is fixed", "No, not yet"]] * 2
    assert set(told.links) == {"answer-all"} | {f"{name}-{case.pk}" for name in ("yes", "no") for case in cases}
    assert told.letter.buttons[0] == ("Look at all 2 and answer", "[[link:answer-all]]")
    assert told.links["answer-all"]["cases"] == [case.pk for case in cases]


def test_a_colleagues_items_lead_to_their_own_cases(world, doors):
    mailing = Mailing(by=world.amira.actor(), at=AT)
    staff = people.staff([world.mo])
    for case in doors[:2]:
        notices.tell(case, None, "assigned", staff, mailing=mailing)
    (told,) = mailing.letters()

    expected = [[("View defect", f"/cases/{case.reference}/")] for case in doors[:2]]
    assert [item.links for item in told.letter.items] == expected
    assert told.letter.buttons == []


def test_a_letter_on_paper_has_no_links_at_its_items(world, doors):
    type(world.hana).objects.filter(pk=world.hana.pk).update(email="")
    mailing = mailing_of(world, [refusing(world, case) for case in doors])
    mailing.send()
    letters_to_write = Notice.objects.filter(channel="letter", at=AT)

    assert letters_to_write.count() == 3
    for notice in letters_to_write:
        assert "Not covered, and why: 3 items" in notice.words
        assert "[[link:" not in notice.words
        assert "Read and reply" not in notice.words
