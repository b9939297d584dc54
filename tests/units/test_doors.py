"""Which home a written number means."""

import pytest

from units import doors


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("A-12-3", "a/12/3"),
        ("A 12.3", "A-12-3"),
        ("A123", "A-12-3"),
        ("a12-3", "A-12-3"),
        ("#12-34", "12-34"),
        ("A-12-3", "A123"),
        ("Lobby", "lobby"),
    ],
)
def test_one_home_in_many_marks(text, number):
    assert doors.meant(text, [number, "Z-1"]) == [number]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("A-12-3", "A-1-23"),
        ("A-1-11", "A-11-1"),
        ("A1-23", "A-12-3"),
        ("A123", "A124"),
        ("", "A"),
        ("a-1-2-3", "A12-3x"),
    ],
)
def test_two_homes_of_the_same_characters(text, number):
    assert doors.meant(text, [number]) == []


def test_the_very_number_goes_before_what_it_may_mean():
    numbers = ["A-12-3", "A/12/3", "A123", "A-1-23"]

    for number in numbers:
        assert doors.meant(number.lower(), numbers) == [number]
    assert doors.meant("A.12.3", numbers) == ["A-12-3", "A/12/3", "A123"]


@pytest.mark.parametrize("number", ["A-12-3", "12/3", "~1", "a~0/1", "~", "/"])
def test_a_number_comes_back_from_its_address(number):
    part = doors.to_address(number)

    assert "/" not in part
    assert doors.from_address(part) == number
