"""The sentence of *Updates due* is true of the case, is ticked only when it says something new, and is sent once."""

from datetime import timedelta

import pytest

from cases import holds, talk, updates
from cases.choices import Status
from cases.evidence import MoveRefused, StaleCase
from cases.models import Case
from inspections import visits
from outbox.models import OutgoingMail
from tests.factories.cases import REPORTED_AT, fresh, make_case, make_world, walk
from tests.factories.works import order_of, say

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("defaults")]
DAY = timedelta(days=1)
NOW = REPORTED_AT + 2 * DAY


@pytest.fixture
def world(defaults):
    return make_world()


@pytest.fixture
def with_lim(world):
    """A case that Lim Brothers has until a day in March."""
    case = make_case(world=world, status=Status.WITH_CONTRACTOR)
    case.work_orders.update(due_at=NOW + 5 * DAY)
    Case.objects.filter(pk=case.pk).update(work_due_at=NOW + 5 * DAY, update_due_at=NOW - DAY / 24)
    return fresh(case)


def said(case, at=NOW):
    return updates.sentence(fresh(case), at=at)


def ready(case, at=NOW):
    return updates.ready([fresh(case)], at=at)[case.pk]


def lim_said(world, case, verb, **facts):
    say(verb, order_of(case), **{"by": world.actor("amira"), "at": NOW, **facts})


STARTS = {
    Status.NEW: "We have your report of Tue 3 Mar; our first answer is not ready yet. Amira looks after it.",
    Status.IN_REVIEW: "We are looking into this; nothing is decided yet. Amira looks after it.",
    Status.ACCEPTED: "We accepted this on Tue 3 Mar; it has not gone to a contractor yet. Amira looks after it.",
    Status.TO_CHECK: "We were told on Tue 3 Mar that the repair is done; our check is not finished yet.",
    Status.AWAITING_HOMEOWNER: "We asked you on Tue 3 Mar whether it is fixed; your answer counts until",
}


@pytest.mark.parametrize("status", STARTS)
def test_each_state_says_what_its_rows_say(world, status):
    assert said(make_case(world=world, status=status)).startswith(STARTS[status])


def test_the_contractor_and_its_date_are_named_and_nothing_booked_is_said_to_be(world, with_lim):
    words = said(with_lim)
    assert words.startswith("Lim")
    assert "is to finish it by Tue 10 Mar; no day at your home is booked yet." in words


def test_what_the_contractor_said_changes_the_sentence(world, with_lim):
    lim_said(world, with_lim, "wait", reason="parts", words="the tiles")
    lim_said(world, with_lim, "promise", promised_at=NOW + 15 * DAY)
    assert said(with_lim).startswith("The repair waits for the tiles;")
    assert "by Fri 20 Mar" in said(with_lim)


def test_a_date_that_is_over_is_not_told_as_one_to_come(with_lim):
    words = said(with_lim, at=NOW + 6 * DAY)
    assert "was to finish this repair by Tue 10 Mar" in words
    assert "no new date yet" in words


def test_a_visit_is_told_while_it_is_ahead_and_not_after_it(world, with_lim):
    start = NOW + DAY
    book = {"kind": "rectification", "who": "Lim", "by": world.actor("amira"), "at": NOW}
    visits.book([with_lim], starts_at=start, ends_at=start + timedelta(hours=3), **book)

    assert said(with_lim).startswith("The repair is booked for Fri 6 Mar, 20:14-23:14;")
    assert "no day at your home is booked" in said(with_lim, at=start + timedelta(hours=4))


def test_a_pause_is_told_with_its_reason_until_its_day(world, with_lim):
    holds.hold(with_lim, reason="weather", until_at=NOW + 3 * DAY, words="It rains.", by=world.actor("amira"), at=NOW)
    assert "paused until Sun 8 Mar because the weather does not allow safe work." in said(with_lim)


def test_nobody_hears_that_a_manager_decides(world):
    case = make_case(world=world, status=Status.IN_REVIEW)
    Case.objects.filter(pk=case.pk).update(cover_status="unclear")
    walk(fresh(case), "accept", world=world, at=NOW, why="The pipe was hidden behind the wall.")
    assert fresh(case).ball == "manager"
    assert said(case) == "We are looking into this; our answer is not ready yet. Our office looks after it."


def test_what_was_told_already_is_not_ticked_again(world, with_lim):
    assert ready(with_lim).is_new, "the mail of the move named neither the company nor its day"
    talk.update(with_lim, words=f"Dear Hana, {said(with_lim)} Amira", by=world.actor("amira"), at=NOW)

    later = ready(with_lim, at=NOW + DAY)

    assert (later.is_new, later.hint) == (False, "Nothing new: call, or write in your own words.")


