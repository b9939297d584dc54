"""A visit ends: what was found goes where it belongs, in one act with one mail a person.

A repair that is OK is the company's *done* (`repairs`, filled by the room of work orders); at a check of ours what is
not OK goes back to the contractor; what is OK waits for the office's *ask homeowner*, or a signature on the spot.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from cases import steps, workflow
from cases.choices import Audience, Status, VisitKind
from cases.evidence import MoveRefused
from cases.mailing import Mailing
from cases.models import Attachment, Case
from documents.models import StoredFile
from inspections import findings, visits
from inspections.choices import Verdict, WhyNot
from inspections.models import Visit, VisitItem, VisitShot
from ledger.actors import Actor

SENT_BACK_FROM = (Status.TO_CHECK, Status.AWAITING_HOMEOWNER)


@dataclass(frozen=True)
class Said:
    """What counts of one case at a visit, with its pictures."""

    case: Case
    item: VisitItem | None
    files: Sequence[StoredFile] = ()

    @property
    def verdict(self) -> str:
        """OK, not OK, or not looked at."""
        return self.item.answer if self.item else Verdict.UNSEEN

    @property
    def words(self) -> str:
        """Why, in words: what was typed, else the reason's own."""
        if self.item is None:
            return ""
        return self.item.words or (str(WhyNot(self.item.why).label) if self.item.why else "")


Repair = Callable[[Visit, Said, Mailing], bool]
"""Passes on what was said of a repair; MoveRefused says what is missing. False when it had nobody to pass it to."""

repairs: list[Repair] = []
"""Filled by whoever keeps the contractors' orders."""


@dataclass(frozen=True)
class Outlook:
    """What will become of one case, before the press."""

    case: Case
    verdict: str
    words: str
    missing: str = ""

    @property
    def label(self) -> str:
        """The answer in words."""
        return str(Verdict(self.verdict).label)


def said_of(visit: Visit, cases: Sequence[Case]) -> list[Said]:
    """What counts for each case: the office's answer, else the newest of a company."""
    answers = findings.answers_of(visit)
    shots = list(visit.shots.unfiled().select_related("file"))
    found = []
    for case in cases:
        own = answers.get((case.pk, None))
        theirs = [row for (pk, side), row in answers.items() if pk == case.pk and side is not None]
        item = own or max(theirs, key=lambda row: (row.made_at, row.pk), default=None)
        found.append(Said(case, item, [shot.file for shot in shots if shot.case_id == case.pk]))
    return found


def outlook(visit: Visit, cases: Sequence[Case]) -> list[Outlook]:
    """One line a case: what the press does with it, and what is missing for it."""
    return [
        Outlook(said.case, said.verdict, _becomes(visit, said), _missing(visit, said)) for said in said_of(visit, cases)
    ]


def _becomes(visit: Visit, said: Said) -> str:
    if said.verdict == Verdict.UNSEEN:
        return _("Stays as it is.")
    if visit.kind == VisitKind.RECTIFICATION:
        return _("The office checks it next.") if said.verdict == Verdict.OK else said.words
    if _goes_back(visit, said):
        return _("Goes back to the contractor: %(words)s") % {"words": said.words}
    if said.verdict == Verdict.OK and said.case.status in SENT_BACK_FROM:
        return _("Ready to be signed for.")
    return _("Noted for the office.")


def _missing(visit: Visit, said: Said) -> str:
    is_repaired = visit.kind == VisitKind.RECTIFICATION and said.verdict == Verdict.OK
    if is_repaired and not any(file.is_picture for file in said.files):
        return _("A picture of the repaired place is missing; without it the repair is not reported as done.")
    return ""


def _goes_back(visit: Visit, said: Said) -> bool:
    return visit.kind == VisitKind.CHECK and said.verdict == Verdict.NOT_OK and said.case.status in SENT_BACK_FROM


