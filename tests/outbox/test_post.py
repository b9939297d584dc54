"""Writing mail: one row per event and recipient, and nothing in it that must not be kept."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from ledger.actors import SYSTEM, Actor
from ledger.models import AuditEntry
from outbox import post
from outbox.choices import MailState
from outbox.models import MailPicture, OutgoingMail
from tests.factories.documents import make_file_row
from tests.factories.outbox import make_failed_mail, make_mail

AT = datetime(2026, 3, 3, 12, 14, tzinfo=UTC)
AMIRA = Actor("Amira Rahman", "officer", user_id=4)

pytestmark = pytest.mark.django_db


def test_a_mail_waits_with_everything_it_needs():
    mail = make_mail(recipient=" Hana@Demo.Example ", at=AT, by=AMIRA, reply_to="office@demo.example")

    mail.refresh_from_db()
    assert (mail.state, mail.queued_at, mail.next_try_at, mail.attempts) == (MailState.QUEUED, AT, AT, 0)
    assert (mail.recipient, mail.author_name) == ("hana@demo.example", "Amira Rahman")
    assert mail.message_id.endswith("@testserver>")


def test_the_same_event_and_recipient_is_one_mail():
    first = make_mail(event="case:1:closed", recipient="hana@demo.example", text="first")
    picture = make_file_row()
    again = make_mail(
        event="case:1:closed", recipient="HANA@demo.example", text="second", pictures=[(picture, "Ceiling")]
    )
    other = make_mail(event="case:1:closed", recipient="lim@demo.example")

    assert again.pk == first.pk != other.pk
    assert OutgoingMail.objects.get(pk=first.pk).body_text == "first"
    assert not MailPicture.objects.exists()


@pytest.mark.database
def test_the_database_refuses_a_second_mail_for_one_event_and_recipient():
    first, second = make_mail(), make_mail()
    with pytest.raises(IntegrityError), transaction.atomic():
        OutgoingMail.objects.filter(pk=second.pk).update(event=first.event, recipient=first.recipient)


def test_a_change_that_is_undone_tells_nobody():
    with transaction.atomic():
        make_mail()
        transaction.set_rollback(True)

    assert not OutgoingMail.objects.exists()


@pytest.mark.parametrize("recipient", ["", "   ", "x" * 250 + "@demo.example"])
def test_no_address_is_a_mistake_of_the_caller(recipient):
    with pytest.raises(ValueError, match="one address"):
        make_mail(recipient=recipient or " ")


def test_a_link_slot_needs_a_purpose():
    with pytest.raises(ValueError, match="answer"):
        make_mail(links={"answer": {"case": 1}})


@pytest.mark.parametrize("subject", ["Leak\r\nBcc: otto@demo.example", "Leak\nBcc: otto@demo.example", "Leak\x00\x0b"])
def test_a_subject_is_one_line(subject):
    mail = make_mail(subject=subject)

    assert mail.subject in {"Leak Bcc: otto@demo.example", "Leak"}


def test_a_mail_with_pictures_waits_for_them_one_minute():
    picture = make_file_row(state="waiting")

    mail = make_mail(at=AT, pictures=[(picture, "Ceiling")])

    assert mail.waits_until == AT + timedelta(seconds=60)
    assert list(OutgoingMail.objects.due(AT + timedelta(seconds=59))) == []
    assert list(OutgoingMail.objects.due(AT + timedelta(seconds=60))) == [mail]


def test_a_mail_leaves_as_soon_as_its_last_picture_is_settled():
    files = [make_file_row(state="waiting"), make_file_row(state="waiting")]
    mail = make_mail(at=AT, pictures=[(file, "Ceiling") for file in files])

    for file, state in zip(files, ["ready", "failed"], strict=True):
        assert list(OutgoingMail.objects.due(AT)) == []
        type(file).objects.filter(pk=file.pk).update(state=state, failure="Damaged.")

    assert list(OutgoingMail.objects.due(AT)) == [mail]


def queue_code(**facts):
    return post.queue_secret(
        **{
            "event": "sign-in:1",
            "recipient": "hana@demo.example",
            "recipient_name": "Hana Yusof",
            "subject": "Your sign-in code",
            "kind": "sign-in-code",
            "purpose": "sign-in-code",
            "user_id": 7,
            "expires_at": AT + timedelta(minutes=10),
            "by": SYSTEM,
            "at": AT,
            **facts,
        }
    )


def test_a_secret_is_kept_neither_as_a_body_nor_elsewhere():
    mail = queue_code()

    mail.refresh_from_db()
    assert mail.is_secret
    assert (mail.body_text, mail.body_html) == ("", "")
    assert mail.context == {"user_id": 7, "expires_at": "2026-03-03T12:24:00+00:00"}


@pytest.mark.database
@pytest.mark.parametrize(
    "change",
    [
        {"body_text": "code 123456"},
        {"body_html": "code 123456"},
        {"state": "lost"},
        {"recipient": ""},
        {"state": MailState.SENDING},
        {"lease_until": AT},
        {"state": MailState.SENT},
        {"sent_at": AT},
        {"state": MailState.FAILED, "failed_at": AT},
        {"state": MailState.FAILED, "failure": "x"},
        {"failed_at": AT},
    ],
)
def test_the_database_refuses_rows_that_must_never_be(change):
    mail = queue_code()
    with pytest.raises(IntegrityError), transaction.atomic():
        OutgoingMail.objects.filter(pk=mail.pk).update(**change)


def test_a_failed_mail_is_sent_once_more_and_the_ledger_knows_who_wanted_it():
    mail = make_failed_mail(at=AT, failure="no such mailbox")
    later = AT + timedelta(hours=3)

    assert post.retry(mail, by=AMIRA, at=later)

    assert (mail.state, mail.attempts, mail.next_try_at, mail.failure) == (MailState.QUEUED, 0, later, "")
    entry = AuditEntry.objects.get(action="mail-retried")
    assert (entry.actor_user_id, entry.at, entry.reference) == (4, later, "KRM-2041")
    assert entry.old["failure"] == "no such mailbox"


@pytest.mark.parametrize("state", [MailState.QUEUED, MailState.SENT])
def test_only_a_failed_mail_is_sent_again(state):
    mail = make_failed_mail()
    sent_at = AT if state == MailState.SENT else None
    OutgoingMail.objects.filter(pk=mail.pk).update(state=state, failed_at=None, sent_at=sent_at)

    assert not post.retry(mail, by=AMIRA, at=AT)
    assert not AuditEntry.objects.exists()


def test_mails_are_found_by_what_they_are_about_and_by_state():
    queued, failed = make_mail(about_id=1), make_failed_mail(about_id=2)

    assert list(OutgoingMail.objects.about("case", 1)) == [queued]
    assert list(OutgoingMail.objects.undelivered()) == [queued]
    assert list(OutgoingMail.objects.failed()) == [failed]
