"""Working time: pure arithmetic in the zone of a development, right across holidays and clock changes.

Wall times are local; durations are real seconds, so a working hour is an hour also on the day the clocks change.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from catalogue.choices import TargetUnit
from units.working_hours import MINUTES_A_DAY, Shifts

END_OF_DAY = time(23, 59, 59)
FURTHEST_DAYS = 3700  # a calendar that opens on no day within ten years is a mistake, not a wait
Interval = tuple[datetime, datetime]


class NeverOpen(ValueError):
    """The calendar holds no working time to count in."""


@dataclass(frozen=True)
class WorkingWeek:
    """When an office works: shifts by weekday (0 is Monday) in minutes after local midnight, and closed days."""

    zone: ZoneInfo
    hours: Mapping[int, Shifts]
    holidays: frozenset[date] = frozenset()

    def shifts_on(self, day: date) -> Shifts:
        """The shifts of one local day; none on a holiday."""
        return () if day in self.holidays else self.hours.get(day.weekday(), ())

    def is_working_day(self, day: date) -> bool:
        """The office opens on this local day."""
        return bool(self.shifts_on(day))

    def intervals_on(self, day: date) -> list[Interval]:
        """The open intervals of one local day as moments in UTC."""
        return [
            (_moment(day, opens, self.zone), _moment(day, closes, self.zone)) for opens, closes in self.shifts_on(day)
        ]


def local_day(at: datetime, zone: ZoneInfo) -> date:
    """The date on the wall at that moment."""
    return at.astimezone(zone).date()


def at_wall(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """The moment of a local wall time. A time that the clocks skip is read with the offset before the change; of a
    time that comes twice the first is meant.
    """
    return datetime.combine(day, clock, tzinfo=zone)


def end_of_day(day: date, zone: ZoneInfo) -> datetime:
    """23:59:59 on that local day: the last moment inside."""
    return datetime.combine(day, END_OF_DAY, tzinfo=zone).replace(fold=1)


def add_days(start: datetime, days: int, zone: ZoneInfo) -> datetime:
    """The end of the local day so many calendar days later; the day of the start is not counted."""
    return end_of_day(local_day(start, zone) + timedelta(days=days), zone)


def is_open(at: datetime, calendar: WorkingWeek) -> bool:
    """The office works at this moment; the closing minute is outside."""
    moment = at.astimezone(UTC)
    return any(opens <= moment < closes for opens, closes in calendar.intervals_on(local_day(at, calendar.zone)))


def next_opening(at: datetime, calendar: WorkingWeek) -> datetime:
    """`at` itself while the office works, else when it opens next. NeverOpen for a calendar without hours."""
    moment = at.astimezone(UTC)
    for opens, closes in _intervals_from(at, calendar):
        if closes > moment:
            return max(opens, moment).astimezone(calendar.zone)
    raise NeverOpen("This calendar has no opening hours.")


def working_seconds(start: datetime, end: datetime, calendar: WorkingWeek) -> int:
    """Real seconds of working time between two moments; 0 when they are not in order."""
    first, last = start.astimezone(UTC), end.astimezone(UTC)
    worked = timedelta(0)
    day, last_day = local_day(start, calendar.zone), local_day(end, calendar.zone)
    while day <= last_day:
        for opens, closes in calendar.intervals_on(day):
            worked += max(timedelta(0), min(closes, last) - max(opens, first))
        day += timedelta(days=1)
    return worked // timedelta(seconds=1)


def add_working_time(
    start: datetime, amount: int, unit: str, calendar: WorkingWeek, *, around_the_clock: bool = False
) -> datetime:
    """When `amount` of `unit` (catalogue TargetUnit) after `start` is over, in the calendar's zone.

    minutes, working-hours: open time only; around the clock: real time. working-days: the day of the start is not
    counted, due at closing time of the last one. days: calendar days, due 23:59:59, around the clock or not.
    Source: domain 5.4 and 3.4. ValueError for another unit, NeverOpen for a calendar without hours.
    """
    if unit == TargetUnit.DAYS:
        return add_days(start, amount, calendar.zone)
    if unit == TargetUnit.WORKING_DAYS:
        return closing_time(add_working_days(local_day(start, calendar.zone), amount, calendar), calendar)
    if unit not in {TargetUnit.MINUTES, TargetUnit.WORKING_HOURS}:
        raise ValueError(f"Unknown unit of time: {unit}")
    length = timedelta(minutes=amount) if unit == TargetUnit.MINUTES else timedelta(hours=amount)
    if around_the_clock:
        return (start.astimezone(UTC) + length).astimezone(calendar.zone)
    return _after_open_time(start, length, calendar)


def add_working_days(day: date, amount: int, calendar: WorkingWeek) -> date:
    """The `amount`-th working day after `day`, which itself is not counted; 0 rolls to the next working day."""
    if amount == 0:
        return roll_forward(day, calendar)
    for _count in range(amount):
        day = roll_forward(day + timedelta(days=1), calendar)
    return day


def roll_forward(day: date, calendar: WorkingWeek) -> date:
    """The day itself when the office opens on it, else the next one on which it does."""
    for ahead in range(FURTHEST_DAYS):
        if calendar.is_working_day(day + timedelta(days=ahead)):
            return day + timedelta(days=ahead)
    raise NeverOpen("This calendar has no opening hours.")


def closing_time(day: date, calendar: WorkingWeek) -> datetime:
    """When the office closes on a working day."""
    return calendar.intervals_on(day)[-1][1].astimezone(calendar.zone)


def _after_open_time(start: datetime, length: timedelta, calendar: WorkingWeek) -> datetime:
    moment, left = start.astimezone(UTC), length
    for opens, closes in _intervals_from(start, calendar):
        begins = max(opens, moment)
        if closes - begins >= left and closes > moment:
            return (begins + left).astimezone(calendar.zone)
        left -= max(closes - begins, timedelta(0))
    raise NeverOpen("This calendar has no opening hours.")


def _intervals_from(at: datetime, calendar: WorkingWeek) -> Iterator[Interval]:
    day = local_day(at, calendar.zone)
    for ahead in range(FURTHEST_DAYS):
        yield from calendar.intervals_on(day + timedelta(days=ahead))


def _moment(day: date, minutes: int, zone: ZoneInfo) -> datetime:
    whole_days, rest = divmod(minutes, MINUTES_A_DAY)
    wall = datetime.combine(day + timedelta(days=whole_days), time(rest // 60, rest % 60), tzinfo=zone)
    return wall.astimezone(UTC)
