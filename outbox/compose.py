"""Makes the message that leaves out of the row: links minted now, secrets rendered now, pictures put inside."""

import logging
import re
from collections.abc import Sequence
from datetime import datetime
from email.headerregistry import Address
from email.message import Message
from email.mime.image import MIMEImage
from email.mime.multipart import MIMEMultipart
from email.utils import format_datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.core.validators import validate_email
from django.utils.html import escape
from django.utils.translation import gettext as _

from outbox import registry
from outbox.failures import Undeliverable
from outbox.models import OutgoingMail
from outbox.pictures import Inline, inline_pictures

logger = logging.getLogger(__name__)

LINK_SLOT = re.compile(r"\[\[link:([\w-]+)\]\]")
PICTURE_SLOT = re.compile(r'<img [^>]*src="cid:picture-(\d+)"[^>]*>')


class PostedMail(EmailMultiAlternatives):
    """Text and HTML side by side; the pictures belong to the HTML part, so no reader lists them as attachments."""

    def __init__(self, *, inline: Sequence[Inline] = (), **parts: object) -> None:
        super().__init__(**parts)  # type: ignore[arg-type]
        self.inline = inline

    def message(self) -> Message:
        """The message as it goes over the wire."""
        message = super().message()
        if self.inline:
            text, html = message.get_payload()
            related = MIMEMultipart("related", type="text/html")
            for part in (html, *map(_image, self.inline)):
                related.attach(part)
            message.set_payload([text, related])
        return message


def compose(mail: OutgoingMail, *, at: datetime) -> PostedMail:
    """The message of `mail`. The same Message-ID and Date each time, so that a copy is known as a copy.

    Raises Undeliverable with a sentence when it can never leave: no valid address, or a secret that has expired.
    """
    refuse_address(mail.recipient)
    text, html = _bodies(mail, at)
    pictures = {picture.number: picture for picture in inline_pictures(mail)}
    used = {int(number) for number in PICTURE_SLOT.findall(html)}
    html = PICTURE_SLOT.sub(lambda slot: _picture_tag(slot, pictures), html)
    posted = PostedMail(
        inline=[picture for number, picture in pictures.items() if number in used],
        subject=mail.subject,
        body=text,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[str(_named(mail))],
        reply_to=_reply_to(mail),
        headers={
            "Message-ID": mail.message_id,
            "Date": format_datetime(mail.queued_at),
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
        },
    )
    posted.attach_alternative(html, "text/html")
    return posted


def refuse_address(address: str) -> None:
    """Raises Undeliverable unless `address` can be an e-mail address."""
    try:
        validate_email(address)
    except ValidationError as error:
        raise Undeliverable(_("%(address)s is not an e-mail address") % {"address": address}) from error


def _named(mail: OutgoingMail) -> Address:
    """The recipient with the name, which may hold anything that a person is called."""
    return Address(mail.recipient_name, addr_spec=mail.recipient)


def _reply_to(mail: OutgoingMail) -> list[str]:
    """Where answers go; an office address that is none must not stop the mail."""
    try:
        validate_email(mail.reply_to)
    except ValidationError:
        if mail.reply_to:
            logger.warning("Mail %s leaves without Reply-To: the address it names is not valid.", mail.pk)
        return []
    return [mail.reply_to]


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


def _image(picture: Inline) -> MIMEImage:
    """One inline part."""
    part = MIMEImage(picture.content, _subtype="jpeg")
    part["Content-ID"] = f"<{picture.content_id}>"
    part["Content-Disposition"] = f'inline; filename="picture-{picture.number}.jpg"'
    return part
