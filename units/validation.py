"""What may be typed into the set-up of a development: each check raises ValidationError with a sentence."""

import re
from datetime import date, timedelta
from typing import Any
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from units import working_hours
from units.liability.arithmetic import MonthDay, in_blackout

DEVELOPMENT_CODE = r"^[A-Z]{2,5}\Z"  # \Z: a dollar would admit a line break at the end
RESERVED_CODES = ("R", "WO", "DL", "V", "L", "E", "C", "B")
SOME_YEAR = date(2024, 1, 1)
MONTH_DAY = re.compile(r"^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$")


def known_zone(name: str) -> None:
    """An IANA time zone."""
    if name not in available_timezones():
        raise ValidationError(
            _("“%(name)s” is not a time zone; an example is Asia/Kuala_Lumpur."), params={"name": name}
        )


def development_code(code: str) -> None:
    """2-5 capital letters that no other reference begins with."""
    if not re.match(DEVELOPMENT_CODE, code):
        raise ValidationError(_("A code is 2 to 5 capital letters, for example KRM."))
    if code in RESERVED_CODES:
        raise ValidationError(
            _("%(code)s already begins other references; choose another code."), params={"code": code}
        )


def opening_hours(hours: Any) -> None:
    """Weekday ("0" is Monday) to a list of [from, to] in local time."""
    try:
        working_hours.parse(hours)
    except ValueError as refused:
        raise ValidationError(str(refused)) from refused


def day_ranges(ranges: Any) -> None:
    """A list of ["12-24", "01-01"]: month and day, both inclusive, may cross the new year."""
    pairs = ranges if isinstance(ranges, list) else [ranges]
    for pair in pairs:
        ends = pair if isinstance(pair, list) else []
        if len(ends) != 2 or not all(isinstance(end, str) and MONTH_DAY.match(end) for end in ends):
            raise ValidationError(_("Write each range as month-day, for example [[“12-24”, “01-01”]]."))
    read = month_days(pairs)
    if all(in_blackout(SOME_YEAR + timedelta(days=day), read) for day in range(366)):
        raise ValidationError(_("These ranges leave no day of the year that counts."))


def month_days(pairs: list[list[str]]) -> list[tuple[MonthDay, MonthDay]]:
    """Stored ranges as pairs of (month, day)."""
    return [(_month_day(first), _month_day(last)) for first, last in pairs]


def _month_day(text: str) -> MonthDay:
    month, day = text.split("-")
    return int(month), int(day)


def list_of_words(value: Any) -> None:
    """A plain list of codes."""
    if not isinstance(value, list) or not all(isinstance(word, str) and word for word in value):
        raise ValidationError(_("Write a list of codes, for example [“waterproofing”]."))
