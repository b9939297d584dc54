"""The bytes of a mail: text and HTML side by side, the pictures inside the HTML part.

Python's encoders do the work, but its message classes do not: composing with them takes three times as long as
sending, and a worker has to keep up with a mail server (quality promise 36). Only what our mails need is here.
"""

import binascii
from base64 import encodebytes
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from email.header import Header

from django.core.mail import BadHeaderError

# RFC 5322 wants lines of a head below 78 characters and forbids more than 998 in a body.
LONGEST_HEADER, LONGEST_LINE = 70, 900


@dataclass(frozen=True)
class Inline:
    """One picture as a part of a message."""

    number: int
    content_id: str
    content: bytes


@dataclass(frozen=True)
class Part:
    """The same news in another form beside text and HTML: a calendar entry, say. `kind`: its whole Content-Type."""

    kind: str
    text: str


@dataclass(frozen=True)
class WireMessage:
    """A message or one part of it, encoded: ASCII with short lines that end in a line feed."""

    head: str
    body: str

    def __str__(self) -> str:
        return f"{self.head}\n{self.body}"

    def as_bytes(self, unixfrom: bool = False, linesep: str = "\n") -> bytes:  # noqa: FBT001, FBT002
        """The whole with the given ends of lines; the arguments are those that Django's backends use."""
        return str(self).replace("\n", linesep).encode("ascii")


def message(
    headers: Mapping[str, str],
    *,
    text: str,
    html: str,
    inline: Sequence[Inline],
    mark: str,
    parts: Sequence[Part] = (),
) -> WireMessage:
    """The message. `mark` is a word that stands in no body: it divides the parts.

    Raises BadHeaderError for a line break inside a header.
    """
    head = "".join(f"{name}: {header(name, value)}\n" for name, value in headers.items())
    whole = _multipart(
        "alternative", [_words("plain", text), _with_pictures(html, inline, mark), *map(_other, parts)], mark
    )
    return WireMessage(f"{head}MIME-Version: 1.0\n{whole.head}", whole.body)


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
    body = "".join(f"--{mark}\n{part}\n" for part in parts)
    return WireMessage(f'Content-Type: multipart/{kind}; {facts}boundary="{mark}"\n', f"{body}--{mark}--\n")


def _words(kind: str, words: str) -> WireMessage:
    """A text part that survives every mail server: short lines of ASCII as they are, all else quoted-printable."""
    words = words.replace("\r\n", "\n").replace("\r", "\n")
    is_plain = words.isascii() and all(len(line) < LONGEST_LINE for line in words.split("\n"))
    head = (
        f'Content-Type: text/{kind}; charset="utf-8"\n'
        f"Content-Transfer-Encoding: {'7bit' if is_plain else 'quoted-printable'}\n"
    )
    return WireMessage(head, words if is_plain else binascii.b2a_qp(words.encode(), istext=True).decode("ascii"))


def _other(part: Part) -> WireMessage:
    """Byte for byte as it was written: a calendar keeps its own ends of lines."""
    if "\n" in part.kind or "\r" in part.kind:
        raise BadHeaderError("A header of a mail holds no line break.")
    head = f"Content-Type: {part.kind}\nContent-Transfer-Encoding: base64\n"
    return WireMessage(head, encodebytes(part.text.encode()).decode("ascii"))


def _picture(picture: Inline) -> WireMessage:
    head = (
        "Content-Type: image/jpeg\n"
        "Content-Transfer-Encoding: base64\n"
        f"Content-ID: <{picture.content_id}>\n"
        f'Content-Disposition: inline; filename="picture-{picture.number}.jpg"\n'
    )
    return WireMessage(head, encodebytes(picture.content).decode("ascii"))
