"""What a worker does while the mail server thinks, and in which order."""

import smtplib
from datetime import UTC, datetime, timedelta

import pytest
from django.db import OperationalError

from ledger.actors import SYSTEM
from outbox import delivery, post
from outbox.choices import MailState
from outbox.models import OutgoingMail
from tests.factories.outbox import make_mail

AT = datetime(2026, 3, 3, 12, 14, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture
def steps(monkeypatch):
    """What happened in which order: commands of the session, and what the worker did between them."""
    told = []

    def watched(owner, name, label):
        real = getattr(owner, name)

        def step(*given, **named):
            told.append(label(*given))
            return real(*given, **named)

        monkeypatch.setattr(owner, name, step)

    watched(smtplib.SMTP, "send", lambda _, words: "content" if isinstance(words, bytes) else words[:4].lower())
    watched(smtplib.SMTP, "getreply", lambda session: "answer")
    watched(delivery, "compose", lambda mail: f"compose {mail.recipient[0]}")
    watched(delivery, "_note_sent", lambda mail, now: f"note {mail.recipient[0]}")
    return told


def test_a_worker_works_while_the_server_thinks_and_only_one_mail_is_ever_in_doubt(smtp_server, steps):
    for name in "abc":
        make_mail(recipient=f"{name}@demo.example", at=AT)

    assert delivery.drain(AT) == 3

    begun = steps.index("mail")
    assert steps[begun : steps.index("quit")] == [
        *["mail", "answer", "rcpt", "compose b", "answer", "data", "answer", "content", "answer"],
        *["mail", "note a", "answer", "rcpt", "compose c", "answer", "data", "answer", "content", "answer"],
        *["mail", "note b", "answer", "rcpt", "answer", "data", "answer", "content", "answer"],
        "note c",
    ]


def test_a_mail_that_was_taken_is_written_down_though_the_database_was_away(smtp_server, monkeypatch):
    first, second = make_mail(at=AT), make_mail(at=AT)
    real, broken = delivery._note_sent, [OperationalError("away")]

    def note(*given):
        if broken:
            raise broken.pop()
        real(*given)

    monkeypatch.setattr(delivery, "_note_sent", note)
    third = make_mail(at=AT)

    assert delivery.drain(AT) == 2

    states = [OutgoingMail.objects.get(pk=mail.pk).state for mail in (first, second, third)]
    assert states == [MailState.SENT, MailState.QUEUED, MailState.SENT]
    assert len(smtp_server.messages) == 2


def test_a_secret_is_made_in_its_own_turn(smtp_server, steps, secret_renderer):
    make_mail(recipient="a@demo.example", at=AT)
    secret = {"purpose": "sign-in-code", "user_id": 7, "expires_at": AT + timedelta(minutes=10)}
    post.queue_secret(
        event="code:1",
        recipient="b@demo.example",
        recipient_name="Ben",
        subject="Code",
        kind="code",
        by=SYSTEM,
        at=AT,
        **secret,
    )

    assert delivery.drain(AT) == 2

    assert steps.index("note a") < steps.index("compose b")


def test_lines_of_dots_arrive_as_they_were_written(smtp_server):
    make_mail(at=AT, text=".\n..\n.x\nend")

    delivery.drain(AT)

    (message,) = smtp_server.messages
    assert message.get_body(("plain",)).get_content().splitlines()[:4] == [".", "..", ".x", "end"]
