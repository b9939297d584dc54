"""Who or what would be booked twice: a home is refused, a person or a company is warned of (domain 6.5)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from cases.evidence import MoveRefused
from inspections.choices import PartyKind
from inspections.models import Visit, VisitParty
from inspections.querysets import VisitQuerySet
from inspections.taking_part import Invited
from units.models import Unit
from units.wording import window


class Doubled(MoveRefused):
    """A company or a colleague has another visit then; it can be booked all the same, knowingly."""


@dataclass(frozen=True)
class Conflict:
    """One clash, in words that name the other visit. `is_person`: somebody who cannot be at two doors."""

    sentence: str
    is_person: bool


def hold_home(unit: Unit) -> None:
    """Makes bookings of one home wait for each other until the transaction ends, on both databases.

    An UPDATE locks the row, where a read would not (and `select_for_update` is no guard on SQLite).
    """
    Unit.objects.filter(pk=unit.pk).update(link_version=unit.link_version)


def check(
    unit: Unit,
    invited: Sequence[Invited],
    starts_at: datetime,
    ends_at: datetime,
    *,
    but: Visit | None = None,
    anyway: bool = False,
) -> None:
    """Raises MoveRefused for the home, Doubled for people and companies unless `anyway`."""
    hold_home(unit)
    near = _near(starts_at, ends_at, but)
    home = near.filter(unit=unit).first()
    if home:
        words = {"ref": home.reference, "when": _when(home)}
        raise MoveRefused(_("This home has another visit then: %(ref)s, %(when)s.") % words, "starts_at")
    found = [] if anyway else people(unit, invited, starts_at, ends_at, but=but)
    if found:
        raise Doubled(" ".join(conflict.sentence for conflict in found), "anyway")


def people(
    unit: Unit, invited: Iterable[Invited], starts_at: datetime, ends_at: datetime, *, but: Visit | None = None
) -> list[Conflict]:
    """Companies and colleagues who have another visit in that window, each with the visit named."""
    rows = VisitParty.objects.filter(visit__in=_near(starts_at, ends_at, but))
    found = []
    for row in invited:
        wanted = Q(company=row.company) if row.company else Q(user=row.user)
        party = rows.filter(wanted).select_related("visit__unit__development", "company", "user", "contact").first()
        if party:
            found.append(_conflict(row, party))
    return found


def _conflict(row: Invited, party: VisitParty) -> Conflict:
    visit = party.visit
    name = row.company.name if row.company else party.name
    same_person = bool(row.user) or bool(row.contact and party.contact_id == row.contact.pk)
    words = {"name": name, "ref": visit.reference, "home": visit.unit.number, "when": _when(visit)}
    return Conflict(_("%(name)s has another visit then: %(ref)s, %(home)s, %(when)s.") % words, same_person)


def invited_of(visit: Visit) -> list[Invited]:
    """The parties of a visit that exists, as they would be invited."""
    rows = visit.parties.exclude(kind=PartyKind.HOMEOWNER).select_related("company", "contact", "user")
    return [Invited(row.company, row.contact, row.user, row.is_required) for row in rows]


def _near(starts_at: datetime, ends_at: datetime, but: Visit | None) -> VisitQuerySet:
    rows = Visit.objects.booked().filter(starts_at__lt=ends_at, ends_at__gt=starts_at).for_page()
    return rows.exclude(pk=but.pk) if but else rows


def _when(visit: Visit) -> str:
    return window(visit.starts_at, visit.ends_at, visit.unit.development.tz)
