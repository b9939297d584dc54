"""Booking, moving, cancelling and ending a visit. Each act mails the homeowner once, however many cases it is for."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from cases import clocks, diary, notices, people, steps, talk
from cases.choices import EventKind, Status, VisitKind
from cases.evidence import MoveRefused, StaleCase
from cases.mailing import Mailing
from cases.models import Case, CaseEvent
from cases.versions import as_it_is
from inspections.choices import VisitState
from inspections.models import Visit
from ledger import references
from ledger.actors import Actor

LONGEST_WINDOW = timedelta(hours=4)
"""A homeowner waits at most so long (domain 6.5)."""

FITTING = {
    VisitKind.INSPECTION: (Status.NEW, Status.IN_REVIEW, Status.ACCEPTED),
    VisitKind.REPAIR: (Status.WITH_CONTRACTOR,),
    VisitKind.CHECK: (Status.TO_CHECK, Status.AWAITING_HOMEOWNER),
}
"""In which states a visit of a kind makes sense."""

VISITS = "V"


@transaction.atomic
def book(
    cases: Sequence[Case],
    *,
    kind: str,
    starts_at: datetime,
    ends_at: datetime,
    who: str,
    by: Actor,
    at: datetime,
    note: str = "",
) -> Visit:
    """Book one visit for cases of one home. The first booking on a new case starts its review; this is its mail."""
    for case in cases:
        as_it_is(case)
    _check(cases, kind, starts_at, ends_at, who, at=at)
    visit = Visit.objects.create(
        number=references.next_number(VISITS),
        unit=cases[0].unit,
        kind=kind,
        starts_at=starts_at,
        ends_at=ends_at,
        who=who.strip(),
        note=note.strip(),
        booked_at=at,
        booked_by_name=by.name,
    )
    visit.cases.set(cases)
    mailing = Mailing(by=by, at=at)
    for case in cases:
        talk.first_review(case, by=by, at=at)
        show(case)
        _tell(case, visit, "visit-booked", note, mailing=mailing, by=by, at=at)
    mailing.send()
    return visit


def _check(cases: Sequence[Case], kind: str, starts_at: datetime, ends_at: datetime, who: str, *, at: datetime) -> None:
    if not cases:
        raise MoveRefused(_("Choose at least one case."), "cases")
    if len({case.unit_id for case in cases}) > 1:
        raise MoveRefused(_("A visit goes to one home."), "cases")
    if kind not in FITTING:
        raise MoveRefused(_("Choose the kind of visit."), "kind")
    for case in cases:
        if case.status not in FITTING[VisitKind(kind)]:
            raise MoveRefused(
                _("%(ref)s is “%(state)s”: this kind of visit does not fit.")
                % {"ref": case.reference, "state": case.get_status_display()},
                "kind",
            )
    if not who.strip():
        raise MoveRefused(_("Write who comes."), "who")
    _check_window(starts_at, ends_at, at=at)


def _check_window(starts_at: datetime, ends_at: datetime, *, at: datetime) -> None:
    if starts_at <= at:
        raise MoveRefused(_("This time is over. Choose a later one."), "starts_at")
    if not timedelta(0) < ends_at - starts_at <= LONGEST_WINDOW:
        raise MoveRefused(_("A window ends after it begins and lasts at most 4 hours."), "ends_at")


def show(case: Case) -> None:
    """The case carries its next booked visit, because its step and its next date depend on it."""
    booked = Visit.objects.booked().filter(cases=case, kind__in=kinds_for(case)).order_by("starts_at", "pk").first()
    case.visit_kind = booked.kind if booked else ""
    case.visit_starts_at = booked.starts_at if booked else None
    case.visit_ends_at = booked.ends_at if booked else None
    Case.objects.filter(pk=case.pk).update(
        visit_kind=case.visit_kind, visit_starts_at=case.visit_starts_at, visit_ends_at=case.visit_ends_at
    )


def kinds_for(case: Case) -> list[VisitKind]:
    """Kinds of visit that still make sense for the case; none for a closed one."""
    return [kind for kind, states in FITTING.items() if case.status in states]


def _tell(case: Case, visit: Visit, key: str, words: str, *, mailing: Mailing, by: Actor, at: datetime) -> CaseEvent:
    event = diary.record(
        case,
        EventKind.VISIT,
        by=by,
        at=at,
        words=words,
        reason=key,
        evidence={
            "visit": visit.reference,
            "kind": visit.kind,
            "starts_at": visit.starts_at.isoformat(),
            "ends_at": visit.ends_at.isoformat(),
            "who": visit.who,
        },
        is_visible=True,
    )
    clocks.told(case, at=at)
    residents = people.residents(case, at=at)
    facts: dict[str, Any] = {
        "visit": visit.get_kind_display(),
        "when": notices.window_words(case, visit.starts_at, visit.ends_at),
        "who": visit.who,
    }
    notices.tell(case, event, key, residents, mailing=mailing, words=words, **facts)
    steps.refresh(case, at=at)
    return event


@transaction.atomic
def change(
    visit: Visit,
    *,
    starts_at: datetime,
    ends_at: datetime,
    who: str,
    words: str,
    seen_version: int,
    by: Actor,
    at: datetime,
) -> None:
    """Move a booked visit; the homeowner reads the new time and why."""
    _check_window(starts_at, ends_at, at=at)
    write(visit, seen_version, starts_at=starts_at, ends_at=ends_at, who=who.strip() or visit.who)
    _each(visit, "visit-changed", words, by=by, at=at)


@transaction.atomic
def cancel(visit: Visit, *, words: str, seen_version: int, by: Actor, at: datetime) -> None:
    """Nobody comes; the homeowner reads why."""
    if len(words.strip()) < 10:
        raise MoveRefused(_("Write in a sentence why; the homeowner reads it."), "words")
    write(visit, seen_version, state=VisitState.CANCELLED, ended_at=at, cancel_reason=words)
    _each(visit, "visit-cancelled", words, by=by, at=at)


@transaction.atomic
def finish(
    visit: Visit, *, finding: str, seen_version: int, by: Actor, at: datetime, mailing: Mailing | None = None
) -> None:
    """The visit took place: what was found, for staff. An inspection moves its cases to *inspected*.

    The homeowner reads that we came and when news follows, never the finding; of a case that closed meanwhile nothing.
    """
    if at < visit.starts_at:
        raise MoveRefused(_("This visit has not begun. Move it or cancel it."), "finding")
    if len(finding.strip()) < 3:
        raise MoveRefused(_("Write what was found."), "finding")
    write(visit, seen_version, state=VisitState.DONE, ended_at=at, finding=finding)
    own = mailing or Mailing(by=by, at=at)
    for case in visit.cases.for_page():
        _took_place(case, visit, mailing=own, by=by, at=at)
    if mailing is None:
        own.send()


def _took_place(case: Case, visit: Visit, *, mailing: Mailing, by: Actor, at: datetime) -> None:
    is_inspection = visit.kind == VisitKind.INSPECTION
    show(case)
    if is_inspection:
        case.inspected_at = at
        Case.objects.filter(pk=case.pk).update(inspected_at=at)
    evidence = {"visit": visit.reference, "kind": visit.kind}
    event = diary.record(
        case,
        EventKind.VISIT,
        by=by,
        at=at,
        note=visit.finding,
        reason="visit-done",
        evidence=evidence,
        is_visible=case.is_open,
    )
    if case.is_open:
        clocks.told(case, at=at)
        facts: dict[str, Any] = {"visit": visit.get_kind_display(), "on": notices.on_day(case, visit.starts_at)}
        key = "visit-inspected" if is_inspection else "visit-done"
        notices.tell(case, event, key, people.residents(case, at=at), mailing=mailing, **facts)
    steps.refresh(case, at=at)


def write(visit: Visit, seen_version: int, **changes: object) -> None:
    """Store what changed of a booked visit under its next version; StaleCase when somebody else was faster."""
    won = Visit.objects.booked().filter(pk=visit.pk, version=seen_version).update(version=F("version") + 1, **changes)
    if not won:
        raise StaleCase
    for name, value in changes.items():
        setattr(visit, name, value)
    visit.version = seen_version + 1


def _each(visit: Visit, key: str, words: str, *, by: Actor, at: datetime) -> None:
    """Tell of every case that still needs the visit; one that closed while it was under way is left alone."""
    mailing = Mailing(by=by, at=at)
    for case in visit.cases.open().for_page():
        show(case)
        _tell(case, visit, key, words, mailing=mailing, by=by, at=at)
    mailing.send()
