"""The requests for a decision, to be taken away: what the page shows, waiting first."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.models import DecisionRequest
from desk.decisions import queue
from documents.sheets_out.sheet import Column, Kind, Part, Sheet

COLUMNS = (
    Column(_("Case"), lambda row: row.case.reference, width=12, is_printed=True),
    Column(_("Development"), lambda row: row.case.development.name, width=20),
    Column(_("Home"), lambda row: row.case.unit.number, width=10, is_printed=True),
    Column(_("Fault"), lambda row: row.case.title, width=36, is_printed=True),
    Column(_("Asked for"), lambda row: row.get_kind_display(), width=20, is_printed=True),
    Column(_("Why"), lambda row: row.why or row.words, width=50, is_printed=True),
    Column(_("Asked by"), lambda row: row.author_name, width=20, is_printed=True),
    Column(_("Asked"), lambda row: row.asked_at, Kind.MOMENT, is_printed=True),
    Column(_("Answer due"), lambda row: row.due_at, Kind.MOMENT),
    Column(_("State"), lambda row: row.get_state_display(), width=12, is_printed=True),
    Column(_("Decided by"), lambda row: row.decided_by_name, width=20),
    Column(_("Decided"), lambda row: row.decided_at, Kind.MOMENT),
    Column(_("Remarks"), lambda row: row.remarks, width=40),
)


def of_user(user: User, *, at: datetime, development: str = "") -> Sheet:
    """What waits, and what was answered in the days that the page remembers."""
    rows = queue.visible(user, development=development)
    recent = rows.answered().filter(decided_at__gte=at - queue.REMEMBERED).order_by("-decided_at", "-pk")
    fetch = queue.with_case(DecisionRequest.objects.all()).in_bulk
    return Sheet(
        "decisions",
        _("Decisions"),
        COLUMNS,
        (Part(rows.waiting(), fetch), Part(recent, fetch)),
        [
            (str(_("State")), str(_("Waiting, and answered in the last 30 days"))),
            *([(str(_("Development")), development)] if development else []),
        ],
        zone=lambda row: row.case.development.tz,
    )
