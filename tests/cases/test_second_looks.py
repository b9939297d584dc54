"""What went wrong once between two people or two moments: each of these sequences did harm before it was ruled out."""

from datetime import timedelta

import pytest

from cases import duties, facts, holds, silence, talk, workflow
from cases.choices import ClockKind, Status
from cases.evidence import MoveRefused
from cases.models import Attachment, Case, CaseEvent, Hold
from cases.moved_dates import change_date
from catalogue.models import Priority
from outbox.models import OutgoingMail
from tests.factories import homeowners
from tests.factories.cases import (
    REPORTED_AT,
    a_fault,
    add_after_photo,
    fall_silent,
    fresh,
    make_case,
    make_report,
    walk,
)
from tests.factories.documents import make_stored_file

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ASKED = REPORTED_AT + 3 * HOUR
LATE = ASKED + 20 * DAY


@pytest.fixture
def case(world):
    return make_case(world=world, status=Status.AWAITING_HOMEOWNER)


def correct(case, world, *, at):
    words = "That was a mistake of ours, we are sorry."
    case = fresh(case)
    return workflow.correct(case, by=world.actor("amira"), at=at, seen_version=case.version, words=words)


def test_a_corrected_silence_does_not_close_at_once_again(case, world):
    fall_silent(case, at=LATE)
    assert duties.sweep(at=LATE) == 0
    assert fresh(case).status == Status.CLOSED_COMPLETE
    correct(case, world, at=LATE + HOUR)
    duties.sweep(at=LATE + 2 * HOUR)
    now = fresh(case)
    assert (now.status, now.reminders_sent) == (Status.AWAITING_HOMEOWNER, 0)
    assert now.confirm_due_at > LATE + 13 * DAY


def test_silence_does_not_close_what_is_on_hold_and_asks_nobody_meanwhile(case, world):
    fall_silent(case, at=LATE)
    until = LATE + 30 * DAY
    reason = "owner-later"
    holds.hold(
        fresh(case),
        reason=reason,
        until_at=until,
        words="You asked for a later day.",
        by=world.actor("amira"),
        at=ASKED,
    )
    assert not silence.is_silent(case, LATE)
    Case.objects.filter(pk=case.pk).update(reminders_sent=0)
    before = OutgoingMail.objects.filter(kind="reminder").count()
    duties.sweep(at=LATE)
    assert OutgoingMail.objects.filter(kind="reminder").count() == before
    Hold.objects.update(ended_at=LATE)
    assert silence.is_silent(case, LATE)


def test_pictures_of_the_homeowner_are_an_answer(case, world):
    fall_silent(case, at=LATE)
    talk.send_pictures(fresh(case), [make_stored_file()], by=world.actor("hana"), at=LATE - DAY)
    assert not silence.is_silent(case, LATE)
    talk.mark_read(fresh(case))
    assert not silence.is_silent(case, LATE), "reading them does not make them silence"


def test_reminders_to_the_seller_do_not_count_against_the_buyer(case, world):
    fall_silent(case, at=LATE)
    assert silence.is_silent(case, LATE)
    buyer = homeowners.make_homeowner(name="Bo Buyer", email="bo@demo.example")
    old = world.unit.tenures.get(homeowner=world.hana)
    on = (LATE - DAY).date()
    type(old).objects.filter(pk=old.pk).update(until_on=on)
    homeowners.make_tenure(unit=world.unit, homeowner=buyer, from_on=on)
    assert not silence.is_silent(case, LATE)


def test_the_photo_of_a_repair_that_was_sent_back_proves_nothing(case, world):
    walk(fresh(case), "send-back", world=world, at=ASKED + DAY)
    walk(fresh(case), "ask-sign-off", world=world, at=ASKED + 8 * DAY)
    asked = fresh(case)
    assert asked.reports_done_at == ASKED + 8 * DAY, "the failed repair's day must not stand in the new question"
    fall_silent(asked, at=LATE + 10 * DAY)
    assert not silence.is_silent(case, LATE + 10 * DAY)
    add_after_photo(fresh(case), world=world, at=ASKED + 9 * DAY)
    assert silence.is_silent(case, LATE + 10 * DAY)


def test_the_letter_names_the_day_of_the_policy_like_the_mail(world):
    case = make_case(world=world, faults=[a_fault(location="LIV", tile="wall", kind="CRK-H")])
    Case.objects.filter(pk=case.pk).update(appeal_days=14, priority_id="P3", trade_id="PNT")
    walk(fresh(case), "close-out-of-scope", world=world, at=ASKED)
    letter = fresh(case).letters.get()
    assert letter.ask_again_until == (ASKED + 14 * DAY).date()


def test_a_case_is_not_joined_with_one_of_another_home(world):
    mine = make_case(world=world, status=Status.IN_REVIEW)
    theirs = make_report(world=world, unit=world.next_door, reporter=world.noor).items.get().case
    with pytest.raises(MoveRefused, match="another home"):
        walk(fresh(mine), "close-other", world=world, at=ASKED, reason="duplicate", duplicate_of_id=theirs.pk)


