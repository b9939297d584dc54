"""Whose name and phone a company may read: only with an agreed visit, never after closure (product.md 27)."""

from dataclasses import dataclass
from datetime import datetime

from accounts.phones import display
from contractors.appointments import is_appointed
from contractors.models import Company
from homeowners.models import Tenure
from inspections.choices import PartyKind, VisitState
from inspections.models import Visit
from units.models import Unit

AGREED = (VisitState.BOOKED, VisitState.NO_ACCESS, VisitState.NO_SHOW)


@dataclass(frozen=True)
class HomeContact:
    """Who to ring at the door."""

    name: str
    phone: str
    phone_shown: str
    door_note: str = ""


def contact_for(company: Company, unit: Unit, at: datetime) -> HomeContact | None:
    """The person of the home, while a visit with this company is agreed and one of its cases is open.

    None without such a visit, after closure, when the company no longer works there, and for a home without a holder.
    """
    today = at.astimezone(unit.development.tz).date()
    if not is_appointed(company, unit.development, today):
        return None
    rows = Visit.objects.filter(unit=unit, state__in=AGREED, parties__company=company).order_by("-starts_at")
    visit = next((row for row in rows if row.cases.open().exists()), None)
    if visit is None:
        return None
    invited = visit.parties.filter(kind=PartyKind.HOMEOWNER).values("homeowner_id")
    held = Tenure.objects.filter(unit=unit).in_force(today).select_related("homeowner").order_by("pk")
    row = held.filter(homeowner_id__in=invited).first() or held.may_confirm().first()
    if row is None:
        return None
    person = row.homeowner
    return HomeContact(person.name, person.phone, display(person.phone), visit.door_note)
