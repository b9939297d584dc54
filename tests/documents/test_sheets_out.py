"""Lists to be taken away: types, text that stays text, order, batches, memory."""

import csv
import io
import tracemalloc
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import openpyxl
import pytest

from documents.sheets_out import comma, workbook
from documents.sheets_out.safety import FORMULA, harmless
from documents.sheets_out.sheet import BATCH, Column, Kind, Part, Selection, Sheet, select
from ledger.models import Counter

KUALA_LUMPUR = ZoneInfo("Asia/Kuala_Lumpur")
LATE = datetime(2026, 3, 3, 16, 30, 59, tzinfo=UTC)  # the next day in Kuala Lumpur
NAUGHTY = [
    "=1+1",
    "+60 12-345 6789",
    "-5 degrees",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "  =1",
    "\ufeff=1",
    "\uff1d1+1",
    '=HYPERLINK("http://evil.example","x")',
    "=cmd|' /C calc'!A0",
    'a"b,c;d\ne',
]
COLUMNS = (
    Column("Words", lambda row: row["words"]),
    Column("Number", lambda row: row.get("number"), Kind.NUMBER),
    Column("Day", lambda row: row.get("day"), Kind.DATE),
    Column("Moment", lambda row: row.get("at"), Kind.MOMENT),
    Column("Yes", lambda row: row.get("yes"), Kind.YES),
)


class Rows:
    """Keys as a queryset hands them out."""

    def __init__(self, amount):
        self.amount = amount

    def values_list(self, *_names, flat):
        return self

    def iterator(self, chunk_size):
        return iter(range(self.amount))


def selected(rows):
    part = Part(Rows(len(rows)), lambda keys: {key: rows[key] for key in keys})
    return select(Sheet("list", "A list", COLUMNS, (part,), zone=lambda row: KUALA_LUMPUR))


def as_csv(selection):
    text = "".join(comma.pieces(selection, yes="yes", no="no"))
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text[1:], newline="")))


def as_book(selection, facts=()):
    target = io.BytesIO()
    workbook.write(selection, target, facts=list(facts), about="About")
    return openpyxl.load_workbook(target)


@pytest.mark.parametrize("words", NAUGHTY)
def test_text_never_becomes_a_formula(words):
    selection = selected([{"words": words}])

    (_head, line) = as_csv(selection)
    cell = as_book(selection, [("Filter", words)])["A list"]["A2"]

    assert FORMULA.match(line[0]) is None
    assert words.lstrip("\r") in line[0] or words in line[0]
    assert (cell.data_type, cell.quotePrefix) == ("s", FORMULA.match(words) is not None)


def test_a_heading_and_the_words_of_the_filter_are_text_too():
    book = as_book(selected([]), [("=1+1", "=2+2")])

    assert {cell.data_type for row in book["About"] for cell in row} == {"s"}
    assert harmless("=Heading") == "'=Heading"


def test_a_negative_number_stays_a_number():
    selection = selected([{"words": "x", "number": -5}])

    assert as_csv(selection)[1][1] == "-5"
    assert as_book(selection)["A list"]["B2"].value == -5


def test_cells_of_a_workbook_have_types():
    row = {"words": "12", "number": 7, "day": date(2026, 3, 3), "at": LATE, "yes": True}

    page = as_book(selected([row, {"words": ""}]))["A list"]

    assert [cell.value for cell in page[2]] == ["12", 7, datetime(2026, 3, 3), datetime(2026, 3, 4, 0, 30), True]
    assert [cell.data_type for cell in page[2]] == ["s", "n", "d", "d", "b"]
    assert [cell.number_format for cell in page[2]][2:4] == ["yyyy-mm-dd", "yyyy-mm-dd hh:mm"]
    assert (page.auto_filter.ref, page.freeze_panes, page["A1"].font.b) == ("A1:E3", "B2", True)
    assert page.max_row == 2  # nothing was written where nothing is


