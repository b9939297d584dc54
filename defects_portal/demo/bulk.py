"""Many cases for measuring: 3 events, 1 message, no file each; flat memory, deterministic."""

from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.db import transaction

from cases.choices import Ball, Channel, EventKind, Lane, PartyRole, ReportState, Status
from cases.models import Case, CaseEvent, CaseParty, Message, Report, ReportItem
from catalogue.models import DefectType, Location
from defects_portal.demo.stories import POOL
from homeowners.models import Tenure
from ledger import references

CHUNK = 1000
MIX = (
    (Status.CLOSED_COMPLETE, 70),
    (Status.CLOSED_OUT_OF_SCOPE, 6),
    (Status.CLOSED_OTHER, 4),
    (Status.NEW, 3),
    (Status.IN_REVIEW, 4),
    (Status.ACCEPTED, 2),
    (Status.WITH_CONTRACTOR, 7),
    (Status.TO_CHECK, 2),
    (Status.AWAITING_HOMEOWNER, 2),
)
STEPS = {
    Status.NEW: ("new", Ball.OFFICER),
    Status.IN_REVIEW: ("in-review", Ball.OFFICER),
    Status.ACCEPTED: ("accepted", Ball.OFFICER),
    Status.WITH_CONTRACTOR: ("contractor-accepted", Ball.CONTRACTOR),
    Status.TO_CHECK: ("repair-done", Ball.OFFICER),
    Status.AWAITING_HOMEOWNER: ("confirm", Ball.HOMEOWNER),
    Status.CLOSED_COMPLETE: ("closed-complete", Ball.NOBODY),
    Status.CLOSED_OUT_OF_SCOPE: ("closed-out-of-scope", Ball.NOBODY),
    Status.CLOSED_OTHER: ("closed-withdrawn", Ball.NOBODY),
}
REASONS = {
    Status.CLOSED_COMPLETE: "confirmed",
    Status.CLOSED_OUT_OF_SCOPE: "wear",
    Status.CLOSED_OTHER: "withdrawn",
}


def count() -> int:
    """Cases there are."""
    return Case.objects.count()


def make(amount: int, *, now: datetime, random: Random) -> None:
    """So many more cases, spread over the homes and the last two years."""
    homes = list(
        Tenure.objects.filter(until_on=None, role="owner").select_related(
            "homeowner", "unit__development__default_officer", "unit__development"
        )
    )
    locations = {row.code: row for row in Location.objects.all()}
    kinds = {row.code: row for row in DefectType.objects.all()}
    for start in range(0, amount, CHUNK):
        _chunk(min(CHUNK, amount - start), homes, locations, kinds, now=now, random=random)


@transaction.atomic
def _chunk(
    size: int,
    homes: list[Tenure],
    locations: dict[str, Location],
    kinds: dict[str, DefectType],
    *,
    now: datetime,
    random: Random,
) -> None:
    chosen = [random.choice(homes) for _ in range(size)]
    numbers = list(references.next_block("R", size))
    received = [now - timedelta(days=random.expovariate(1 / 150) + 0.1) for _ in range(size)]
    reports = Report.objects.bulk_create(
        _report(home, number, at) for home, number, at in zip(chosen, numbers, received, strict=True)
    )
    faults = [random.choice(POOL) for _ in range(size)]
    items = ReportItem.objects.bulk_create(
        ReportItem(
            report=report,
            position=1,
            location=locations[fault[0]],
            element_tile=fault[1],
            defect_type=kinds[fault[2]],
            words=fault[3],
        )
        for report, fault in zip(reports, faults, strict=True)
    )
    _cases(chosen, items, kinds, now=now, random=random)


def _report(home: Tenure, number: int, at: datetime) -> Report:
    person = home.homeowner
    return Report(
        number=number,
        development=home.unit.development,
        unit=home.unit,
        channel=Channel.PORTAL,
        reporter=person,
        reporter_name=person.name,
        reporter_email=person.email,
        reported_at=at,
        received_at=at,
        logged_at=at,
        logged_by_name=person.name,
        state=ReportState.VERIFIED,
        verified_at=at,
    )