def reopened(case, world, **facts):
    closed = fresh(case)
    given = {"words": "It drips again, call Hana on 012 555 0187.", "same_contractor": True, **facts}
    return workflow.move(
        closed, "reopen", by=world.actor("amira"), at=ASKED + 3 * DAY, seen_version=closed.version, **given
    )


def test_a_reopened_case_that_goes_straight_back_asks_its_contractor_for_a_date(case, world):
    walk(fresh(case), "confirm", world=world, at=ASKED + DAY)
    reopened(case, world, due_at=(ASKED + 9 * DAY).isoformat())
    mail = OutgoingMail.objects.filter(recipient="lim@demo.example").latest("pk")
    assert mail.kind == "reopen-sent"
    assert "Please offer" in mail.body_text
    assert "It drips again" in mail.body_text
    assert "0187" not in mail.body_text
    assert "Hana" not in mail.body_text


@pytest.mark.parametrize("how", ["ended", "past"])
def test_it_goes_to_no_contractor_that_has_gone_and_to_no_day_that_is_over(case, world, how):
    walk(fresh(case), "confirm", world=world, at=ASKED + DAY)
    due = ASKED + 9 * DAY if how == "ended" else ASKED
    if how == "ended":
        world.company.appointments.update(until_on=(ASKED + DAY).date())
    with pytest.raises(MoveRefused):
        reopened(case, world, due_at=due.isoformat())


def test_work_sent_back_is_not_mailed_to_a_contractor_that_has_gone(case, world):
    world.company.appointments.update(until_on=ASKED.date())
    before = OutgoingMail.objects.filter(recipient="lim@demo.example").count()
    walk(fresh(case), "send-back", world=world, at=ASKED + DAY)
    assert OutgoingMail.objects.filter(recipient="lim@demo.example").count() == before


def test_an_update_written_while_the_homeowner_confirmed_leaves_the_case_closed(case, world):
    seen_by_officer = fresh(case)
    walk(fresh(case), "confirm", world=world, at=ASKED + DAY)
    talk.update(seen_by_officer, words="We will call you.", by=world.actor("amira"), at=ASKED + DAY + HOUR)
    now = fresh(case)
    assert (now.step, now.ball) == ("closed-complete", "nobody")
    assert not now.clocks.filter(kind=ClockKind.UPDATE, stopped_at=None).exists()
    mail = OutgoingMail.objects.filter(recipient="hana@demo.example").latest("pk")
    assert "Next news" not in mail.body_text, "nothing is promised of a closed case"


def test_a_hold_asked_for_while_the_homeowner_confirmed_is_refused(case, world):
    seen_by_officer = fresh(case)
    walk(fresh(case), "confirm", world=world, at=ASKED + DAY)
    with pytest.raises(MoveRefused, match="closed"):
        holds.hold(
            seen_by_officer,
            reason="owner-later",
            until_at=LATE,
            words="You asked for a later day.",
            by=world.actor("amira"),
            at=ASKED + DAY + HOUR,
        )


def test_reading_one_reply_leaves_the_next_one_unread(case, world):
    talk.reply(fresh(case), words="Still wet.", by=world.actor("hana"), at=ASKED + DAY)
    first = CaseEvent.objects.latest("pk").pk
    talk.reply(fresh(case), words="Now it drips.", by=world.actor("hana"), at=ASKED + 2 * DAY)
    talk.mark_read(fresh(case), up_to=first)
    assert fresh(case).has_unread_reply
    talk.mark_read(fresh(case), up_to=CaseEvent.objects.latest("pk").pk)
    assert not fresh(case).has_unread_reply


def test_what_was_said_at_a_wrong_home_stays_there(world):
    case = make_case(world=world, status=Status.IN_REVIEW)
    talk.reply(fresh(case), words="My alarm code changed.", by=world.actor("hana"), at=ASKED)
    talk.send_pictures(fresh(case), [make_stored_file()], by=world.actor("hana"), at=ASKED)
    moved = fresh(case)
    facts.edit(moved, unit=world.next_door, seen_version=moved.version, by=world.actor("amira"), at=ASKED + HOUR)
    case = fresh(case)
    assert case.home_since == ASKED + HOUR
    seen = Attachment.objects.visible_to(world.noor.user).filter(case=case)
    assert not seen.filter(added_at=ASKED).exists()


def test_a_date_that_was_told_by_hand_outlives_another_priority(world):
    case = make_case(world=world, status=Status.IN_REVIEW)
    promised = ASKED + 40 * DAY
    case = fresh(case)
    change_date(
        case, "rectify", due=promised, words="The part comes from abroad.", seen_version=case.version,
        by=world.actor("amira"), at=ASKED,
    )  # fmt: skip
    later, sooner = Priority.objects.get(code="P4"), Priority.objects.get(code="P1")
    why = "It is only a matter of looks, as seen on site."
    case = fresh(case)
    facts.edit(case, priority=later, why=why, seen_version=case.version, by=world.actor("amira"), at=ASKED + HOUR)
    assert fresh(case).rectify_due_at == promised
    case = fresh(case)
    facts.edit(case, priority=sooner, seen_version=case.version, by=world.actor("amira"), at=ASKED + 2 * HOUR)
    assert fresh(case).rectify_due_at < promised
