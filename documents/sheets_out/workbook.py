"""A list as a workbook: typed cells, a heading that stays, filters, and a second sheet that says what it is."""

from datetime import date
from typing import IO, Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from documents.sheets_out.safety import is_risky, plain
from documents.sheets_out.sheet import Column, Kind, Selection, cell, in_words

OPTIONS = {
    "constant_memory": True,  # rows go to a file as they are written
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
FORMATS = {Kind.DATE: "yyyy-mm-dd", Kind.MOMENT: "yyyy-mm-dd hh:mm"}
FIRST_DAY = date(1900, 3, 1)
"""Workbooks count days from 1900 and count one that never was; what lies before is written as text."""

Facts = list[tuple[str, str]]


def write(selection: Selection, target: IO[bytes], *, facts: Facts, about: str) -> None:
    """Writes the workbook; `facts` (filter, when, who) stand on its second sheet named `about`."""
    sheet = selection.sheet
    with Workbook(target, OPTIONS) as book:
        page = book.add_worksheet(_title(str(sheet.title)))
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        quoted = book.add_format({"quote_prefix": True})  # stays text when somebody edits the cell
        looks = {kind: book.add_format({"num_format": form, "align": "left"}) for kind, form in FORMATS.items()}
        _frame(page, sheet.columns, head, quoted, rows=len(selection))
        for line, row in enumerate(selection.rows(), start=1):
            zone = sheet.zone(row)
            for place, column in enumerate(sheet.columns):
                _put(page, line, place, cell(column, row, zone), looks.get(column.kind), quoted)
        _describe(book.add_worksheet(_title(about)), facts, head, quoted)


def _title(words: str) -> str:
    """Sheets have short names without these signs."""
    return "".join(sign for sign in words if sign not in "[]:*?/\\'")[:31] or "1"


def _frame(page: Worksheet, columns: tuple[Column, ...], head: Format, quoted: Format, *, rows: int) -> None:
    for place, column in enumerate(columns):
        page.set_column(place, place, column.width)
    for place, column in enumerate(columns):
        page.write_string(0, place, plain(str(column.label)), head)
    page.freeze_panes(1, 1)
    page.autofilter(0, 0, max(rows, 1), len(columns) - 1)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    page.set_footer("&L&F&R&P / &N")


def _put(page: Worksheet, line: int, place: int, value: Any, look: Format | None, quoted: Format) -> None:
    """One cell by its own type: nothing is guessed from text."""
    if value is None:
        return
    if isinstance(value, bool):
        page.write_boolean(line, place, value)
    elif isinstance(value, str):
        _put_text(page, line, place, value, quoted)
    elif not isinstance(value, date):
        page.write_number(line, place, value)
    elif (value.year, value.month) < (FIRST_DAY.year, FIRST_DAY.month):
        page.write_string(line, place, in_words(value))
    else:
        page.write_datetime(line, place, value, look)


def _put_text(page: Worksheet, line: int, place: int, text: str, quoted: Format) -> None:
    clean = plain(text)
    page.write_string(line, place, clean, quoted if is_risky(clean) else None)


def _describe(page: Worksheet, facts: Facts, head: Format, quoted: Format) -> None:
    page.set_column(0, 0, 24)
    page.set_column(1, 1, 80)
    for line, (label, words) in enumerate(facts):
        page.write_string(line, 0, plain(label), head)
        _put_text(page, line, 1, words, quoted)
