"""A small world with the cast, and cases in any state, reached by the real verbs."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from cases import duties, files, intake, workflow
from cases.choices import Channel, ClaimedRole, Status
from cases.intake import Arrival, Fault, Reporter
from cases.models import Case
from catalogue.models import DefectType, Location
from contractors.models import Company
from ledger.actors import Actor
from outbox.models import OutgoingMail
from tests.factories import accounts, contractors, homeowners, units
from tests.factories.documents import make_stored_file

REPORTED_AT = datetime(2026, 3, 3, 12, 14, tzinfo=UTC)
HANDED_OVER = date(2025, 7, 24)
BUILT_BEFORE = timedelta(days=53)
"""The contractor's liability begins so long before the homes are handed over."""


@dataclass
class World:
    """KRM with Hana's home, its neighbours and everybody who has to do with it."""

    development: object
    unit: object
    next_door: object
    amira: object
    mo: object
    hana: object
    noor: object
    company: object

    def actor(self, name, **facts):
        person = getattr(self, name)
        if hasattr(person, "actor"):
            return person.actor(**facts)
        return Actor(person.name, "homeowner", person.user_id, None, facts.get("channel", "portal"))


def make_world(*, zone="Asia/Kuala_Lumpur", code="KRM", policy=None, with_policy=True, handed_over=HANDED_OVER):
    """Needs the catalogue's defaults (fixture `defaults`)."""
    amira, mo = accounts.amira(), accounts.mo()
    development = units.make_development(
        code=code, zone=zone, default_officer=amira, manager=mo, office_hours="Mon-Fri 09:00-18:00"
    )
    block = units.make_block(development=development)
    unit = units.make_unit(development=development, block=block, number="A-12-3")
    next_door = units.make_unit(development=development, block=block, number="A-12-4")
    if with_policy:
        units.assign_policy(policy or units.make_policy(), development)
    units.hand_over(unit, handed_over)
    units.hand_over(next_door, handed_over)
    company = contractors.lim(development=development).company
    contractors.Appointment.objects.filter(company=company).update(
        liability_starts_on=handed_over - BUILT_BEFORE, liability_months=24
    )
    return World(
        development=development,
        unit=unit,
        next_door=next_door,
        amira=amira,
        mo=mo,
        hana=homeowners.hana(unit=unit),
        noor=homeowners.noor(unit=next_door),
        company=company,
    )


def a_fault(
    *, location="MBA", tile="ceiling", kind="LEAK", words="Water is dripping from the ceiling.", photos=0, **facts
):
    return Fault(
        location=Location.objects.get(code=location),
        element_tile=tile,
        defect_type=DefectType.objects.get(code=kind) if kind else None,
        words=words,
        files=[make_stored_file() for _ in range(photos)],
        **facts,
    )


def make_report(
    *,
    world,
    unit=None,
    person=None,
    faults=None,
    at=REPORTED_AT,
    received_at=None,
    channel=Channel.PORTAL,
    written=True,
    **facts,
):
    """A report by Hana (or `person`) with one leak, verified unless `person=False`."""
    known = world.hana if person is None else person
    reporter = (
        Reporter(known.name, known.email, known.phone, ClaimedRole.OWNER, known, ["test"])
        if known
        else Reporter(**{"name": "Unknown Person", "email": "unknown@demo.example", **facts})
    )
    moment = received_at or at
    by = world.actor("hana") if channel == Channel.PORTAL else Actor(reporter.name, "visitor", channel="link")
    return intake.file_report(
        unit or world.unit,
        reporter=reporter,
        arrival=Arrival(channel, moment, moment, moment if written else None),
        faults=faults or [a_fault()],
        by=by,
        at=at,
    )


def make_case(*, world, status=Status.NEW, at=REPORTED_AT, **facts):
    """One case of Hana's in a state, moved there step by step, an hour between steps."""
    report = make_report(world=world, at=at, **facts)
    case = fresh(Case.objects.get(report_item__report=report))
    for number, step in enumerate(PATHS[status], start=1):
        walk(case, step, world=world, at=at + timedelta(hours=number))
        case = fresh(case)
    return case


def fresh(case):
    return Case.objects.for_page().get(pk=case.pk)


def add_after_photo(case, *, world, at):
    return files.attach(
        case, [make_stored_file()], role="after", by=world.actor("amira"), at=at, is_visible=True, caption="Painted"
    )


def fall_silent(case, *, at):
    """Two reminders that left, the promised day over: from `at` on silence closes the case."""
    for days in (3, 7):
        duties.remind(fresh(case), at=case.confirm_asked_at + timedelta(days=days))
    OutgoingMail.objects.update(state="sent", sent_at=at)
    Case.objects.filter(pk=case.pk).update(confirm_due_at=at - timedelta(minutes=1))


def walk(case, name, /, *, world, at, by=None, **facts):
    """One move with evidence that is good enough; `facts` replace it."""
    if name == "report-done":
        add_after_photo(case, world=world, at=at - timedelta(minutes=1))
    given = {**evidence_for(name, world=world, at=at), **facts}
    return workflow.move(case, name, by=by or world.actor("amira"), at=at, seen_version=case.version, **given)


def evidence_for(name, *, world, at):
    company = world.company or Company.objects.first()
    return {
        "accept-and-send": {"company_id": company.pk, "due_at": (at + timedelta(days=10)).isoformat()},
        "report-done": {"said_by": "Lim Wei", "proof": "Called Amira", "method_note": "New seal, dried for 48 hours."},
        "ask-sign-off": {"checked_by": "Amira", "basis": "pictures"},
        "send-back": {"words": "The ring on the ceiling is still wet."},
        "confirm": {"name": "Hana Yusof", "proof": "Told Amira by phone"},
        "not-right": {"words": "It still drips at night."},
        "close-complete": {"basis": "phone", "words": "Hana told us by phone that it is fixed."},
        "close-out-of-scope": {
            "reason": "wear",
            "words": "The sealant is worn by use; this is part of keeping a bathroom.",
            "rule": "Guidance: sealant is maintained by the owner.",
        },
        "close-other": {"reason": "withdrawn", "words": "Hana told us she does not need it any more."},
        "take-back": {"words": "We sent this to the wrong company."},
        "reopen": {"words": "The leak came back last night."},
    }.get(name, {})


_SENT = ("accept-and-send",)
_DONE = (*_SENT, "report-done")
PATHS = {
    Status.NEW: (),
    Status.IN_REVIEW: ("start-review",),
    Status.ACCEPTED: ("accept",),
    Status.WITH_CONTRACTOR: _SENT,
    Status.TO_CHECK: _DONE,
    Status.AWAITING_HOMEOWNER: (*_DONE, "ask-sign-off"),
    Status.CLOSED_COMPLETE: (*_DONE, "ask-sign-off", "confirm"),
    Status.CLOSED_OTHER: ("close-other",),
}
