"""What all sheets share: unit numbers, days, headers."""

from datetime import date

import pytest

from homeowners.owner_sheet import HOMES, OWNERS
from units.refusals import Refused
from units.sheets import columns, days, numbers
from units.sheets.kinds import DEVELOPMENTS, UNITS


@pytest.mark.parametrize(
    ("text", "block", "number", "named", "floor"),
    [
        ("12A / Blk 3", "", "3-12A", "Blk 3", ""),
        ("Blk 3 #12-34", "", "3-12-34", "Blk 3", "12"),
        ("A-12-3", "", "A-12-3", "A", "12"),
        ("A/12/3", "", "A-12-3", "A", "12"),
        ("A.12.3A", "", "A-12-3A", "A", "12"),
        ("#12-34", "Block 3", "3-12-34", "Block 3", "12"),
        ("A-12-3", "Tower A", "A-12-3", "Tower A", "12"),
        ("12-3", "Tower A", "A-12-3", "Tower A", "12"),
        ("Unit No. a-12-3", "", "A-12-3", "A", "12"),
        ("2 Elmfield Lane", "Phase 1", "2 Elmfield Lane", "Phase 1", ""),
        ("8座 12-3", "", "8-12-3", "8座", "12"),
        ("Lobby", "", "Lobby", "", ""),
    ],
)
def test_unit_numbers_are_read_as_people_write_them(text, block, number, named, floor):
    assert numbers.read(text, block) == numbers.Door(number, named, floor)


@pytest.mark.parametrize("name", ["Tower A", "Block A", "Blk A", "BLOK A", "A座", "a"])
def test_one_block_by_many_names(name):
    assert numbers.block_key(name) == "a"


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-04",
        "2026/3/4",
        "4/3/2026",
        "04.03.2026",
        "4-3-26",
        "4 Mar 2026",
        "4-Mac-2026",
        "Mar 4, 2026",
        "46085",
        "2026年3月4日",
        "Wed 4 Mar 2026",
        "2026-03-04 00:00:00",
        "4th March 2026",
    ],
)
def test_a_day_in_many_styles(text):
    assert days.read(text, day_first=True) == date(2026, 3, 4)


@pytest.mark.parametrize("text", ["31/2/2026", "soon", "12", "2026-13-01", "1/1/1900", "99999"])
def test_what_is_no_day_is_refused(text):
    with pytest.raises(Refused):
        days.read(text, day_first=True)


def test_the_whole_column_decides_which_number_is_the_day():
    assert days.is_day_first(["4/3/2026", "3/25/2026"], country="MY") is False
    assert days.is_day_first(["4/3/2026", "25/3/2026"], country="US") is True
    assert days.is_day_first(["4/3/2026"], country="US") is False
    assert days.is_day_first(["4/3/2026"], country="MY") is True


def propose(*rows):
    found = columns.propose(list(enumerate(rows, start=1)), (DEVELOPMENTS, UNITS, OWNERS, HOMES))
    return found.kind, found.header_row, found.keys


def test_the_header_is_found_under_titles():
    rows = (
        ["Kerinci Residences"],
        ["Handover list", "4 Mar"],
        ["Unit No.", "Purchaser Name", "H/P No"],
        ["A-1", "Tan"],
    )
    assert propose(*rows)[:2] == ("owners", 3)


@pytest.mark.parametrize(
    ("headers", "kind"),
    [
        (["Block", "Unit", "Floor"], "units"),
        (["Unit", "Owner", "VP date"], "homes"),
        (["房号", "业主姓名", "电话"], "owners"),
        (["No Unit", "Nama Pemilik", "Tarikh VP"], "homes"),
        (["Project code", "Project name", "Country", "Office phone", "Office email"], "developments"),
    ],
)
def test_the_kind_is_known_by_its_headers(headers, kind):
    assert propose(headers, ["A", "B"])[0] == kind


@pytest.mark.parametrize("cells", [["TOTAL", "11 units"], ["Grand total: 40"], ["Jumlah", "", "40"], ["合计", "3"]])
def test_total_rows_are_known(cells):
    assert columns.is_total(cells)


def test_a_person_called_total_is_no_total():
    assert not columns.is_total(["Total Tan", "A-1-1", "x@y.example", "0123"])
