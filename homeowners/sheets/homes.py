"""Homes and common areas with who holds them."""

from datetime import datetime
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from documents.sheets_out.sheet import Asked, Column, Kind, Part, Sheet
from homeowners.choices import TenureRole
from homeowners.models import Tenure
from units.choices import HandoverKind
from units.models import HandoverEvent, Unit
from units.querysets import UnitQuerySet

HANDED_OVER = (HandoverKind.VP_TAKEN, HandoverKind.VP_NOTICE, HandoverKind.KEYS)
HOLDERS = (TenureRole.OWNER, TenureRole.MANAGEMENT_BODY)


def _held_by(*roles: TenureRole) -> Any:
    """Names of those who hold the home in one of these roles."""
    return lambda unit: ", ".join(row.homeowner.name for row in unit.holders if row.role in roles)


def _others(unit: Any) -> str:
    listed = (*HOLDERS, TenureRole.JOINT_OWNER, TenureRole.TENANT)
    return ", ".join(
        f"{row.homeowner.name} ({row.get_role_display()})" for row in unit.holders if row.role not in listed
    )


COLUMNS = (
    Column(_("Development"), lambda unit: unit.development.name, width=20, is_printed=True),
    Column(_("Block"), lambda unit: unit.block.name if unit.block else "", width=10, is_printed=True),
    Column(_("Home"), lambda unit: unit.number, width=12, is_printed=True),
    Column(_("Kind"), lambda unit: unit.get_kind_display(), width=14),
    Column(_("Floor"), lambda unit: unit.floor, width=8, is_printed=True),
    Column(_("Stack"), lambda unit: unit.stack, width=8),
    Column(_("Elevation"), lambda unit: unit.elevation, width=10),
    Column(_("Owner"), _held_by(*HOLDERS), width=24, is_printed=True),
    Column(_("Joint owners"), _held_by(TenureRole.JOINT_OWNER), width=24, is_printed=True),
    Column(_("Tenants"), _held_by(TenureRole.TENANT), width=24, is_printed=True),
    Column(_("Others"), _others, width=24),
    Column(_("Handed over"), lambda unit: min((event.on for event in unit.keys), default=None), Kind.DATE, width=12),
)


def of_homes(rows: UnitQuerySet, *, asked: Asked, at: datetime) -> Sheet:
    """These homes with who holds them at `at`."""
    holders = Tenure.objects.in_force_at(at).select_related("homeowner").order_by("pk")
    keys = HandoverEvent.objects.in_force().filter(kind__in=HANDED_OVER)
    whole = Unit.objects.select_related("development", "block").prefetch_related(
        Prefetch("tenures", queryset=holders, to_attr="holders"),
        Prefetch("handover_events", queryset=keys, to_attr="keys"),
    )
    part = Part(rows.order_by("development__name", "number_key", "pk"), whole.in_bulk)
    return Sheet("homes", _("Homes"), COLUMNS, (part,), asked, zone=lambda unit: unit.development.tz)
