"""What the recipient gets."""

from datetime import UTC, datetime, timedelta

import pytest

from ledger.actors import SYSTEM
from outbox import delivery, post
from outbox.choices import MailState
from outbox.layout import Letter, Picture, render
from outbox.models import OutgoingMail
from tests.factories.documents import make_file_row, make_stored_file
from tests.factories.outbox import make_mail

AT = datetime(2026, 3, 3, 12, 14, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def received(smtp_server, mail, at=AT):
    """The message as the server got it."""
    assert delivery.deliver(mail.pk, at), OutgoingMail.objects.get(pk=mail.pk).failure
    return smtp_server.messages[-1]


def body(message, kind):
    return message.get_body((kind,)).get_content().replace("\r\n", "\n")


def test_the_head_says_who_what_and_that_no_person_wrote_it(smtp_server, settings):
    settings.DEFAULT_FROM_EMAIL = "Kerinci Homes <defects@demo.example>"
    mail = make_mail(
        recipient="hana@demo.example",
        recipient_name="Hana, née Yusof",
        subject="Leak – ceiling",
        reply_to="office@demo.example",
        at=AT,
    )

    message = received(smtp_server, mail, AT + timedelta(hours=5))

    assert message["From"] == "Kerinci Homes <defects@demo.example>"
    (to,) = message["To"].addresses
    assert (to.display_name, to.addr_spec) == ("Hana, née Yusof", "hana@demo.example")
    assert message["Subject"] == "Leak – ceiling"
    assert message["Reply-To"] == "office@demo.example"
    assert message["Message-ID"] == mail.message_id
    assert message["Date"].datetime == AT
    assert message["Auto-Submitted"] == "auto-generated"


def test_text_and_html_stand_side_by_side(smtp_server):
    message = received(smtp_server, make_mail(text="Air masuk.\n漏水", html="<p>漏水</p>", at=AT))

    assert message.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert body(message, "plain") == "Air masuk.\n漏水"
    assert body(message, "html") == "<p>漏水</p>"


@pytest.mark.parametrize(
    "name", ["Hana\r\nBcc: otto@demo.example", 'Hana" <otto@demo.example>', "Hana <otto@demo.example>,"]
)
def test_a_name_adds_no_header_and_no_recipient(smtp_server, name):
    message = received(smtp_server, make_mail(recipient="hana@demo.example", recipient_name=name, at=AT))

    assert message["Bcc"] is None
    assert [address.addr_spec for address in message["To"].addresses] == ["hana@demo.example"]
    assert message.envelope_to == ["hana@demo.example"]


@pytest.mark.parametrize("reply_to", ["", "office", "office@demo.example\r\nBcc: otto@demo.example"])
def test_a_reply_address_that_is_none_is_left_out(smtp_server, reply_to):
    message = received(smtp_server, make_mail(reply_to=reply_to, at=AT))

    assert message["Reply-To"] is None
    assert message["Bcc"] is None


def test_links_are_made_while_sending_and_never_stored(smtp_server, link_minter):
    slots = {"answer": {"purpose": "answer", "case": 12}}
    mail = make_mail(text="Go: [[link:answer]]", html='<a href="[[link:answer]]">Go</a>', links=slots, at=AT)
    assert link_minter == []

    message = received(smtp_server, mail)

    assert body(message, "plain") == "Go: https://portal.example/a/12/?a=1&n=1"
    assert body(message, "html") == '<a href="https://portal.example/a/12/?a=1&amp;n=1">Go</a>'
    mail.refresh_from_db()
    assert "portal.example" not in str([getattr(mail, field.attname) for field in mail._meta.fields])


def test_each_try_makes_new_links(smtp_server, link_minter):
    smtp_server.fail("later", times=1)
    mail = make_mail(text="[[link:a]]", links={"a": {"purpose": "answer", "case": 1}}, at=AT)
    delivery.deliver(mail.pk, AT)

    message = received(smtp_server, mail, AT + timedelta(minutes=2))

    assert body(message, "plain").endswith("n=2")


def test_what_only_looks_like_a_slot_stays_as_typed(smtp_server, link_minter):
    message = received(smtp_server, make_mail(text="see [[link:other]]", at=AT))

    assert body(message, "plain") == "see [[link:other]]"
    assert link_minter == []


def queue_code(**facts):
    return post.queue_secret(
        event="sign-in:1",
        recipient="hana@demo.example",
        recipient_name="Hana Yusof",
        subject="Your sign-in code",
        kind="sign-in-code",
        purpose="sign-in-code",
        user_id=7,
        expires_at=AT + timedelta(minutes=10),
        by=SYSTEM,
        at=AT,
        **facts,
    )


def test_a_secret_is_made_while_sending_and_never_stored(smtp_server, secret_renderer):
    mail = queue_code()

    message = received(smtp_server, mail)

    assert body(message, "plain") == body(message, "html").removeprefix("<p>").removesuffix("</p>") == "code-7-0"
    mail.refresh_from_db()
    assert "code-7" not in str([getattr(mail, field.attname) for field in mail._meta.fields])


def test_a_secret_is_not_sent_after_its_time(smtp_server, secret_renderer):
    mail = queue_code()

    assert not delivery.deliver(mail.pk, AT + timedelta(minutes=10))

    mail.refresh_from_db()
    assert (mail.state, mail.failure) == (MailState.FAILED, "what it holds had expired before it could be sent")
    assert secret_renderer == []


def illustrated(pictures, at=AT):
    """A receipt with these pictures, as cases write it."""
    text, html = render(Letter(title="Leak", pictures=[Picture(n, f"View {n}") for n, _ in enumerate(pictures, 1)]))
    return make_mail(text=text, html=html, pictures=[(file, "View") for file in pictures], at=at)


@pytest.mark.django_db(transaction=True)
def test_pictures_travel_inside_the_html_part(smtp_server):
    files = [make_stored_file(is_developed=True), make_stored_file(is_developed=True)]

    message = received(smtp_server, illustrated(files))

    text, related = message.iter_parts()
    assert related.get_content_type() == "multipart/related"
    html, *images = related.iter_parts()
    assert [image.get_content_type() for image in images] == ["image/jpeg", "image/jpeg"]
    assert all(image.get_content().startswith(b"\xff\xd8") for image in images)
    for image in images:
        assert f'src="cid:{image["Content-ID"].strip("<>")}"' in html.get_content()
    assert 'cid:picture-1"' not in html.get_content()
    assert list(message.iter_attachments()) == []
    assert "View 2" in text.get_content()


def test_after_a_minute_the_mail_leaves_without_pictures_that_are_not_ready(smtp_server):
    mail = illustrated([make_file_row(state="waiting")])
    assert not delivery.deliver(mail.pk, AT + timedelta(seconds=59))

    message = received(smtp_server, mail, AT + timedelta(seconds=60))

    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert "cid:" not in body(message, "html")
    assert "View 1" in body(message, "plain")


@pytest.mark.django_db(transaction=True)
def test_a_picture_that_the_mail_does_not_show_is_not_sent(smtp_server):
    mail = make_mail(html="<p>none</p>", pictures=[(make_stored_file(is_developed=True), "")], at=AT)

    message = received(smtp_server, mail)

    assert [part.get_content_type() for part in message.walk()] == ["multipart/alternative", "text/plain", "text/html"]
