"""Writing mail into the outbox. Nothing is sent from here: the relay and the workers do that."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from documents.models import StoredFile
from ledger import audit
from ledger.actors import Actor
from outbox.choices import MailState
from outbox.models import MailPicture, OutgoingMail
from outbox.wire import Part

PICTURE_WAIT = timedelta(seconds=60)


@transaction.atomic
def queue(
    *,
    event: str,
    recipient: str,
    recipient_name: str,
    subject: str,
    text: str,
    html: str,
    kind: str,
    by: Actor,
    at: datetime,
    about: str = "",
    about_id: int | None = None,
    about_reference: str = "",
    pictures: Sequence[tuple[StoredFile, str]] = (),
    reply_to: str = "",
    links: Mapping[str, Mapping[str, Any]] | None = None,
    parts: Sequence[Part] = (),
) -> OutgoingMail:
    """Puts one mail into the outbox, in the transaction of the event that it tells of.

    `event` names what happened ("case:12:event:340"); the same event and recipient again gives the row of the first
    time, untouched. The bodies come from `outbox.layout.render`; each `[[link:NAME]]` in them needs an entry
    `links[NAME] = {"purpose": ..., ...}` for `outbox.registry.link_minters`. The mail waits at most 60 s for pictures
    that are still being made, then leaves with those that are ready. `parts` say the same in another form.
    An address that cannot be one is no error here: the mail ends as "not delivered", where people can see it.
    ValueError: no address at all, or a link slot
    without a purpose.
    """
    for name, slot in (links or {}).items():
        if not slot.get("purpose"):
            raise ValueError(f"The link slot {name!r} names no purpose.")
    mail, is_new = _first(
        event,
        recipient,
        recipient_name=recipient_name,
        subject=subject,
        body_text=text,
        body_html=html,
        kind=kind,
        about=about,
        about_id=about_id,
        about_reference=about_reference,
        reply_to=reply_to,
        context={"links": dict(links or {})} | ({"parts": [asdict(part) for part in parts]} if parts else {}),
        waits_until=at + PICTURE_WAIT if pictures else None,
        by=by,
        at=at,
    )
    if is_new:
        MailPicture.objects.bulk_create(
            MailPicture(mail=mail, file=file, caption=caption[:200], order=order)
            for order, (file, caption) in enumerate(pictures, start=1)
        )
    return mail


@transaction.atomic
def queue_secret(
    *,
    event: str,
    recipient: str,
    recipient_name: str,
    subject: str,
    kind: str,
    purpose: str,
    user_id: int,
    expires_at: datetime,
    by: Actor,
    at: datetime,
    reply_to: str = "",
    context: Mapping[str, Any] | None = None,
) -> OutgoingMail:
    """Puts a mail with a one-time secret into the outbox, without the secret and without a body.

    The body is made by `outbox.registry.body_renderers[purpose](mail)` while sending; the renderer finds `user_id`
    and `expires_at` (ISO) in `mail.context`, beside the given `context`, which must not hold the secret either. After
    `expires_at` the mail is not sent any more and ends as "not delivered".
    """
    mail, _is_new = _first(
        event,
        recipient,
        recipient_name=recipient_name,
        subject=subject,
        kind=kind,
        about="user",
        about_id=user_id,
        reply_to=reply_to,
        secret_purpose=purpose,
        context={**(context or {}), "user_id": user_id, "expires_at": expires_at.isoformat()},
        by=by,
        at=at,
    )
    return mail


@transaction.atomic
def retry(mail: OutgoingMail, *, by: Actor, at: datetime) -> bool:
    """Sends a mail that was given up once more, from the first try on. False when it is no longer given up."""
    again = {"state": MailState.QUEUED, "attempts": 0, "claims": 0, "next_try_at": at, "failure": "", "failed_at": None}
    if not OutgoingMail.objects.failed().filter(pk=mail.pk).update(**again):
        return False
    audit.record(
        "mail-retried",
        by=by,
        at=at,
        about=mail.about or "mail",
        about_id=mail.about_id or mail.pk,
        reference=mail.about_reference,
        old={"mail": mail.pk, "state": mail.state, "failure": mail.failure},
        new={"mail": mail.pk, "state": MailState.QUEUED},
    )
    mail.refresh_from_db()
    return True


def _first(event: str, recipient: str, *, by: Actor, at: datetime, **facts: Any) -> tuple[OutgoingMail, bool]:
    """The row of this event and recipient, made now unless it is there."""
    address = recipient.strip().lower()
    if not address or len(address) > 254 or len(event) > 150:
        raise ValueError("A mail needs one address of at most 254 characters, its event a name of at most 150.")
    facts["subject"] = one_line(facts["subject"])[:255]
    facts["recipient_name"] = one_line(facts["recipient_name"])[:150]
    facts |= {"author_name": by.name[:150], "queued_at": at, "next_try_at": at}
    return OutgoingMail.objects.get_or_create(event=event, recipient=address, defaults=facts)


def one_line(text: str) -> str:
    """Text that is safe in a header: without line breaks and other control characters."""
    return " ".join("".join(character if character.isprintable() else " " for character in str(text)).split())
