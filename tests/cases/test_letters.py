"""Closing letters: numbered once, kept, withdrawn when the case goes on."""

from datetime import timedelta

import pytest
from django.db import IntegrityError

from cases import rehearsal, workflow
from cases.models import Case, ClosingLetter
from cases.papers import closing
from outbox.models import OutgoingMail
from tests.factories.cases import REPORTED_AT, a_fault, evidence_for, fresh, make_case, make_world, walk
from tests.factories.papers import make_paper, read

pytestmark = pytest.mark.django_db

AT = REPORTED_AT + timedelta(days=1)
LATER = AT + timedelta(hours=2)


@pytest.fixture
def world(defaults):
    return make_world()


@pytest.fixture
def case(world):
    case = make_case(world=world, faults=[a_fault(location="LIV", tile="wall", kind="CRK-H")])
    Case.objects.filter(pk=case.pk).update(priority_id="P3", trade_id="PNT")
    return fresh(case)


def close(case, world, at=AT):
    walk(case, "close-out-of-scope", world=world, at=at)
    return ClosingLetter.objects.filter(case=case).last()


def test_a_closing_out_of_scope_gets_a_number_and_keeps_its_words(case, world):
    letter = close(case, world)
    given = evidence_for("close-out-of-scope", world=world, at=AT)
    assert letter.reference == "L-1"
    assert (letter.notes, letter.rule, letter.reason) == (given["words"], given["rule"], "wear")
    assert (letter.addressees, letter.signed_by) == (["Hana Yusof"], "Amira Rahman")
    assert str(letter.ask_again_until) == "2026-04-03"


def test_the_mail_names_the_letter(case, world):
    letter = close(case, world)
    mail = OutgoingMail.objects.get(kind="close-out-of-scope", recipient="hana@demo.example")
    assert f"Our closing notes stand in letter {letter.reference}." in mail.body_text


def test_other_closings_get_none(case, world):
    walk(case, "close-other", world=world, at=AT)
    assert not ClosingLetter.objects.exists()


def test_a_preview_takes_no_number(case, world):
    given = evidence_for("close-out-of-scope", world=world, at=AT)
    amira = world.actor("amira")
    rehearsal.rehearse(
        lambda mailing: workflow.move(
            case, "close-out-of-scope", by=amira, at=AT, seen_version=case.version, mailing=mailing, **given
        ),
        by=amira,
        at=AT,
    )
    assert close(fresh(case), world).number == 1


def test_reopening_withdraws_it_and_the_next_closing_takes_the_next_number(case, world):
    first = close(case, world)
    walk(fresh(case), "reopen", world=world, at=LATER, by=world.actor("hana"))
    first.refresh_from_db()
    assert (first.withdrawn_at, first.withdrawn_by.move) == (LATER, "reopen")

    second = close(fresh(case), world, at=LATER + timedelta(hours=1))
    assert (second.number, second.withdrawn_at) == (2, None)


def test_a_correction_withdraws_it(case, world):
    letter = close(case, world)
    changed = fresh(case)
    workflow.correct(
        changed,
        by=world.actor("amira"),
        at=LATER,
        seen_version=changed.version,
        words="That was the wrong case, sorry.",
    )
    letter.refresh_from_db()
    assert letter.withdrawn_at == LATER


def test_correcting_a_wrong_reopening_puts_it_back_in_force(case, world):
    letter = close(case, world)
    walk(fresh(case), "reopen", world=world, at=LATER)
    changed = fresh(case)
    workflow.correct(
        changed, by=world.actor("amira"), at=LATER, seen_version=changed.version, words="Nobody asked to open this."
    )
    letter.refresh_from_db()
    assert (letter.withdrawn_at, letter.withdrawn_by) == (None, None)


def test_a_case_has_one_letter_in_force(case, world):
    letter = close(case, world)
    event = case.events.exclude(pk=letter.event_id).first()
    with pytest.raises(IntegrityError):
        ClosingLetter.objects.create(
            number=9, case=case, event=event, issued_at=AT, title="x", reason="wear", notes="x", signed_by="x",
            ask_again_until=AT.date(),
        )  # fmt: skip


def test_the_paper_says_what_the_mail_said(case, world):
    letter = close(case, world)
    paper = read(make_paper(closing.KEY, subject="closing-letter", subject_id=letter.pk, at=LATER))
    mail = OutgoingMail.objects.get(kind="close-out-of-scope", recipient=world.hana.email)
    text = " ".join(paper.text.split())
    assert letter.notes in text
    assert letter.notes in mail.body_text
    assert letter.rule in text
    assert letter.rule in mail.body_text
    assert (
        "We looked into this. Your cover (defect liability period) does not include it. The reason: wear and tear."
        in text
    )
    assert "You may ask us to look again until Fri 3 Apr" in text
    assert "You may ask us to look again until Fri 3 Apr" in mail.body_text
    assert "Our reference: L-1 (case KRM-1)" in text
    assert paper.texts[-1].endswith("Page 1 of 1")
    assert "Withdrawn" not in text


def test_a_withdrawn_letter_says_so_on_paper(case, world):
    letter = close(case, world)
    walk(fresh(case), "reopen", world=world, at=LATER)
    paper = read(make_paper(closing.KEY, subject="closing-letter", subject_id=letter.pk, at=LATER))
    assert "Withdrawn on Wed 4 Mar 2026, 22:14" in " ".join(paper.text.split())
