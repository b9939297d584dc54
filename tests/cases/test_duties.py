"""What time makes due: reminders, closing without reply, ends of holds and questions."""

import logging
from datetime import datetime, timedelta

import pytest

from cases import duties, holds, talk, workflow
from cases.choices import EventKind, NoticeChannel, Status
from cases.evidence import MoveRefused
from cases.models import Attachment, Case, CaseEvent, Hold, Notice
from homeowners.models import Homeowner
from ledger.actors import SYSTEM
from outbox.models import OutgoingMail
from tests.factories import units
from tests.factories.cases import REPORTED_AT, fresh, make_case, make_world, walk

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ASKED = REPORTED_AT + 3 * HOUR


@pytest.fixture
def case(world):
    """Repaired; Hana has been asked whether it is fixed, and all mails leave."""
    return make_case(world=world, status=Status.AWAITING_HOMEOWNER)


def sweep(day, *, deliver=True):
    """Two sweeps, as two beats would; mails leave in between, unless the post is down."""
    for minutes in (1, 2):
        assert duties.sweep(at=ASKED + day * DAY + timedelta(minutes=minutes)) == 0
        if deliver:
            OutgoingMail.objects.update(state="sent", sent_at=ASKED + day * DAY)


def reminders():
    return OutgoingMail.objects.filter(kind="reminder").count()


def test_reminders_go_on_days_3_7_and_12_once_each(case):
    counts = []
    for day in (2, 3, 4, 6, 7, 8, 11, 12, 13):
        sweep(day)
        counts.append(reminders())
    assert counts == [0, 1, 1, 1, 2, 2, 2, 3, 3]


def test_missed_reminders_do_not_follow_each_other_at_once(case):
    sweep(10)
    assert reminders() == 1
    sweep(11)
    assert reminders() == 1
    sweep(13)
    assert reminders() == 2


def test_a_reminder_offers_the_same_two_answers(case):
    sweep(3)
    mail = OutgoingMail.objects.get(kind="reminder")
    assert set(mail.context["links"]) == {"yes", "no"}
    assert "Tue 17 Mar" in mail.body_text


def closes(case, day=15):
    sweep(day)
    return fresh(case).status == Status.CLOSED_COMPLETE


def remind_twice(case):
    sweep(3)
    sweep(7)


def test_silence_closes_after_the_14th_day_and_says_so(case):
    remind_twice(case)
    assert not closes(case, 14)
    assert closes(case)
    closed = fresh(case)
    assert (closed.closed_without_reply, closed.step) == (True, "closed-no-reply")
    mail = OutgoingMail.objects.get(kind="close-no-reply")
    assert set(mail.context["links"]) == {"reopen"}
    assert CaseEvent.objects.get(move="close-no-reply").actor_role == "system"


def test_one_reminder_is_not_enough(case):
    sweep(13)
    assert not closes(case)


def test_reminders_that_never_left_do_not_count(case):
    for day in (3, 7, 12, 15):
        sweep(day, deliver=False)
    assert fresh(case).status == Status.AWAITING_HOMEOWNER


def test_letters_count_once_somebody_wrote_them(case, world):
    Homeowner.objects.update(email="")
    remind_twice(case)
    assert not closes(case)
    Notice.objects.filter(channel=NoticeChannel.LETTER).update(done_at=ASKED + 8 * DAY)
    assert closes(case, 16)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda case: Attachment.objects.filter(case=case, role="after").update(role="other"),
        lambda case: Case.objects.filter(pk=case.pk).update(checked_at=None),
        lambda case: Case.objects.filter(pk=case.pk).update(is_visible=False),
    ],
    ids=["no after-photo", "nobody checked", "hidden"],
)
def test_silence_closes_nothing_without_its_evidence(case, spoil):
    remind_twice(case)
    spoil(case)
    assert not closes(case)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda case: Attachment.objects.filter(case=case, role="after").update(role="other"),
        lambda case: Case.objects.filter(pk=case.pk).update(checked_at=None),
        lambda case: Notice.objects.filter(case=case).update(audience="staff"),
        lambda case: Case.objects.filter(pk=case.pk).update(confirm_due_at=ASKED + 20 * DAY),
    ],
    ids=["no after-photo", "nobody checked", "no notice left", "time not over"],
)
def test_the_move_itself_refuses_without_the_evidence_of_silence(case, spoil):
    remind_twice(case)
    spoil(case)
    with pytest.raises(MoveRefused, match="Silence"):
        workflow.move(fresh(case), "close-no-reply", by=SYSTEM, at=ASKED + 15 * DAY, seen_version=fresh(case).version)
    assert fresh(case).status == Status.AWAITING_HOMEOWNER


def test_the_move_closes_with_its_evidence(case):
    remind_twice(case)
    workflow.move(fresh(case), "close-no-reply", by=SYSTEM, at=ASKED + 15 * DAY, seen_version=fresh(case).version)
    assert fresh(case).closed_without_reply


