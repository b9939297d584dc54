"""Tables that people send: encodings, delimiters, workbooks, and files that mean harm."""

import time
from datetime import date

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from documents import tables
from documents.models import StoredFile
from documents.uploads import UploadRefused
from ledger.actors import SYSTEM
from tests import samples

pytestmark = pytest.mark.django_db


def read(content, name="list.csv"):
    file = tables.store(ContentFile(content, name=name), by=SYSTEM, at=timezone.now())
    with tables.opened(file) as table:
        return table, [row.cells for row in table.read()]


@pytest.mark.parametrize(
    ("encoding", "is_guess"),
    [("utf-8", False), ("utf-8-sig", False), ("utf-16", False), ("utf-16-le", True), ("cp1252", True)],
)
def test_usual_encodings_are_read(encoding, is_guess):
    table, rows = read("Unit;Owner\r\nA-1;José Müller\r\n".encode(encoding))
    assert rows == [["Unit", "Owner"], ["A-1", "José Müller"]]
    assert table.is_guess == is_guess


def test_chinese_without_unicode_is_guessed():
    table, rows = read("房号,业主姓名\nA-1,陈伟明\n".encode("gb18030"))
    assert rows[1] == ["A-1", "陈伟明"]
    assert (table.encoding, table.is_guess) == ("gb18030", True)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_delimiters_are_recognised(delimiter):
    assert read(delimiter.join(["Unit", "Owner"]).encode() + f"\nA-1{delimiter}Tan\n".encode())[1][1] == ["A-1", "Tan"]


def test_a_line_that_names_the_delimiter_is_no_row():
    assert read(b"sep=;\nUnit;Owner, all\nA-1;Tan\n")[1][0] == ["Unit", "Owner, all"]


def test_rows_keep_their_numbers_and_blank_ones_are_left_out():
    file = tables.store(ContentFile(b"Unit,Owner\n\n,,\nA-1,Tan\n", name="a.csv"), by=SYSTEM, at=timezone.now())
    with tables.opened(file) as table:
        assert [(row.number, row.cells) for row in table.read()] == [(1, ["Unit", "Owner"]), (4, ["A-1", "Tan"])]


def test_a_workbook_gives_days_and_numbers_as_text():
    rows = [["Unit", "VP", "Phone", "Zero"], ["A-1", date(2026, 3, 4), 60123456789, "'=1"]]
    table, found = read(samples.workbook({"Homes": rows, "Empty": []}), "homes.xlsx")
    assert found[1] == ["A-1", "2026-03-04", "60123456789", "=1"]
    assert table.sheets == ["Homes", "Empty"]


def test_a_formula_counts_with_its_last_result():
    import io

    import xlsxwriter

    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["Unit", "Owner"])
        page.write_formula(1, 0, '="A-"&1', None, "A-1")
        page.write(1, 1, "Tan")
    assert read(stream.getvalue(), "a.xlsx")[1][1] == ["A-1", "Tan"]


@pytest.mark.parametrize("name", sorted(samples.HOSTILE))
def test_what_is_no_table_is_refused(name):
    with pytest.raises(UploadRefused):
        read(samples.HOSTILE[name](), name)
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize(("make", "reason"), [(samples.bomb, "bomb"), (samples.with_macros, "macros")])
def test_bombs_and_macros_are_refused_at_once(make, reason):
    content, begun = make(), time.monotonic()
    with pytest.raises(UploadRefused) as refused:
        read(content, "homes.xlsx")
    assert refused.value.reason == reason
    assert time.monotonic() - begun < 10


def test_too_many_rows_are_refused():
    with pytest.raises(UploadRefused) as refused:
        read(b"Unit,Owner\n" + b"A-1,Tan\n" * 30_001)
    assert refused.value.reason == "too-many-rows"


def test_a_million_blank_rows_are_nothing():
    assert len(read(b"Unit,Owner\nA-1,Tan\n" + b",\n" * 1_000_000)[1]) == 2


def test_a_file_over_the_cap_is_refused(monkeypatch):
    monkeypatch.setattr(tables, "LARGEST", 100)
    with pytest.raises(UploadRefused) as refused:
        read(b"Unit,Owner\n" * 20)
    assert refused.value.reason == "too-large"
