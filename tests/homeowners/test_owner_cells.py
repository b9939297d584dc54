"""People as lists write them."""

import pytest

from homeowners import owner_cells
from units.refusals import Refused
from units.sheets.outcomes import SourceRow


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Hana bt Yusof & Ali / Tan", ["Hana bt Yusof", "Ali", "Tan"]),
        ("Lim Wei Jie\nLim Mei Hua", ["Lim Wei Jie", "Lim Mei Hua"]),
        ("1) Hana; 2) Ali", ["Hana", "Ali"]),
        ("Hana dan Ali", ["Hana", "Ali"]),
        ("Raj s/o Menon & Noor a/p Said", ["Raj s/o Menon", "Noor a/p Said"]),
        ("Tan & Sons Sdn Bhd", ["Tan & Sons Sdn Bhd"]),
        ("林美华、王小明", ["林美华", "王小明"]),
        ("Hana & Hana", ["Hana"]),
    ],
)
def test_several_owners_in_one_cell(text, names):
    assert owner_cells.names(text) == names


@pytest.mark.parametrize("text", ["", "-", "123", "=HYPERLINK(1)", "x" * 121])
def test_what_is_no_name_is_refused(text):
    with pytest.raises(Refused):
        owner_cells.names(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("mailto:Hana@Example.COM", ["hana@example.com"]),
        ("noor @ example.com", ["noor@example.com"]),
        ("Farid <farid@example.com>", ["farid@example.com"]),
        ("a@x.example; b@x.example", ["a@x.example", "b@x.example"]),
        ("N/A", []),
    ],
)
def test_addresses_as_people_paste_them(text, found):
    assert owner_cells.emails(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("012-345 6789 / 013-888 7777", ["+60123456789", "+60138887777"]),
        ("(HP) 014-555 6666", ["+60145556666"]),
        ("123456789", ["+60123456789"]),
        ("60123456789", ["+60123456789"]),
        ("+65 6123 4567", ["+6561234567"]),
        ("03-2123 4567 (O)", ["+60321234567"]),
        ("nil", []),
    ],
)
def test_phones_in_any_format(text, found):
    assert owner_cells.phones(text, region="MY") == found


def people(**cells):
    return owner_cells.people(SourceRow(0, 2, cells), region="MY")


def test_as_many_addresses_as_people_are_shared_out():
    found, warnings = people(owner="Hana & Ali", email="h@x.example; a@x.example", phone="0123456789/0138887777")
    assert [(one.email, one.phone) for one in found] == [
        ("h@x.example", "+60123456789"),
        ("a@x.example", "+60138887777"),
    ]
    assert warnings == []


def test_one_address_of_a_couple_is_shared_and_said():
    found, warnings = people(owner="Hana & Ali", email="h@x.example")
    assert [one.email for one in found] == ["h@x.example"] * 2
    assert len(warnings) == 1
