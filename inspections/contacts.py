"""Whose name and phone a company may read: only with an agreed visit, never after closure (product.md 27)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, F, OuterRef

from accounts.phones import display
from cases.models import Case
from contractors.models import Appointment, Company
from homeowners.choices import CONFIRMING_ROLES
from homeowners.models import Homeowner, Tenure
from inspections.choices import PartyKind, VisitState
from inspections.models import Visit, VisitParty
from units.models import Unit

AGREED = (VisitState.BOOKED, VisitState.NO_ACCESS, VisitState.NO_SHOW)


@dataclass(frozen=True)
class HomeContact:
    """Who to ring at the door."""

    name: str
    phone: str
    phone_shown: str
    door_note: str = ""


Pair = tuple[int, int]
"""A company and a home, by key."""


def contact_for(company: Company, unit: Unit, at: datetime) -> HomeContact | None:
    """The person of the home, while a visit with this company is agreed and one of its cases is open.

    None without such a visit, after closure, when the company no longer works there, and for a home without a holder.
    """
    return contacts_for([(company, unit)], at).get((company.pk, unit.pk))


def contacts_for(asked: Iterable[tuple[Company, Unit]], at: datetime) -> dict[Pair, HomeContact]:
    """The same for many companies and homes; the number of queries does not depend on how many."""
    agreed = _agreed({(company.pk, unit.pk) for company, unit in asked})
    days: dict[date, dict[Pair, Unit]] = {}
    for pair, visit in agreed.items():
        unit = visit.unit
        days.setdefault(at.astimezone(unit.development.tz).date(), {})[pair] = unit
    invited = _invited(agreed.values())
    found: dict[Pair, HomeContact] = {}
    for today, units in days.items():
        found |= _on(today, units, agreed, invited)
    return found


def _agreed(pairs: set[Pair]) -> dict[Pair, Visit]:
    """The last visit of each pair that is agreed and has an open case."""
    is_open = Exists(Case.objects.open().filter(visits=OuterRef("pk")))
    rows = Visit.objects.filter(is_open, unit__in={unit for _company, unit in pairs}, state__in=AGREED)
    rows = rows.select_related("unit__development").filter(parties__company__in={company for company, _unit in pairs})
    found: dict[Pair, Visit] = {}
    for visit in rows.annotate(by_company=F("parties__company_id")).order_by("starts_at", "pk"):
        found[visit.by_company, visit.unit_id] = visit  # type: ignore[attr-defined]
    return {pair: visit for pair, visit in found.items() if pair in pairs}


def _invited(visits: Iterable[Visit]) -> set[Pair]:
    """Which people of the home each visit was arranged with: visit and homeowner."""
    rows = VisitParty.objects.filter(visit__in=list(visits), kind=PartyKind.HOMEOWNER, homeowner__isnull=False)
    return {(visit, homeowner) for visit, homeowner in rows.values_list("visit_id", "homeowner_id")}


def _on(
    today: date, units: Mapping[Pair, Unit], agreed: Mapping[Pair, Visit], invited: set[Pair]
) -> dict[Pair, HomeContact]:
    """Of homes in which it is this day: who holds them, where the company is appointed."""
    sites = Appointment.objects.in_force(today).filter(company__in={company for company, _unit in units})
    appointed = set(sites.values_list("company_id", "development_id"))
    held: dict[int, list[Tenure]] = {}
    rows = Tenure.objects.filter(unit__in={unit for _company, unit in units}).in_force(today)
    for row in rows.select_related("homeowner").order_by("pk"):
        held.setdefault(row.unit_id, []).append(row)
    found: dict[Pair, HomeContact] = {}
    for pair, unit in units.items():
        person = _person(held.get(unit.pk, []), agreed[pair], invited)
        if person and (pair[0], unit.development_id) in appointed:
            phone = display(person.phone)
            found[pair] = HomeContact(person.name, person.phone, phone, agreed[pair].door_note)
    return found


def _person(held: Sequence[Tenure], visit: Visit, invited: set[Pair]) -> Homeowner | None:
    """Whoever it was arranged with and still holds the home, else who may speak for it."""
    known = [row for row in held if (visit.pk, row.homeowner_id) in invited]
    rows = known or [row for row in held if row.role in CONFIRMING_ROLES]
    return rows[0].homeowner if rows else None
