"""The office's record of a case: everything, the internal lane marked, who was told what and when."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from cases.choices import Audience, NoticeChannel
from cases.dates import local_date
from cases.headlines import headline
from cases.models import Attachment, Case, CaseEvent, Clock, Notice
from cases.papers import readers
from desk.case_page import cover, pictures, story_words
from desk.case_page.story import events_of, notices_of
from documents.models import Paper
from documents.papers import Builder, Content, Gone
from documents.pictures import Album
from homeowners.models import Tenure
from units.papers import moment, sheet
from units.wording import full_day

KEY = "case-record-office"
WITH = ("element", "development__calendar", "report_item__report", "guidance", "duplicate_of")


def find(paper: Paper) -> Case:
    """The case of the paper."""
    case = Case.objects.filter(pk=paper.subject_id).for_page().select_related(*WITH).first()
    if case is None:
        raise Gone
    return case


def build(paper: Paper, at: datetime) -> Content:
    """Everything that staff see on the case page, oldest first, with whole dates."""
    case = find(paper)
    album = Album()
    files = pictures.of_case(case)
    events, notices = events_of(case), notices_of(case)
    context = {
        "case": case,
        "headline": headline(case, Audience.STAFF),
        "facts": [(label, words) for label, words in facts(case) if words],
        "words": case.report_item.words,
        "raw_words": case.report_item.report.raw_words,
        "holders": holders(case, at),
        "covers": cover.sides(case, cover.of_case(case), today=local_date(case, at)),
        "clocks": [clock_row(case, clock) for clock in Clock.objects.filter(case=case).order_by("started_at", "pk")],
        "shots": [shot(case, row, album) for row in files if row.file.is_picture],
        "documents": [document(case, row) for row in files if not row.file.is_picture],
        "entries": [entry(case, event) for event in reversed(events)],
        "told": [told(case, notice) for notice in reversed(notices)],
    }
    return sheet(
        "pdf/case_record_staff.html",
        development=case.development,
        at=at,
        title=case.title,
        reference=case.reference,
        name=f"{case.reference} office record",
        context=context,
        album=album,
    )


def facts(case: Case) -> list[tuple[str, str]]:
    """Label and words, in the order of the paper."""
    zone, report = case.development.tz, case.report_item.report
    return [
        (_("Status"), case.get_status_display()),
        (_("Home"), f"{case.unit.number}, {case.development.name}"),
        (_("Reported by"), f"{report.reporter_name}, {report.get_channel_display()}, {report.reference}"),
        (_("Reported"), moment(report.reported_at, zone)),
        (_("Received"), moment(case.received_at, zone)),
        (_("Logged"), f"{moment(report.logged_at, zone)}, {report.logged_by_name}"),
        (_("Written notice"), moment(report.notice_received_at, zone) if report.notice_received_at else _("No")),
        (_("Identity"), f"{moment(report.verified_at, zone)}, {report.verified_by_name}" if report.verified_at else ""),
        (_("Priority"), str(case.priority)),
        (_("Trade"), ", ".join(str(part) for part in (case.trade, case.element, case.defect_type) if part)),
        (_("Officer"), case.officer.name if case.officer else ""),
        (_("Contractor"), case.work_company.name if case.work_company else ""),
        (_("Contractor due"), moment(case.work_due_at, zone) if case.work_due_at else ""),
        (_("Access"), case.access_note),
        (_("Homeowner"), _("sees this case") if case.is_visible else _("does not see this case")),
        (_("Closed"), moment(case.closed_at, zone) if case.closed_at else ""),
        (_("Reason"), story_words.reason(case.closure_reason)),
        (_("Closing notes"), case.closing_notes),
        (_("Rule quoted"), case.closing_rule),
        (_("Same as"), case.duplicate_of.reference if case.duplicate_of else ""),
    ]


def holders(case: Case, at: datetime) -> list[str]:
    """Who holds the home today, with role and since when."""
    rows = Tenure.objects.filter(unit_id=case.unit_id).in_force(local_date(case, at)).select_related("homeowner")
    words = _("%(name)s, %(role)s since %(day)s")
    return [
        words % {"name": row.homeowner.name, "role": row.get_role_display().lower(), "day": full_day(row.from_on)}
        for row in rows.order_by("pk")
    ]


def clock_row(case: Case, clock: Clock) -> dict[str, str]:
    """A promise with its dates; no words that change by the hour."""
    zone = case.development.tz
    if clock.stopped_at:
        outcome = _("met") if clock.is_met else _("missed")
    else:
        outcome = _("paused") if clock.paused_at else _("running")
    hours = clock.paused_seconds // 3600
    return {
        "label": str(clock.get_kind_display()),
        "started": moment(clock.started_at, zone),
        "due": moment(clock.due_at, zone),
        "first_due": moment(clock.first_due_at, zone) if clock.first_due_at != clock.due_at else "",
        "stopped": moment(clock.stopped_at, zone) if clock.stopped_at else "",
        "outcome": outcome,
        "paused": _("%(n)d hours paused") % {"n": hours} if hours else "",
    }


def shot(case: Case, row: Attachment, album: Album) -> dict[str, str]:
    """A picture, who added it, and whether the home sees it."""
    taken = row.file.captured_at or row.added_at
    seen = _("resident sees it") if row.is_visible else _("internal")
    own = [row.caption] if row.caption else []
    return {
        "src": album.add(row.file),
        "caption": ", ".join([*own, row.added_by_name, seen]),
        "when": full_day(taken.astimezone(case.development.tz).date()),
        "tag": str(row.get_role_display()),
    }


def document(case: Case, row: Attachment) -> dict[str, str]:
    """A document with the hash of its bytes: the record names what it does not show."""
    return {
        "name": row.caption or row.file.original_name,
        "note": f"{moment(row.added_at, case.development.tz)}, {row.added_by_name}",
        "sha256": row.file.sha256,
    }


def entry(case: Case, event: CaseEvent) -> dict[str, Any]:
    """One row of the diary."""
    who, did = story_words.headline(event, case)
    facts = story_words.proofs(event) + story_words.changes(event, case)
    said = event.message.words if event.message else event.words
    is_note = event.message is not None and event.message.lane == "internal"
    return {
        "when": moment(event.at, case.development.tz),
        "who": who,
        "did": did,
        "words": "" if is_note else said,
        "notes": list(dict.fromkeys(part for part in ((said if is_note else ""), event.note) if part)),
        "facts": facts,
        "is_corrected": hasattr(event, "corrected_by"),
    }


def told(case: Case, notice: Notice) -> dict[str, str]:
    """Who, what, how, and whether it arrived: with dates, never "since"."""
    zone = case.development.tz
    return {
        "when": moment(notice.at, zone),
        "who": f"{notice.recipient_name} ({Audience(notice.audience).label})",
        "what": notice.subject,
        "how": delivery(notice, zone),
    }


def delivery(notice: Notice, zone: Any) -> str:
    """As "e-mail, delivered Tue 3 Mar 2026, 20:15"."""
    mail = notice.mail
    if notice.channel != NoticeChannel.EMAIL or mail is None:
        if notice.done_at:
            return _("letter or phone, %(who)s, %(when)s") % {
                "who": notice.done_by_name,
                "when": moment(notice.done_at, zone),
            }
        return _("letter or phone, to do")
    if mail.sent_at:
        return _("e-mail, delivered %(when)s") % {"when": moment(mail.sent_at, zone)}
    return _("e-mail, not delivered: %(why)s") % {"why": mail.failure} if mail.is_failed else _("e-mail, queued")


def may_read(paper: Paper, user: Any) -> bool:
    """Staff who see the case; nobody of the home ever."""
    return readers.is_staff(user) and readers.sees_case(user, paper.subject_id)


def back(paper: Paper, user: Any) -> tuple[str, str]:
    """The case's PDFs."""
    reference = Case.objects.get(pk=paper.subject_id).reference
    return f"/cases/{reference}/pdf/", reference


def title(paper: Paper) -> str:
    """As "Record of KRM-2041, for the office"."""
    reference = Case.objects.filter(pk=paper.subject_id).values_list("reference", flat=True).first()
    return _("Record of %(ref)s, for the office") % {"ref": reference or ""}


BUILDER = Builder(title=title, build=build, may_read=may_read, back=back)


def rows_of(cases: Sequence[Case]) -> list[dict[str, str]]:
    """Cases as rows of a table on paper."""
    return [
        {
            "reference": case.reference,
            "what": case.title,
            "status": case.get_status_display(),
            "priority": case.priority_id,
            "received": full_day(case.received_at.astimezone(case.development.tz).date()),
            "closed": full_day(case.closed_at.astimezone(case.development.tz).date()) if case.closed_at else "",
            "company": case.work_company.short_name if case.work_company else "",
        }
        for case in cases
    ]
