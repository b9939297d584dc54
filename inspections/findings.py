"""What is noted on site: answers, pictures, ticks, new defects. Nothing here mails the home; `results` passes it on.

A phone gives each act a key and sends it until it hears that it arrived, so each verb knows an act that it has seen and
answers with the row of the first time. What comes late, after the visit was answered for, is kept all the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from cases import files, intake
from cases.choices import INSPECTIONS, AttachmentRole
from cases.evidence import MoveRefused
from cases.intake import Fault
from cases.models import Case
from documents.models import StoredFile
from inspections.choices import OPEN_STATES, Verdict, VisitState, WhyNot
from inspections.models import ChecklistPoint, Visit, VisitFound, VisitItem, VisitShot, VisitTick
from ledger import audit
from ledger.actors import Actor

EARLY = timedelta(hours=2)
"""People may note something so long before the window."""
LATE = timedelta(days=7)
"""The time of an act that waited longer on a phone is the time it reached us."""
AHEAD = timedelta(minutes=2)
MOST_SHOTS = 60
"""Of one visit."""
LONGEST_WORDS = 2000


@dataclass(frozen=True)
class Act:
    """One act of a person on site: the phone's key, whose side, when by the phone's clock, when it reached us."""

    key: UUID
    by: Actor
    at: datetime
    company_id: int | None = None
    said_at: datetime | None = None

    @property
    def made_at(self) -> datetime:
        """The phone's time where it can be true."""
        said = self.said_at
        return said if said and self.at - LATE <= said <= self.at + AHEAD else self.at

    @property
    def columns(self) -> dict[str, Any]:
        """What every row of it carries."""
        return {
            "client_key": self.key,
            "company_id": self.company_id,
            "made_at": self.made_at,
            "at": self.at,
            "by_id": self.by.user_id,
            "by_name": self.by.name[:120],
            "by_role": self.by.role,
        }


def check_begun(visit: Visit, act: Act) -> None:
    """Refuses what cannot have been seen yet."""
    if visit.state == VisitState.OFFERED or act.made_at < visit.starts_at - EARLY:
        raise MoveRefused(_("This visit has not begun."))


@transaction.atomic
def answer(visit: Visit, case: Case, verdict: str, *, act: Act, why: str = "", words: str = "") -> VisitItem:
    """OK, not OK with its reason, or not looked at; the newest answer of a side counts."""
    check_begun(visit, act)
    if verdict not in Verdict.values:
        raise MoveRefused(_("Choose OK or Not OK."), "answer")
    if verdict == Verdict.NOT_OK and why not in WhyNot.values:
        raise MoveRefused(_("Choose why it is not OK."), "why")
    given = {"answer": verdict, "why": why if verdict == Verdict.NOT_OK else "", "words": words.strip()[:LONGEST_WORDS]}
    first = {"visit": visit, "case": case, **given, **act.columns}
    row, _is_new = VisitItem.objects.get_or_create(client_key=act.key, defaults=first)
    return row


def shot_of(key: UUID) -> VisitShot | None:
    """The picture that an act brought before: look here before storing its file again."""
    return VisitShot.objects.filter(client_key=key).select_related("file").first()


@transaction.atomic
def keep_shot(visit: Visit, case: Case, file: StoredFile, *, act: Act) -> VisitShot:
    """A picture or video of a case. It goes onto the case when the visit ends; after that, at once and hidden."""
    check_begun(visit, act)
    if visit.shots.count() >= MOST_SHOTS:
        raise MoveRefused(_("One visit holds at most %(n)d pictures.") % {"n": MOST_SHOTS}, "photo")
    first = {"visit": visit, "case": case, "file": file, **act.columns}
    shot, is_new = VisitShot.objects.get_or_create(client_key=act.key, defaults=first)
    if is_new and not Visit.objects.filter(pk=visit.pk, state__in=OPEN_STATES).exists():
        file_shots(visit, case, by=act.by, at=act.at)
    return shot


def file_shots(visit: Visit, case: Case, *, by: Actor, at: datetime, is_repaired: bool = False) -> None:
    """The pictures of a case that are not on it yet, for staff only until somebody releases them."""
    role = AttachmentRole.BEFORE if visit.kind in INSPECTIONS else AttachmentRole.OTHER
    if is_repaired:
        role = AttachmentRole.AFTER
    shots = list(visit.shots.unfiled().filter(case=case).select_related("file"))
    rows = files.attach(case, [shot.file for shot in shots], role=role, by=by, at=at, caption=visit.reference)
    for shot, row in zip(shots, rows, strict=True):
        VisitShot.objects.filter(pk=shot.pk).update(attachment=row)


@transaction.atomic
def tick(visit: Visit, point: ChecklistPoint, *, is_ticked: bool, act: Act) -> VisitTick:
    """A point of a checklist was looked at, or was ticked by mistake."""
    check_begun(visit, act)
    first = {"visit": visit, "point": point, "is_ticked": is_ticked, **act.columns}
    row, _is_new = VisitTick.objects.get_or_create(client_key=act.key, defaults=first)
    return row


@transaction.atomic
def new_defect(visit: Visit, fault: Fault, *, act: Act) -> VisitFound:
    """A defect nobody had reported: a case found by staff, hidden from the resident until released, on this visit."""
    known = VisitFound.objects.filter(client_key=act.key).select_related("case").first()
    if known:
        return known
    check_begun(visit, act)
    if len(fault.words.strip()) < 3:
        raise MoveRefused(_("Write what is broken."), "words")
    case = intake.found_by_staff(visit.unit, fault, by=act.by, seen_at=act.made_at, at=act.at)
    visit.cases.add(case)
    found = VisitFound.objects.create(visit=visit, case=case, **act.columns)
    facts = {"case": case.reference}
    audit.record(
        "visit.found", by=act.by, at=act.at, about="visit", about_id=visit.pk, reference=visit.reference, new=facts
    )
    return found


def answers_of(visit: Visit, companies: Sequence[int] | None = None) -> dict[tuple[int, int | None], VisitItem]:
    """The answers that count, by case and side; of some companies only theirs."""
    return visit.items.of_side(companies).newest()
