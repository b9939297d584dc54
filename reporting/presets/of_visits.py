"""The report *Upcoming inspections*."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.choices import VisitKind
from documents.sheets_out import asking
from inspections.models import Visit
from inspections.sheet import of_visits
from reporting.presets.forms import PeriodForm
from reporting.presets.report import Figure, Preset, Report, in_order

FORTNIGHT = timedelta(days=13)


def visits(user: User, form: PeriodForm, at: datetime, _part: str) -> Report:
    """Booked and not over."""
    asked = form.between("starts_at", development="unit__development")
    rows: Any = in_order(Visit.objects.visible_to(user).ahead(at).filter(asked), "starts_at")
    sheet = of_visits(rows, asked=asking.in_use(form), title=_("Upcoming inspections"), name="upcoming-inspections")
    counted = rows.order_by().aggregate(
        all=Count("pk"),
        homes=Count("unit", distinct=True),
        **{kind.name: Count("pk", filter=Q(kind=kind)) for kind in VisitKind},
    )
    figures = [
        Figure(counted["all"], _("Visits")),
        Figure(counted["homes"], _("Homes")),
        *(Figure(counted[kind.name], kind.label) for kind in VisitKind),
    ]
    return Report(
        sheet, figures, sheet.parts[0], "starts_at", lambda row: reverse("visit_detail", args=[row.reference])
    )


def next_fortnight(at: datetime) -> dict[str, str]:
    """Two weeks, today included."""
    today = timezone.localtime(at).date()
    return {"since": today.isoformat(), "until": (today + FORTNIGHT).isoformat()}


PRESET = Preset(
    "upcoming-inspections",
    _("Upcoming inspections"),
    _("Every visit that is booked and not over, soonest first: when, where, for what and who comes."),
    _("Visits from, until"),
    visits,
    next_fortnight,
)
