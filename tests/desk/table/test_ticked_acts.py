"""Ticked rows get words, an officer or a date together: mails counted first, one a person, what stays says why."""

from datetime import timedelta

import pytest
from zeal import zeal_ignore

from cases import talk, workflow
from cases.diary import last_events
from cases.models import Case, CaseEvent, Message
from outbox.models import OutgoingMail
from tests.factories.accounts import make_user
from tests.factories.cases import fresh
from tests.factories.units import limit_officer, make_development

pytestmark = pytest.mark.django_db
WORDS = "Lim Brothers are late; we have asked them for a date."
UPDATE, ASSIGN, DATE = (f"/cases/ticked/{act}/" for act in ("update", "assign", "date"))


def sent(cases, *, key="one", **facts):
    data = {"case": [case.reference for case in cases], "idempotency_key": key}
    last = last_events(cases)
    for case in cases:
        data |= {f"{case.reference}-seen_version": case.version, f"{case.reference}-seen_event": last[case.pk]}
    return data | facts


def sentences(response):
    return {line.case.reference: line.sentence for line in response.context["lines"]}


@pytest.fixture
def three(cases):
    return cases(3)


@pytest.fixture
def bea(world):
    return make_user(name="Bea Clarke")


def later(now):
    return (now + timedelta(days=12)).date().isoformat()


@pytest.fixture
def given(bea, now):
    """What each act is asked for."""
    return {
        UPDATE: {"words": WORDS},
        ASSIGN: {"officer": bea.pk},
        DATE: {"which": "update", "due": later(now), "words": WORDS},
    }


ACTS = pytest.mark.parametrize("act", [UPDATE, ASSIGN, DATE])


@ACTS
def test_the_form_comes_first_then_the_mails_counted_and_nothing_changes(desk, three, given, act):
    before = OutgoingMail.objects.count()
    first = desk.get(act, {"case": [case.reference for case in three]})
    assert "Show the e-mails" in first.content.decode()
    assert "Confirm, send" not in first.content.decode()

    with zeal_ignore():  # each row is really changed and undone
        response = desk.post(act, sent(three, **given[act], preview="yes"))

    assert "1 e-mail goes out when you confirm" in response.content.decode()
    assert OutgoingMail.objects.count() == before
    assert [fresh(case).version for case in three] == [case.version for case in three]
    assert not Message.objects.exists()


def test_words_reach_each_homeowner_in_one_mail(desk, three, given):
    before = OutgoingMail.objects.count()

    assert desk.post(UPDATE, sent(three, **given[UPDATE])).url == "/cases/"

    assert {message.case_id for message in Message.objects.filter(words=WORDS)} == {case.pk for case in three}
    assert [mail.recipient for mail in OutgoingMail.objects.order_by("pk")[before:]] == ["hana@demo.example"]


def test_an_officer_gets_all_of_them_in_one_mail(desk, three, given, bea):
    before = OutgoingMail.objects.count()

    assert desk.post(ASSIGN, sent(three, **given[ASSIGN])).status_code == 302

    assert {fresh(case).officer for case in three} == {bea}
    assert [mail.recipient for mail in OutgoingMail.objects.order_by("pk")[before:]] == [bea.email]


def test_a_date_is_moved_with_its_reason(desk, three, given, now, world):
    assert desk.post(DATE, sent(three, **given[DATE])).status_code == 302

    zone = world.development.tz
    assert {fresh(case).update_due_at.astimezone(zone).date().isoformat() for case in three} == {later(now)}
    assert CaseEvent.objects.filter(kind="date-changed", words=WORDS).count() == 3


@ACTS
def test_a_second_press_does_nothing(desk, three, given, act):
    data = sent(three, **given[act])
    desk.post(act, data)
    mails, events = OutgoingMail.objects.count(), CaseEvent.objects.count()

    assert desk.post(act, data).status_code == 302
    assert (OutgoingMail.objects.count(), CaseEvent.objects.count()) == (mails, events)


