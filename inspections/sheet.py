"""Visits to be taken away."""

from collections.abc import Callable
from datetime import tzinfo
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from documents.sheets_out.sheet import Asked, Column, Kind, Part, Sheet
from inspections.models import Visit
from inspections.querysets import VisitQuerySet

COLUMNS = (
    Column(_("Visit"), lambda visit: visit.reference, width=10, is_printed=True),
    Column(_("From"), lambda visit: visit.starts_at, Kind.MOMENT, is_printed=True),
    Column(_("Until"), lambda visit: visit.ends_at, Kind.MOMENT, is_printed=True),
    Column(_("Development"), lambda visit: visit.unit.development.name, width=20, is_printed=True),
    Column(_("Home"), lambda visit: visit.unit.number, width=10, is_printed=True),
    Column(_("Kind"), lambda visit: visit.get_kind_display(), width=14, is_printed=True),
    Column(_("For"), lambda visit: ", ".join(case.reference for case in visit.shown), width=24, is_printed=True),
    Column(_("Faults"), lambda visit: "; ".join(case.title for case in visit.shown), width=50, is_printed=True),
    Column(_("Who comes"), lambda visit: visit.who, width=20, is_printed=True),
    Column(_("State"), lambda visit: visit.get_state_display(), width=12, is_printed=True),
    Column(_("Note for the homeowner"), lambda visit: visit.note, width=40),
    Column(_("What was found"), lambda visit: visit.finding, width=40),
    Column(_("Booked"), lambda visit: visit.booked_at, Kind.MOMENT),
    Column(_("Booked by"), lambda visit: visit.booked_by_name, width=20),
    Column(_("Why it was cancelled"), lambda visit: visit.cancel_reason, width=30),
)


def of_visits(rows: VisitQuerySet, *, asked: Asked, title: Any = "", name: str = "inspections") -> Sheet:
    """These visits, which the caller has limited to what the person may see."""
    part = Part(rows, _fetch())
    return Sheet(name, title or _("Inspections"), COLUMNS, (part,), asked, zone=_zone_of)


def _zone_of(visit: Visit) -> tzinfo:
    return visit.unit.development.tz


def _fetch() -> Callable[[list[int]], dict[Any, Visit]]:
    cases = Prefetch("cases", Case.objects.select_related("location").order_by("pk"), to_attr="shown")
    return Visit.objects.for_page().prefetch_related(cases).in_bulk
