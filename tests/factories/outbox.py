"""Mails in the outbox."""

from datetime import timedelta
from itertools import count
from uuid import uuid4

from django.utils import timezone

from ledger.actors import SYSTEM
from outbox import post
from outbox.choices import MailState
from outbox.models import OutgoingMail

_numbers = count(1)


def make_mail(
    *, recipient=None, event=None, text="Water came in.", html="<p>Water came in.</p>", at=None, by=SYSTEM, **facts
):
    """A queued mail."""
    number = next(_numbers)
    return post.queue(
        **{
            "event": event or f"case:1:event:{number}",
            "recipient": recipient or f"person{number}@demo.example",
            "recipient_name": "Hana Yusof",
            "subject": f"Leak, master bathroom: mail {number}",
            "text": text,
            "html": html,
            "kind": "update",
            "about": "case",
            "about_id": 1,
            "about_reference": "KRM-2041",
            "by": by,
            "at": at or timezone.now(),
            **facts,
        }
    )


def make_failed_mail(*, at=None, failure="no such mailbox", **facts):
    """A mail that was given up."""
    at = at or timezone.now()
    mail = make_mail(at=at, **facts)
    OutgoingMail.objects.filter(pk=mail.pk).update(state=MailState.FAILED, failed_at=at, failure=failure, attempts=1)
    mail.refresh_from_db()
    return mail


def make_abandoned_mail(*, at=None, lease=timedelta(minutes=5), **facts):
    """A mail whose worker died while it was sending."""
    at = at or timezone.now()
    mail = make_mail(at=at, **facts)
    OutgoingMail.objects.filter(pk=mail.pk).update(
        state=MailState.SENDING, claim=uuid4(), claims=1, lease_until=at + lease
    )
    mail.refresh_from_db()
    return mail
