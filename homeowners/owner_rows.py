"""Rows of a sheet of owners: whom each would enter, whose contact it would change, which homes it says were sold."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.choices import Role
from accounts.models import User
from homeowners import owner_cells
from homeowners.choices import OWNER_ROLES, TenureRole
from homeowners.models import Homeowner, Tenure
from homeowners.names import NameMatch, compare, folded
from homeowners.owner_cells import Person
from homeowners.owner_sheet import PEOPLE
from units import calendars
from units.choices import HandoverKind
from units.models import Development, HandoverEvent, Unit
from units.places_book import Book, UnitKey, key_of
from units.refusals import Refused
from units.sheets import days
from units.sheets.outcomes import Change, Plan, SourceRow, Terms

_LABELS = {column.key: column.label for column in PEOPLE}
_CONTACT = ("email", "phone", "second_phone")
_HANDED = (HandoverKind.VP_TAKEN, HandoverKind.KEYS)


@dataclass(frozen=True)
class Holding:
    """Somebody who holds a home, in the register or by an earlier row of this chunk."""

    role: str
    person: Homeowner
    from_on: date


@dataclass
class Known:
    """What the register says about the people and homes of one chunk."""

    holders: dict[UnitKey, list[Holding]] = field(default_factory=lambda: defaultdict(list))
    by_address: dict[str, list[Homeowner]] = field(default_factory=lambda: defaultdict(list))
    users: dict[str, User] = field(default_factory=dict)
    handed: dict[int, date] = field(default_factory=dict)

    def find(self, person: Person) -> Homeowner | None:
        """The name agrees, and the e-mail or a phone with it: a couple shares both, so these alone are nobody."""
        found = [
            row for mark in (person.email, person.phone, person.second_phone) for row in self.by_address.get(mark, ())
        ]
        return next((row for row in found if mark_agrees(person, row)), None)

    def add(self, row: Homeowner) -> None:
        """Somebody who can be found from now on."""
        for mark in {row.email, row.phone, row.second_phone} - {""}:
            self.by_address[mark].append(row)


def mark_agrees(person: Person, row: Homeowner) -> bool:
    """Both can be the name of one person."""
    return compare(person.name, row.name) is NameMatch.SAME


class OwnerRows:
    """Rows of owners in chunks.

    `declared`: all names that the file gives to a home with several rows, by the number as each row writes it.
    """

    def __init__(self, book: Book, terms: Terms, declared: Mapping[UnitKey, list[str]]) -> None:
        self.book, self.terms, self.declared = book, terms, declared
        self.known = Known()

    def plan(self, rows: Sequence[SourceRow]) -> list[Plan]:
        """What each row would do. Call `book.fetch(rows)` first."""
        plans = [Plan(row) for row in rows]
        for plan in plans:
            self._guarded(plan, self._parse)
        self._learn([plan for plan in plans if not plan.fault])
        for plan in plans:
            if not plan.fault:
                self._guarded(plan, self._place)
        return plans

    def _guarded(self, plan: Plan, step: Callable[[Plan], None]) -> None:
        try:
            step(plan)
        except Refused as refusal:
            plan.refuse(refusal)

    def _parse(self, plan: Plan) -> None:
        """What can be read without the register."""
        development, door = self.book.door(plan.row)
        people, warnings = owner_cells.people(plan.row, region=development.country)
        plan.warnings += warnings
        plan.work |= {
            "development": development,
            "written": key_of(development, door.number),
            "door": door,
            "people": people,
            "role": owner_cells.role(plan.row.text("role")),
            "language": owner_cells.language(plan.row.text("language")),
            "since": self._since(plan.row, development),
        }

    def _since(self, row: SourceRow, development: Development) -> date | None:
        """The day that the row itself gives."""
        for key in ("since", "possession", "keys"):
            if row.text(key):
                votes = self.terms.votes.get(f"{row.sheet}:{key}", (0, 0))
                return days.read(row.text(key), day_first=days.by_votes(*votes, country=development.country))
        return None

    def _learn(self, plans: Sequence[Plan]) -> None:
        """Asks the register about the homes, people and accounts of a chunk: five questions."""
        self.known = known = Known()
        units = {unit.pk: key for key, unit in self.book.units.items()}
        standing = Q(until_on=None) | Q(until_on__gt=self.terms.at.date())
        for tenure in Tenure.objects.filter(standing, unit__in=units).select_related("homeowner").order_by("pk"):
            known.holders[units[tenure.unit_id]].append(Holding(tenure.role, tenure.homeowner, tenure.from_on))
        events = HandoverEvent.objects.in_force().filter(unit__in=units, kind__in=_HANDED).order_by("-on")
        known.handed = {event.unit_id or 0: event.on for event in events}
        people = [person for plan in plans for person in plan.work["people"]]
        mails = {person.email for person in people if person.email}
        calls = {number for person in people for number in (person.phone, person.second_phone) if number}
        wanted = Q(email__in=mails) | Q(phone__in=calls) | Q(second_phone__in=calls)
        for row in Homeowner.objects.filter(wanted).select_related("user").order_by("pk"):
            known.add(row)
        known.users = {user.email: user for user in User.objects.filter(email__in=mails)}

    def _place(self, plan: Plan) -> None:
        """Who the people are and in which right they come."""
        unit = self._home(plan)
        holders = self.known.holders[plan.work["key"]]
        role = self._role(plan, unit)
        plan.work |= {"unit": unit, "begins": [], "contacts": [], "new": []}
        strangers = [person for person in plan.work["people"] if not self._is_holder(plan, person, holders, role)]
        if role in OWNER_ROLES:
            self._compare_owners(plan, strangers, holders)
        rows = [self._row_of(plan, person) for person in strangers]
        for place, row in enumerate(rows):
            begins = Holding(self._right(role, holders, place), row, self._from_on(plan, unit))
            plan.work["begins"].append(begins)
            if not plan.is_transfer:
                plan.differ(str(TenureRole(begins.role).label), "", row.name)
        plan.is_new = bool(rows) and not plan.is_transfer
        if plan.is_transfer and self.terms.transfers_on:
            self._sell(plan, holders)
        if not plan.is_transfer or self.terms.transfers_on:
            holders += plan.work["begins"]

    def _home(self, plan: Plan) -> Unit | None:
        """The home, or None for one that this file adds."""
        key = self.book.home(plan.row)
        if key is None:
            sentence = _("There is no home %(unit)s in %(development)s. Import the homes first.")
            raise Refused(sentence % {"unit": plan.work["door"].number, "development": plan.work["development"].name})
        plan.work["key"] = key
        return self.book.units.get(key)

    def _role(self, plan: Plan, unit: Unit | None) -> TenureRole:
        role, is_common = plan.work["role"], unit is not None and unit.is_common
        if is_common and not plan.row.text("role"):
            return TenureRole.MANAGEMENT_BODY
        if unit is not None and is_common != (role == TenureRole.MANAGEMENT_BODY):
            raise Refused(_("A common area is held by the management body, and a home by people."))
        return role

    def _is_holder(self, plan: Plan, person: Person, holders: list[Holding], role: TenureRole) -> bool:
        """Whether the register has this person here in this right; then only the contact may differ."""
        rights = OWNER_ROLES if role in OWNER_ROLES else (role,)
        found = next((one for one in holders if one.role in rights and mark_agrees(person, one.person)), None)
        if found is not None and found.person.pk:
            self._contact(plan, person, found.person)
        return found is not None

    def _contact(self, plan: Plan, person: Person, row: Homeowner) -> None:
        """Compares e-mail, phones and language with a row of the register."""
        facts = {name: getattr(person, name) for name in _CONTACT} | {"language": plan.work["language"]}
        own = {row.phone, row.second_phone}
        changed = {}
        for name, value in facts.items():
            if name.endswith("phone") and value in own:
                continue
            if plan.differ(f"{row.name}: {_LABELS[name]}", getattr(row, name), value):
                changed[name] = value
        if "email" in changed:
            self._check_address(changed["email"])
            if row.email:
                plan.ends.append(_("%(name)s signs in with the new e-mail only.") % {"name": row.name})
        if changed:
            plan.work["contacts"].append((row, changed))

    def _check_address(self, email: str) -> None:
        user = self.known.users.get(email)
        if user is not None and user.role != Role.HOMEOWNER:
            raise Refused(_("%(email)s belongs to an office or contractor account.") % {"email": email})

    def _row_of(self, plan: Plan, person: Person) -> Homeowner:
        """The person of the register, or a new one."""
        found = self.known.find(person)
        if found is not None:
            if found.pk:
                self._contact(plan, person, found)
            return found
        self._check_address(person.email)
        self._warn_shared(plan, person)
        facts = {name: getattr(person, name) for name in _CONTACT}
        language = {"language": plan.work["language"]} if plan.work["language"] else {}
        is_body = plan.work["role"] == TenureRole.MANAGEMENT_BODY
        row = Homeowner(name=person.name, search_name=folded(person.name), is_body=is_body, **facts, **language)
        plan.work["new"].append(row)
        self.known.add(row)
        return row

    def _warn_shared(self, plan: Plan, person: Person) -> None:
        beside = {other.name for other in plan.work["people"]}
        for mark in (person.phone, person.email):
            others = [row.name for row in self.known.by_address.get(mark, ()) if mark and row.name not in beside]
            if others:
                said = {"mark": mark, "name": others[0]}
                plan.warnings.append(_("%(mark)s is also the one of %(name)s.") % said)

    def _compare_owners(self, plan: Plan, strangers: list[Person], holders: list[Holding]) -> None:
        """Another owner than the register's is a sale, and one that the file leaves out is said."""
        owners = [one for one in holders if one.role in OWNER_ROLES]
        declared = self.declared.get(plan.work["written"]) or [person.name for person in plan.work["people"]]
        left_out = [
            one for one in owners if not any(compare(name, one.person.name) is NameMatch.SAME for name in declared)
        ]
        if not owners:
            return
        if strangers and len(left_out) == len(owners):
            plan.is_transfer = True
            plan.ends += [f"{one.person.name} ({TenureRole(one.role).label})" for one in holders]
            names = ", ".join(person.name for person in strangers)
            plan.entered.append(Change(str(_("Owner")), _joined(owners), names))
            return
        if strangers:
            plan.warnings.append(_("Entered beside %(names)s.") % {"names": _joined(owners)})
        if left_out:
            said = {"names": _joined(left_out)}
            plan.warnings.append(_("The register also has %(names)s, the file has not. Nothing is ended.") % said)

    def _right(self, role: TenureRole, holders: list[Holding], place: int) -> TenureRole:
        """The first owner of a home is its owner, the others are joint owners."""
        has_owner = place or any(one.role == TenureRole.OWNER for one in holders)
        return TenureRole.JOINT_OWNER if role == TenureRole.OWNER and has_owner else role

    def _from_on(self, plan: Plan, unit: Unit | None) -> date:
        """The row's own day, else the home's handover, else today where the home stands."""
        handed = self.known.handed.get(unit.pk) if unit is not None else None
        return plan.work["since"] or handed or calendars.local_day(self.terms.at, plan.work["development"].tz)

    def _sell(self, plan: Plan, holders: list[Holding]) -> None:
        on = self.terms.transfers_on
        if on and any(one.role in OWNER_ROLES and on < one.from_on for one in holders):
            raise Refused(_("An owner of today began after the day of the sale. Check the date."))
        holders.clear()


def _joined(holdings: Sequence[Holding]) -> str:
    return ", ".join(one.person.name for one in holdings)
