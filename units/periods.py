"""Half-open periods [from_on, until_on) of tenures and appointments, told in the zone of their development."""

from collections import defaultdict
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.apps import apps
from django.db.models import Q


def holds_on(day: date) -> Q:
    """Rows with `from_on` and `until_on` that hold on this day of their development's calendar."""
    return Q(from_on__lte=day) & (Q(until_on__isnull=True) | Q(until_on__gt=day))


def holds_at(at: datetime, *, development: str) -> Q:
    """Rows that hold at this instant: the day is each development's own, so a period ends at local midnight.

    `development` is the path to the development ("unit__development"). Reads the zones in use: one small query.
    """
    condition = Q(pk__in=())
    for day, zones in _local_days(at).items():
        condition |= Q(**{f"{development}__zone__in": zones}) & holds_on(day)
    return condition


def _local_days(at: datetime) -> dict[date, list[str]]:
    """The days that it is at this instant somewhere in our developments; three at most on earth."""
    days: dict[date, list[str]] = defaultdict(list)
    developments = apps.get_model("units", "Development").objects
    for zone in developments.order_by().values_list("zone", flat=True).distinct():
        days[at.astimezone(ZoneInfo(zone)).date()].append(zone)
    return days
