"""Homes and people that fit the searched words, shown above the cases that do."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from homeowners.models import Homeowner
from units.models import Unit

MOST = 6

Row = dict[str, Any]


def homes(words: str, user: User) -> list[Row]:
    """The first homes whose number holds these characters; one query."""
    units = Unit.objects.visible_to(user).numbered(words).select_related("development")
    return [_home(unit) for unit in units.order_by("number_key", "pk")[:MOST]]


def _home(unit: Unit) -> Row:
    address = reverse("unit_detail", args=[unit.development.code.lower(), unit.address_part])
    return {"url": address, "words": unit.number, "note": unit.development.name}


def people(words: str, user: User, at: datetime, *, zones: Mapping[str, Iterable[int]]) -> list[Row]:
    """The first people whom the words name, with the homes that they hold today; one query.

    `zones`: the developments (keys) of each time zone that this person may see; homes elsewhere are not named.
    """
    today = {key: at.astimezone(ZoneInfo(zone)).date() for zone, keys in zones.items() for key in keys}
    found = Homeowner.objects.visible_to(user).with_words(words).order_by("search_name", "pk", "tenures__pk")
    columns = ("tenures__unit__number", "tenures__unit__development", "tenures__from_on", "tenures__until_on")
    homes: dict[tuple[UUID, str], list[str]] = {}
    for public_id, name, number, place, begins, ends in found.values_list("public_id", "name", *columns)[: MOST * 8]:
        mine = homes.setdefault((public_id, name), [])
        if place in today and begins <= today[place] and (ends is None or today[place] < ends):
            mine.append(number)
    return [
        {
            "url": reverse("homeowner_detail", args=[public_id]),
            "words": name,
            "note": ", ".join(numbers) or _("no home now"),
        }
        for (public_id, name), numbers in list(homes.items())[:MOST]
    ]
