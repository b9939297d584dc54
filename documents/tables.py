"""Tables that people send (CSV, XLSX): kept as they came, read row by row in flat memory.

A bounded child process does the reading (`documents.darkroom.tables`), so that no file takes this process down.
"""

import contextlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.files.base import File

from documents import examination, names, receiving, shelf, sniffing, uploads
from documents.choices import Kind
from documents.darkroom import Unusable
from documents.looking import Looked, refusing
from documents.models import StoredFile
from ledger.actors import Actor

LARGEST = 10 * 1024 * 1024
WAIT = 40
"""Seconds that a reading may take on a busy machine; an administrator watches, no visitor."""


@dataclass(frozen=True)
class Row:
    """One row that is not blank; sheets count from 0, rows from 1 as a spreadsheet shows them."""

    sheet: int
    number: int
    cells: list[str]


@dataclass(frozen=True)
class Table:
    """A table that has been read; `encoding` is empty for a workbook, `is_guess` when it was only the likeliest."""

    format: str
    sheets: list[str]
    encoding: str
    is_guess: bool
    rows: int
    lines: Path

    def read(self) -> Iterator[Row]:
        """All rows in the order of the file, one at a time."""
        with self.lines.open(encoding="utf-8") as file:
            for line in file:
                yield Row(*json.loads(line))


def store(uploaded: File, *, by: Actor, at: datetime) -> StoredFile:
    """Keeps a table that can be read; `UploadRefused` carries a sentence for the sender.

    Not to be called inside a transaction: reading takes up to 7 s, in which SQLite lets nobody else write.
    """
    name = names.tidy(uploaded.name)
    with refusing(name), receiving.arrived(uploaded) as arrival:
        if not arrival.size:
            raise Unusable("empty")
        if arrival.size > LARGEST:
            raise Unusable("too-large", limit=LARGEST)
        if sniffing.family(arrival.head(sniffing.HEAD)) not in {"zip", ""}:
            raise Unusable("not-a-table")
        with _read(arrival.path, seconds=examination.QUICK_SECONDS) as table:
            findings = {"format": table.format}
        return uploads.keep(Looked(arrival, name, Kind.DOCUMENT, findings, None), by=by, at=at)


@contextlib.contextmanager
def opened(file: StoredFile) -> Iterator[Table]:
    """The rows of a kept table, for as long as the block runs. Takes as long as the file is read (10,000 rows: 1-2 s).

    `UploadRefused` when the file has become unreadable, with a sentence.
    """
    with (
        refusing(file.original_name),
        shelf.current().local(file.path) as path,
        _read(path, seconds=examination.PATIENT_SECONDS) as table,
    ):
        yield table


@contextlib.contextmanager
def _read(path: Path, *, seconds: int) -> Iterator[Table]:
    with shelf.new_file(".rows") as (_file, lines):
        outputs: dict[str, dict[str, Any]] = {"rows": {"path": str(lines)}}
        found = examination.examine(path, "table", outputs=outputs, is_thorough=True, seconds=seconds, wait=WAIT)
        if not found["rows"]:
            raise Unusable("no-rows")
        yield Table(
            format=found["format"],
            sheets=found["sheets"],
            encoding=found["encoding"],
            is_guess=found.get("is_guess", False),
            rows=found["rows"],
            lines=lines,
        )
