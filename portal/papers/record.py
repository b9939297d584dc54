"""Builds the resident's record of a case from what the resident's page shows, and says who may have it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.choices import AttachmentRole
from cases.models import Attachment, Case, CaseEvent
from cases.papers import readers
from cases.papers.closing import paragraphs
from cases.querysets import OF_THIS_HOME, read_since, since
from documents.models import Paper
from documents.papers import Builder, Content, Gone
from documents.pictures import Album
from homeowners.models import Tenure
from homeowners.tenures import Home
from portal.homeowner import case_view
from units.papers import moment, sheet
from units.wording import full_day

TAGS = {
    AttachmentRole.BEFORE: gettext_lazy("Before"),
    AttachmentRole.AFTER: gettext_lazy("After"),
    AttachmentRole.CAUSE: gettext_lazy("Cause"),
}


def build(paper: Paper, at: datetime) -> Content:
    """Only rows of the tenure that the paper is for: a buyer's record begins with the purchase."""
    case, home = find(paper, at)
    start = read_since(case, home)
    album = Album()
    events = list(case.events.for_homeowner(start).select_related("message").order_by("at", "pk"))
    rows = Attachment.objects.filter(OF_THIS_HOME, case=case, is_visible=True, added_at__gte=since(home))
    files = list(rows.select_related("file").order_by("added_at", "pk"))
    report = case.report_item.report
    context = {
        "case": case,
        "headline": case_view.headline_of(case),
        "received": moment(case.received_at, case.development.tz),
        "report": report,
        "words": case.report_item.words if report.received_at >= since(home) else "",
        "notes": paragraphs(case.closing_notes) if case.is_closed else [],
        "rule": paragraphs(case.closing_rule) if case.is_closed else [],
        "shots": [shot(case, row, album) for row in files if row.file.is_picture],
        "documents": [row.caption or row.file.original_name for row in files if not row.file.is_picture],
        "entries": story(case, events),
    }
    return sheet(
        "pdf/case_record_resident.html",
        development=case.development,
        at=at,
        title=case.title,
        reference=case.reference,
        name=f"{case.reference} record",
        context=context,
        album=album,
        shows=[str(row.public_id) for row in files],
    )


def find(paper: Paper, at: datetime) -> tuple[Case, Home]:
    """The case and the home whose people read of it; gone when either ended."""
    case = (
        Case.objects.filter(pk=paper.subject_id, is_visible=True)
        .for_page()
        .select_related("development__calendar", "report_item__report")
        .first()
    )
    tenure = Tenure.objects.filter(pk=paper.parameters["tenure"]).select_related("unit__development").first()
    if case is None or tenure is None or tenure.unit_id != case.unit_id:
        raise Gone
    if not tenure.holds_on(at.astimezone(case.development.tz).date()):
        raise Gone
    return case, Home(tenure.unit, tenure.role, tenure, frozenset())


def shot(case: Case, row: Attachment, album: Album) -> dict[str, str]:
    """A picture of the record."""
    taken = (row.file.captured_at or row.added_at).astimezone(case.development.tz).date()
    return {
        "src": album.add(row.file),
        "caption": row.caption,
        "when": full_day(taken),
        "tag": str(TAGS.get(AttachmentRole(row.role), "")),
    }


def story(case: Case, events: Sequence[CaseEvent]) -> list[dict[str, Any]]:
    """What happened and what was written, oldest first, in the words of the portal."""
    found = []
    for event in events:
        for entry in case_view.story(case, [event]):
            said = event.message.words if event.message else ""
            found.append(
                {"when": moment(event.at, case.development.tz), "did": entry.words, "words": said or entry.quote}
            )
    return found


def may_read(paper: Paper, user: Any) -> bool:
    """Staff who see the case; of the home whoever sees it, held it as long, and may still see each picture."""
    if not readers.sees_case(user, paper.subject_id):
        return False
    if readers.is_staff(user):
        return True
    case = Case.objects.get(pk=paper.subject_id)
    tenure = Tenure.objects.filter(pk=paper.parameters["tenure"]).select_related("unit__development").first()
    if tenure is None or not readers.still_shown(user, paper.shows):
        return False
    return readers.held_since(user, case.unit_id, since(Home(tenure.unit, tenure.role, tenure, frozenset())))


def back(paper: Paper, user: Any) -> tuple[str, str]:
    """The case's page."""
    reference = Case.objects.get(pk=paper.subject_id).reference
    return (f"/cases/{reference}/pdf/" if readers.is_staff(user) else f"/portal/cases/{reference}/"), reference


def title(paper: Paper) -> str:
    """As "Record of KRM-2041, for the resident"."""
    reference = Case.objects.filter(pk=paper.subject_id).values_list("reference", flat=True).first()
    return _("Record of %(ref)s, for the resident") % {"ref": reference or ""}


BUILDER = Builder(title=title, build=build, may_read=may_read, back=back)
