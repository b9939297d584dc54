"""File names: kept as people gave them, minus what could mislead a reader or a computer."""

import unicodedata
from pathlib import PurePosixPath

from documents.sniffing import SUFFIX_OF_MIME

LONGEST = 120
OTHER_SPELLINGS = {".jpeg": ".jpg", ".jpe": ".jpg", ".heif": ".heic"}


def tidy(name: str | None) -> str:
    """The last part of the name without control characters and direction marks, at most 120 characters."""
    last = (name or "").replace("\\", "/").rsplit("/", maxsplit=1)[-1]
    shown = "".join(letter for letter in unicodedata.normalize("NFC", last) if unicodedata.category(letter)[0] != "C")
    shown = " ".join(shown.split()).strip(". ") or "file"
    if len(shown) <= LONGEST:
        return shown
    suffix = PurePosixPath(shown).suffix[:10]
    return shown[: LONGEST - len(suffix)] + suffix


def for_download(name: str, mime: str) -> str:
    """The name with the ending that its content deserves: "plan.exe" that is a PDF becomes "plan.exe.pdf"."""
    right = SUFFIX_OF_MIME.get(mime, ".bin")
    given = PurePosixPath(name).suffix.lower()
    return name if OTHER_SPELLINGS.get(given, given) == right else f"{name}{right}"


def for_rendition(name: str, ending: str = "jpg") -> str:
    """What a picture or video is called when our copy of it is saved."""
    return f"{PurePosixPath(name).stem}.{ending}"
