"""The reports that came in, to be taken away."""

from typing import Any

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from accounts.phones import display
from cases.models import Report
from documents.sheets_out.sheet import Column, Kind, Part, Sheet

COLUMNS = (
    Column(_("Report"), lambda row: row.reference, width=10, is_printed=True),
    Column(_("Development"), lambda row: row.unit.development.name, width=20, is_printed=True),
    Column(_("Home"), lambda row: row.unit.number, width=10, is_printed=True),
    Column(_("Reporter"), lambda row: row.reporter_name, width=22, is_printed=True),
    Column(_("Says to be"), lambda row: row.get_claimed_role_display(), width=16),
    Column(_("E-mail"), lambda row: row.reporter_email, width=28),
    Column(_("Phone"), lambda row: display(row.reporter_phone), width=18),
    Column(_("Defects"), lambda row: row.items_count, Kind.NUMBER, width=8, is_printed=True),
    Column(_("How"), lambda row: row.get_channel_display(), width=12, is_printed=True),
    Column(_("Reported"), lambda row: row.reported_at, Kind.MOMENT),
    Column(_("Received"), lambda row: row.received_at, Kind.MOMENT, is_printed=True),
    Column(_("Logged"), lambda row: row.logged_at, Kind.MOMENT),
    Column(_("Logged by"), lambda row: row.logged_by_name, width=20),
    Column(_("Written notice"), lambda row: row.is_written_notice, Kind.YES, width=9),
    Column(_("Needs care"), lambda row: row.is_vulnerable, Kind.YES, width=8),
    Column(_("State"), lambda row: row.get_state_display(), width=12, is_printed=True),
    Column(_("Verified"), lambda row: row.verified_at, Kind.MOMENT),
    Column(_("Verified by"), lambda row: row.verified_by_name, width=20),
)


def rows_of(user: Any, *, shows_all: bool) -> Any:
    """The reports in sight in the order of the list: all, newest first; or those to verify, oldest first."""
    rows = Report.objects.visible_to(user)
    return rows.order_by("-number") if shows_all else rows.to_verify().order_by("received_at", "pk")


def of_reports(user: Any, *, shows_all: bool) -> Sheet:
    """The list of reports as `user` sees it."""
    whole = Report.objects.select_related("unit__development").annotate(items_count=Count("items"))
    which = _("All, newest first") if shows_all else _("To verify")
    return Sheet(
        "reports-in",
        _("Reports in"),
        COLUMNS,
        (Part(rows_of(user, shows_all=shows_all), whole.in_bulk),),
        [(str(_("State")), str(which))],
        zone=lambda row: row.unit.development.tz,
    )
