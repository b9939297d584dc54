"""Many cases for measuring: 3 events, 1 message, no file each; flat memory, deterministic.

A block of one estate is made here, row by row; `multiply` makes the other estates of it inside the database.
"""

from contextlib import nullcontext
from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.db import connection, transaction

from accounts.models import User
from cases import search, steps
from cases.choices import (
    Ball,
    Channel,
    ClockKind,
    EventKind,
    Lane,
    PartyRole,
    ReportState,
    Side,
    Status,
    WorkStage,
)
from cases.counters import upkeep
from cases.models import Case, CaseEvent, CaseParty, Clock, CoverageVerdict, Message, Report, ReportItem
from catalogue.models import DefectType
from contractors.models import Company
from defects_portal.demo import estates, multiply
from defects_portal.demo.estates import Estate
from defects_portal.demo.stories import POOL
from homeowners.models import Tenure
from ledger import references
from works.choices import IN_HAND, HowAccepted, OrderState, WorkClockKind
from works.models import WorkClock, WorkOrder
from works.writing import ORDERS

BLOCK = 10_000
"""Cases of one estate at most: a thousand homes."""

CHUNK = 1000
KNOWN_SHARE = 0.02
"""Of every estate the people who can sign in to the demonstration have so much."""

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
SENT = (Status.WITH_CONTRACTOR, Status.TO_CHECK, Status.AWAITING_HOMEOWNER)
REASONS = {
    Status.CLOSED_COMPLETE: "confirmed",
    Status.CLOSED_OUT_OF_SCOPE: "wear",
    Status.CLOSED_OTHER: "withdrawn",
}
DAYS_TO_REPAIR = {"P0": 1, "P1": 3, "P2": 14, "P3": 30, "P4": 60}
PLACES_OF_A_FAULT = [
    "skirting", "lintel", "hinge", "wardrobe", "architrave", "cistern", "parapet", "sill", "mullion",
    "downpipe", "soffit", "stairwell", "coving", "worktop", "plinth", "manhole", "grille", "bannister", "riser",
    "socket", "threshold", "ledge", "vent", "duct",
]  # fmt: skip


def count() -> int:
    """Cases there are."""
    return Case.objects.count()


