"""People of the register: entering one, and changing how to reach them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts import people
from accounts.choices import Role
from accounts.models import User
from accounts.phones import PhoneRefused, normalise, quietly
from homeowners.choices import Language
from homeowners.models import Homeowner
from homeowners.names import NameMatch, compare
from ledger import audit
from ledger.actors import Actor
from ledger.models import AuditEntry
from units.refusals import Refused

CONTACT = ("name", "email", "phone", "second_phone", "language", "is_vulnerable", "prefers_letter", "note")
_MOST_ON_ONE_PHONE = 50


class RegisterRefused(Refused):
    """This person cannot be entered so."""


@transaction.atomic
def add_person(
    *,
    name: str,
    region: str,
    by: Actor,
    at: datetime,
    email: str = "",
    phone: str = "",
    second_phone: str = "",
    language: str = Language.ENGLISH,
    is_body: bool = False,
    is_vulnerable: bool = False,
    prefers_letter: bool = False,
    note: str = "",
) -> Homeowner:
    """Enters a person; with an e-mail the account (no password, sign-in by code) is made or found in the same step.

    `region` is the country in whose way phones without country code are read (`development.country`).
    Refused (RegisterRefused): no name, a phone that is none, an e-mail that belongs to staff or a contractor.
    """
    facts: dict[str, Any] = {
        "name": name,
        "email": email,
        "phone": phone,
        "second_phone": second_phone,
        "language": language,
        "is_vulnerable": is_vulnerable,
        "prefers_letter": prefers_letter,
        "note": note,
    }
    cleaned = _cleaned(facts, region)
    person = Homeowner(is_body=is_body, **cleaned)
    person.user = _account(person, by=by, at=at)
    person.save()
    audit.record("homeowner.add", by=by, at=at, about="homeowner", about_id=person.pk, new=cleaned)
    return person


@transaction.atomic
def add_all(rows: Sequence[Homeowner], *, users: Mapping[str, User], by: Actor, at: datetime) -> list[User]:
    """Enters many new people whose facts are cleaned already, with their accounts; gives the accounts that were made.

    `users` are the accounts that their addresses have by now (see `_account`); couples share one.
    """
    wanted = {row.email: row for row in reversed(rows) if row.email and row.email not in users}
    made = people.add_all(
        [User(email=row.email, name=row.name, phone=row.phone, role=Role.HOMEOWNER) for row in wanted.values()],
        by=by,
        at=at,
    )
    by_address = {**users, **{user.email: user for user in made}}
    for row in rows:
        row.user = by_address.get(row.email)
    stored = Homeowner.objects.bulk_create(rows)
    audit.record_all(_added(row, by=by, at=at) for row in stored)
    return made


def _added(row: Homeowner, *, by: Actor, at: datetime) -> AuditEntry:
    facts = {name: getattr(row, name) for name in CONTACT}
    return audit.entry("homeowner.add", by=by, at=at, about="homeowner", about_id=row.pk, new=facts)


def known(*, name: str, email: str = "", phone: str = "", region: str) -> Homeowner | None:
    """The person who stands in the register already: the name agrees, and the e-mail or a phone with it.

    A couple shares address and phone, so these two alone are nobody.
    """
    number, address = quietly(phone, region), email.strip().lower()
    wanted = Q(email=address) if address else Q(pk__in=())
    if number:
        wanted |= Q(phone=number) | Q(second_phone=number)
    people_there = Homeowner.objects.filter(wanted).order_by("pk")[:_MOST_ON_ONE_PHONE]
    return next((person for person in people_there if compare(name, person.name) is NameMatch.SAME), None)


def find_or_add(*, name: str, email: str, phone: str, region: str, by: Actor, at: datetime) -> Homeowner:
    """The person who is known already, else a new one (see `known` and `add_person`)."""
    person = known(name=name, email=email, phone=phone, region=region)
    return person or add_person(name=name, email=email, phone=phone, region=region, by=by, at=at)


@transaction.atomic
def change_contact(
    person: Homeowner, *, by: Actor, at: datetime, region: str, reason: str = "", **facts: Any
) -> Homeowner:
    """Changes name, e-mail, phones, language or wishes; old and new go to the audit.

    With a new e-mail the old address is out at once (see `_account`). Nothing is written when nothing changed. Refused
    (RegisterRefused) as in `add_person`.
    """
    unknown = set(facts) - set(CONTACT)
    if unknown:
        raise TypeError(f"not a contact fact: {sorted(unknown)}")
    new = {key: value for key, value in _cleaned(facts, region).items() if value != getattr(person, key)}
    if not new:
        return person
    old = {key: getattr(person, key) for key in new}
    for key, value in new.items():
        setattr(person, key, value)
    if "email" in new:
        person.user = _account(person, by=by, at=at)
    person.save()
    audit.record(
        "homeowner.change", by=by, at=at, about="homeowner", about_id=person.pk, old=old, new=new, reason=reason
    )
    return person


def _cleaned(facts: dict[str, Any], region: str) -> dict[str, Any]:
    """Text without loose ends, phones in E.164, e-mail in lower case."""
    cleaned = {key: value.strip() if isinstance(value, str) else value for key, value in facts.items()}
    for key in {"phone", "second_phone"} & set(cleaned):
        try:
            cleaned[key] = normalise(cleaned[key], region)
        except PhoneRefused as fault:
            raise RegisterRefused(str(fault), field=key) from fault
    if "email" in cleaned:
        cleaned["email"] = cleaned["email"].lower()
    if cleaned.get("name") == "":
        raise RegisterRefused(_("Give the name."), field="name")
    return cleaned


def _account(person: Homeowner, *, by: Actor, at: datetime) -> User | None:
    """The account of the person's address: shared when it exists (couples), renamed when it is theirs alone, else made.

    A renamed account's sessions end, and both addresses are told of the change.
    """
    if not person.email:
        return None
    user = User.objects.filter(email=person.email).first()
    if user is not None and user.role != Role.HOMEOWNER:
        sentence = _("This e-mail belongs to an office or contractor account. Use the person's private address.")
        raise RegisterRefused(sentence, field="email")
    try:
        return user or _renamed(person, by=by, at=at) or _made(person, by=by, at=at)
    except people.PeopleRefused as refusal:
        raise RegisterRefused(str(refusal), field="email") from refusal


def _renamed(person: Homeowner, *, by: Actor, at: datetime) -> User | None:
    if person.user is None or person.user.homeowners.exclude(pk=person.pk).exists():
        return None
    people.change_email(person.user, person.email, by=by, at=at)
    return person.user


def _made(person: Homeowner, *, by: Actor, at: datetime) -> User:
    return people.add_user(email=person.email, name=person.name, phone=person.phone, role=Role.HOMEOWNER, by=by, at=at)