def test_an_answer_counts_until_the_end_of_the_promised_day_at_the_home(case, world):
    """Asked Tue 3 Mar, 23:14 at the home; the mail says Tue 17 Mar, so the whole of that day counts."""
    remind_twice(case)
    zone = world.development.tz
    midnight = datetime(2026, 3, 18, tzinfo=zone)
    assert fresh(case).confirm_due_at == midnight - timedelta(minutes=1)
    duties.sweep(at=midnight - timedelta(seconds=1))
    assert fresh(case).status == Status.AWAITING_HOMEOWNER
    duties.sweep(at=midnight)
    assert fresh(case).status == Status.CLOSED_COMPLETE


def test_a_policy_with_fewer_days_reminds_sooner_and_closes_sooner(defaults):
    world = make_world(policy=units.make_policy(reply_days=7, appeal_days=21))
    case = make_case(world=world, status=Status.AWAITING_HOMEOWNER)
    assert "Tue 10 Mar" in OutgoingMail.objects.get(kind="ask-sign-off").body_text
    for day in (1, 2, 3, 4, 5, 6):
        sweep(day)
    assert fresh(case).reminders_sent == 3
    assert not closes(case, 7 - 0.1)
    assert closes(case, 7.2)


def test_somebody_who_wrote_is_not_silent(case, world):
    remind_twice(case)
    talk.reply(fresh(case), words="I am away, it looked wet.", by=world.actor("hana"), at=ASKED + 8 * DAY)
    assert not closes(case)


def test_asking_again_starts_the_count_anew(case, world):
    remind_twice(case)
    walk(fresh(case), "not-right", world=world, at=ASKED + 8 * DAY, by=world.actor("hana"))
    walk(fresh(case), "ask-sign-off", world=world, at=ASKED + 9 * DAY)
    assert not closes(case)
    assert fresh(case).reminders_sent == 1


def test_a_hold_ends_on_its_date_and_the_homeowner_hears_once(world):
    case = make_case(world=world, status=Status.WITH_CONTRACTOR)
    holds.hold(case, reason="drying", until_at=ASKED + DAY, words="", by=world.amira.actor(), at=ASKED)
    sweep(0)
    assert fresh(case).is_paused
    sweep(1)
    case = fresh(case)
    assert (case.is_paused, case.step, case.holds.get().ended_how) == (False, "contractor-new", "date")
    assert OutgoingMail.objects.filter(kind="resume").count() == 1


def test_two_sweeps_that_saw_the_same_hold_end_it_once(world):
    case = make_case(world=world, status=Status.WITH_CONTRACTOR)
    holds.hold(case, reason="drying", until_at=ASKED + DAY, words="", by=world.amira.actor(), at=ASKED)
    seen = Hold.objects.get()
    for _ in range(2):
        duties._failed(lambda: duties.end_hold(seen, at=ASKED + 2 * DAY))
    assert CaseEvent.objects.filter(kind=EventKind.RESUMED).count() == 1


def test_an_unanswered_question_goes_back_to_the_officer(world):
    case = make_case(world=world)
    due = case.rectify_due_at
    talk.ask(case, words="Which lamp is it?", until_at=ASKED + DAY, by=world.amira.actor(), at=ASKED)
    assert fresh(case).ball == "homeowner"
    sweep(1)
    case = fresh(case)
    assert (case.ball, case.step, case.holds.get().ended_how) == ("officer", "in-review", "date")
    assert case.rectify_due_at - due == DAY + timedelta(minutes=1)
    assert case.events.get(kind=EventKind.RESUMED).is_visible is False


def test_a_window_that_is_over_is_booked_no_more(world):
    case = make_case(world=world, status=Status.IN_REVIEW)
    Case.objects.filter(pk=case.pk).update(
        visit_kind="initial", visit_starts_at=ASKED, visit_ends_at=ASKED + HOUR, step="inspection-booked"
    )
    sweep(1)
    assert fresh(case).step == "in-review"


def test_a_bad_row_stops_nothing_behind_it(world, caplog):
    """A case whose step has no words stands before a good one."""
    bad = make_case(world=world, status=Status.AWAITING_HOMEOWNER)
    good = make_case(world=world, status=Status.AWAITING_HOMEOWNER)
    Case.objects.filter(pk=bad.pk).update(confirm_asked_at=ASKED - HOUR, step="no-such-step")
    caplog.set_level(logging.CRITICAL)
    assert duties.sweep(at=ASKED + 3 * DAY + HOUR) == 1
    assert (fresh(bad).reminders_sent, fresh(good).reminders_sent) == (0, 1)


def test_a_reminder_that_two_sweeps_saw_goes_once(case):
    stale = fresh(case)
    at = ASKED + 3 * DAY + HOUR
    duties.remind(fresh(case), at=at)
    duties.remind(stale, at=at)
    assert (reminders(), fresh(case).reminders_sent) == (1, 1)
