"""Opening hours as typed by an administrator: odd ones are refused with a sentence."""

import pytest

from units.working_hours import parse


@pytest.mark.parametrize(
    "hours",
    [
        [],
        "9-18",
        {"7": [["09:00", "18:00"]]},
        {"monday": [["09:00", "18:00"]]},
        {"0": ["09:00", "18:00"]},
        {"0": [["09:00"]]},
        {"0": [["9:00", "18:00"]]},
        {"0": [["09:00", "24:30"]]},
        {"0": [["18:00", "09:00"]]},
        {"0": [["09:00", "09:00"]]},
        {"0": [["09:00", "13:00"], ["12:59", "18:00"]]},
    ],
)
def test_odd_hours_are_refused(hours):
    with pytest.raises(ValueError, match=r"\w+ \w+"):
        parse(hours)


def test_shifts_are_sorted_and_closed_days_left_out():
    assert parse({"5": [["14:00", "24:00"], ["09:00", "13:00"]], "6": []}) == {5: ((540, 780), (840, 1440))}
