"""Homes and people that fit the searched words, shown above the cases that do."""

from datetime import datetime
from typing import Any

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from homeowners.models import Homeowner, Tenure
from units.models import Unit

MOST = 6

Row = dict[str, Any]


def homes(words: str, user: User) -> list[Row]:
    """The first homes whose number holds these characters; one query."""
    units = Unit.objects.visible_to(user).numbered(words).select_related("development")
    return [_home(unit) for unit in units.order_by("number_key", "pk")[:MOST]]


def _home(unit: Unit) -> Row:
    address = reverse("unit_detail", args=[unit.development.code.lower(), unit.number_key])
    return {"url": address, "words": unit.number, "note": unit.development.name}


def people(words: str, user: User, at: datetime) -> list[Row]:
    """The first people whom the words name, with the homes they hold today; three queries."""
    held = Tenure.objects.visible_to(user).in_force_at(at).select_related("unit__development").order_by("pk")
    found = Homeowner.objects.visible_to(user).with_words(words).order_by("search_name", "pk")
    rows = found.prefetch_related(Prefetch("tenures", queryset=held, to_attr="homes"))[:MOST]
    return [
        {
            "url": reverse("homeowner_detail", args=[person.public_id]),
            "words": person.name,
            "note": ", ".join(tenure.unit.number for tenure in person.homes) or _("no home now"),  # type: ignore[attr-defined]
        }
        for person in rows
    ]
