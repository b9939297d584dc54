"""Booking, moving, cancelling and ending a visit. Each act mails each person once, however many cases it is for."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from cases import clocks, diary, notices, people, steps, talk
from cases.choices import INSPECTIONS, EventKind, Status, VisitKind
from cases.choices import OPEN_STATES as OPEN_CASES
from cases.evidence import MoveRefused, StaleCase
from cases.mailing import Mailing
from cases.models import Case, CaseEvent
from cases.versions import as_it_is
from inspections import companies, conflicts, taking_part, telling
from inspections.choices import VisitState
from inspections.models import Visit
from inspections.taking_part import Invited
from ledger import references
from ledger.actors import Actor

LONGEST_WINDOW = timedelta(hours=4)
"""A homeowner waits at most so long (domain 6.5)."""

FITTING: dict[VisitKind, tuple[Status, ...]] = {
    VisitKind.INITIAL: (Status.NEW, Status.IN_REVIEW, Status.ACCEPTED),
    VisitKind.JOINT: OPEN_CASES,
    VisitKind.RECTIFICATION: (Status.WITH_CONTRACTOR,),
    VisitKind.CHECK: (Status.TO_CHECK, Status.AWAITING_HOMEOWNER),
    VisitKind.END_OF_DLP: OPEN_CASES,
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
    who: str = "",
    by: Actor,
    at: datetime,
    note: str = "",
    invited: Sequence[Invited] = (),
    anyway: bool = False,
    mailing: Mailing | None = None,
    **facts: Any,
) -> Visit:
    """Book now: the home agreed already (by phone, say). One visit for cases of one home, with these parties.

    The first booking on a new case starts its review; this is its mail. `facts`: clear, door, door_note.
    Refused: another visit at this home in that window; `conflicts.Doubled` for companies and colleagues who have one,
    unless `anyway`.
    """
    for case in cases:
        as_it_is(case)
    check(cases, kind, invited, who, at=at)
    check_window(starts_at, ends_at, at=at)
    conflicts.check(cases[0].unit, invited, starts_at, ends_at, anyway=anyway)
    window = {"starts_at": starts_at, "ends_at": ends_at}
    visit = write_down(cases, kind=kind, who=who, invited=invited, note=note, by=by, at=at, **window, **facts)
    taking_part.invite_home(visit, cases, has_agreed=True, at=at)
    own = mailing or Mailing(by=by, at=at)
    booked(visit, cases, mailing=own, words=note)
    if mailing is None:
        own.send()
    return visit


def write_down(
    cases: Sequence[Case], *, who: str, invited: Sequence[Invited], by: Actor, at: datetime, **facts: Any
) -> Visit:
    """The visit itself with those who come; nobody is told."""
    visit = Visit.objects.create(
        number=references.next_number(VISITS),
        unit=cases[0].unit,
        who=(who.strip() or taking_part.names(invited))[:120],
        booked_at=at,
        booked_by_name=by.name,
        **{name: value.strip() if isinstance(value, str) else value for name, value in facts.items()},
    )
    visit.cases.set(cases)
    taking_part.invite(visit, invited, at=at)
    return visit


def booked(
    visit: Visit, cases: Sequence[Case], *, mailing: Mailing, words: str = "", key: str = "visit-booked"
) -> None:
    """The cases carry the booked visit, and everybody is told with the entry for the calendar."""
    for case in cases:
        talk.first_review(case, by=mailing.by, at=mailing.at)
        show(case)
    companies.date_given(visit, at=mailing.at)
    telling.tell(visit, key, cases, mailing=mailing, words=words, calendar=True)


def check(cases: Sequence[Case], kind: str, invited: Sequence[Invited], who: str, *, at: datetime) -> None:
    """Refuses what makes no visit: no case, several homes, a kind that does not fit, nobody who comes."""
    if not cases:
        raise MoveRefused(_("Choose at least one case."), "cases")
    if len({case.unit_id for case in cases}) > 1:
        raise MoveRefused(_("A visit goes to one home."), "cases")
    if kind not in VisitKind.values:
        raise MoveRefused(_("Choose the kind of visit."), "kind")
    for case in cases:
        if case.status not in FITTING[VisitKind(kind)]:
            raise MoveRefused(
                _("%(ref)s is “%(state)s”: this kind of visit does not fit.")
                % {"ref": case.reference, "state": case.get_status_display()},
                "kind",
            )
    if not who.strip() and not invited:
        raise MoveRefused(_("Write who comes."), "who")
    taking_part.check(cases[0].unit, invited, at=at)


def check_window(starts_at: datetime, ends_at: datetime, *, at: datetime) -> None:
    """Refuses a window that is over, ends before it begins or is too long."""
    if starts_at <= at:
        raise MoveRefused(_("This time is over. Choose a later one."), "starts_at")
    if not timedelta(0) < ends_at - starts_at <= LONGEST_WINDOW:
        raise MoveRefused(_("A window ends after it begins and lasts at most 4 hours."), "ends_at")


def show(case: Case) -> None:
    """The case carries its next booked visit, because its step and its next date depend on it."""
    row = Visit.objects.booked().filter(cases=case, kind__in=kinds_for(case)).order_by("starts_at", "pk").first()
    case.visit_kind = row.kind if row else ""
    case.visit_starts_at = row.starts_at if row else None
    case.visit_ends_at = row.ends_at if row else None
    Case.objects.filter(pk=case.pk).update(
        visit_kind=case.visit_kind, visit_starts_at=case.visit_starts_at, visit_ends_at=case.visit_ends_at
    )


def kinds_for(case: Case) -> list[VisitKind]:
    """Kinds of visit that still make sense for the case; none for a closed one."""
    return [kind for kind, states in FITTING.items() if case.status in states]


def open_cases(visit: Visit) -> list[Case]:
    """Those of its cases that still need the visit; one that closed while it was under way is left alone."""
    return list(visit.cases.open().for_page())


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
    anyway: bool = False,
) -> None:
    """Move a booked visit; everybody reads the new time, the homeowner also why. Refused as `book`."""
    check_window(starts_at, ends_at, at=at)
    invited = conflicts.invited_of(visit)
    conflicts.check(visit.unit, invited, starts_at, ends_at, but=visit, anyway=anyway)
    write(visit, seen_version, starts_at=starts_at, ends_at=ends_at, who=who.strip() or visit.who)
    _each(visit, "visit-changed", words, by=by, at=at)


@transaction.atomic
def cancel(visit: Visit, *, words: str, seen_version: int, by: Actor, at: datetime) -> None:
    """Nobody comes; the homeowner reads why. Times that were only offered no longer hold."""
    if len(words.strip()) < 10:
        raise MoveRefused(_("Write in a sentence why; the homeowner reads it."), "words")
    write(visit, seen_version, state=VisitState.CANCELLED, ended_at=at, cancel_reason=words)
    _each(visit, "visit-cancelled", words, by=by, at=at)


@transaction.atomic
def finish(
    visit: Visit,
    *,
    finding: str,
    seen_version: int,
    by: Actor,
    at: datetime,
    mailing: Mailing | None = None,
    notes: Mapping[int, str] | None = None,
    quiet: Collection[int] = (),
) -> None:
    """The visit took place: what was found, for staff. An inspection moves its cases to *inspected*.

    The homeowner reads that we came and when news follows, never the finding; of a case that closed meanwhile nothing.
    `notes`: what was found of each case, by its id. `quiet`: cases of which the same action tells something else.
    """
    if at < visit.starts_at:
        raise MoveRefused(_("This visit has not begun. Move it or cancel it."), "finding")
    if len(finding.strip()) < 3:
        raise MoveRefused(_("Write what was found."), "finding")
    write(visit, seen_version, state=VisitState.DONE, ended_at=at, finding=finding)
    own = mailing or Mailing(by=by, at=at)
    companies.visit_ended(visit, at=at)
    for case in visit.cases.for_page():
        note = (notes or {}).get(case.pk, finding)
        _took_place(case, visit, note, is_told=case.pk not in quiet, mailing=own)
    if mailing is None:
        own.send()


def _took_place(case: Case, visit: Visit, note: str, *, is_told: bool, mailing: Mailing) -> None:
    by, at = mailing.by, mailing.at
    is_inspection = visit.kind in INSPECTIONS
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
        note=note,
        reason="visit-done",
        evidence=evidence,
        is_visible=case.is_open,
    )
    if is_told:
        tell_done(case, visit, event, mailing=mailing)
    steps.refresh(case, at=at)


def tell_done(case: Case, visit: Visit, event: CaseEvent, *, mailing: Mailing) -> None:
    """The people of an open case read that we came."""
    if not case.is_open:
        return
    at = mailing.at
    clocks.told(case, at=at)
    facts: dict[str, Any] = {"visit": visit.get_kind_display(), "on": notices.on_day(case, visit.starts_at)}
    is_first = visit.kind in INSPECTIONS and case.status in FITTING[VisitKind.INITIAL]
    key = "visit-inspected" if is_first else "visit-done"
    notices.tell(case, event, key, people.residents(case, at=at), mailing=mailing, **facts)


def write(visit: Visit, seen_version: int, *, states: Sequence[str] = (VisitState.BOOKED,), **changes: object) -> None:
    """Store what changed of a visit under its next version; StaleCase when somebody else was faster."""
    rows = Visit.objects.filter(pk=visit.pk, version=seen_version, state__in=states)
    if not rows.update(version=F("version") + 1, **changes):
        raise StaleCase
    for name, value in changes.items():
        setattr(visit, name, value)
    visit.version = seen_version + 1


def _each(visit: Visit, key: str, words: str, *, by: Actor, at: datetime) -> None:
    """Tell of every case that still needs the visit."""
    mailing = Mailing(by=by, at=at)
    cases = open_cases(visit)
    for case in cases:
        show(case)
    telling.tell(visit, key, cases, mailing=mailing, words=words, calendar=True)
    mailing.send()