@transaction.atomic
def finish(
    visit: Visit, *, words: str, seen_version: int, by: Actor, at: datetime, cases: Sequence[Case] | None = None
) -> list[str]:
    """End the visit and pass on what was found; answers what could not be passed on, and why.

    `cases`: those the person sees; of the others nothing is said. Refused when nothing was looked at and nothing typed.
    """
    known = list(cases) if cases is not None else list(visit.cases.for_page())
    said = said_of(visit, known)
    if not words.strip() and all(row.verdict == Verdict.UNSEEN for row in said):
        raise MoveRefused(_("Answer at least one item, or write what happened."))
    mailing = Mailing(by=by, at=at)
    quiet = {row.case.pk for row in said if _is_passed_on(visit, row)}
    notes = {row.case.pk: _note(row, words) for row in said}
    summary = "\n".join([_line(row) for row in said] + ([words.strip()] if words.strip() else []))
    visits.finish(
        visit, finding=summary, seen_version=seen_version, by=by, at=at, mailing=mailing, notes=notes, quiet=quiet
    )
    missing = [sentence for row in said if (sentence := _pass_on(visit, row, mailing))]
    _tell_rest(visit, quiet, mailing)
    mailing.send()
    return missing


def _is_passed_on(visit: Visit, said: Said) -> bool:
    """Whether a move of the case will tell the people of the home."""
    is_done = visit.kind == VisitKind.RECTIFICATION and said.verdict == Verdict.OK and bool(repairs)
    return _goes_back(visit, said) or (is_done and not _missing(visit, said))


def _tell_rest(visit: Visit, quiet: set[int], mailing: Mailing) -> None:
    """Of whom a move was to tell and did not: the repair was refused, or another company has still to come."""
    told = {row.case.pk for row in mailing.told if row.case and row.recipient.audience == Audience.HOMEOWNER}
    for case in Case.objects.for_page().filter(pk__in=quiet - told):
        event = case.events.filter(reason="visit-done", evidence__visit=visit.reference).latest("at", "pk")
        visits.tell_done(case, visit, event, mailing=mailing)
        steps.refresh(case, at=mailing.at)


def _line(said: Said) -> str:
    label = str(Verdict(said.verdict).label)
    return f"{said.case.reference} {said.case.title}: {label}" + (f". {said.words}" if said.words else "")


def _note(said: Said, words: str) -> str:
    return "\n".join(part for part in (_line(said), words.strip()) if part)


def _pass_on(visit: Visit, said: Said, mailing: Mailing) -> str:
    """Carries one case on; answers a sentence when something is missing."""
    case = Case.objects.for_page().get(pk=said.case.pk)
    now = Said(case, said.item, said.files)
    missing = _missing(visit, now)
    if visit.kind == VisitKind.RECTIFICATION and not missing:
        missing = _repair(visit, now, mailing)
    elif _goes_back(visit, now):
        workflow.move(
            case,
            "send-back",
            by=mailing.by,
            at=mailing.at,
            seen_version=case.version,
            mailing=mailing,
            words=now.words,
        )
    _file(visit, now, mailing)
    return f"{case.title}: {missing}" if missing else ""


def _repair(visit: Visit, said: Said, mailing: Mailing) -> str:
    try:
        with transaction.atomic():
            part = Mailing(by=mailing.by, at=mailing.at)
            for repair in repairs:
                if repair(visit, said, part):
                    break
    except MoveRefused as refusal:
        return refusal.sentence
    mailing.add(part.told)
    return ""


def _file(visit: Visit, said: Said, mailing: Mailing) -> None:
    """Pictures that a repair put on the case are known there; the others go on it, hidden."""
    for shot in visit.shots.unfiled().filter(case=said.case):
        row = Attachment.objects.filter(case=said.case, file_id=shot.file_id).first()
        if row:
            VisitShot.objects.filter(pk=shot.pk).update(attachment=row)
    is_repaired = said.verdict == Verdict.OK and visit.kind in {VisitKind.RECTIFICATION, VisitKind.CHECK}
    findings.file_shots(visit, said.case, by=mailing.by, at=mailing.at, is_repaired=is_repaired)
