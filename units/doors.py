"""Which home a written number means. Pure.

People leave marks out or write others: A123, A 12/3 and A-12-3 can be one home. A-12-3 and A-1-23 never are, though
both are "a123" without their marks (`Unit.number_key`): that key finds candidates, it does not name a home.
"""

import re
from collections.abc import Iterable
from itertools import accumulate

MARKS = re.compile(r"[\s\-/.#]+")


def key_of(number: str) -> str:
    """As the database compares numbers (`Unit.number_key`)."""
    return MARKS.sub("", number).lower()


def agree(one: str, other: str) -> bool:
    """Both can be one home: the same letters and digits, and no mark of either stands inside a part of the other."""
    breaks, others = _breaks(one), _breaks(other)
    return key_of(one) == key_of(other) and (breaks <= others or others <= breaks)


def meant(text: str, numbers: Iterable[str]) -> list[str]:
    """Those of the homes of one development that the text may mean; the one with this very number alone."""
    numbers = list(numbers)
    exact = [number for number in numbers if number.lower() == text.lower()]
    return exact or [number for number in numbers if agree(text, number)]


def to_address(number: str) -> str:
    """The number as a part of an address, which cannot hold a slash."""
    return number.replace("~", "~0").replace("/", "~1")


def from_address(part: str) -> str:
    """The number that `to_address` wrote."""
    return part.replace("~1", "/").replace("~0", "~")


def _breaks(number: str) -> set[int]:
    """After how many letters and digits a mark stands; one at either end divides nothing."""
    parts = [part for part in MARKS.split(number) if part]
    return set(accumulate(map(len, parts[:-1])))
