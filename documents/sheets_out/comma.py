"""A list as CSV, line by line: flat memory however long it is."""

import csv
from collections.abc import Iterator
from typing import Any

from documents.sheets_out.safety import harmless
from documents.sheets_out.sheet import Selection, cell, in_words

MARK = "\ufeff"
"""Spreadsheet programs read the file as UTF-8 because of it."""
PER_PIECE = 100


class _Echo:
    """What the writer hands its lines to."""

    def write(self, text: str) -> str:
        return text


def pieces(selection: Selection, *, yes: str, no: str) -> Iterator[str]:
    """The file in pieces of a hundred lines; truth is written in these words, dates as 2026-03-03."""
    sheet, write = selection.sheet, csv.writer(_Echo()).writerow
    lines = [MARK + write([harmless(str(column.label)) for column in sheet.columns])]
    for row in selection.rows():
        zone = sheet.zone(row)
        lines.append(write([_written(cell(column, row, zone), yes, no) for column in sheet.columns]))
        if len(lines) == PER_PIECE:
            yield "".join(lines)
            lines = []
    yield "".join(lines)


def _written(value: Any, yes: str, no: str) -> Any:
    if value is None:
        return ""
    if isinstance(value, bool):
        return yes if value else no
    if isinstance(value, str):
        return harmless(value)
    return value if isinstance(value, int | float) else in_words(value)
