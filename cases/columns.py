"""Cases to be taken away: the columns that the table's export and the reports share."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cases.choices import Audience, OtherReason, OutOfScopeReason
from cases.dates import age_in_days
from cases.headlines import headline
from cases.models import Case
from documents.sheets_out.sheet import Column, Kind, Part
from units.choices import CoverStatus


@dataclass(frozen=True)
class Line:
    """A case at the moment of the hand-out."""

    case: Case
    at: datetime


def part_of(rows: QuerySet[Case], *, at: datetime) -> Part:
    """These cases, which the caller has limited to what the person may see, in their order."""

    def fetch(keys: list[int]) -> Mapping[int, Line]:
        return {key: Line(case, at) for key, case in Case.objects.for_page().in_bulk(keys).items()}

    return Part(rows, fetch)


def zone_of(line: Line) -> Any:
    """Where the case's clock stands."""
    return line.case.development.tz


def closing_words(case: Case) -> str:
    """Why it was closed without a repair."""
    for reasons in (OutOfScopeReason, OtherReason):
        if case.closure_reason in reasons.values:
            return str(reasons(case.closure_reason).label)
    return case.closure_reason


def cover_words(case: Case) -> str:
    """The cover in a word."""
    known = case.cover_status in CoverStatus.values
    return str(CoverStatus(case.cover_status).label) if known else case.cover_status


def days_open(case: Case) -> int | None:
    """Calendar days from receipt to closing."""
    return age_in_days(case, case.closed_at) if case.closed_at else None


PLACE = (
    Column(_("Reference"), lambda line: line.case.reference, width=12, is_printed=True),
    Column(_("Development"), lambda line: line.case.development.name, width=20),
    Column(_("Block"), lambda line: line.case.unit.block.name if line.case.unit.block else "", width=8),
    Column(_("Home"), lambda line: line.case.unit.number, width=10, is_printed=True),
)
FAULT = (
    Column(_("Room"), lambda line: line.case.location, width=18, is_printed=True),
    Column(_("Fault"), lambda line: line.case.fault, width=34, is_printed=True),
    Column(_("Kind of defect"), lambda line: line.case.defect_type, width=22),
    Column(_("Trade"), lambda line: line.case.trade, width=16),
    Column(_("Priority"), lambda line: line.case.priority_id, width=8, is_printed=True),
)
RECEIVED = Column(_("Received"), lambda line: line.case.received_at, Kind.MOMENT, is_printed=True)
STANDING = (
    Column(_("State"), lambda line: line.case.get_status_display(), width=20),
    Column(_("Where it stands"), lambda line: headline(line.case, Audience.STAFF), width=40, is_printed=True),
    RECEIVED,
    Column(_("Age in days"), lambda line: age_in_days(line.case, line.at), Kind.NUMBER, width=9, is_printed=True),
)
CLOCKS = (
    Column(_("Clock due"), lambda line: line.case.clock_due_at, Kind.MOMENT),
    Column(_("Repair due"), lambda line: line.case.rectify_due_at, Kind.MOMENT),
    Column(_("Statutory date"), lambda line: line.case.statutory_due_at, Kind.MOMENT),
    Column(_("News due"), lambda line: line.case.update_due_at, Kind.MOMENT),
    Column(_("Paused"), lambda line: line.case.is_paused, Kind.YES, width=8),
    Column(_("Next date"), lambda line: line.case.next_on, Kind.MOMENT, is_printed=True),
)
PARTIES = (
    Column(_("Who acts"), lambda line: line.case.get_ball_display(), width=12, is_printed=True),
    Column(_("Officer"), lambda line: line.case.officer.name if line.case.officer else "", width=20),
    Column(_("Contractor"), lambda line: line.case.work_company.name if line.case.work_company else "", width=24),
    Column(_("Contractor due"), lambda line: line.case.work_due_at, Kind.MOMENT),
    Column(_("Visit from"), lambda line: line.case.visit_starts_at, Kind.MOMENT),
    Column(_("Visit until"), lambda line: line.case.visit_ends_at, Kind.MOMENT),
)
MARKS = (
    Column(_("Cover"), lambda line: cover_words(line.case), width=16),
    Column(_("Cover ends"), lambda line: line.case.cover_ends_on, Kind.DATE, width=12),
    Column(_("Safety"), lambda line: line.case.is_safety, Kind.YES, width=8),
    Column(_("Needs care"), lambda line: line.case.is_vulnerable, Kind.YES, width=8),
    Column(_("Rounds"), lambda line: line.case.cycle, Kind.NUMBER, width=8),
    Column(_("With photo"), lambda line: line.case.has_photo, Kind.YES, width=8),
    Column(_("Reply to read"), lambda line: line.case.has_unread_reply, Kind.YES, width=8),
    Column(_("Closed"), lambda line: line.case.closed_at, Kind.MOMENT),
    Column(_("Reason of closing"), lambda line: closing_words(line.case), width=20),
)
