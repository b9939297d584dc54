"""Who is told about a case: names and addresses for each audience, from the registers as they are at that moment."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from accounts.choices import Role
from accounts.models import User
from cases.choices import Audience, PartyRole
from cases.dates import local_date
from cases.models import Case, CaseParty
from cases.search.marks import touch
from contractors.models import Company
from homeowners.models import Homeowner, Tenure
from ledger.actors import Actor
from units.models import Development


@dataclass(frozen=True)
class Recipient:
    """One person to tell. Without an e-mail address the office writes or phones."""

    audience: Audience
    name: str
    email: str
    phone: str = ""
    homeowner_id: int | None = None
    user_id: int | None = None
    may_confirm: bool = False


def first_name(name: str) -> str:
    """How a colleague or resident is named in a sentence."""
    return name.partition(" ")[0] or name


def residents(case: Case, *, at: datetime) -> list[Recipient]:
    """The case's parties who still hold the home, and everybody who may speak for it today (a buyer is no party yet).

    Nobody when the case is not visible to them.
    """
    if not case.is_visible:
        return []
    held = Tenure.objects.filter(unit_id=case.unit_id).in_force(local_date(case, at))
    parties = CaseParty.objects.filter(case=case, until__isnull=True, homeowner_id__in=held.values("homeowner_id"))
    confirming = {person.pk: person for person in holders(case, at=at)}
    people = {party.homeowner_id: party.homeowner for party in parties.select_related("homeowner").order_by("pk")}
    return [_resident(person, may_confirm=person.pk in confirming) for person in (people | confirming).values()]


def _resident(person: Homeowner, *, may_confirm: bool) -> Recipient:
    email = "" if person.prefers_letter else person.email
    return Recipient(Audience.HOMEOWNER, person.name, email, person.phone, person.pk, person.user_id, may_confirm)


def holders(case: Case, *, at: datetime) -> list[Homeowner]:
    """Everybody who may speak for the home today, party to the case or not."""
    held = Tenure.objects.filter(unit_id=case.unit_id).in_force(local_date(case, at)).may_confirm()
    return [row.homeowner for row in held.select_related("homeowner")]


def company(case: Case) -> list[Recipient]:
    """The people of the contractor that has the case."""
    return contacts_of(case.work_company) if case.work_company else []


def contacts_of(company: Company) -> list[Recipient]:
    """A company's contacts who get mail; else the company's own address."""
    contacts = [contact for contact in company.contacts.all() if contact.gets_mail and contact.email]
    if contacts:
        return [Recipient(Audience.CONTRACTOR, contact.name, contact.email, contact.phone) for contact in contacts]
    return [Recipient(Audience.CONTRACTOR, company.name, company.email, company.phone)]


def staff(users: Iterable[User | None], *, but: Actor | None = None) -> list[Recipient]:
    """Colleagues, without the one who just did it."""
    seen = {user.pk: user for user in users if user is not None and user.is_active}
    if but and but.user_id:
        seen.pop(but.user_id, None)
    return [Recipient(Audience.STAFF, user.name, user.email, user_id=user.pk) for user in seen.values()]


def officers_of(case: Case) -> list[User]:
    """Who looks after the case: its officer, else the development's; while neither works here, the managers."""
    if case.officer and case.officer.is_active:
        return [case.officer]
    return officers_for(case.development)


def officers_for(development: Development) -> list[User]:
    """Who looks after what is no case yet: the development's officer; while none works here, the managers."""
    officer = development.default_officer
    return [officer] if officer and officer.is_active else managers_for(development)


def managers_of(case: Case, *, but: Actor | None = None) -> list[User]:
    """The managers of the case's development."""
    return managers_for(case.development, but=but)


def managers_for(development: Development, *, but: Actor | None = None) -> list[User]:
    """The development's manager; without one, or when it is `but` who asks, every other manager."""
    manager = development.manager
    asks = but.user_id if but else None
    if manager and manager.is_active and manager.pk != asks:
        return [manager]
    return list(User.objects.filter(role=Role.MANAGER, is_active=True).exclude(pk=asks))


def join(case: Case, person: Homeowner, role: PartyRole, *, at: datetime) -> CaseParty | None:
    """Make somebody a party; nothing when the person is one already."""
    if CaseParty.objects.filter(case=case, homeowner=person, until__isnull=True).exists():
        return None
    touch([case.pk])
    return CaseParty.objects.create(case=case, homeowner=person, role=role, since=at)


def move_in(case: Case, *, at: datetime) -> None:
    """The case belongs to another home than was thought: its holders become parties, those of the other leave."""
    held = Tenure.objects.filter(unit_id=case.unit_id).in_force(local_date(case, at))
    strangers = case.parties.filter(until__isnull=True).exclude(homeowner_id__in=held.values("homeowner_id"))
    strangers.update(until=at)
    for owner in holders(case, at=at):
        join(case, owner, PartyRole.CLAIMANT, at=at)


def users(ids: Iterable[int | None]) -> list[User]:
    """Colleagues by account id, disabled ones left out."""
    return list(User.objects.filter(pk__in=[pk for pk in ids if pk], is_active=True))
