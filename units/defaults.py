"""Installs the default policies and calendars; what is there already is left as it is."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.db import transaction

from units.default_data.holidays import CALENDARS, NOTE
from units.default_data.policies import POLICIES
from units.models import Calendar, CoverageRule, Holiday, Policy

STEP = 10


@transaction.atomic
def install_defaults() -> Counter[str]:
    """Adds the missing policies and calendars and says how many; a second run adds none and undoes no edit."""
    added: Counter[str] = Counter()
    for row in POLICIES:
        added["policies"] += install_policy(row)
    for name, zone, hours, days in CALENDARS:
        added["calendars"] += _install_calendar(name, zone, hours, days)
    return added


def install_policy(row: Mapping[str, Any]) -> bool:
    """Adds version 1 of a policy with its rules in their order, unless a policy with this code is there."""
    if Policy.objects.filter(code=row["code"]).exists():
        return False
    policy = Policy.objects.create(**{name: value for name, value in row.items() if name != "rules"})
    CoverageRule.objects.bulk_create(
        CoverageRule(policy=policy, order=place * STEP, **rule) for place, rule in enumerate(row["rules"], start=1)
    )
    return True


def _install_calendar(name: str, zone: str, hours: Mapping[str, Any], days: str) -> bool:
    calendar, is_new = Calendar.objects.get_or_create(name=name, defaults={"zone": zone, "hours": hours, "note": NOTE})
    if is_new:
        Holiday.objects.bulk_create(Holiday(calendar=calendar, **day) for day in _days(days))
    return is_new


def _days(text: str) -> Iterator[dict[str, Any]]:
    for line in text.strip().splitlines():
        on, name = line.split(" ", 1)
        yield {"on": date.fromisoformat(on), "name": name.removesuffix(" *"), "is_estimate": name.endswith(" *")}
