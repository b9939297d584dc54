"""The receipt of a report: the written notice with its list and pictures, for the reporter and for the file."""

from collections import defaultdict
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from cases.models import Attachment, Case, Report
from cases.papers import readers
from documents.models import Paper
from documents.papers import Builder, Content, Gone
from documents.pictures import Album
from units.papers import moment, sheet
from units.wording import full_day

KEY = "report-receipt"
RESIDENT = {"audience": "resident"}
STAFF = {"audience": "staff"}
"""The reporter's receipt shows the pictures that the reporter may see; the file's shows all that came in."""


def build(paper: Paper, at: datetime) -> Content:
    """The list in the reporter's own words. No trade, no priority, nothing of ours."""
    report = find(paper)
    album, shown = Album(), []
    pictures: defaultdict[int, list[dict[str, str]]] = defaultdict(list)
    for row in files_of(report, is_resident=paper.parameters == RESIDENT):
        shown.append(str(row.public_id))
        pictures[row.report_item_id or 0].append(figure(row, album, report.development.tz))
    items = list(report.items.select_related("location", "defect_type"))
    cases = dict(Case.objects.filter(report_item__report=report).values_list("report_item_id", "reference"))
    context = {
        "report": report,
        "received": moment(report.received_at, report.development.tz),
        "reported": moment(report.reported_at, report.development.tz)
        if report.reported_at != report.received_at
        else "",
        "notice": moment(report.notice_received_at, report.development.tz) if report.notice_received_at else "",
        "items": [
            {"item": item, "title": title_of(item), "case": cases.get(item.pk, ""), "pictures": pictures[item.pk]}
            for item in items
        ],
        "count": len(items),
    }
    return sheet(
        "pdf/report_receipt.html",
        development=report.development,
        at=at,
        title=_("Report %(ref)s: defects in %(home)s") % {"ref": report.reference, "home": report.unit.number},
        reference=report.reference,
        name=report.reference,
        context=context,
        album=album,
        shows=shown,
    )


def find(paper: Paper) -> Report:
    """The report of the paper."""
    rows = Report.objects.select_related("development__calendar", "unit")
    report = rows.filter(pk=paper.subject_id).first()
    if report is None:
        raise Gone
    return report


def files_of(report: Report, *, is_resident: bool) -> list[Attachment]:
    """Pictures that came with the report, oldest first."""
    rows = Attachment.objects.pictures().filter(report_item__report=report, message__isnull=True)
    if is_resident:
        rows = rows.filter(is_visible=True).exclude(case__is_visible=False)
    return list(rows.select_related("file").order_by("added_at", "pk"))


def figure(row: Attachment, album: Album, zone: Any) -> dict[str, str]:
    """A picture with what is written under it."""
    taken = row.file.captured_at
    words = _("taken %(day)s") if taken else _("added %(day)s")
    return {
        "src": album.add(row.file),
        "caption": row.caption,
        "when": words % {"day": full_day((taken or row.added_at).astimezone(zone).date())},
    }


def title_of(item: Any) -> str:
    """As "Master bathroom: water leak"."""
    return f"{item.location}: {item.defect_type.owner_label}" if item.defect_type else str(item.location)


def may_read(paper: Paper, user: Any) -> bool:
    """Who sees the report; the reporter's paper only as long as each of its pictures may be seen."""
    if not Report.objects.visible_to(user).filter(pk=paper.subject_id).exists():
        return False
    if readers.is_staff(user):
        return True
    if paper.parameters != RESIDENT:
        return False
    now = {str(row.public_id) for row in files_of(find(paper), is_resident=True)}
    return set(paper.shows) <= now


def back(paper: Paper, user: Any) -> tuple[str, str]:
    """The report's page."""
    reference = find(paper).reference
    return (f"/intake/{reference}/" if readers.is_staff(user) else f"/portal/reports/{reference}/"), reference


def title(paper: Paper) -> str:
    """As "Receipt R-318"."""
    number = Report.objects.filter(pk=paper.subject_id).values_list("number", flat=True).first()
    return _("Receipt R-%(n)s") % {"n": number}


BUILDER = Builder(title=title, build=build, may_read=may_read, back=back)
