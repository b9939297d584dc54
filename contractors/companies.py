"""Companies and their people: entering, changing, leaving."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts import people
from accounts.choices import Role
from accounts.models import User
from accounts.phones import PhoneRefused, normalise
from contractors.models import Company, Contact
from ledger import audit
from ledger.actors import Actor
from units.refusals import Refused

COMPANY_FACTS = ("name", "short_name", "kind", "email", "phone", "address")
CONTACT_FACTS = ("name", "email", "phone", "gets_mail")


class CompanyRefused(Refused):
    """This company or contact cannot be entered so."""


@transaction.atomic
def add_company(
    *, name: str, short_name: str, kind: str, region: str, by: Actor, at: datetime, **facts: Any
) -> Company:
    """Enters a company; e-mail, phone and postal address may follow in `facts`.

    Refused (CompanyRefused): a name that is taken, a phone that is none.
    """
    cleaned = _cleaned({"name": name, "short_name": short_name, "kind": kind, **facts}, region, COMPANY_FACTS)
    company = Company(slug=_free_slug(cleaned["short_name"]), **cleaned)
    _save(company, field="name", sentence=_("There is already a company of this name."))
    audit.record("company.add", by=by, at=at, about="company", about_id=company.pk, reference=str(company), new=cleaned)
    return company


@transaction.atomic
def change_company(company: Company, *, region: str, by: Actor, at: datetime, **facts: Any) -> Company:
    """Changes facts of a company; its page keeps its address. Refused (CompanyRefused) as in `add_company`."""
    new = _changed(company, _cleaned(facts, region, COMPANY_FACTS))
    if new:
        old = _put(company, new)
        _save(company, field="name", sentence=_("There is already a company of this name."))
        _record("company.change", company, by=by, at=at, old=old, new=new)
    return company


@transaction.atomic
def add_contact(
    company: Company,
    *,
    name: str,
    region: str,
    by: Actor,
    at: datetime,
    email: str = "",
    phone: str = "",
    gets_mail: bool = True,
    may_sign_in: bool = False,
) -> Contact:
    """Enters a person of the company; `may_sign_in` makes or finds the contractor account of the address.

    Refused (CompanyRefused): the address stands here already or belongs to another kind of account.
    """
    facts = {"name": name, "email": email, "phone": phone, "gets_mail": gets_mail}
    cleaned = _cleaned(facts, region, CONTACT_FACTS)
    contact = Contact(company=company, **cleaned)
    contact.user = _account(contact, by=by, at=at) if may_sign_in else None
    _save(contact, field="email", sentence=_("This e-mail is already a contact here."))
    _record("contact.add", company, by=by, at=at, new={"who": contact.name, **cleaned, "account": may_sign_in})
    return contact


@transaction.atomic
def change_contact(
    contact: Contact, *, region: str, by: Actor, at: datetime, may_sign_in: bool, **facts: Any
) -> Contact:
    """Changes a person's facts and whether the person may sign in; taking the account away counts at once.

    A new e-mail address leads to its own account. Refused (CompanyRefused) as in `add_contact`.
    """
    new = _changed(contact, _cleaned(facts, region, CONTACT_FACTS))
    if not new and may_sign_in == bool(contact.user_id):
        return contact
    old = {**_put(contact, new), "account": bool(contact.user_id)}
    if not may_sign_in:
        contact.user = None
    elif "email" in new or contact.user is None:
        contact.user = _account(contact, by=by, at=at)
    _save(contact, field="email", sentence=_("This e-mail is already a contact here."))
    _record(
        "contact.change",
        contact.company,
        by=by,
        at=at,
        old=old,
        new={"who": contact.name, **new, "account": may_sign_in},
    )
    return contact


@transaction.atomic
def contact_left(contact: Contact, *, reason: str, by: Actor, at: datetime) -> Contact:
    """The person works there no more: no mail, no access, from this moment on. The row stays for the records."""
    if not Contact.objects.standing().filter(pk=contact.pk).update(left_at=at, user=None, gets_mail=False):
        return contact
    contact.left_at, contact.user, contact.gets_mail = at, None, False
    _record("contact.leave", contact.company, by=by, at=at, old={"who": contact.name}, reason=reason.strip())
    return contact


def _account(contact: Contact, *, by: Actor, at: datetime) -> User:
    if not contact.email:
        raise CompanyRefused(_("To sign in, the person needs an e-mail address."), field="email")
    user = User.objects.filter(email=contact.email).first()
    if user is not None and user.role != Role.CONTRACTOR:
        raise CompanyRefused(_("This e-mail belongs to an office or homeowner account."), field="email")
    try:
        return user or people.add_user(
            email=contact.email, name=contact.name, phone=contact.phone, role=Role.CONTRACTOR, by=by, at=at
        )
    except people.PeopleRefused as refusal:
        raise CompanyRefused(str(refusal), field="email") from refusal


def _cleaned(facts: dict[str, Any], region: str, known: tuple[str, ...]) -> dict[str, Any]:
    """Text without loose ends, phones in E.164, e-mail in lower case."""
    if set(facts) - set(known):
        raise TypeError(f"unknown facts: {sorted(set(facts) - set(known))}")
    cleaned = {key: value.strip() if isinstance(value, str) else value for key, value in facts.items()}
    try:
        cleaned |= {"phone": normalise(cleaned["phone"], region)} if "phone" in cleaned else {}
    except PhoneRefused as fault:
        raise CompanyRefused(str(fault), field="phone") from fault
    cleaned |= {"email": cleaned["email"].lower()} if "email" in cleaned else {}
    for key in {"name", "short_name"} & set(cleaned):
        if not cleaned[key]:
            raise CompanyRefused(_("Give the name."), field=key)
    return cleaned


def _changed(row: Company | Contact, facts: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in facts.items() if value != getattr(row, key)}


def _put(row: Company | Contact, new: dict[str, Any]) -> dict[str, Any]:
    """Sets the new facts on the row and gives back the old ones."""
    old = {key: getattr(row, key) for key in new}
    for key, value in new.items():
        setattr(row, key, value)
    return old


def _save(row: Company | Contact, *, field: str, sentence: str) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as fault:
        raise CompanyRefused(sentence, field=field) from fault


def _free_slug(short_name: str) -> str:
    """A page address from the short name, numbered when a company or a page has it; Asian names give a plain number."""
    stem = slugify(short_name)[:30] or "company"
    taken = {"add", "export", *Company.objects.filter(slug__startswith=stem).values_list("slug", flat=True)}
    numbered = (f"{stem}-{number}" for number in range(2, len(taken) + 3))
    return next(slug for slug in (stem, *numbered) if slug not in taken)


def _record(action: str, company: Company, *, by: Actor, at: datetime, **change: Any) -> None:
    audit.record(action, by=by, at=at, about="company", about_id=company.pk, reference=company.short_name, **change)
