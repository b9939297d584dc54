"""Reads the mails that `FolderBackend` keeps, for the page /inbox/ of a demo."""

import base64
import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.parser import BytesHeaderParser
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from django.conf import settings

NEWEST = 200
NAME = re.compile(r"[\w-]+")


@dataclass(frozen=True)
class KeptMail:
    """One kept mail as the pages show it."""

    name: str
    subject: str
    to: str
    sender: str
    date: datetime | None
    text: str = ""
    html: str = ""


def newest() -> list[KeptMail]:
    """The newest 200 mails, newest first, without their bodies."""
    paths = sorted(Path(settings.INBOX_DIR).glob("*.eml"), reverse=True)[:NEWEST]
    parser = BytesHeaderParser(policy=policy.default)
    return [_kept(path.stem, parser.parsebytes(path.read_bytes())) for path in paths]


def read(name: str) -> KeptMail | None:
    """One mail with its bodies, its pictures put into the HTML; None when there is no such mail."""
    path = Path(settings.INBOX_DIR, f"{name}.eml")
    if not NAME.fullmatch(name) or not path.is_file():
        return None
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    return _kept(name, message, text=_body(message, "plain"), html=_with_pictures(_body(message, "html"), message))


def style_hashes(html: str) -> list[str]:
    """The Content-Security-Policy sources that allow exactly the inline styles of this page."""
    reader = _StyleReader()
    reader.feed(html)
    return sorted({f"'sha256-{_base64(hashlib.sha256(style.encode()).digest())}'" for style in reader.styles})


class _StyleReader(HTMLParser):
    """Collects style attributes and style elements."""

    def __init__(self) -> None:
        super().__init__()
        self.styles: list[str] = []
        self.is_in_style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.is_in_style = tag == "style"
        self.styles += [value for name, value in attrs if name == "style" and value]

    def handle_endtag(self, tag: str) -> None:
        self.is_in_style = False

    def handle_data(self, data: str) -> None:
        if self.is_in_style:
            self.styles.append(data)


def _kept(name: str, message: Any, *, text: str = "", html: str = "") -> KeptMail:
    date = message["Date"]
    return KeptMail(
        name=name,
        subject=str(message["Subject"] or ""),
        to=str(message["To"] or ""),
        sender=str(message["From"] or ""),
        date=date.datetime if date else None,
        text=text,
        html=html,
    )


def _body(message: EmailMessage, kind: str) -> str:
    part = message.get_body(preferencelist=(kind,))
    return part.get_content() if part else ""


def _with_pictures(html: str, message: EmailMessage) -> str:
    """The HTML with its inline pictures as data, so that the page needs nothing else."""
    for part in message.walk():
        content_id = str(part["Content-ID"] or "").strip("<>")
        if content_id and part.get_content_maintype() == "image":
            data = f"data:{part.get_content_type()};base64,{_base64(part.get_payload(decode=True))}"
            html = html.replace(f"cid:{content_id}", data)
    return html


def _base64(content: Any) -> str:
    return base64.b64encode(content).decode()
