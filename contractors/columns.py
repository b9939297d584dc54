"""The register of contractors, to be taken away."""

from datetime import datetime
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from contractors.models import Company, Contact
from contractors.querysets import CompanyQuerySet
from documents.sheets_out.sheet import Asked, Column, Part, Sheet


def _people(company: Any) -> str:
    return "; ".join(f"{row.name} <{row.email}>" if row.email else row.name for row in company.people)


COLUMNS = (
    Column(_("Company"), lambda company: company.name, width=30, is_printed=True),
    Column(_("Short name"), lambda company: company.short_name, width=18, is_printed=True),
    Column(_("Kind"), lambda company: company.get_kind_display(), width=16, is_printed=True),
    Column(
        _("Works at"),
        lambda company: ", ".join(row.development.name for row in company.sites),
        width=30,
        is_printed=True,
    ),
    Column(_("Phone"), lambda company: company.phone_shown, width=18, is_printed=True),
    Column(_("E-mail"), lambda company: company.email, width=28, is_printed=True),
    Column(_("Postal address"), lambda company: company.address, width=40),
    Column(_("People"), _people, width=50),
)


def of_companies(rows: CompanyQuerySet, *, user: Any, asked: Asked, at: datetime) -> Sheet:
    """These companies with where they work at `at` and who stands there, as far as `user` may see."""
    people = Prefetch("contacts", queryset=Contact.objects.standing().order_by("name", "pk"), to_attr="people")
    whole = Company.objects.with_sites(user, at=at).prefetch_related(people)
    part = Part(rows.order_by("name", "pk"), whole.in_bulk)
    return Sheet("contractors", _("Contractors"), COLUMNS, (part,), asked)
