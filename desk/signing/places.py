"""What `/cases/sign/<place>/` names: a home (KRM-A-12-3) or a visit to one (V-7)."""

from dataclasses import dataclass

from django.http import Http404

from accounts.models import User
from cases.choices import Status
from cases.forms.signing import MOST
from cases.models import Case
from inspections.models import Visit
from units.addresses import unit_at
from units.models import Unit

TO_SIGN = (Status.TO_CHECK, Status.AWAITING_HOMEOWNER)


@dataclass(frozen=True)
class Place:
    """A home, and the visit on which it is signed for."""

    key: str
    unit: Unit
    visit: Visit | None = None


def find(user: User, key: str) -> Place:
    """The place among those that this person may see; 404 otherwise."""
    if "\0" in key:
        raise Http404
    letters, _dash, rest = key.partition("-")
    if letters.upper() == "V" and rest.isdecimal() and len(rest) < 10:
        rows = Visit.objects.visible_to(user).select_related("unit__development", "unit__block")
        visit = rows.filter(number=int(rest)).first()
        if visit is None:
            raise Http404
        return Place(visit.reference, visit.unit, visit)
    units = Unit.objects.visible_to(user).select_related("development", "block")
    unit = unit_at(units, letters, rest)
    return Place(f"{unit.development.code}-{unit.number}", unit)


def cases_of(user: User, place: Place) -> list[Case]:
    """Repairs that are done there: those of the visit, else all of the home."""
    rows = Case.objects.visible_to(user).for_page().filter(unit=place.unit, status__in=TO_SIGN, is_visible=True)
    if place.visit:
        rows = rows.filter(visits=place.visit)
    return list(rows.order_by("location", "pk")[:MOST])


def unfinished(user: User, place: Place) -> list[Case]:
    """What is still with a contractor: named on the page, never signed for."""
    rows = Case.objects.visible_to(user).for_page().filter(unit=place.unit, status=Status.WITH_CONTRACTOR)
    rows = rows.filter(is_visible=True)
    if place.visit:
        rows = rows.filter(visits=place.visit)
    return list(rows.order_by("location", "pk")[:MOST])