def test_csv_has_dates_that_sort_and_the_clock_of_the_place():
    row = {"words": "x", "day": date(2026, 3, 3), "at": LATE, "yes": False}

    assert as_csv(selected([row]))[1] == ["x", "", "2026-03-03", "2026-03-04 00:30", "no"]


def test_a_day_before_workbooks_begin_is_text():
    assert as_book(selected([{"words": "x", "day": date(1899, 12, 31)}]))["A list"]["C2"].value == "1899-12-31"


def test_what_no_file_can_hold_is_replaced_and_long_text_cut():
    selection = selected([{"words": "a\x00b\x1fc\ud800d"}, {"words": "y" * 40_000}])

    page = as_book(selection)["A list"]

    assert page["A2"].value == "a\ufffdb\ufffdc\ufffdd"
    assert len(page["A3"].value) == 32_000
    assert "".join(comma.pieces(selection, yes="y", no="n")).encode()


@pytest.mark.django_db
def test_rows_come_in_their_order_in_batches_of_fixed_queries(queries):
    Counter.objects.bulk_create([Counter(name=f"c{number:04}", value=number) for number in range(2 * BATCH + 1)])
    counters = Counter.objects.filter(name__startswith="c").order_by("-value")
    columns = (Column("Name", lambda row: row.name),)
    sheet = Sheet("list", "A list", columns, (Part(counters, Counter.objects.in_bulk),))

    with queries(1):
        selection = select(sheet)
    with queries(3):
        names = [row.name for row in selection.rows()]

    assert names == sorted(names, reverse=True)
    assert len(names) == len(selection) == 2 * BATCH + 1
    assert [row.name for row in selection.rows(most=3)] == names[:3]


@pytest.mark.django_db
def test_a_row_that_goes_or_comes_meanwhile_moves_no_other():
    first, second = (Counter.objects.create(name=name) for name in ("a-one", "b-two"))
    columns = (Column("Name", lambda row: row.name),)
    rows = Counter.objects.filter(pk__in=[first.pk, second.pk]).order_by("name")
    selection = select(Sheet("list", "A list", columns, (Part(rows, Counter.objects.in_bulk),)))
    Counter.objects.filter(pk=second.pk).update(name="0-moved")
    first.delete()

    assert [row.name for row in selection.rows()] == ["0-moved"]


def test_two_parts_stand_one_after_the_other_and_share_the_bound():
    parts = tuple(
        Part(Rows(3), lambda keys, start=start: {key: {"words": str(start + key)} for key in keys}) for start in (0, 10)
    )
    selection = select(Sheet("list", "A list", COLUMNS, parts))

    assert [row["words"] for row in selection.rows()] == ["0", "1", "2", "10", "11", "12"]
    assert [row["words"] for row in selection.rows(most=4)] == ["0", "1", "2", "10"]


def peak_of(work, amount):
    """The most memory that making a file of so many rows took, in bytes."""
    part = Part(Rows(amount), lambda keys: {key: {"words": f"Row {key} {'x' * 200}", "number": key} for key in keys})
    selection: Selection = select(Sheet("list", "A list", COLUMNS, (part,)))
    tracemalloc.start()
    work(selection)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


def drained(selection):
    for _piece in comma.pieces(selection, yes="y", no="n"):
        pass


def to_disk(selection, tmp_path):
    with (tmp_path / "list.xlsx").open("wb") as file:
        workbook.write(selection, file, facts=[], about="About")


def test_memory_does_not_grow_with_the_rows(tmp_path):
    """Ten times the rows take the same memory; text of 20,000 rows alone would be 5 MB."""
    assert peak_of(drained, 20_000) < 1.5 * peak_of(drained, 2_000)
    small = peak_of(lambda selection: to_disk(selection, tmp_path), 2_000)
    assert peak_of(lambda selection: to_disk(selection, tmp_path), 20_000) < 1.5 * small
