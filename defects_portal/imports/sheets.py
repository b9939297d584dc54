"""How each sheet of a file is read: its kind, its header row and what its columns mean."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from itertools import islice
from typing import Any

from contractors.sheet import CONTRACTORS
from defects_portal.models import SheetMemory
from documents.tables import Row, Table
from homeowners.owner_sheet import HOMES, OWNERS
from units.models import Unit
from units.sheets import columns
from units.sheets.columns import SheetKind
from units.sheets.kinds import DEVELOPMENTS, UNITS
from units.sheets.outcomes import SourceRow

KINDS = {kind.key: kind for kind in (DEVELOPMENTS, CONTRACTORS, UNITS, OWNERS, HOMES)}
"""In the order in which proposals win when they fit equally."""
ORDER = ("developments", "units", "homes", "owners", "contractors")
"""In which sheets are entered: what others point at comes first."""
CHUNK = 250
"""Rows of one transaction: others wait about half a second for it where there is one writer (SQLite)."""
SAMPLES = 3

Numbered = tuple[SourceRow, list[str]]
"""A row by its columns, and its cells as they came."""


@dataclass
class Sheet:
    """One sheet as `ImportRun.sheets` keeps it; an empty kind means that it is left out."""

    index: int
    name: str
    kind: str
    header_row: int
    headers: list[str]
    keys: list[str]
    samples: list[list[str]] = field(default_factory=list)
    is_remembered: bool = False

    @property
    def its_kind(self) -> SheetKind | None:
        """The kind with its columns."""
        return KINDS.get(self.kind)

    def packed(self) -> dict[str, Any]:
        """For the row of the run."""
        return asdict(self)


def propose(table: Table) -> list[Sheet]:
    """A proposal for every sheet that holds rows."""
    first: dict[int, list[Row]] = {}
    for row in table.read():
        kept = first.setdefault(row.sheet, [])
        if len(kept) < columns.LOOKED_AT + SAMPLES:
            kept.append(row)
    return [_proposed(index, table.sheets[index], rows) for index, rows in sorted(first.items())]


def _proposed(index: int, name: str, rows: list[Row]) -> Sheet:
    found = columns.propose([(row.number, row.cells) for row in rows], tuple(KINDS.values()))
    assert found is not None, "only sheets with rows are proposed for"  # noqa: S101
    samples = [row.cells for row in rows if row.number > found.header_row][:SAMPLES]
    sheet = Sheet(index, name, found.kind, found.header_row, found.headers, found.keys, samples)
    if len([key for key in found.keys if key]) < 2:
        sheet.kind, sheet.keys = "", [""] * len(found.headers)
    if sheet.kind == OWNERS.key and not Unit.objects.exists():
        sheet.kind = HOMES.key  # the first list of somebody who moves in brings the homes along
    memory = SheetMemory.objects.filter(fingerprint=fingerprint(sheet.headers)).first()
    if memory is not None and memory.kind in KINDS and len(memory.keys) == len(sheet.headers):
        sheet.kind, sheet.keys, sheet.is_remembered = memory.kind, memory.keys, True
    return sheet


def remember(sheets: Iterable[Sheet]) -> None:
    """Keeps what was chosen for the next file with the same headers."""
    for sheet in sheets:
        if sheet.kind:
            chosen = {"kind": sheet.kind, "keys": sheet.keys}
            SheetMemory.objects.update_or_create(fingerprint=fingerprint(sheet.headers), defaults=chosen)


def fingerprint(headers: list[str]) -> str:
    """The same for headers that read the same."""
    return hashlib.sha256("|".join(map(columns.folded, headers)).encode()).hexdigest()


def in_order(sheets: Iterable[Sheet]) -> list[Sheet]:
    """The sheets that are entered, what others point at first."""
    return sorted((sheet for sheet in sheets if sheet.kind), key=lambda sheet: (ORDER.index(sheet.kind), sheet.index))


def rows_of(table: Table, sheet: Sheet) -> Iterator[Numbered]:
    """The rows below the header; totals and headers that are repeated on each printed page are left out."""
    for row in table.read():
        if row.sheet != sheet.index or row.number <= sheet.header_row:
            continue
        if row.cells == sheet.headers or columns.is_total(row.cells):
            continue
        cells = columns.mapped(row.cells, sheet.keys)
        if cells:
            yield SourceRow(sheet.index, row.number, cells), row.cells


def chunks_of(table: Table, sheet: Sheet) -> Iterator[list[Numbered]]:
    """The rows in chunks; the same file with the same columns always falls into the same chunks."""
    rows = rows_of(table, sheet)
    while chunk := list(islice(rows, CHUNK)):
        yield chunk
