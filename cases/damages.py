"""Damaged during the repair: a case of its own beside the repair that did it (domain 6.4, scenario 25)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from cases import intake
from cases.choices import Channel, ClaimedRole, Status
from cases.evidence import MoveRefused
from cases.intake import Arrival, Fault, Reporter
from cases.models import Case
from catalogue.models import Location
from documents.models import StoredFile
from homeowners.models import Homeowner
from ledger.actors import Actor

AT_WORK = (Status.WITH_CONTRACTOR, Status.TO_CHECK, Status.AWAITING_HOMEOWNER, Status.CLOSED_COMPLETE)
"""States of a case at which somebody of ours works or has worked."""


@dataclass(frozen=True)
class Damage:
    """What was damaged, in the reporter's words."""

    location: Location
    words: str
    files: Sequence[StoredFile] = ()


def may_report(case: Case) -> bool:
    """Whether a repair of this case can have damaged something."""
    return case.status in AT_WORK and case.accepted_at is not None


@transaction.atomic
def report(
    case: Case, given: Damage, *, person: Homeowner, channel: str, by: Actor, at: datetime, is_tenant: bool = False
) -> Case:
    """A report with one item in the owner's words, and its case: P2, beside the repair, not a new defect.

    The contractor of the repair is suggested when it is sent. MoveRefused where nobody has worked yet.
    """
    if not may_report(case):
        raise MoveRefused(_("Nobody has worked on this yet. Please report it as a defect."))
    if len(given.words.strip()) < 3:
        raise MoveRefused(_("Say in a few words what was damaged."), "words")
    role = ClaimedRole.TENANT if is_tenant else ClaimedRole.OWNER
    written = at if channel in {Channel.PORTAL, Channel.LINK} else None
    kept = intake.file_report(
        case.unit,
        reporter=Reporter(person.name, person.email, person.phone, role, person, ["damage"]),
        arrival=Arrival(channel, at, at, written),
        faults=[Fault(given.location, given.words.strip(), files=given.files, damage_of=case)],
        by=by,
        at=at,
    )
    return Case.objects.for_page().get(report_item__report=kept)