def make(amount: int, *, now: datetime, random: Random) -> None:
    """So many more cases, in estates of at most `BLOCK` of them, over the last two years."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = 0")  # which is meant for pages
    copies = -(-amount // BLOCK)
    index = estates.made()
    with multiply.noticed() as block:
        estate = _estate(index, amount // copies, now=now, random=random)
    with search.aside() if copies > 1 else nullcontext():
        for number in range(1, copies):
            _copy(block, index, number)
    for _ in range(amount % copies):
        _chunk(estate, 1, now=now, random=random)
    upkeep.fold(at=now)  # as the sweep does in the days of growing
    _look_again()


def _look_again() -> None:
    """The tables are many times their size of before: the database shall plan for what there is now.

    PostgreSQL also notes which pages hold only rows that all may see, as it does by itself in the days of growing.
    """
    vacuums = connection.vendor == "postgresql" and not connection.in_atomic_block
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if vacuums else "ANALYZE")


@transaction.atomic
def _copy(block: multiply.Rows, index: int, number: int) -> None:
    """The same estate under the next code, its times a few minutes earlier."""
    labels = {
        estates.code(index): estates.code(index + number),
        estates.code(index).lower(): estates.code(index + number).lower(),
        estates.prefix(index): estates.prefix(index + number),
    }
    multiply.copy(block, number, labels=labels, earlier=timedelta(minutes=7) * number)
    multiply.copy_counter(estates.code(index), estates.code(index + number))
    references.next_block("R", block.count(Report))
    if WorkOrder in block.ranges:
        references.next_block(ORDERS, block.count(WorkOrder))


@transaction.atomic
def _estate(index: int, size: int, *, now: datetime, random: Random) -> Estate:
    estate = estates.make(index, cases=size, now=now, random=random)
    for start in range(0, size, CHUNK):
        _chunk(estate, min(CHUNK, size - start), now=now, random=random)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # before the keys of all these rows are checked by plans made for a few
    return estate


@transaction.atomic
def _chunk(estate: Estate, size: int, *, now: datetime, random: Random) -> None:
    kinds = {row.code: row for row in DefectType.objects.all()}
    amira = User.objects.get(email="amira@demo.example")
    homes = random.choices(estate.homes, k=size)
    received = [now - timedelta(days=random.expovariate(1 / 150) + 0.1) for _ in range(size)]
    reports = Report.objects.bulk_create(
        _report(home, number, at)
        for home, number, at in zip(homes, references.next_block("R", size), received, strict=True)
    )
    items = ReportItem.objects.bulk_create(_item(report, kinds, random) for report in reports)
    numbers = references.next_block(estate.development.code, size)
    cases = Case.objects.bulk_create(
        _case(item, number, _first(amira, estate.officers, random), estate, now=now, random=random)
        for item, number in zip(items, numbers, strict=True)
    )
    _around(cases, homes)
    search.build([case.pk for case in cases], at=now)


def _first(known: Any, others: list[Any], random: Random) -> Any:
    return known if random.random() < KNOWN_SHARE else random.choice(others)


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
        reporter_phone=person.phone,
        reported_at=at,
        received_at=at,
        logged_at=at,
        logged_by_name=person.name,
        state=ReportState.VERIFIED,
        verified_at=at,
    )


def _item(report: Report, kinds: dict[str, DefectType], random: Random) -> ReportItem:
    room, tile, kind, words, _photos = random.choice(POOL)
    more = f" Near the {random.choice(PLACES_OF_A_FAULT)}, {random.randint(2, 240)} cm."
    return ReportItem(
        report=report,
        position=1,
        location_id=room,
        element_tile=tile,
        defect_type=kinds[kind],
        words=f"{words}{more}",
    )


def _case(item: ReportItem, number: int, officer: User, estate: Estate, *, now: datetime, random: Random) -> Case:
    report, kind = item.report, item.defect_type
    at = report.received_at
    status = _status(now - at, random)
    priority = kind.default_priority_id if kind else "P3"
    case = Case(
        reference=f"{estate.development.code}-{number}",
        reference_key=f"{estate.development.code}{number}".lower(),
        development=estate.development,
        unit=report.unit,
        report_item=item,
        location_id=item.location_id,
        trade_id=kind.default_trade_id if kind else "UNK",
        defect_type=kind,
        fault=kind.label.lower() if kind else "defect",
        priority_id=priority,
        officer=officer,
        status=status,
        received_at=at,
        opened_at=at,
        acknowledge_due_at=at + timedelta(hours=8),
        rectify_due_at=at + timedelta(days=DAYS_TO_REPAIR[priority]),
        update_due_at=now + timedelta(days=random.randint(-3, 10)),
        cover_status="covered",
        cover_ends_on=(now + timedelta(days=random.randint(5, 400))).date(),
    )
    case.step, case.ball = STEPS[status]
    if status in REASONS:
        _close(case, at + (now - at) * random.random())
    else:
        _wait(case, _first(estate.companies[1], estate.companies[:1], random), now=now, random=random)
    case.clock_due_at = steps.list_clock(case)
    return case


def _close(case: Case, at: datetime) -> None:
    case.closed_at = at
    case.closure_reason = REASONS[Status(case.status)]
    if case.status == Status.CLOSED_OUT_OF_SCOPE:
        case.closing_notes = "Part of maintaining the home."


def _wait(case: Case, company: Company, *, now: datetime, random: Random) -> None:
    case.next_on = now + timedelta(days=random.randint(0, 10))
    if case.status in SENT:
        case.work_company, case.work_stage = company, WorkStage.ACCEPTED
        case.work_due_at = case.rectify_due_at


def _orders(cases: list[Case]) -> list[WorkOrder]:
    """One for each case that a contractor has or had."""
    sent = [case for case in cases if case.status in SENT]
    numbers = references.next_block(ORDERS, len(sent)) if sent else range(0)
    return [_order(case, number) for case, number in zip(sent, numbers, strict=True)]


def _work_clock(order: WorkOrder) -> WorkClock:
    dates: dict[str, Any] = {"started_at": order.created_at, "first_due_at": order.due_at, "due_at": order.due_at}
    return WorkClock(order=order, kind=WorkClockKind.DONE, **dates)


def _order(case: Any, number: int) -> WorkOrder:
    is_done = case.status != Status.WITH_CONTRACTOR
    return WorkOrder(
        number=number,
        case=case,
        company_id=case.work_company_id,
        state=OrderState.DONE if is_done else OrderState.ACCEPTED,
        due_at=case.rectify_due_at,
        first_due_at=case.rectify_due_at,
        created_at=_after(case, 3),
        created_by_name="Amira Rahman",
        sent_at=_after(case, 3),
        accepted_at=_after(case, 5),
        accepted_how=HowAccepted.PAGE,
        done_at=_after(case, 50) if is_done else None,
    )


def _status(age: timedelta, random: Random) -> Status:
    """Old cases are closed."""
    if age > timedelta(days=90):
        return Status.CLOSED_COMPLETE if random.random() < 0.9 else Status.CLOSED_OTHER
    return random.choices([state for state, _weight in MIX], [weight for _state, weight in MIX])[0]


def _around(cases: list[Case], homes: list[Tenure]) -> None:
    """Who reported, what was said, what was promised, what the cover is."""
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
    orders = WorkOrder.objects.bulk_create(_orders(cases))
    WorkClock.objects.bulk_create(_work_clock(order) for order in orders if order.state in IN_HAND)
    Clock.objects.bulk_create(clock for case in cases if case.is_open for clock in _clocks(case))
    CoverageVerdict.objects.bulk_create(_verdict(case) for case in cases)


def _clocks(case: Case) -> list[Clock]:
    dues = {ClockKind.RECTIFY: case.rectify_due_at, ClockKind.UPDATE: case.update_due_at}
    if case.status == Status.NEW:
        dues[ClockKind.ACKNOWLEDGE] = case.acknowledge_due_at
    return [
        Clock(case=case, kind=kind, started_at=case.received_at, first_due_at=due, due_at=due)
        for kind, due in dues.items()
        if due
    ]


def _verdict(case: Case) -> CoverageVerdict:
    return CoverageVerdict(
        case=case,
        side=Side.OWNER,
        is_first=True,
        status=case.cover_status,
        ends_on=case.cover_ends_on,
        sentence="Within the period of the agreement.",
        assessed_at=case.received_at,
        assessed_by_name="Defects Portal",
    )


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