def test_what_the_contractor_said_since_is_new(world, with_lim):
    talk.update(with_lim, words=said(with_lim), by=world.actor("amira"), at=NOW - DAY)
    lim_said(world, with_lim, "start")
    assert ready(with_lim).is_new


def test_the_same_word_of_the_contractor_again_is_nothing_new(world, with_lim):
    lim_said(world, with_lim, "start")
    talk.update(with_lim, words=said(with_lim), by=world.actor("amira"), at=NOW + DAY / 24)
    lim_said(world, with_lim, "promise", promised_at=NOW + 5 * DAY, at=NOW + DAY / 12)
    assert not ready(with_lim, at=NOW + DAY).is_new


def test_the_mail_of_a_move_told_the_state_already(world):
    assert not ready(make_case(world=world, status=Status.ACCEPTED)).is_new
    assert not ready(make_case(world=world)).is_new


def test_an_own_message_or_call_is_not_followed_by_the_ready_sentence(world, with_lim):
    talk.update(with_lim, words="Lim comes next week.", by=world.actor("amira"), at=NOW)
    assert not ready(with_lim, at=NOW + DAY).is_new


def test_a_date_that_is_over_wants_a_person(with_lim):
    late = ready(with_lim, at=NOW + 6 * DAY)
    assert (late.is_new, late.hint) == (False, "The date is over: call, or write in your own words.")


def test_a_visit_of_tomorrow_is_told_once_more(world, with_lim):
    start = NOW + 4 * DAY
    book = {"kind": "rectification", "who": "Lim", "by": world.actor("amira"), "at": NOW}
    visits.book([with_lim], starts_at=start, ends_at=start + timedelta(hours=3), **book)
    assert not ready(with_lim, at=NOW + DAY).is_new
    assert ready(with_lim, at=start - DAY).is_new


def send(case, world, **facts):
    case = fresh(case)
    given = {
        "words": "We come on Friday.",
        "news_on": (NOW + 9 * DAY).date(),
        "seen_version": case.version,
        "seen_due": case.update_due_at.isoformat(),
        "by": world.actor("amira"),
        "at": NOW,
    }
    return updates.send(case, **given | facts)


def test_sending_mails_the_words_and_promises_the_next_news(world, with_lim):
    before = OutgoingMail.objects.count()
    send(with_lim, world)

    case = fresh(with_lim)
    assert case.update_due_at.astimezone(world.development.tz).date() == (NOW + 9 * DAY).date()
    mail = OutgoingMail.objects.order_by("pk")[before]
    assert "We come on Friday." in mail.body_text
    assert "Next news by Sat 14 Mar" in mail.body_text
    assert OutgoingMail.objects.count() == before + 1


def test_the_second_of_two_who_send_is_told_so(world, with_lim):
    seen = fresh(with_lim)
    send(with_lim, world)
    mails = OutgoingMail.objects.count()

    with pytest.raises(StaleCase):
        send(with_lim, world, seen_due=seen.update_due_at.isoformat(), seen_version=seen.version)

    assert OutgoingMail.objects.count() == mails


def test_a_case_changed_meanwhile_is_not_told_what_was_true_before(world, with_lim):
    with pytest.raises(StaleCase):
        send(with_lim, world, seen_version=with_lim.version - 1)


def test_a_reply_is_never_swept_away(world, with_lim):
    shown = fresh(with_lim)
    talk.reply(with_lim, words="Please ring my mother.", by=world.actor("hana"), at=NOW)
    with pytest.raises(MoveRefused, match="wrote to you"):
        send(with_lim, world)
    Case.objects.filter(pk=shown.pk).update(update_due_at=shown.update_due_at)
    with pytest.raises(StaleCase):  # fetched before the reply came in
        updates.send(
            shown,
            words="We come.",
            news_on=(NOW + DAY).date(),
            seen_version=shown.version,
            seen_due=shown.update_due_at.isoformat(),
            by=world.actor("amira"),
            at=NOW,
        )
    assert fresh(with_lim).has_unread_reply


def test_a_hidden_case_tells_nobody(world, with_lim):
    Case.objects.filter(pk=with_lim.pk).update(is_visible=False)
    with pytest.raises(MoveRefused, match="hidden"):
        send(with_lim, world)


@pytest.mark.parametrize(("days", "field"), [(None, "news_on"), (0, "news_on"), (31, "news_on")])
def test_the_next_news_is_promised_for_a_day_in_reach(world, with_lim, days, field):
    news_on = None if days is None else (NOW + days * DAY).astimezone(world.development.tz).date()
    with pytest.raises(MoveRefused) as refused:
        send(with_lim, world, news_on=news_on)
    assert refused.value.field == field
