"""Words between people: who reads which lane, what starts a review, what ends a question."""

from datetime import timedelta

import pytest

from cases import talk
from cases.choices import EventKind, Lane, Status
from cases.evidence import MoveRefused
from cases.models import Case, CaseEvent, Message, Notice
from homeowners.models import Homeowner
from outbox.models import OutgoingMail
from tests.factories.cases import REPORTED_AT, fresh, make_case

pytestmark = pytest.mark.django_db
AT = REPORTED_AT + timedelta(hours=1)
SECRET = "The contractor is not to be trusted"


def mails_since(number):
    return list(OutgoingMail.objects.order_by("pk")[number:])


def hide(case):
    Case.objects.filter(pk=case.pk).update(is_visible=False)
    return fresh(case)


def call(world, case, **facts):
    given = {"words": "I come on Monday.", "with_whom": "Hana", "direction": "out", "also_mail": False, **facts}
    return talk.call(case, by=world.amira.actor(), at=AT, **given)


def test_a_note_is_internal_and_in_no_mail(world):
    case = make_case(world=world)
    sent = OutgoingMail.objects.count()
    event = talk.note(case, words=SECRET, by=world.amira.actor(), at=AT)
    assert (event.message.lane, event.words, event.is_visible) == (Lane.INTERNAL, "", False)
    assert mails_since(sent) == []
    assert fresh(case).status == Status.NEW


def test_a_note_stays_inside_whatever_is_mailed_later(world):
    case = make_case(world=world)
    talk.note(case, words=SECRET, by=world.amira.actor(), at=AT)
    talk.update(fresh(case), words="I come on Monday.", by=world.amira.actor(), at=AT)
    bodies = "".join(OutgoingMail.objects.values_list("body_text", flat=True))
    assert SECRET not in bodies
    assert not CaseEvent.objects.filter(is_visible=True, words__contains=SECRET).exists()


def test_an_update_is_mailed_in_the_officers_words_and_starts_the_review(world):
    case = make_case(world=world)
    sent = OutgoingMail.objects.count()
    talk.update(case, words="I come on Monday.", by=world.amira.actor(), at=AT)
    (mail,) = mails_since(sent)
    assert (mail.kind, mail.recipient) == ("message", "hana@demo.example")
    assert "I come on Monday." in mail.body_text
    assert fresh(case).status == Status.IN_REVIEW


def test_start_review_that_fires_by_itself_sends_no_mail_of_its_own(world):
    case = make_case(world=world)
    sent = OutgoingMail.objects.count()
    call(world, case, also_mail=False)
    assert [mail.kind for mail in mails_since(sent)] == ["call"]
    assert case.events.filter(move="start-review").count() == 1


def test_a_later_call_is_mailed_only_when_asked(world):
    case = make_case(world=world, status=Status.IN_REVIEW)
    sent = OutgoingMail.objects.count()
    call(world, case)
    assert mails_since(sent) == []
    call(world, fresh(case), also_mail=True)
    assert [mail.kind for mail in mails_since(sent)] == ["call"]


def test_a_call_names_with_whom(world):
    with pytest.raises(MoveRefused) as refused:
        call(world, make_case(world=world), with_whom=" ")
    assert refused.value.field == "with_whom"


def test_a_call_about_a_hidden_case_is_kept_and_mailed_to_nobody(world):
    case = hide(make_case(world=world))
    sent = OutgoingMail.objects.count()
    event = call(world, case, also_mail=True)
    assert (mails_since(sent), event.is_visible) == ([], False)


@pytest.mark.parametrize("act", ["update", "ask", "send_photo_link"])
def test_a_hidden_case_takes_no_words_for_the_homeowner(world, act):
    case = hide(make_case(world=world))
    given = {} if act == "send_photo_link" else {"words": "Is it the left one?"}
    if act == "ask":
        given["until_at"] = AT + timedelta(days=2)
    with pytest.raises(MoveRefused, match="hidden"):
        getattr(talk, act)(case, by=world.amira.actor(), at=AT, **given)
    assert not Message.objects.exists()


@pytest.mark.parametrize("act", ["note", "update", "reply"])
def test_nothing_is_said_without_words(world, act):
    with pytest.raises(MoveRefused) as refused:
        getattr(talk, act)(make_case(world=world), words=" ", by=world.amira.actor(), at=AT)
    assert refused.value.field == "words"


@pytest.mark.parametrize("days", [0, 15])
def test_a_question_asks_for_an_answer_within_14_days(world, days):
    case = make_case(world=world)
    with pytest.raises(MoveRefused) as refused:
        talk.ask(case, words="Which lamp?", until_at=AT + timedelta(days=days), by=world.amira.actor(), at=AT)
    assert refused.value.field == "until_on"


def test_one_question_at_a_time(world):
    case = make_case(world=world)
    until = AT + timedelta(days=3)
    talk.ask(case, words="Which lamp?", until_at=until, by=world.amira.actor(), at=AT)
    with pytest.raises(MoveRefused, match="already waits"):
        talk.ask(fresh(case), words="And which wall?", until_at=until, by=world.amira.actor(), at=AT)
    assert Message.objects.count() == 1


def test_the_question_names_its_day_and_the_reply_ends_it(world):
    case = make_case(world=world)
    talk.ask(case, words="Which lamp?", until_at=AT + timedelta(days=3), by=world.amira.actor(), at=AT)
    mail = OutgoingMail.objects.get(kind="ask")
    assert "Please answer by Fri 6 Mar" in mail.body_text
    assert fresh(case).step == "asked"
    talk.reply(fresh(case), words="The left one.", by=world.actor("hana"), at=AT + timedelta(hours=2))
    assert (fresh(case).step, case.holds.get().ended_how) == ("in-review", "reply")


def test_a_reply_tells_the_officer_and_waits_until_somebody_answers(world):
    case = make_case(world=world, status=Status.IN_REVIEW)
    talk.reply(case, words="Any news? It drips.", by=world.actor("hana"), at=AT)
    mail = OutgoingMail.objects.get(kind="reply")
    assert (mail.recipient, fresh(case).has_unread_reply) == ("amira@demo.example", True)
    assert "Any news? It drips." in mail.body_text
    talk.update(fresh(case), words="We come on Monday.", by=world.amira.actor(), at=AT + timedelta(hours=1))
    assert fresh(case).has_unread_reply is False


def test_a_reply_reaches_a_manager_when_no_officer_is_left(world):
    case = make_case(world=world)
    type(world.amira).objects.filter(pk=world.amira.pk).update(is_active=False)
    talk.reply(fresh(case), words="Is anybody there?", by=world.actor("hana"), at=AT)
    assert OutgoingMail.objects.get(kind="reply").recipient == "mo@demo.example"


def test_a_photo_link_goes_to_the_homeowner(world):
    case = make_case(world=world)
    talk.send_photo_link(case, by=world.amira.actor(), at=AT)
    mail = OutgoingMail.objects.get(kind="photo-link")
    assert mail.context["links"]["photos"]["purpose"] == "case-photos"
    assert "[[link:photos]]" in mail.body_text


def test_a_photo_link_that_can_reach_nobody_is_refused(world):
    case = make_case(world=world)
    Homeowner.objects.update(email="")
    with pytest.raises(MoveRefused, match="e-mail"):
        talk.send_photo_link(fresh(case), by=world.amira.actor(), at=AT)
    assert not Notice.objects.filter(event__kind=EventKind.PHOTO_LINK).exists()
