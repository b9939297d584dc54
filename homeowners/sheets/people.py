"""People of the register; without the office's notes about them."""

from datetime import datetime
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from documents.sheets_out.sheet import Asked, Column, Kind, Part, Sheet
from homeowners.models import Homeowner, Tenure
from homeowners.querysets import HomeownerQuerySet


def _homes(person: Any) -> str:
    return ", ".join(f"{row.unit.number}, {row.unit.development.name}" for row in person.homes)


def _roles(person: Any) -> str:
    return ", ".join(dict.fromkeys(str(row.get_role_display()) for row in person.homes))


COLUMNS = (
    Column(_("Name"), lambda person: person.name, width=26, is_printed=True),
    Column(_("Homes"), _homes, width=34, is_printed=True),
    Column(_("As"), _roles, width=16, is_printed=True),
    Column(_("Phone"), lambda person: person.phone_shown, width=18, is_printed=True),
    Column(_("Second phone"), lambda person: person.second_phone_shown, width=18),
    Column(_("E-mail"), lambda person: person.email, width=30, is_printed=True),
    Column(_("Language"), lambda person: person.get_language_display(), width=12, is_printed=True),
    Column(_("Needs care"), lambda person: person.is_vulnerable, Kind.YES, width=8, is_printed=True),
    Column(_("Prefers letters"), lambda person: person.prefers_letter, Kind.YES, width=8),
    Column(_("Management body"), lambda person: person.is_body, Kind.YES, width=12),
    Column(_("Has an account"), lambda person: person.user_id is not None, Kind.YES, width=10),
)


def of_people(rows: HomeownerQuerySet, *, user: Any, asked: Asked, at: datetime) -> Sheet:
    """These people with the homes they have at `at`, as far as `user` may see those."""
    held = Tenure.objects.visible_to(user).in_force_at(at).select_related("unit__development").order_by("pk")
    homes: Any = Prefetch("tenures", queryset=held, to_attr="homes")
    whole = Homeowner.objects.prefetch_related(homes)
    part = Part(rows.order_by("search_name", "pk"), whole.in_bulk)
    return Sheet("homeowners", _("Homeowners"), COLUMNS, (part,), asked, is_personal=True)
