"""Opening hours as they are stored: weekday ("0" is Monday) to [["09:00", "18:00"], ...] in local wall time."""

import re
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

CLOCK_TIME = re.compile(r"^([01][0-9]|2[0-4]):([0-5][0-9])$")
MINUTES_A_DAY = 24 * 60

Shift = tuple[int, int]
Shifts = tuple[Shift, ...]


def parse(stored: Any) -> dict[int, Shifts]:
    """Weekday to shifts in minutes after midnight, in order. ValueError carries a sentence; "24:00" ends a day."""
    if not isinstance(stored, dict):
        raise ValueError(_("Hours are written by weekday, for example {“0”: [[“09:00”, “18:00”]]}."))  # noqa: TRY004 - a form shows it
    return {_weekday(day): _shifts(pairs) for day, pairs in stored.items() if pairs}


def _weekday(day: Any) -> int:
    if str(day) not in {"0", "1", "2", "3", "4", "5", "6"}:
        raise ValueError(_("Weekdays are 0 (Monday) to 6 (Sunday); “{day}” is neither.").format(day=day))
    return int(day)


def _shifts(pairs: Any) -> Shifts:
    if not isinstance(pairs, list) or not all(isinstance(pair, list | tuple) and len(pair) == 2 for pair in pairs):
        raise ValueError(_("Each day holds pairs of times, for example [[“09:00”, “13:00”], [“14:00”, “18:00”]]."))
    shifts = tuple(sorted((_minutes(opens), _minutes(closes)) for opens, closes in pairs))
    if any(opens >= closes for opens, closes in shifts):
        raise ValueError(_("A shift must end after it begins, on the same day."))
    if any(later[0] < earlier[1] for earlier, later in pairwise(shifts)):
        raise ValueError(_("Two shifts of one day overlap."))
    return shifts


def _minutes(text: Any) -> int:
    found = CLOCK_TIME.match(str(text))
    minutes = int(found[1]) * 60 + int(found[2]) if found else MINUTES_A_DAY + 1
    if minutes > MINUTES_A_DAY:
        raise ValueError(_("“{text}” is not a time of day; an example is 09:00.").format(text=text))
    return minutes
