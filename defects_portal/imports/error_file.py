"""The rows that were not taken, as a file of the kind that came: mend it and send it again."""

import csv
import io
from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter

from django.utils.translation import gettext as _

from defects_portal.choices import ImportStage, ImportState
from defects_portal.imports import runs
from defects_portal.imports.sheets import Sheet
from defects_portal.models import ImportLine, ImportRun
from units.sheets.outcomes import Verdict

STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
MIME = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


def bad_lines(run: ImportRun) -> Iterator[ImportLine]:
    """The rows that are not in: of the import when there was one, else of the check."""
    stage = (
        ImportStage.IMPORT
        if run.state in {ImportState.IMPORTING, ImportState.DONE} or run.begun_at
        else ImportStage.CHECK
    )
    wrong = run.lines.filter(stage=stage, verdict__in=[Verdict.BAD, Verdict.HELD])
    return iter(wrong.order_by("sheet", "row").iterator(500))


def content(run: ImportRun) -> bytes:
    """The file; safe from formulas, and taken again as it is."""
    return _csv(run) if run.facts["format"] == "csv" else _xlsx(run)


def name(run: ImportRun) -> str:
    """What it is called: rows of homes.csv become homes-to-mend.csv."""
    stem = run.file.original_name.rpartition(".")[0] or run.file.original_name
    return f"{stem}-to-mend.{run.facts['format']}"


def safe(text: str) -> str:
    """A cell that no spreadsheet takes for a formula; reading takes the quote away again."""
    return f"'{text}" if text.startswith(STARTS_FORMULA) and len(text) > 1 else text


def _rows(run: ImportRun) -> Iterator[tuple[Sheet, list[list[str]]]]:
    sheets = {sheet.index: sheet for sheet in runs.sheets_of(run)}
    for index, lines in groupby(bad_lines(run), key=attrgetter("sheet")):
        head = [_("Row"), _("What is wrong"), *sheets[index].headers]
        yield sheets[index], [head, *([str(line.row), line.sentence, *line.cells] for line in lines)]


def _csv(run: ImportRun) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    for _sheet, rows in _rows(run):
        writer.writerows([safe(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _xlsx(run: ImportRun) -> bytes:
    import xlsxwriter

    stream = io.BytesIO()
    with xlsxwriter.Workbook(
        stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        bold = book.add_format({"bold": True})
        for sheet, rows in _rows(run):
            page = book.add_worksheet(_sheet_name(sheet, book.sheetnames))
            for place, row in enumerate(rows):
                for column, cell in enumerate(row):
                    page.write_string(place, column, cell, None if place else bold)
            page.freeze_panes(1, 2)
            page.set_column(1, 1, 60)
        if not book.sheetnames:
            book.add_worksheet()
    return stream.getvalue()


def _sheet_name(sheet: Sheet, taken: dict[str, object]) -> str:
    """As it was, without what a spreadsheet does not allow."""
    plain = "".join(sign for sign in sheet.name if sign not in "[]:*?/\\").strip("'")[:28] or f"Sheet {sheet.index + 1}"
    return plain if plain not in taken else f"{plain} {sheet.index + 1}"
