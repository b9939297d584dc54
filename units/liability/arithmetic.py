"""Days and months as the law counts them: the day of the event is not counted, months run to the corresponding date.

31 Aug 2024 + 24 months is 31 Aug 2026; 29 Feb 2024 + 24 months is 28 Feb 2026; 31 Aug + 6 months is 28 or 29 Feb.
Source: domain 3.4, rules of arithmetic.
"""

from calendar import monthrange
from collections.abc import Callable, Sequence
from datetime import date, timedelta

from units.choices import EndConvention, PeriodUnit

MonthDay = tuple[int, int]
ONE_DAY = timedelta(days=1)


def add_months(day: date, months: int) -> date:
    """The corresponding date so many calendar months later, or the last day of a month that is too short."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def add_period(day: date, amount: int, unit: str) -> date:
    """The corresponding date after an amount of a `PeriodUnit`. ValueError for another unit."""
    match unit:
        case PeriodUnit.YEARS:
            return add_months(day, amount * 12)
        case PeriodUnit.MONTHS:
            return add_months(day, amount)
        case PeriodUnit.WEEKS:
            return day + timedelta(weeks=amount)
        case PeriodUnit.DAYS:
            return day + timedelta(days=amount)
    raise ValueError(f"Unknown unit of a period: {unit}")


def last_day(corresponding: date, convention: str) -> date:
    """The last day inside, from the corresponding date."""
    if convention == EndConvention.DAY_BEFORE:
        return corresponding - ONE_DAY
    if convention == EndConvention.END_OF_MONTH:
        return corresponding.replace(day=monthrange(corresponding.year, corresponding.month)[1])
    return corresponding


def months_between(earlier: date, later: date) -> int:
    """Whole calendar months from one date to another; 0 when they are not in order."""
    months = (later.year - earlier.year) * 12 + later.month - earlier.month
    return max(0, months - 1 if months and add_months(earlier, months) > later else months)


def next_anniversary(of: date, after: date) -> date:
    """The first yearly return of a date that is not before `after`, never the date itself."""
    years = max(1, after.year - of.year)
    found = add_months(of, 12 * years)
    return found if found >= after else add_months(of, 12 * (years + 1))


def in_blackout(day: date, ranges: Sequence[tuple[MonthDay, MonthDay]]) -> bool:
    """The day lies in a yearly range of month and day, both ends inside; a range may cross the new year."""
    here = (day.month, day.day)
    return any(first <= here <= last if first <= last else here >= first or here <= last for first, last in ranges)


def count_days(start: date, amount: int, counts: Callable[[date], bool]) -> date:
    """The `amount`-th day after `start` (not counted itself) of those that count."""
    day = start
    while amount > 0:
        day += ONE_DAY
        amount -= counts(day)
    return day
