"""What a case is called: the fault in plain words, and the part of the room where it is."""

import pytest

from cases.opening import fault_words
from catalogue.models import DefectType

NAMES = [
    ("Water is leaking", "Ceiling", "water is leaking, ceiling"),
    ("Water stays on the floor", "Floor", "water stays on the floor"),
    ("Floor is uneven", "floor", "floor is uneven"),
    ("Tap drips", "Sink or tap", "tap drips"),
    ("Flooring comes off", "Floor", "flooring comes off, floor"),
    ("Water is leaking", "Heating or hot water", "water is leaking, heating or hot water"),
    ("Light does not work", "Socket, switch, light", "light does not work"),
    ("Hangs down", "", "hangs down"),
]


@pytest.mark.parametrize(("fault", "part", "words"), NAMES)
def test_a_part_that_the_fault_names_is_not_said_again(fault, part, words):
    assert fault_words(DefectType(owner_label=fault), part, "The reporter's own words") == words


def test_a_fault_of_no_known_kind_is_called_by_the_reporters_first_line():
    assert fault_words(None, "Floor", "It smells\nsince Tuesday") == "It smells"
