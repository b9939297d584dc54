"""Rows of a sheet of contractors: companies, their people, their appointments. Entered one by one: there are few."""

import re
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from accounts.phones import PhoneRefused, normalise
from catalogue.models import Trade
from contractors import appointments, companies
from contractors.choices import CompanyKind
from contractors.models import Appointment, Company, Contact
from contractors.sheet import CONTRACTORS
from units import calendars
from units.models import Development
from units.places_book import Book
from units.refusals import Refused
from units.sheets import days
from units.sheets.outcomes import Plan, SourceRow, Terms

_LABELS = {column.key: column.label for column in CONTRACTORS.columns}
_LEGAL = re.compile(
    r"[\s,(]+(?:sdn\.?|bhd\.?|berhad|pte\.?|ltd\.?|limited|llp|plc|inc\.?|\(?m\)?)(?=[\s,.)]|$)", re.IGNORECASE
)
_KINDS = {
    CompanyKind.MAIN: "main|main contractor|main con|kontraktor utama|总承包",
    CompanyKind.SUB: "sub|sub-contractor|subcontractor|sub contractor|nsc|subkontraktor|分包",
    CompanyKind.DIRECT: "direct|direct contractor|dc|supplier",
    CompanyKind.THIRD_PARTY: "third-party|third party|other",
}
_KIND_OF = {word: kind for kind, words in _KINDS.items() for word in words.split("|")}
_YES = {"yes", "y", "true", "1", "ya", "是", "main"}
_FACTS = ("email", "phone", "address")
_CONTACT = {"contact_email": "email", "contact_phone": "phone"}


