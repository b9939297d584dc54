"""Days as people write them in tables: 2026-03-04, 4/3/2026, 4 Mar 2026, 2026年3月4日, a spreadsheet's day number."""

import re
from collections.abc import Iterable
from datetime import date, timedelta

from django.utils.translation import gettext as _

from units.refusals import Refused

MONTH_FIRST_COUNTRIES = frozenset({"US", "PH"})
EARLIEST, LATEST = date(1950, 1, 1), date(2100, 1, 1)
_SERIAL_ZERO = date(1899, 12, 30)
_YEAR_FIRST = re.compile(r"^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[T\s].*)?$")
_YEAR_LAST = re.compile(r"^(\d{1,2})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{4}|\d{2})(?:\s.*)?$")
_DAY_MONTH = re.compile(r"^(\d{1,2})(?:st|nd|rd|th)?[\s\-/.,]*([^\W\d_]{3,10})[\s\-/.,]*(\d{4}|\d{2})$")
_MONTH_DAY = re.compile(r"^([^\W\d_]{3,10})[\s\-/.,]*(\d{1,2})(?:st|nd|rd|th)?[\s\-/.,]+(\d{4}|\d{2})$")
_WEEKDAY = re.compile(r"^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+", re.IGNORECASE)
_SERIAL = re.compile(r"^\d{5}(?:\.\d+)?$")
_MONTHS = {
    word: number
    for number, words in enumerate(
        (
            "jan januari",
            "feb februari",
            "mar mac march",
            "apr april",
            "may mei",
            "jun june",
            "jul julai",
            "aug ogos ogo",
            "sep sept",
            "oct okt oktober",
            "nov",
            "dec dis disember",
        ),
        start=1,
    )
    for word in words.split()
}


def read(text: str, *, day_first: bool) -> date:
    """The day of a cell. `day_first` says what 4/3/2026 means where the numbers leave it open.

    Refused for what is no day, or one that no home of today began on.
    """
    try:
        found = _found(_WEEKDAY.sub("", text.strip()), day_first=day_first)
    except ValueError:
        found = None
    if found is None or not EARLIEST <= found < LATEST:
        raise Refused(_("“%(text)s” is not a date. Write it like 2026-03-04 or 4 Mar 2026.") % {"text": text[:40]})
    return found


def is_day_first(texts: Iterable[str], *, country: str) -> bool:
    """How a whole column writes 4/3/2026: by its days above 12 when they agree, else by the country."""
    votes = [vote for vote in map(vote_of, texts) if vote is not None]
    return by_votes(votes.count(True), votes.count(False), country=country)


def by_votes(for_day: int, for_month: int, *, country: str) -> bool:
    """The same from counted votes (see `vote_of`)."""
    if bool(for_day) == bool(for_month):
        return country not in MONTH_FIRST_COUNTRIES
    return bool(for_day)


def vote_of(text: str) -> bool | None:
    """True for 25/3/2026, False for 3/25/2026, None for what says nothing about the order."""
    match = _YEAR_LAST.match(text.strip())
    if not match:
        return None
    one, other = int(match[1]), int(match[2])
    return None if (one > 12) == (other > 12) else one > 12


def _found(text: str, *, day_first: bool) -> date | None:
    if match := _YEAR_FIRST.match(text):
        return date(int(match[1]), int(match[2]), int(match[3]))
    if match := _YEAR_LAST.match(text):
        vote = vote_of(text)
        one, other = int(match[1]), int(match[2])
        day, month = (one, other) if (day_first if vote is None else vote) else (other, one)
        return date(_year(match[3]), month, day)
    if match := _DAY_MONTH.match(text):
        return date(_year(match[3]), _month(match[2]), int(match[1]))
    if match := _MONTH_DAY.match(text):
        return date(_year(match[3]), _month(match[1]), int(match[2]))
    if _SERIAL.match(text):
        return _SERIAL_ZERO + timedelta(days=int(float(text)))
    return None


def _month(word: str) -> int:
    """ValueError for a word that is no month."""
    word = word.lower()
    number = _MONTHS.get(word) or _MONTHS.get(word[:3])
    if number is None:
        raise ValueError(word)
    return number


def _year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)
