"""The one mail template: facts of an upper room in, plain text and HTML out, both with the same content."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString

SLOT = re.compile(r"\[\[link:[\w-]+\]\]")
WORD_JOINER = "\N{WORD JOINER}"


@dataclass(frozen=True)
class Picture:
    """The `number`-th picture (from 1) of those given to `post.queue`; the caption is read where it is not shown."""

    number: int
    caption: str


@dataclass(frozen=True)
class Item:
    """One of several defects in a mail: what and where, a small second line, its picture.

    `heading` and `under` stand above it: what holds for it and for the items after it, up to the next heading.
    `words` are what somebody wrote about it, in the size of the letter. `links` are what can be done about this item
    alone: (label, address) as the buttons of the letter.
    """

    title: str
    note: str = ""
    picture: Picture | None = None
    heading: str = ""
    under: str = ""
    words: str = ""
    links: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True)
class Caution:
    """A box that must not be overlooked: "do this now". The phone number becomes a link where the text names it."""

    title: str
    text: str
    phone: str = ""

    @property
    def words(self) -> str:
        """The text, ending in the phone number unless it is in there."""
        return self.text if self.phone in self.text else f"{self.text} {self.phone}"


@dataclass(frozen=True)
class Signature:
    """Who writes: the officer, with the office's phone and hours."""

    name: str
    role: str = ""
    phone: str = ""
    hours: str = ""


@dataclass(frozen=True)
class Letter:
    """The parts of a mail, from top to bottom. All are plain words; nothing given here is read as HTML.

    `preview` is what a mailbox shows beside the subject. `quote` holds a person's own words. `next_bold` and `next`
    stand under "What happens next". `buttons` are (label, address): an address is a path of this site
    ("/cases/KRM-2041/") or a slot ("[[link:answer]]"); the first is the main one.
    """

    title: str
    lead: str = ""
    eyebrow: str = ""
    preview: str = ""
    greeting: str = ""
    items: Sequence[Item] = ()
    pictures: Sequence[Picture] = ()
    quote: str = ""
    paragraphs: Sequence[str] = ()
    facts: Sequence[tuple[str, str]] = ()
    next: str = ""
    next_bold: str = ""
    caution: Caution | None = None
    buttons: Sequence[tuple[str, str]] = ()
    note: str = ""
    signature: Signature | None = None
    footer: str = ""


def render(letter: Letter) -> tuple[str, str]:
    """Plain text and HTML of one mail. ValueError for a button or link that leads out of this site."""
    safe = _tamed(replace(letter, buttons=()))
    items = [replace(item, links=_linked(given.links)) for item, given in zip(safe.items, letter.items, strict=True)]
    context = {
        "letter": replace(safe, buttons=_linked(letter.buttons), items=items),
        "preview": safe.preview or safe.next_bold or safe.lead,
        "product_name": settings.PRODUCT_NAME,
        "signature_dialled": dialled(safe.signature.phone) if safe.signature else "",
        "caution": _with_phone_link(safe.caution) if safe.caution else "",
    }
    text = render_to_string("outbox/mail.txt", context)
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n", render_to_string("outbox/mail.html", context)


def _linked(links: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(str(label), absolute(to)) for label, to in links]


def absolute(to: str) -> str:
    """The full address of a path of this site; a link slot stays as it is."""
    if SLOT.fullmatch(to) or to.startswith(f"{settings.BASE_URL}/"):
        return to
    if not to.startswith("/") or to.startswith("//"):
        raise ValueError(f"{to!r} is neither a path of this site nor a link slot.")
    return f"{settings.BASE_URL}{to}"


def _tamed(part: Any) -> Any:
    """The same words, with anything in them that looks like a link slot made powerless; it reads as it was typed."""
    if isinstance(part, str | Promise):
        return str(part).replace("[[link:", f"[{WORD_JOINER}[link:")
    if isinstance(part, list | tuple):
        return [_tamed(one) for one in part]
    if is_dataclass(part) and not isinstance(part, type):
        return replace(part, **{field.name: _tamed(getattr(part, field.name)) for field in fields(part)})
    return part


def _with_phone_link(caution: Caution) -> SafeString:
    """The words of the box, with the phone number as a link."""
    before, phone, after = caution.words.partition(caution.phone) if caution.phone else (caution.words, "", "")
    if not phone:
        return format_html("{}", before)
    link = '{}<a class="caution" href="tel:{}" style="color:#8a4b08;font-weight:700;white-space:nowrap">{}</a>{}'
    return format_html(link, before, dialled(phone), phone, after)


def dialled(phone: str) -> str:
    """What a telephone dials for a number as people write it."""
    return re.sub(r"[^\d+]", "", phone)
