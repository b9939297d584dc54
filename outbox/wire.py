"""The bytes of a mail: text and HTML side by side, the pictures inside the HTML part.

Python's own message classes, filled with headers and bodies that are encoded already: Django's way of composing takes
three times as long as sending, and a worker has to keep up with a mail server (quality promise 36).
"""

import binascii
from base64 import encodebytes
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from email.header import Header
from email.message import Message
from email.policy import Compat32

from django.core.mail import BadHeaderError

# RFC 5322 wants lines of a head below 78 characters and forbids more than 998 in a body.
LONGEST_HEADER, LONGEST_LINE = 70, 900


@dataclass(frozen=True)
class Inline:
    """One picture as a part of a message."""

    number: int
    content_id: str
    content: bytes


class _AsTheyAre(Compat32):
    """Headers are written as they stand; `header` has encoded and folded them."""

    def fold_binary(self, name: str, value: str) -> bytes:
        return f"{name}: {value}".encode("ascii").replace(b"\n", self.linesep.encode()) + self.linesep.encode()


class WireMessage(Message):
    """A message that turns into bytes the way Django's mail backends ask for it."""

    def as_bytes(self, unixfrom: bool = False, linesep: str = "\n") -> bytes:  # type: ignore[override]  # noqa: FBT001, FBT002
        """The whole message with the given ends of lines."""
        return super().as_bytes(unixfrom, policy=_AsTheyAre(linesep=linesep))


def message(headers: Mapping[str, str], *, text: str, html: str, inline: Sequence[Inline], mark: str) -> WireMessage:
    """The message. `mark` is a word that stands in no body: it divides the parts.

    Raises BadHeaderError for a line break inside a header.
    """
    whole = _multipart("alternative", [_words("plain", text), _with_pictures(html, inline, mark)], mark)
    whole["MIME-Version"] = "1.0"
    for name, value in headers.items():
        whole[name] = header(name, value)
    return whole


def header(name: str, value: str) -> str:
    """A header's value in ASCII, folded where it is long; a subject that looks encoded is one that was typed."""
    if "\n" in value or "\r" in value:
        raise BadHeaderError("A header of a mail holds no line break.")
    is_plain = value.isascii() and not (name == "Subject" and "=?" in value)
    if is_plain and len(value) <= LONGEST_HEADER:
        return value
    return Header(value, None if is_plain else "utf-8", maxlinelen=LONGEST_HEADER).encode()


def _with_pictures(html: str, inline: Sequence[Inline], mark: str) -> WireMessage:
    words = _words("html", html)
    if not inline:
        return words
    return _multipart("related", [words, *map(_picture, inline)], f"{mark}r", 'type="text/html"; ')


def _multipart(kind: str, parts: Sequence[WireMessage], mark: str, facts: str = "") -> WireMessage:
    whole = WireMessage()
    whole["Content-Type"] = f'multipart/{kind}; {facts}boundary="{mark}"'
    whole.set_payload(list(parts))
    return whole


def _words(kind: str, words: str) -> WireMessage:
    """A text part that survives every mail server: short lines of ASCII as they are, all else quoted-printable."""
    words = words.replace("\r\n", "\n").replace("\r", "\n")
    is_plain = words.isascii() and all(len(line) < LONGEST_LINE for line in words.split("\n"))
    part = WireMessage()
    part["Content-Type"] = f'text/{kind}; charset="utf-8"'
    part["Content-Transfer-Encoding"] = "7bit" if is_plain else "quoted-printable"
    part.set_payload(words if is_plain else binascii.b2a_qp(words.encode(), istext=True).decode("ascii"))
    return part


def _picture(picture: Inline) -> WireMessage:
    part = WireMessage()
    part["Content-Type"] = "image/jpeg"
    part["Content-Transfer-Encoding"] = "base64"
    part["Content-ID"] = f"<{picture.content_id}>"
    part["Content-Disposition"] = f'inline; filename="picture-{picture.number}.jpg"'
    part.set_payload(encodebytes(picture.content).decode("ascii"))
    return part
