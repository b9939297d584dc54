"""Who takes part in a visit: the people of the home, companies with or without a named person, our own staff."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import User
from cases import people
from cases.evidence import MoveRefused
from cases.models import Case
from cases.people import Recipient
from contractors.appointments import is_appointed
from contractors.models import Company, Contact
from inspections.choices import Answer, PartyKind
from inspections.models import Visit, VisitParty
from ledger.actors import Actor


@dataclass(frozen=True)
class Invited:
    """A company (with one of its people, or whoever gets its mail) or a member of staff.

    `has_agreed`: said yes already, by phone say; otherwise the party is asked.
    """

    company: Company | None = None
    contact: Contact | None = None
    user: User | None = None
    is_required: bool = True
    has_agreed: bool = True


def check(visit_unit: object, invited: Sequence[Invited], *, at: datetime) -> None:
    """Refuses a company that is not appointed here today, a person of another company, staff who left, a repeat."""
    development = visit_unit.development  # type: ignore[attr-defined]
    today = at.astimezone(development.tz).date()
    seen: set[tuple[str, int]] = set()
    for row in invited:
        if row.company and not is_appointed(row.company, development, today):
            sentence = _("%(company)s does not work at %(place)s today.")
            raise MoveRefused(sentence % {"company": row.company.name, "place": development.name}, "companies")
        if row.contact and (row.contact.company_id != (row.company and row.company.pk) or row.contact.left_at):
            raise MoveRefused(_("This person is not with that company any more."), "companies")
        if row.user and not row.user.is_active:
            raise MoveRefused(_("%(name)s does not work here any more.") % {"name": row.user.name}, "staff")
        key = ("company", row.company.pk) if row.company else ("staff", row.user.pk if row.user else 0)
        if key in seen:
            raise MoveRefused(_("Name each company and each colleague once."), "companies")
        seen.add(key)


def names(invited: Iterable[Invited]) -> str:
    """As "Lim Wei (Lim) and Amira Rahman": who comes, when nobody wrote it."""
    found = [_name(row) for row in invited]
    return _(" and ").join(found)[:120]


def _name(row: Invited) -> str:
    if row.contact and row.company:
        return f"{row.contact.name} ({row.company.short_name})"
    return row.company.name if row.company else row.user.name if row.user else ""


def invite(visit: Visit, invited: Iterable[Invited], *, at: datetime) -> None:
    """Note who comes; each company and colleague once."""
    for row in invited:
        person = row.contact or row.company or row.user
        if person is None:
            continue
        VisitParty.objects.create(
            visit=visit,
            kind=PartyKind.COMPANY if row.company else PartyKind.STAFF,
            company=row.company,
            contact=row.contact,
            user=row.user,
            name=_name(row)[:120],
            email=person.email,
            phone=getattr(person, "phone", ""),
            is_required=row.is_required,
            answer=Answer.ACCEPTED if row.has_agreed else Answer.WAITING,
            answered_at=at if row.has_agreed else None,
        )


def invite_home(visit: Visit, cases: Iterable[Case], *, has_agreed: bool, at: datetime) -> None:
    """The people of the home; it answers with one voice, so only the first of them is required."""
    residents = {person.homeowner_id: person for case in cases for person in people.residents(case, at=at)}
    ranked = sorted(residents.values(), key=lambda person: not person.may_confirm)
    for number, person in enumerate(ranked):
        VisitParty.objects.create(
            visit=visit,
            kind=PartyKind.HOMEOWNER,
            homeowner_id=person.homeowner_id,
            name=person.name[:120],
            email=person.email,
            phone=person.phone,
            is_required=number == 0,
            answer=Answer.ACCEPTED if has_agreed else Answer.WAITING,
            answered_at=at if has_agreed else None,
        )


def answer_home(visit: Visit, *, at: datetime) -> None:
    """Somebody of the home chose a time: the home says yes."""
    visit.parties.filter(kind=PartyKind.HOMEOWNER).update(answer=Answer.ACCEPTED, answered_at=at)


def others(visit: Visit, *, at: datetime, but: Actor | None = None) -> list[Recipient]:
    """Whom to write to beside the home: people of companies that are appointed still, colleagues without `but`."""
    rows = visit.parties.exclude(kind=PartyKind.HOMEOWNER).exclude(answer=Answer.DECLINED)
    found: list[Recipient] = []
    for party in rows.select_related("company", "contact", "user", "visit__unit__development"):
        found += recipients_of(party, at=at, but=but)
    return found


def recipients_of(party: VisitParty, *, at: datetime, but: Actor | None = None) -> list[Recipient]:
    """The people behind a party that is not the home.

    A company that no longer works there is only told that a visit does not take place.
    """
    if party.user:
        return people.staff([party.user], but=but)
    company = party.company
    if company is None or (party.visit.is_open and not _works_there(party, at)):
        return []
    told = [row for row in people.contacts_of(company) if not party.contact or row.email == party.contact.email]
    return [row for row in told or people.contacts_of(company) if row.email]


def _works_there(party: VisitParty, at: datetime) -> bool:
    development = party.visit.unit.development
    today = at.astimezone(development.tz).date()
    return party.company is not None and is_appointed(party.company, development, today)


def is_complete(visit: Visit) -> bool:
    """The quorum: every required party said yes."""
    return not visit.parties.filter(is_required=True).exclude(answer=Answer.ACCEPTED).exists()