@ACTS
def test_a_row_that_somebody_changed_stays_and_the_others_go(desk, three, given, act, world):
    stale = three[1]
    data = sent(three, **given[act]) | {f"{stale.reference}-seen_version": stale.version - 1}

    response = desk.post(act, data)

    assert response.status_code == 422
    assert list(sentences(response)) == [stale.reference]
    assert "Somebody changed this case" in sentences(response)[stale.reference]
    assert OutgoingMail.objects.filter(kind__in=["message", "assigned", "date"]).count() == 1


def test_of_two_officers_who_update_the_same_rows_one_does(desk, three, given):
    first, second = sent(three, **given[UPDATE]), sent(three[:2], **given[UPDATE], key="two")
    assert desk.post(UPDATE, first).status_code == 302
    before = OutgoingMail.objects.count()

    response = desk.post(UPDATE, second)

    assert response.status_code == 422
    assert all("Somebody changed this case" in words for words in sentences(response).values())
    assert len(sentences(response)) == 2
    assert OutgoingMail.objects.count() == before
    again = sent(three[:2], **given[UPDATE], key="three") | {
        f"{case.reference}-seen_version": fresh(case).version for case in three
    }
    assert desk.post(UPDATE, again).url == "/cases/"


@ACTS
def test_rows_of_different_states_are_not_treated_alike(desk, three, given, act, world, now):
    workflow.move(three[0], "start-review", by=world.actor("amira"), at=now, seen_version=three[0].version)
    moved = [fresh(case) for case in three]
    before = OutgoingMail.objects.count()

    response = desk.post(act, sent(moved, **given[act]))

    assert response.status_code == 422
    assert "different states (In review, New)" in response.content.decode()
    assert OutgoingMail.objects.count() == before


@ACTS
def test_missing_facts_are_named_at_their_field(desk, three, act):
    response = desk.post(act, sent(three))
    assert response.status_code == 422
    assert response.context["form"].errors


def test_a_hidden_case_and_one_with_a_reply_are_not_told_over(desk, three, given, world, now):
    hidden, replied, free = three
    Case.objects.filter(pk=hidden.pk).update(is_visible=False)
    talk.reply(replied, words="Please ring my mother.", by=world.actor("hana"), at=now)

    response = desk.post(UPDATE, sent(three, **given[UPDATE]))

    assert "hidden" in sentences(response)[hidden.reference]
    assert "wrote to you" in sentences(response)[replied.reference]
    assert [message.case for message in Message.objects.filter(direction="out")] == [free]


def test_words_that_hurt_are_looked_at_a_second_time(desk, three):
    data = sent(three, words="This is obviously your fault.")
    first = desk.post(UPDATE, data)
    assert (first.status_code, Message.objects.count()) == (422, 0)
    assert "Look at your words once more" in first.content.decode()

    assert desk.post(UPDATE, data | {"second_look": first.context["second_look"]}).status_code == 302


def test_an_officer_who_does_not_see_the_home_cannot_get_its_case(desk, three, given, bea):
    limit_officer(bea, make_development(code="ELM"))
    response = desk.post(ASSIGN, sent(three, **given[ASSIGN]))
    assert "Bea Clarke does not look after" in response.content.decode()
    assert bea not in {fresh(case).officer for case in three}


def test_nobody_outside_the_desk_can_be_given_a_case(desk, three, world):
    response = desk.post(ASSIGN, sent(three, officer=world.hana.user_id or 0))
    assert response.status_code == 422


@ACTS
def test_rows_out_of_sight_are_missing_for_all(client_for, three, given, world, act):
    limit_officer(world.amira, make_development(code="TJM"))
    client = client_for(world.amira)
    assert client.get(act, {"case": three[0].reference}).status_code == 404
    assert client.post(act, sent(three, **given[act])).status_code == 404


def test_a_hundred_rows_at_most_and_only_known_acts(desk, client_for, three, world):
    assert desk.get(UPDATE, {"case": [f"KRM-{n}" for n in range(101)]}).status_code == 400
    assert desk.get("/cases/ticked/burn/", {"case": three[0].reference}).status_code == 404
    assert desk.get(UPDATE).url == "/cases/"
    assert client_for(world.hana.user).get(UPDATE).status_code == 403
