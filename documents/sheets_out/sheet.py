"""What a list says of itself: its columns, which rows, in which order, and how they are fetched."""

from array import array
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, tzinfo
from enum import StrEnum
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise

BATCH = 500
"""Rows fetched at once: each batch costs the same few queries, and no more than this is in memory."""

Words = str | Promise
Asked = list[tuple[str, str]]


class Kind(StrEnum):
    """What stands in a column; decides the type of its cells in a workbook."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    MOMENT = "moment"
    YES = "yes"


@dataclass(frozen=True)
class Column:
    """One column: its heading, what it says of a row (None: nothing), its type and width in letters.

    A moment is given with its zone and written in the zone of its row. `is_printed`: stands on paper too, where only a
    few columns have room.
    """

    label: Words
    value: Callable[[Any], Any]
    kind: Kind = Kind.TEXT
    width: int = 16
    is_printed: bool = False


def utc(_row: Any) -> tzinfo:
    """The zone of rows that belong to no place."""
    return UTC


@dataclass(frozen=True)
class Part:
    """Some of a sheet's rows, in their order. `fetch` turns keys into rows with all that the columns read."""

    rows: QuerySet
    fetch: Callable[[list[int]], Mapping[int, Any]]


@dataclass(frozen=True)
class Sheet:
    """A list to be taken away. `name` stands in the file name and the audit, `asked` is the filter in words.

    `is_personal`: a register of people, so that even its print-out is given only to who has just shown who they are.
    """

    name: str
    title: Words
    columns: tuple[Column, ...]
    parts: tuple[Part, ...]
    asked: Asked = field(default_factory=list)
    zone: Callable[[Any], tzinfo] = utc
    is_personal: bool = False

    @property
    def printed(self) -> tuple[Column, ...]:
        """The columns that stand on paper."""
        return tuple(column for column in self.columns if column.is_printed)


@dataclass(frozen=True)
class Selection:
    """The rows of a sheet as they were at one moment: no row comes twice or is passed over while the file is made."""

    sheet: Sheet
    keys: tuple[array, ...]

    def __len__(self) -> int:
        return sum(map(len, self.keys))

    def rows(self, *, most: int | None = None) -> Iterator[Any]:
        """The rows one by one, at most so many; a fixed number of queries for each `BATCH`."""
        left = len(self) if most is None else most
        for part, keys in zip(self.sheet.parts, self.keys, strict=True):
            wanted = keys[:left]
            left -= len(wanted)
            for start in range(0, len(wanted), BATCH):
                some = wanted[start : start + BATCH].tolist()
                found = part.fetch(some)
                yield from (found[key] for key in some if key in found)


def select(sheet: Sheet) -> Selection:
    """Picks the rows: one query a part, 8 bytes a row."""
    return Selection(sheet, tuple(_keys(part.rows) for part in sheet.parts))


def _keys(rows: QuerySet) -> array:
    return array("q", rows.values_list("pk", flat=True).iterator(chunk_size=5000))


def cell(column: Column, row: Any, zone: tzinfo) -> Any:
    """The value of a cell: text, number, date, moment of the row's own clock without its zone, truth or None."""
    value = column.value(row)
    if value is None or value == "":
        return None
    if column.kind == Kind.MOMENT:
        return _local(value, zone)
    if column.kind == Kind.YES:
        return bool(value)
    return value if column.kind in {Kind.NUMBER, Kind.DATE} else str(value)


def _local(at: datetime, zone: tzinfo) -> datetime:
    return at.astimezone(zone).replace(tzinfo=None, second=0, microsecond=0)


def in_words(value: Any) -> str:
    """A cell as people and other programs read it: 2026-03-03, 2026-03-03 20:14."""
    if isinstance(value, datetime):
        return value.isoformat(" ", "minutes")
    return value.isoformat() if isinstance(value, date) else str(value)
