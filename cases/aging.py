"""How old cases are, in whole days of the place where they are: what rows show is what bands count."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q

from cases.querysets import AGE_BANDS

BANDS: dict[str, tuple[int, int | None]] = {
    f"{low}-{high}" if high is not None else f"{low}+": (low, high) for low, high in AGE_BANDS
}
"""The bands by the name they have in addresses: `0-1` to `29+`."""


def of_age(band: str, zones: Mapping[str, Iterable[int]], at: datetime) -> Q:
    """Cases received so many local days ago. `zones`: the developments (keys) of each time zone.

    A day begins at midnight of the development's zone (`cases.dates.age_in_days`), so developments with other clocks
    get other bounds; with one clock the condition is a plain range.
    """
    low, high = BANDS[band]
    places: dict[tuple[datetime | None, datetime | None], list[int]] = defaultdict(list)
    for zone, developments in zones.items():
        places[_bounds(low, high, ZoneInfo(zone), at)].extend(developments)
    wanted = Q(pk__in=())
    for (start, end), developments in places.items():
        here = Q() if len(places) == 1 else Q(development_id__in=developments)
        wanted |= here & (Q(received_at__gte=start) if start else Q()) & (Q(received_at__lt=end) if end else Q())
    return wanted


def until_midnight(column: str, zones: Mapping[str, Iterable[int]], at: datetime) -> Q:
    """Cases whose `column` comes later today, on the calendar of the place where they are."""
    places: dict[datetime, list[int]] = defaultdict(list)
    for zone, developments in zones.items():
        tomorrow = at.astimezone(ZoneInfo(zone)).date() + timedelta(days=1)
        places[midnight(tomorrow, ZoneInfo(zone))].extend(developments)
    wanted = Q(pk__in=())
    for end, developments in places.items():
        here = Q() if len(places) == 1 else Q(development_id__in=developments)
        wanted |= here & Q(**{f"{column}__gte": at, f"{column}__lt": end})
    return wanted


def _bounds(low: int, high: int | None, zone: ZoneInfo, at: datetime) -> tuple[datetime | None, datetime | None]:
    """The youngest band is open at its young end: nothing is younger than today."""
    today = at.astimezone(zone).date()
    start = midnight(today - timedelta(days=high), zone) if high is not None else None
    end = midnight(today - timedelta(days=low - 1), zone) if low else None
    return start, end


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """When a day begins there."""
    return datetime.combine(day, time(), zone)


def on_days(
    column: str, first: date, last: date, zones: Mapping[str, Iterable[int]], *, of: str = "development_id"
) -> Q:
    """Cases whose `column` lies on these days, both included, on the calendar of the place where they are.

    Other rows too: `of` is the path to their development.
    """
    places: dict[tuple[datetime, datetime], list[int]] = defaultdict(list)
    for zone, developments in zones.items():
        bounds = midnight(first, ZoneInfo(zone)), midnight(last + timedelta(days=1), ZoneInfo(zone))
        places[bounds].extend(developments)
    wanted = Q(pk__in=())
    for (start, end), developments in places.items():
        here = Q() if len(places) == 1 else Q(**{f"{of}__in": developments})
        wanted |= here & Q(**{f"{column}__gte": start, f"{column}__lt": end})
    return wanted