def _cases(
    homes: list[Tenure], items: list[ReportItem], kinds: dict[str, DefectType], *, now: datetime, random: Random
) -> None:
    blocks = _blocks(homes)
    rows = [
        _case(home, item, next(blocks[home.unit.development.code]), now=now, random=random)
        for home, item in zip(homes, items, strict=True)
    ]
    cases = Case.objects.bulk_create(rows)
    CaseParty.objects.bulk_create(
        CaseParty(case=case, homeowner=home.homeowner, role=PartyRole.REPORTER, since=case.received_at)
        for case, home in zip(cases, homes, strict=True)
    )
    messages = Message.objects.bulk_create(
        Message(case=case, lane=Lane.RESIDENT, words="We look into it.", author_name="Amira Rahman", at=_after(case, 1))
        for case in cases
    )
    CaseEvent.objects.bulk_create(
        event for case, message in zip(cases, messages, strict=True) for event in _events(case, message)
    )


def _blocks(homes: list[Tenure]) -> dict[str, Any]:
    sizes: dict[str, int] = {}
    for home in homes:
        code = home.unit.development.code
        sizes[code] = sizes.get(code, 0) + 1
    return {code: iter(references.next_block(code, size)) for code, size in sizes.items()}


def _case(home: Tenure, item: ReportItem, number: int, *, now: datetime, random: Random) -> Case:
    development = home.unit.development
    at = item.report.received_at
    status = _status(now - at, random)
    kind = item.defect_type
    step, ball = STEPS[status]
    closed = at + (now - at) * random.random() if status in REASONS else None
    due = at + timedelta(days=28)
    sent = status == Status.WITH_CONTRACTOR
    company = random.choice(COMPANIES.get(development.pk) or _companies(development.pk)) if sent else None
    return Case(
        reference=f"{development.code}-{number}",
        reference_key=f"{development.code}{number}".lower(),
        development=development,
        unit=home.unit,
        report_item=item,
        location=item.location,
        trade_id=kind.default_trade_id if kind else "UNK",
        defect_type=kind,
        fault=kind.label.lower() if kind else "defect",
        priority_id=kind.default_priority_id if kind else "P3",
        officer=development.default_officer,
        status=status,
        step=step,
        ball=ball,
        received_at=at,
        opened_at=at,
        closed_at=closed,
        rectify_due_at=due,
        update_due_at=now + timedelta(days=random.randint(-3, 10)),
        clock_due_at=closed or due,
        next_on=None if closed else now + timedelta(days=random.randint(0, 10)),
        company_id=company,
        company_due_at=due if sent else None,
        company_stage="accepted" if sent else "",
        closure_reason=REASONS.get(status, ""),
        closing_notes="Part of maintaining the home." if status == Status.CLOSED_OUT_OF_SCOPE else "",
        cover_status="covered",
        cover_ends_on=(now + timedelta(days=200)).date(),
    )


COMPANIES: dict[int, list[int]] = {}


def _companies(development_id: int) -> list[int]:
    from contractors.models import Appointment

    rows = Appointment.objects.filter(development_id=development_id).order_by("pk")
    COMPANIES[development_id] = list(rows.values_list("company_id", flat=True))
    return COMPANIES[development_id]


def _status(age: timedelta, random: Random) -> Status:
    """Old cases are closed."""
    if age > timedelta(days=90):
        return Status.CLOSED_COMPLETE if random.random() < 0.9 else Status.CLOSED_OTHER
    return random.choices([state for state, _weight in MIX], [weight for _state, weight in MIX])[0]


def _after(case: Case, hours: int) -> datetime:
    return case.received_at + timedelta(hours=hours)


def _events(case: Case, message: Message) -> list[CaseEvent]:
    facts = {"case": case, "actor_name": "Amira Rahman", "actor_role": "officer", "channel": "desk", "is_visible": True}
    return [
        CaseEvent(kind=EventKind.REPORTED, at=case.received_at, **facts),
        CaseEvent(kind=EventKind.MESSAGE, at=_after(case, 1), words=message.words, message=message, **facts),
        CaseEvent(
            kind=EventKind.NOTE, at=_after(case, 2), note="Checked the register.", **facts | {"is_visible": False}
        ),
    ]
