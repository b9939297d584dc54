"""A case an item of a report: trade, priority, officer, cover, clocks, parties, pictures (house.md section 5)."""

import re
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import User
from cases import clocks, diary, people, receipts, steps, verdicts
from cases.choices import Channel, EventKind, PartyRole
from cases.mailing import Mailing
from cases.models import Case, Report, ReportItem
from catalogue import fault_finder, triage
from catalogue.models import DefectType, Element, Location, Priority, Trade
from ledger import references
from ledger.actors import Actor
from units.models import Unit

UNKNOWN_TRADE = "UNK"
DAMAGE = "P2"
"""The least urgent that damage by a repair may be (domain 6.4)."""


def open_cases(report: Report, *, mailing: Mailing, by: Actor, at: datetime) -> list[Case]:
    """One case for each item that has none yet; alerts the officers."""
    waiting = report.items.filter(case__isnull=True).select_related("location", "defect_type")
    cases = [_open(item, by=by, at=at) for item in waiting]
    if cases:
        receipts.send_alerts(report, cases, mailing=mailing, at=at)
    return cases


def open_dangers(report: Report, *, mailing: Mailing, by: Actor, at: datetime) -> list[Case]:
    """From an unknown reporter: only what may be dangerous becomes a case at once; alerts the officers."""
    items = report.items.select_related("location", "defect_type")
    cases = [_open(item, by=by, at=at) for item in items if _priority(item)[0] == "P1"]
    if cases:
        receipts.send_alerts(report, cases, mailing=mailing, at=at)
    return cases


def _priority(item: ReportItem, *, days_left: int | None = None, times: int = 1) -> tuple[str, list[str]]:
    code, reasons = _triaged(item, days_left=days_left, times=times)
    if item.damage_of_id and code not in {"P1", DAMAGE}:
        return DAMAGE, [*reasons, _("Damaged during a repair")]
    return code, reasons


def _triaged(item: ReportItem, *, days_left: int | None, times: int) -> tuple[str, list[str]]:
    if item.defect_type is None:
        return "P3", []
    triaged = triage.priority_for(
        item.defect_type,
        item.location,
        element=place(item.element_tile, item.defect_type, item.location)[1],
        answers=item.answers,
        is_vulnerable=item.report.is_vulnerable,
        cover_days_left=days_left,
        times_reported=times,
    )
    return triaged.priority, triaged.reasons


def place(tile: str, kind: DefectType | None, location: Location) -> tuple[Trade, Element | None]:
    """Whose work a described fault is."""
    if kind is None:
        return Trade.objects.get(code=UNKNOWN_TRADE), None
    found = fault_finder.placement(tile, kind, location)
    element = Element.objects.filter(code=found.element).first() if found.element else None
    return Trade.objects.get(code=found.trade), element


def fault_words(kind: DefectType | None, tile_label: str, words: str) -> str:
    """The fault in the homeowner's plain words: "water is leaking, ceiling"; of no known kind, the reporter's first.

    A part that the fault itself names is not said again: "water stays on the floor".
    """
    if kind is None:
        return (words.strip().splitlines() or [_("defect")])[0][:60]
    name = kind.owner_label[:1].lower() + kind.owner_label[1:]
    return (name if _names(name, tile_label) else f"{name}, {tile_label.lower()}")[:80]


def _names(fault: str, part: str) -> bool:
    """Whether the fault's own words name the part, or one of the parts that share a tile ("Sink or tap")."""
    said = _words_of(fault)
    return any(_words_of(one) <= said for one in re.split(r",| or ", part))


def _words_of(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))


def officer_for(unit: Unit) -> User | None:
    """The development's default officer, while enabled."""
    officer = unit.development.default_officer
    return officer if officer and officer.is_active else None


def _open(item: ReportItem, *, by: Actor, at: datetime) -> Case:
    """A case from an item: trade, priority, officer, verdicts, clocks, parties, pictures, first diary row."""
    report, unit = item.report, item.report.unit
    trade, element = place(item.element_tile, item.defect_type, item.location)
    number = references.next_number(unit.development.code)
    case = Case.objects.create(
        reference=f"{unit.development.code}-{number}",
        reference_key=f"{unit.development.code}{number}".lower(),
        development=unit.development,
        unit=unit,
        report_item=item,
        damage_of=item.damage_of,
        location=item.location,
        element=element,
        trade=trade,
        defect_type=item.defect_type,
        fault=fault_words(item.defect_type, item.part, item.words),
        priority_id=_priority(item)[0],
        officer=officer_for(unit),
        access_note=report.access_wishes,
        received_at=report.received_at,
        written_at=report.notice_received_at,
        opened_at=at,
        update_due_at=at,
        is_vulnerable=report.is_vulnerable,
        is_visible=report.channel != Channel.STAFF,
    )
    verdict = verdicts.record(case, why=_("when received"), by=by, at=at, is_first=True)
    _settle_priority(case, item, verdict.days_left)
    clocks.begin(case, statutory_due=verdicts.statutory_due(case, verdict, notice_at=case.written_at), at=at)
    _attach(case, item)
    _join(case, report, at=at)
    entered = {} if by.name == report.logged_by_name else {"entered_by": report.logged_by_name}
    diary.record(case, EventKind.REPORTED, by=by, at=at, is_visible=True, reason=report.channel, evidence=entered)
    steps.refresh(case, at=at)
    return case


def _settle_priority(case: Case, item: ReportItem, days_left: int | None) -> None:
    earlier = Case.objects.filter(
        unit_id=case.unit_id, location_id=case.location_id, defect_type=case.defect_type
    ).exclude(report_item__report=item.report)
    code, reasons = _priority(item, days_left=days_left, times=1 + (earlier.count() if case.defect_type_id else 0))
    case.priority = Priority.objects.get(code=code)
    case.priority_reasons = [str(reason) for reason in reasons]
    case.is_safety = code == "P1"
    Case.objects.filter(pk=case.pk).update(
        priority_id=code, priority_reasons=case.priority_reasons, is_safety=case.is_safety
    )


def _attach(case: Case, item: ReportItem) -> None:
    item.attachments.update(case=case)
    case.has_photo = item.attachments.pictures().exists()
    Case.objects.filter(pk=case.pk).update(has_photo=case.has_photo)


def _join(case: Case, report: Report, *, at: datetime) -> None:
    """The reporter is a party; so is everybody who owns the home."""
    if report.reporter:
        people.join(case, report.reporter, PartyRole.REPORTER, at=at)
    for owner in people.holders(case, at=at):
        people.join(case, owner, PartyRole.CLAIMANT, at=at)
