"""Phone numbers as people write them."""

import pytest

from accounts.phones import PhoneRefused, display, normalise, quietly


@pytest.mark.parametrize(
    ("text", "region", "expected"),
    [
        ("012-345 6789", "MY", "+60123456789"),
        ("+60 12-345 6789", "SG", "+60123456789"),
        ("0060123456789", "MY", "+60123456789"),
        ("6012 345 6789", "MY", "+60123456789"),
        ("03-2123 4567", "MY", "+60321234567"),
        ("9123 4567", "SG", "+6591234567"),
        ("07700 900123", "GB", "+447700900123"),
        ("(050) 123 4567", "AE", "+971501234567"),
        ("  ", "MY", ""),
    ],
)
def test_reads_a_number_in_the_way_of_its_country(text, region, expected):
    assert normalise(text, region) == expected


@pytest.mark.parametrize("text", ["ask my wife", "12", "012-345 6789 ext 4", "+60" + "1" * 30, "<script>"])
def test_refuses_what_cannot_be_dialled_with_a_sentence(text):
    with pytest.raises(PhoneRefused, match="is not a phone number"):
        normalise(text, "MY")


def test_a_bad_number_is_no_number_when_comparing():
    assert quietly("ask my wife", "MY") == ""


def test_shows_a_number_with_its_gaps_and_leaves_anything_else():
    assert display("+60123456789") == "+60 12-345 6789"
    assert display("") == ""
