"""Looks into PDF and office files just far enough to say which they are, and that they are whole without macros."""

import os
import zipfile
from typing import Any

from documents.darkroom import Unusable
from documents.darkroom.compound import stream_names

MOST_PARTS = 20_000
MOST_UNPACKED = 1024 * 1024 * 1024
LONGEST_LIST = 2 * 1024 * 1024
TAIL = 64 * 1024
OFFICE = {
    b"wordprocessingml.document.main+xml": "docx",
    b"spreadsheetml.sheet.main+xml": "xlsx",
    b"presentationml.presentation.main+xml": "pptx",
}
OPEN_DOCUMENT = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
}


def examine(path: str, family: str) -> dict[str, Any]:
    """The format of a file whose first bytes promise a `family`: pdf, zip or compound."""
    return {"format": {"pdf": pdf, "zip": packed, "compound": compound}[family](path)}


def pdf(path: str) -> str:
    """A PDF says so in its first bytes and where its table stands in its last."""
    with open(path, "rb") as file:
        file.seek(max(0, os.path.getsize(path) - TAIL))
        tail = file.read()
    if b"startxref" not in tail and b"%%EOF" not in tail:
        raise Unusable("damaged")
    return "pdf"


def packed(path: str) -> str:
    """Office Open XML and OpenDocument are zips with a list of what is inside."""
    try:
        with zipfile.ZipFile(path) as archive:
            check_parts(archive)
            return office(archive) or open_document(archive) or unknown()
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, KeyError) as error:
        raise Unusable("damaged") from error


def check_parts(archive: zipfile.ZipFile) -> None:
    """Refuses bombs, and parts that contain programs."""
    parts = archive.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise Unusable("bomb")
    if any(part.filename.lower().endswith("vbaproject.bin") for part in parts):
        raise Unusable("macros")


def office(archive: zipfile.ZipFile) -> str:
    """docx, xlsx or pptx; empty for another zip."""
    if "[Content_Types].xml" not in archive.namelist():
        return ""
    with archive.open("[Content_Types].xml") as part:
        types = part.read(LONGEST_LIST)
    if b"macroEnabled" in types:
        raise Unusable("macros")
    return next((name for mark, name in OFFICE.items() if mark in types), "")


def open_document(archive: zipfile.ZipFile) -> str:
    """odt or ods; empty for another zip."""
    if "mimetype" not in archive.namelist():
        return ""
    with archive.open("mimetype") as part:
        return OPEN_DOCUMENT.get(part.read(100).strip(), "")


def compound(path: str) -> str:
    """doc or xls, by the stream that holds the text or the sheets."""
    names = stream_names(path)
    if names & {"_VBA_PROJECT_CUR", "_VBA_PROJECT", "Macros"}:
        raise Unusable("macros")
    if "WordDocument" in names:
        return "doc"
    if names & {"Workbook", "Book"}:
        return "xls"
    return unknown()


def unknown() -> str:
    """Another kind of file in the same wrapping."""
    raise Unusable("unknown")
