"""Makes the message that leaves out of the row: links minted now, secrets rendered now, pictures put inside."""

import logging
import re
from datetime import datetime
from email.utils import format_datetime, formataddr, parseaddr
from functools import cache

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.core.validators import validate_email
from django.utils.html import escape
from django.utils.translation import gettext as _

from outbox import registry, wire
from outbox.failures import Undeliverable
from outbox.models import OutgoingMail
from outbox.pictures import inline_pictures
from outbox.wire import Inline, Part, WireMessage

logger = logging.getLogger(__name__)

LINK_SLOT = re.compile(r"\[\[link:([\w-]+)\]\]")
PICTURE_SLOT = re.compile(r'<img [^>]*src="cid:picture-(\d+)"[^>]*>')


class PostedMail(EmailMultiAlternatives):
    """The mail as Django's backends take it."""

    wired: WireMessage

    @property
    def sender(self) -> str:
        """The bare address for the envelope."""
        return _parsed(self.from_email)[1]

    def message(self) -> WireMessage:
        """The message as it goes over the wire."""
        return self.wired


def compose(mail: OutgoingMail, *, at: datetime) -> PostedMail:
    """The message of `mail`. The same Message-ID and Date each time, so that a copy is known as a copy.

    Raises Undeliverable with a sentence when it can never leave: no valid address, or a secret that has expired.
    """
    refuse_address(mail.recipient)
    text, html = _bodies(mail, at)
    pictures = {picture.number: picture for picture in inline_pictures(mail)}
    used = {int(number) for number in PICTURE_SLOT.findall(html)}
    html = PICTURE_SLOT.sub(lambda slot: _picture_tag(slot, pictures), html)
    posted = PostedMail(mail.subject, text, settings.DEFAULT_FROM_EMAIL, [mail.recipient])
    posted.attach_alternative(html, "text/html")
    posted.wired = wire.message(
        _headers(mail),
        text=text,
        html=html,
        inline=[picture for number, picture in pictures.items() if number in used],
        mark=f"=_{mail.message_id[1:33]}",
        parts=[Part(**part) for part in mail.context.get("parts", ())],
    )
    return posted


@cache
def _parsed(address: str) -> tuple[str, str]:
    """Name and bare address of the one sender that the settings name."""
    return parseaddr(address)


def _headers(mail: OutgoingMail) -> dict[str, str]:
    """The head: who, what, and that no person wrote it, so that no machine answers."""
    headers = {
        "From": formataddr(_parsed(settings.DEFAULT_FROM_EMAIL)),
        "To": formataddr((mail.recipient_name, mail.recipient)),
        "Subject": mail.subject,
        "Message-ID": mail.message_id,
        "Date": format_datetime(mail.queued_at),
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
    }
    return headers | _reply_to(mail)


def refuse_address(address: str) -> None:
    """Raises Undeliverable unless `address` can be an e-mail address."""
    try:
        validate_email(address)
    except ValidationError as error:
        raise Undeliverable(_("%(address)s is not an e-mail address") % {"address": address}) from error


def _reply_to(mail: OutgoingMail) -> dict[str, str]:
    """Where answers go; an office address that is none must not stop the mail."""
    if not mail.reply_to:
        return {}
    try:
        validate_email(mail.reply_to)
    except ValidationError:
        logger.warning("Mail %s leaves without Reply-To: the address it names is not valid.", mail.pk)
        return {}
    return {"Reply-To": mail.reply_to}


def _bodies(mail: OutgoingMail, at: datetime) -> tuple[str, str]:
    """Plain text and HTML with everything secret filled in; never stored."""
    if mail.is_secret:
        if at >= datetime.fromisoformat(mail.context["expires_at"]):
            raise Undeliverable(_("what it holds had expired before it could be sent"))
        return registry.body_renderers[mail.secret_purpose](mail)
    links = {name: registry.link_minters[slot["purpose"]](mail, slot) for name, slot in mail.link_slots.items()}
    return _filled(mail.body_text, links), _filled(mail.body_html, {name: escape(url) for name, url in links.items()})


def _filled(body: str, links: dict[str, str]) -> str:
    """The body with its link slots filled; what only looks like one stays as it was typed."""
    return LINK_SLOT.sub(lambda slot: links.get(slot[1], slot[0]), body)


def _picture_tag(slot: re.Match[str], pictures: dict[int, Inline]) -> str:
    """The picture's tag with the id of its part; nothing where the picture is not ready."""
    picture = pictures.get(int(slot[1]))
    if picture is None:
        return ""
    return slot[0].replace(f"cid:picture-{slot[1]}", f"cid:{picture.content_id}")
