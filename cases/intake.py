"""From what came in to cases: file a report, find out who it was (product.md 1-6); `opening` makes the cases."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cases import opening, people, receipts
from cases.choices import AttachmentRole, Channel, ClaimedRole, PartyRole, ReportState
from cases.evidence import MoveRefused
from cases.mailing import Mailing
from cases.models import Attachment, Case, Report, ReportItem
from catalogue.models import DefectType, Location
from documents.models import StoredFile
from homeowners.matching import Match
from homeowners.models import Homeowner, Tenure
from ledger import audit, references
from ledger.actors import Actor
from units.models import Unit

REPORTS = "R"


@dataclass(frozen=True)
class Fault:
    """One fault as it was described."""

    location: Location
    words: str
    element_tile: str = ""
    defect_type: DefectType | None = None
    answers: dict[str, str] = field(default_factory=dict)
    is_urgent: bool = False
    files: Sequence[StoredFile] = ()
    damage_of: Case | None = None
    """The repair that did it, when the reporter says so."""


@dataclass(frozen=True)
class Reporter:
    """Who reports, as far as is known. With `match` verified the person is one of the register."""

    name: str
    email: str = ""
    phone: str = ""
    claimed_role: str = ClaimedRole.OWNER
    person: Homeowner | None = None
    how: Sequence[str] = ()


@dataclass(frozen=True)
class Arrival:
    """How and when a report came: the three dates and whether it is a written notice (domain 3.5)."""

    channel: str
    reported_at: datetime
    received_at: datetime
    notice_received_at: datetime | None = None
    raw_words: str = ""
    access_wishes: str = ""
    is_vulnerable: bool = False


@transaction.atomic
def file_report(
    unit: Unit, *, reporter: Reporter, arrival: Arrival, faults: Sequence[Fault], by: Actor, at: datetime
) -> Report:
    """Keep a report untouched, give it its number, mail its receipt; open its cases when the reporter is known.

    From an unknown reporter only what may be dangerous becomes a case at once; the rest waits on /intake/, of which the
    officer is told (of a danger in its alert). A tenant
    who is not in the register is named to the owners, who answer by a link. MoveRefused without any fault.
    """
    if not faults:
        raise MoveRefused(_("A report needs at least one defect."))
    _check_dates(arrival, at=at)
    report = _store(unit, reporter, arrival, faults, by=by, at=at)
    mailing = Mailing(by=by, at=at)
    if report.is_verified:
        opening.open_cases(report, mailing=mailing, by=by, at=at)
    else:
        dangers = opening.open_dangers(report, mailing=mailing, by=by, at=at)
        if not dangers:
            receipts.ask_to_verify(report, mailing=mailing)
    receipts.send_receipt(report, mailing=mailing, at=at)
    if not report.is_verified and reporter.claimed_role == ClaimedRole.TENANT:
        receipts.ask_owners(report, mailing=mailing, at=at)
    mailing.send()
    return report


@transaction.atomic
def found_by_staff(unit: Unit, fault: Fault, *, by: Actor, seen_at: datetime, at: datetime) -> Case:
    """Somebody saw a defect on the spot that nobody had reported: a case that the resident does not see yet.

    It has no reporter and no receipt; the officer is alerted. It is no written notice of the homeowner.
    """
    arrival = Arrival(Channel.STAFF, seen_at, seen_at)
    _check_dates(arrival, at=at)
    report = _store(unit, Reporter(by.name, claimed_role=ClaimedRole.OTHER), arrival, [fault], by=by, at=at)
    seen = {"state": ReportState.VERIFIED, "verified_at": at, "verified_by_name": by.name, "verified_how": [_("seen")]}
    Report.objects.filter(pk=report.pk).update(**seen)
    report.refresh_from_db()
    mailing = Mailing(by=by, at=at)
    [case] = opening.open_cases(report, mailing=mailing, by=by, at=at)
    mailing.send()
    return case


def _check_dates(arrival: Arrival, *, at: datetime) -> None:
    """Reported, received, logged: in this order."""
    if arrival.received_at > at:
        raise MoveRefused(_("The received date lies in the future."), "received_at")
    if arrival.reported_at > arrival.received_at:
        raise MoveRefused(_("It cannot have reached us before it was reported."), "reported_at")


def _store(
    unit: Unit, reporter: Reporter, arrival: Arrival, faults: Sequence[Fault], *, by: Actor, at: datetime
) -> Report:
    known = reporter.person is not None
    report = Report.objects.create(
        number=references.next_number(REPORTS),
        development=unit.development,
        unit=unit,
        channel=arrival.channel,
        raw_words=arrival.raw_words,
        reporter=reporter.person,
        reporter_name=reporter.name,
        reporter_email=reporter.email,
        reporter_phone=reporter.phone,
        claimed_role=reporter.claimed_role,
        access_wishes=arrival.access_wishes,
        is_vulnerable=arrival.is_vulnerable or bool(reporter.person and reporter.person.is_vulnerable),
        reported_at=arrival.reported_at,
        received_at=arrival.received_at,
        logged_at=at,
        logged_by_name=by.name,
        is_written_notice=arrival.notice_received_at is not None,
        notice_received_at=arrival.notice_received_at,
        state=ReportState.VERIFIED if known else ReportState.UNVERIFIED,
        verified_at=at if known else None,
        verified_by_name=by.name if known else "",
        verified_how=list(reporter.how),
    )
    for position, fault in enumerate(faults, start=1):
        _store_item(report, position, fault, by=by, at=at)
    audit.record(
        "report.filed",
        by=by,
        at=at,
        about="report",
        about_id=report.pk,
        reference=report.reference,
        new={"unit": unit.pk},
    )
    return report


def _store_item(report: Report, position: int, fault: Fault, *, by: Actor, at: datetime) -> None:
    item = ReportItem.objects.create(
        report=report,
        position=position,
        location=fault.location,
        element_tile=fault.element_tile,
        defect_type=fault.defect_type,
        words=fault.words,
        answers=fault.answers,
        is_urgent_to_reporter=fault.is_urgent,
        damage_of=fault.damage_of,
    )
    Attachment.objects.bulk_create(
        Attachment(
            file=file,
            report_item=item,
            role=AttachmentRole.BEFORE if file.is_seen else AttachmentRole.DOCUMENT,
            is_visible=True,
            added_at=at,
            added_by_id=by.user_id,
            added_by_name=report.reporter_name,
            added_by_role=by.role,
        )
        for file in fault.files
    )


@transaction.atomic
def verify(report: Report, person: Homeowner, *, how: Sequence[str], by: Actor, at: datetime) -> list[Case]:
    """Somebody established who reported: the waiting faults become cases and the reporter is told.

    MoveRefused when the person does not hold the home today or the report was dealt with already.
    """
    day = at.astimezone(report.development.tz).date()
    if not Tenure.objects.filter(unit_id=report.unit_id, homeowner=person).in_force(day).exists():
        raise MoveRefused(_("This person does not hold the home today; record the tenure first."), "person")
    needs_care = report.is_vulnerable or person.is_vulnerable
    report.refresh_from_db(fields=["verified_how"])
    _answer(
        report,
        ReportState.VERIFIED,
        at=at,
        reporter=person,
        verified_by_name=by.name,
        verified_how=[*report.verified_how, *how],
        is_vulnerable=needs_care,
    )
    mailing = Mailing(by=by, at=at)
    _adopt(report, at=at)
    cases = opening.open_cases(report, mailing=mailing, by=by, at=at)
    receipts.send_verified(report, mailing=mailing, at=at)
    mailing.send()
    audit.record(
        "report.verified",
        by=by,
        at=at,
        about="report",
        about_id=report.pk,
        reference=report.reference,
        new={"person": person.pk, "how": list(how)},
    )
    return cases


@transaction.atomic
def refuse(report: Report, *, words: str, by: Actor, at: datetime) -> None:
    """The report is not for us (another developer, nobody of that name): kept, closed, the reporter told in words."""
    if len(words.strip()) < 10:
        raise MoveRefused(_("Write in a sentence why; the reporter reads it."), "words")
    _answer(report, ReportState.REFUSED, at=at, verified_by_name=by.name, refusal=words)
    mailing = Mailing(by=by, at=at)
    receipts.send_refusal(report, words, mailing=mailing, at=at)
    mailing.send()
    audit.record(
        "report.refused", by=by, at=at, about="report", about_id=report.pk, reference=report.reference, reason=words
    )


def note(report: Report, words: str, *, day: str) -> bool:
    """What somebody says of the reporter, with the day; the report stays as it is. False when it stands there already.

    MoveRefused when somebody else answers in the same moment, or the report was dealt with.
    """
    report.refresh_from_db(fields=["verified_how"])
    if any(line.startswith(words) for line in report.verified_how):
        return False
    _answer(report, ReportState.UNVERIFIED, at=None, verified_how=[*report.verified_how, f"{words} ({day})."])
    return True


def _answer(report: Report, state: ReportState, *, at: datetime | None, **facts: Any) -> None:
    waiting = Report.objects.filter(pk=report.pk, state=ReportState.UNVERIFIED)
    if "verified_how" in facts:  # lines are added to those that were read, not to others of the same moment
        waiting = waiting.filter(verified_how=report.verified_how)
    if not waiting.update(state=state, verified_at=at, **facts):
        raise MoveRefused(_("Somebody has dealt with this report already."))
    report.refresh_from_db()


def _adopt(report: Report, *, at: datetime) -> None:
    """Cases that a danger opened before: now the reporter is a party of them."""
    for case in Case.objects.filter(report_item__report=report):
        people.join(case, report.reporter, PartyRole.REPORTER, at=at)  # type: ignore[arg-type]


def reporter_from(match: Match, *, name: str, email: str, phone: str, claimed_role: str) -> Reporter:
    """A reporter whom the register knows, or not."""
    known = match.homeowner_id if match.is_verified else None
    person = Homeowner.objects.get(pk=known) if known else None
    how = [item.sentence for item in match.evidence if item.agrees] if person else []
    return Reporter(name=name, email=email, phone=phone, claimed_role=claimed_role, person=person, how=how)
