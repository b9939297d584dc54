"""Sends HTML with its files to the press (a bounded child process) and brings the PDF back."""

import base64
import contextlib
import errno
import os
import signal
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings

from documents import examination, shelf
from documents.choices import RenditionState, Size
from documents.darkroom import Unusable
from documents.models import Rendition, StoredFile

SECONDS = 15
"""Of the processor (quality.md 23): a paper that needs more fails with a sentence."""
PATIENCE = 30
"""Seconds on the wall: longer than that is a busy machine's fault, and another time may do."""
EDITION = "1"
"""Raised when paper looks different from the same HTML: then papers are made anew."""
JPEG = "image/jpeg"

Asset = tuple[str | bytes, str]
"""A file's path, or what is in it, and its type."""


def style() -> Path:
    """The one style sheet of all paper."""
    return Path(settings.BASE_DIR) / "static" / "css" / "paper.css"


def fonts() -> Path:
    """Our typefaces."""
    return Path(settings.BASE_DIR) / "static" / "vendor" / "fonts"


def print_html(
    html: str,
    *,
    pictures: Mapping[str, StoredFile],
    assets: Mapping[str, Asset],
    target: Path,
) -> dict[str, Any]:
    """Writes the PDF to `target`; how many pages it has and which addresses were refused.

    Only what `pictures` and `assets` name can be shown; a picture without its size for paper stays blank. Raises
    `Unusable` when the paper is at fault, OSError when this machine is (then another time may do).
    """
    with contextlib.ExitStack() as stack:
        files = {address: ordered(asset) for address, asset in assets.items()}
        files |= {
            address: {"path": str(stack.enter_context(shelf.current().local(row.path))), "mime": JPEG}
            for address, row in made(pictures).items()
        }
        order = {
            "html": html,
            "style": str(style()),
            "fonts": str(fonts()),
            "files": files,
            "target": str(target),
            "seconds": SECONDS,
            "niceness": 5,
        }
        return read_answer(*run(order))


def ordered(asset: Asset) -> dict[str, str]:
    """As the order names it."""
    content, mime = asset
    if isinstance(content, bytes):
        return {"content": base64.b64encode(content).decode(), "mime": mime}
    return {"path": content, "mime": mime}


def made(pictures: Mapping[str, StoredFile]) -> dict[str, Rendition]:
    """By address the size for paper of each picture that has one; one query."""
    keys = {file.pk for file in pictures.values()}
    rows = Rendition.objects.filter(file_id__in=keys, kind=Size.PDF, state=RenditionState.READY)
    by_file = {row.file_id: row for row in rows}
    return {address: by_file[file.pk] for address, file in pictures.items() if file.pk in by_file}


def run(order: dict[str, Any]) -> tuple[int, bytes]:
    """Exit code and printed answer. Too long on the wall alone: OSError."""
    try:
        return examination.run(order, PATIENCE, module="documents.press")
    except Unusable as error:
        raise OSError(errno.ETIMEDOUT, os.strerror(errno.ETIMEDOUT)) from error


def read_answer(code: int, printed: bytes) -> dict[str, Any]:
    """The findings. Libraries in C end a process that gets no memory by a signal of their own."""
    if code == -signal.SIGXCPU:
        raise Unusable("paper-too-slow")
    if code in {-signal.SIGABRT, -signal.SIGTRAP, -signal.SIGSEGV, -signal.SIGBUS}:
        raise Unusable("paper-too-much-memory")
    try:
        return examination.read_answer(code, printed)
    except Unusable as error:
        raise Unusable("paper-broken" if error.reason == "damaged" else error.reason) from error
