"""Dates in templates, in the zone of a development: the words of `units.wording`.

`{% load when %}` `{{ at|when:zone }}` `{{ at|here }}` `{{ on|day }}` `{{ visit|window:zone }}`
`{% window starts ends zone %}` `{{ received_at|age_days:zone }}` `{{ received_at|age:zone }}`.
What is missing prints as nothing.
"""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.utils import timezone

from units import wording

register = template.Library()


@register.filter
def when(at: datetime | None, zone: ZoneInfo | str) -> str:
    """As “Tue 3 Mar, 20:14”."""
    return wording.when(at, zone) if at else ""


@register.filter
def here(at: datetime | None) -> str:
    """As “Tue 3 Mar, 20:14 UTC”: what belongs to no development, on the clock of the installation (`TIME_ZONE`)."""
    return wording.here(at) if at else ""


@register.filter
def day(on: date | None) -> str:
    """As “Tue 3 Mar”."""
    return wording.day(on) if on else ""


@register.filter
def full_day(on: date | None) -> str:
    """As “Tue 3 Mar 2026”."""
    return wording.full_day(on) if on else ""


@register.filter("window")
def window_of(slot: Any, zone: ZoneInfo | str) -> str:
    """As “Tue 3 Mar, 09:00-12:00”, of anything that has `starts_at` and `ends_at`."""
    return wording.window(slot.starts_at, slot.ends_at, zone) if slot else ""


@register.simple_tag
def window(starts_at: datetime, ends_at: datetime, zone: ZoneInfo | str) -> str:
    """As “Tue 3 Mar, 09:00-12:00”, of two moments."""
    return wording.window(starts_at, ends_at, zone)


@register.filter
def age_days(since: datetime, zone: ZoneInfo | str) -> int:
    """Local days since then, as a number."""
    return wording.age_days(since, timezone.now(), zone)


@register.filter
def age(since: datetime, zone: ZoneInfo | str) -> str:
    """As “today”, “1 day”, “12 days”."""
    return wording.age(age_days(since, zone))