class ContractorRows:
    """Rows of companies; several rows of one company are its people and appointments."""

    def __init__(self, book: Book, terms: Terms) -> None:
        self.book, self.terms = book, terms
        rows = Company.objects.prefetch_related("contacts")
        self.companies: dict[str, Company] = {}
        for row in rows:
            self._remember(row)
        self.trades = {word.casefold(): row for row in Trade.objects.all() for word in (row.code, str(row.label))}
        open_ones = Appointment.objects.filter(until_on=None).select_related("development", "company")
        self.open = {(row.company_id, row.development_id): row for row in open_ones}
        self.mains = {row.development_id: row.company.name for row in open_ones if row.is_main}

    def _remember(self, company: Company) -> None:
        self.companies[company.name.casefold()] = company
        self.companies.setdefault(company.short_name.casefold(), company)

    def plan(self, rows: Sequence[SourceRow]) -> list[Plan]:
        """What each row would do."""
        plans = [Plan(row) for row in rows]
        for plan in plans:
            try:
                self._read(plan)
            except Refused as refusal:
                plan.refuse(refusal)
        return plans

    def write(self, plans: Sequence[Plan]) -> None:
        """Enters what the plans say, each by the verbs of this room."""
        for plan in plans:
            company = self._enter_company(plan)
            self._enter_contact(plan, company)
            self._appoint(plan, company)

    def _read(self, plan: Plan) -> None:
        row = plan.row
        name = " ".join(row.text("company").split())
        if not name or len(name) > 120:
            raise Refused(_("The company's name is missing or too long."))
        development = (
            self.book.development(row.text("development")) if _appoints(row) or row.text("development") else None
        )
        region = self._region(development)
        company = self.companies.get(name.casefold())
        facts = {
            "email": _email(row.text("email")),
            "phone": _phone(row.text("phone"), region),
            "address": row.text("address"),
        }
        plan.work |= {
            "name": name,
            "region": region,
            "facts": facts,
            "kind": self._kind(row),
            "development": development,
        }
        if company is None:
            plan.is_new = True
            plan.differ(_("Company"), "", name)
            company = Company(name=name, short_name=self._short_name(row, name), kind=plan.work["kind"], **facts)
            self._remember(company)
        elif company.pk:
            for key in _FACTS:
                plan.differ(_LABELS[key], getattr(company, key), facts[key])
        self._read_contact(plan, company)
        self._read_appointment(plan, company, development)

    def _region(self, development: Development | None) -> str:
        if development is not None:
            return development.country
        return next((row.country for row in self.book.developments.values()), "MY")

    def _kind(self, row: SourceRow) -> str:
        text = row.text("kind").casefold()
        if text and text not in _KIND_OF:
            raise Refused(_("“%(text)s” is not a kind of contractor. Write main, sub or direct.") % {"text": text[:40]})
        return _KIND_OF.get(text, CompanyKind.MAIN if _is_yes(row.text("is_main")) else CompanyKind.SUB)

    def _short_name(self, row: SourceRow, name: str) -> str:
        """The given one, else the name without what every company is called, cut to what tables hold."""
        short = row.text("short_name") or _LEGAL.sub("", name).strip(" ,.-") or name
        return short[:24].strip()

    def _read_contact(self, plan: Plan, company: Company) -> None:
        row = plan.row
        facts = {
            "email": _email(row.text("contact_email")),
            "phone": _phone(row.text("contact_phone"), plan.work["region"]),
        }
        name = " ".join(row.text("contact").split()) or facts["email"]
        if not name:
            return
        contact = _contact_of(company, name, facts["email"]) if company.pk else None
        plan.work["contact"] = {"name": name[:120], "row": contact, **facts}
        if contact is None:
            plan.is_new = True
            plan.differ(_LABELS["contact"], "", name)
            return
        for key, own in _CONTACT.items():
            plan.differ(_LABELS[key], getattr(contact, own), facts[own])

    def _read_appointment(self, plan: Plan, company: Company, development: Development | None) -> None:
        if development is None:
            return
        row = plan.row
        facts: dict[str, Any] = {
            "is_main": _is_yes(row.text("is_main"))
            or (plan.work["kind"] == CompanyKind.MAIN and bool(row.text("kind"))),
            "trades": [self._trade(word) for word in re.split(r"[;,\n/|]+", row.text("trades")) if word.strip()],
            "starts_on": self._day(row, "completed_on", development),
            "months": _months(row.text("months")),
        }
        facts["from_on"] = self._day(row, "from_on", development) or calendars.local_day(self.terms.at, development.tz)
        plan.work["appointment"] = facts
        standing = self.open.get((company.pk, development.pk)) if company.pk else None
        if standing is None:
            self._check_new(plan, company, development)
            return
        plan.differ(_LABELS["completed_on"], standing.liability_starts_on, facts["starts_on"])
        plan.differ(_LABELS["months"], standing.liability_months, facts["months"])

    def _check_new(self, plan: Plan, company: Company, development: Development) -> None:
        facts = plan.work["appointment"]
        if facts["starts_on"] and not facts["months"]:
            raise Refused(_("Give the months of liability too."))
        if facts["is_main"] and self.mains.get(development.pk, company.name) != company.name:
            raise Refused(
                _("%(name)s has a main contractor already. End that appointment first.") % {"name": development}
            )
        if facts["is_main"] and development.pk:
            self.mains[development.pk] = company.name
        plan.is_new = True
        plan.differ(_("Appointed"), "", development.name)

    def _trade(self, word: str) -> Trade:
        found = self.trades.get(word.strip().casefold())
        if found is None:
            known = ", ".join(sorted({row.code for row in self.trades.values()}))
            said = {"word": word.strip()[:40], "known": known}
            raise Refused(_("“%(word)s” is not a trade of the catalogue. Known: %(known)s.") % said)
        return found

    def _day(self, row: SourceRow, key: str, development: Development) -> Any:
        votes = self.terms.votes.get(f"{row.sheet}:{key}", (0, 0))
        text = row.text(key)
        return days.read(text, day_first=days.by_votes(*votes, country=development.country)) if text else None

    def _enter_company(self, plan: Plan) -> Company:
        work, by, at = plan.work, self.terms.by, self.terms.at
        company = self.companies[work["name"].casefold()]
        if company.pk is None:
            names = {"name": work["name"], "short_name": company.short_name, "kind": company.kind}
            company = companies.add_company(**names, **work["facts"], region=work["region"], by=by, at=at)
            self._remember_written(company)
        else:
            given = {key: value for key, value in work["facts"].items() if value}
            companies.change_company(company, region=work["region"], by=by, at=at, **given)
        return company

    def _remember_written(self, company: Company) -> None:
        self.companies[company.name.casefold()] = self.companies[company.short_name.casefold()] = company

    def _enter_contact(self, plan: Plan, company: Company) -> None:
        facts = plan.work.get("contact")
        if facts is None:
            return
        by, at, region = self.terms.by, self.terms.at, plan.work["region"]
        given = {key: facts[key] for key in ("email", "phone") if facts[key]}
        contact = facts["row"] or _contact_of(company, facts["name"], facts["email"])
        if contact is None:
            companies.add_contact(company, name=facts["name"], region=region, by=by, at=at, **given)
        else:
            has_account = contact.user_id is not None
            companies.change_contact(contact, region=region, by=by, at=at, may_sign_in=has_account, **given)

    def _appoint(self, plan: Plan, company: Company) -> None:
        facts, development = plan.work.get("appointment"), plan.work["development"]
        if facts is None:
            return
        by, at = self.terms.by, self.terms.at
        standing = self.open.get((company.pk, development.pk))
        if standing is None:
            self.open[company.pk, development.pk] = appointments.appoint(
                company,
                development=development,
                from_on=facts["from_on"],
                trades=facts["trades"],
                is_main=facts["is_main"],
                liability_starts_on=facts["starts_on"],
                liability_months=facts["months"],
                by=by,
                at=at,
            )
        elif facts["starts_on"] or facts["months"]:
            starts_on = facts["starts_on"] or standing.liability_starts_on
            months = facts["months"] or standing.liability_months
            if (starts_on, months) != (standing.liability_starts_on, standing.liability_months):
                appointments.set_liability(standing, starts_on=starts_on, months=months, by=by, at=at)


def _appoints(row: SourceRow) -> bool:
    return any(row.text(key) for key in ("trades", "is_main", "from_on", "completed_on", "months"))


def _is_yes(text: str) -> bool:
    return text.strip().casefold() in _YES


def _months(text: str) -> int | None:
    if not text:
        return None
    match = re.match(r"^(\d{1,3})(?:\s*(?:months?|mths?|bulan|个月|m))?$", text.strip(), re.IGNORECASE)
    if not match or not 1 <= int(match[1]) <= 240:
        raise Refused(_("The liability runs 1 to 240 months."))
    return int(match[1])


def _email(text: str) -> str:
    address = text.replace("mailto:", "").replace(" ", "").strip("<>;,.").lower()
    if address:
        try:
            validate_email(address)
        except ValidationError as fault:
            raise Refused(_("“%(text)s” is not an e-mail address.") % {"text": text[:60]}) from fault
    return address


def _phone(text: str, region: str) -> str:
    try:
        return normalise(text, region)
    except PhoneRefused as fault:
        raise Refused(str(fault)) from fault


def _contact_of(company: Company, name: str, email: str) -> Contact | None:
    standing = [row for row in company.contacts.all() if row.left_at is None]
    by_email = next((row for row in standing if email and row.email == email), None)
    return by_email or next((row for row in standing if row.name.casefold() == name.casefold()), None)
