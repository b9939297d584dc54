"""Pictures by the photo link: they wait for the officer as a reply does, with one alert a sitting."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from cases import duties, holds, links, talk
from cases.choices import Status
from cases.models import Attachment, Message
from desk.my_day import queues
from ledger.actors import Actor
from outbox.models import OutgoingMail
from tests.factories import documents
from tests.factories.cases import fresh, make_case, make_world
from tests.factories.documents import make_stored_file

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def world(defaults):
    return make_world()


@pytest.fixture
def at():
    return timezone.now()


@pytest.fixture
def case(world, at):
    return make_case(world=world, status=Status.IN_REVIEW, at=at - DAY)


@pytest.fixture
def send(client, case, world, at):
    """`send(2, 5 * MINUTE)`: two pictures by the link, five minutes after `at`."""
    talk.send_photo_link(case, by=world.amira.actor(), at=at)
    mail = OutgoingMail.objects.get(kind="photo-link")
    path = links.mint(mail, mail.context["links"]["photos"]).partition("testserver")[2]

    def press(count, after=MINUTE):
        pictures = [documents.sent(documents.jpeg(comment=f"{after}{n}".encode())) for n in range(count)]
        with time_machine.travel(at + after, tick=False):
            return client.post(path, {"photos": pictures})

    return press


def alerts():
    return list(OutgoingMail.objects.filter(kind="pictures").order_by("pk"))


def test_the_pictures_stand_in_the_officers_replies(send, case, world, at):
    assert send(3).status_code == 302

    assert fresh(case).has_unread_reply
    assert list(queues.in_order("replies", world.amira, at + MINUTE)) == [case]
    assert Attachment.objects.filter(case=case, is_visible=True, added_by_role="homeowner").count() == 3
    assert not Message.objects.filter(case=case, direction="in").exists()


def test_the_officer_is_told_once_a_sitting_with_the_pictures(send, case):
    for minutes in (1, 4, 9):
        send(2, minutes * MINUTE)

    (mail,) = alerts()
    assert mail.recipient == "amira@demo.example"
    assert mail.subject.startswith("2 photos from Hana: ")
    assert mail.pictures.count() == 2
    assert f"/cases/{case.reference}/" in mail.body_text
    assert fresh(case).has_unread_reply


def test_a_picture_taken_out_again_before_the_button_never_reaches_the_case(client, case, world, at):
    talk.send_photo_link(case, by=world.amira.actor(), at=at)
    mail = OutgoingMail.objects.get(kind="photo-link")
    path = links.mint(mail, mail.context["links"]["photos"]).partition("testserver")[2]

    def upload(comment):
        sent = client.post(f"{path}upload/", {"photo": documents.sent(documents.jpeg(comment=comment))})
        return sent.json()["id"]

    with time_machine.travel(at + MINUTE, tick=False):
        stays, goes = upload(b"stays"), upload(b"goes")
        assert client.post(f"{path}drop/", {"id": goes}).status_code == 204
        assert client.post(f"{path}drop/", {"id": f"{stays[:-3]}xyz"}).status_code == 204
        assert f'data-drop-url="{path}drop/"' in client.get(path).content.decode()
    duties.sweep(at=at + 30 * MINUTE)

    assert [row.file.public_id.hex for row in Attachment.objects.filter(case=case, added_by_role="homeowner")] == [
        stays.partition(":")[0]
    ]


def test_a_later_sitting_is_told_again(send):
    send(1, MINUTE)
    send(1, 17 * MINUTE)
    assert len(alerts()) == 2


def test_pictures_that_come_after_the_first_were_read_alert_anew(send, case):
    send(1, MINUTE)
    talk.mark_read(fresh(case))
    send(1, 3 * MINUTE)

    assert len(alerts()) == 2
    assert fresh(case).has_unread_reply


def test_pictures_beside_an_unread_message_are_told(send, case, world, at):
    talk.reply(fresh(case), words="It is worse now.", by=world.actor("hana"), at=at)
    send(1, MINUTE)
    assert len(alerts()) == 1


def test_an_open_question_ends_by_the_pictures(send, case, world, at):
    talk.ask(fresh(case), words="Please show us the tap.", until_at=at + 3 * DAY, by=world.amira.actor(), at=at)
    assert fresh(case).is_paused
    send(1)

    assert (fresh(case).step, fresh(case).is_paused) == ("in-review", False)
    assert case.holds.get().ended_how == "reply"
    assert not holds.end_ask(fresh(case), how="reply", by=world.actor("hana"), at=at + MINUTE)


def test_no_picture_changes_nothing(send, case):
    assert send(0).status_code == 422
    assert (fresh(case).has_unread_reply, alerts()) == (False, [])


@pytest.fixture
def photos(case, world):
    """`photos(3, at)`: so many pictures by the link, through the verb."""

    def come(count, moment):
        by = Actor("Hana Yusof", "homeowner", world.hana.user_id, world.hana.pk, "link")
        talk.send_pictures(fresh(case), [make_stored_file() for _ in range(count)], by=by, at=moment)

    return come


def reply_line(client):
    (line,) = client.get("/my-day/").context["panels"]["replies"]["lines"]
    return line


def test_my_day_says_how_many_pictures_came_and_from_whom(photos, case, world, at, client_for):
    talk.reply(case, words="It is worse now.", by=world.actor("hana"), at=at - 180 * MINUTE)
    photos(2, at - 20 * MINUTE - DAY / 24)
    photos(2, at - 10 * MINUTE)
    photos(1, at - 4 * MINUTE)

    line = reply_line(client_for(world.amira))

    assert line["title"] == "3 photos from Hana"
    assert case.title in line["note"]


def test_my_day_says_the_words_that_came_after_the_pictures(photos, case, world, at, client_for):
    photos(2, at - 20 * MINUTE)
    talk.reply(fresh(case), words="That is the tap.", by=world.actor("hana"), at=at - 5 * MINUTE)

    assert reply_line(client_for(world.amira))["title"] == "“That is the tap.”"


def test_the_case_page_names_the_pictures_and_takes_them_as_read(photos, case, world, at, client_for):
    photos(3, at - MINUTE)
    client = client_for(world.amira)
    page = client.get(f"/cases/{case.reference}/")

    assert page.context["last"]["who"] == "3 photos from Hana"
    assert "Mark read" in page.content.decode()
    client.post(f"/cases/{case.reference}/replies/read/", {"idempotency_key": "7d7b1a4e-6d7e-4f0e-9b1c-2f6f0d6e4a11"})
    assert not fresh(case).has_unread_reply
    assert client.get("/my-day/").context["panels"]["replies"]["lines"] == []


def test_an_upload_without_the_button_reaches_the_case_by_itself(client, case, world, at):
    talk.send_photo_link(case, by=world.amira.actor(), at=at)
    mail = OutgoingMail.objects.get(kind="photo-link")
    path = links.mint(mail, mail.context["links"]["photos"]).partition("testserver")[2]
    assert "even if you close this page" in client.get(path).content.decode()

    kept = client.post(f"{path}upload/", {"photo": documents.sent(documents.jpeg(comment=b"left"))})
    assert kept.status_code == 200
    duties.sweep(at=timezone.now() + 16 * MINUTE)
    duties.sweep(at=timezone.now() + 17 * MINUTE)

    assert Attachment.objects.filter(case=case, added_by_role="homeowner").count() == 1
    again = client.post(path, {"photos-kept": kept.json()["id"]})
    assert again.status_code == 302
    assert Attachment.objects.filter(case=case, added_by_role="homeowner").count() == 1
