"""Who was there and who was not: arrivals, a closed door with its proof, a visit that nobody came to (domain 6.5)."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, Q
from django.utils.translation import gettext as _

from cases import files, holds, notices, people
from cases.choices import Audience, HoldKind, HoldReason
from cases.evidence import DAYS_AFTER_FINAL, NOBODY_HOME, MoveRefused
from cases.mailing import Mailing
from cases.models import Case, CaseEvent
from documents.models import StoredFile
from inspections import companies, conflicts, offers, telling, visits
from inspections.choices import Attendance, PartyKind, VisitState
from inspections.models import Visit, VisitParty
from ledger.actors import Actor
from units.wording import day, when

EARLY = timedelta(hours=2)
GRACE = timedelta(minutes=60)
"""After the window, before anybody may say that nobody came."""

HOLD_AFTER_FINAL = timedelta(days=28)


@transaction.atomic
def arrived(party: VisitParty, *, by: Actor, at: datetime) -> None:
    """This party is there. The first time counts; nothing is mailed."""
    visit = party.visit
    if visit.state != VisitState.BOOKED:
        raise MoveRefused(_("This visit is not booked."))
    if at < visit.starts_at - EARLY:
        raise MoveRefused(_("This visit is not yet due."))
    rows = VisitParty.objects.filter(pk=party.pk, attended_at__isnull=True)
    rows.update(attendance=Attendance.THERE, attended_at=at)
    party.refresh_from_db(fields=["attendance", "attended_at"])


@transaction.atomic
def nobody_home(
    visit: Visit,
    *,
    arrived_at: datetime,
    called: str,
    photos: Sequence[StoredFile],
    seen_version: int,
    by: Actor,
    at: datetime,
    mailing: Mailing | None = None,
) -> Visit:
    """Nobody opened: kept with its proof; the home gets new times at once, from the second time on as final notice.

    Proof: when they stood there, a picture of the door, whom they called. From the second time on the repair target
    waits (the statutory one never does). Answers the visit whose time the home may choose now.
    """
    _check_proof(visit, arrived_at, called, photos, at=at)
    cases = visits.open_cases(visit)
    attempt = 1 + _missed_before(cases)
    proof: dict[str, Any] = {"arrived_at": arrived_at, "called": called.strip()[:200], "attempt": attempt}
    visits.write(visit, seen_version, state=VisitState.NO_ACCESS, ended_at=at, recorded_by_name=by.name[:120], **proof)
    visit.parties.filter(kind=PartyKind.HOMEOWNER).update(attendance=Attendance.ABSENT)
    offers.end_open(visit, by=by, at=at)
    for case in cases:
        caption = _("The door, %(when)s") % {"when": when(arrived_at, case.development.tz)}
        files.attach(case, photos, role="other", by=by, at=at, caption=caption)
        visits.show(case)
    own = mailing or Mailing(by=by, at=at)
    new = _tell_closed_door(visit, cases, attempt, mailing=own)
    companies.door_closed(visit, by=by, at=at, mailing=own)
    if mailing is None:
        own.send()
    return new


def _check_proof(
    visit: Visit, arrived_at: datetime, called: str, photos: Sequence[StoredFile], *, at: datetime
) -> None:
    if at < visit.starts_at:
        raise MoveRefused(_("This visit has not begun. Move it or cancel it."), "arrived_at")
    if not visit.starts_at - EARLY <= arrived_at <= at:
        raise MoveRefused(_("Write when you stood at the door, not later than now."), "arrived_at")
    if not photos:
        raise MoveRefused(_("Add a picture of the door."), "photos")
    if len(called.strip()) < 3:
        raise MoveRefused(_("Write whom you called from the door, and whether anybody answered."), "called")


def _missed_before(cases: Sequence[Case]) -> int:
    """How often somebody stood before a closed door for one of these; the most of them."""
    counted = Count("visits", filter=Q(visits__state=VisitState.NO_ACCESS), distinct=True)
    rows = Case.objects.filter(pk__in=[case.pk for case in cases]).annotate(missed=counted)
    return max((row.missed for row in rows), default=0)


def _tell_closed_door(visit: Visit, cases: Sequence[Case], attempt: int, *, mailing: Mailing) -> Visit:
    is_final = attempt > 1
    if is_final:
        _pause(cases, mailing=mailing)
    new = _again(visit, cases, mailing=mailing, is_final=is_final)
    zone = visit.unit.development.tz
    rebook = day((mailing.at + DAYS_AFTER_FINAL).astimezone(zone).date())
    facts = _new_times(new) | {
        "arrived": when(visit.arrived_at or mailing.at, zone),
        "attempt": attempt,
        "called": visit.called,
        "rebook": rebook,
    }
    key = NOBODY_HOME[1] if is_final else NOBODY_HOME[0]
    events = telling.tell(visit, key, cases, mailing=mailing, to=[Audience.HOMEOWNER], note=visit.called, **facts)
    _tell_officers(visit, "nobody-home", cases, events, facts, mailing=mailing)
    return new


def _pause(cases: Sequence[Case], *, mailing: Mailing) -> None:
    """Two dated failures: the repair target waits (domain 6.3). The final notice is the mail that says so."""
    for case in cases:
        if case.holds.filter(kind=HoldKind.HOLD, ended_at__isnull=True).exists():
            continue
        until, by, at = mailing.at + HOLD_AFTER_FINAL, mailing.by, mailing.at
        words = _("Nobody was at home twice.")
        holds.hold(
            case, reason=HoldReason.NO_ACCESS, until_at=until, words=words, by=by, at=at, mailing=Mailing(by=by, at=at)
        )


def _again(visit: Visit, cases: Sequence[Case], *, mailing: Mailing, is_final: bool = False) -> Visit:
    """The visit that takes the place of one that failed, its times offered; the same people come."""
    slots = offers.preset(visit.unit.development, mailing.at)
    return offers.prepare(
        cases,
        kind=visit.kind,
        slots=slots,
        who=visit.who,
        note=visit.note,
        clear=visit.clear,
        minutes=visit.minutes,
        invited=conflicts.invited_of(visit),
        until=max(slots)[0] - offers.BEFORE_FIRST if is_final else None,
        follows=visit,
        by=mailing.by,
        at=mailing.at,
    )


def _new_times(new: Visit) -> dict[str, Any]:
    return telling.offer_facts(new, offers.open_of(new)) | {"slots": telling.facts_of(new)["slots"]}


def _tell_officers(
    visit: Visit,
    key: str,
    cases: Sequence[Case],
    events: Sequence[CaseEvent],
    facts: dict[str, Any],
    *,
    mailing: Mailing,
) -> None:
    """The officers of the cases read of it under the same entry of the diary."""
    known = telling.facts_of(visit) | facts
    for case, event in zip(cases, events, strict=True):
        officers = people.staff(people.officers_of(case), but=mailing.by)
        notices.tell(case, event, key, officers, mailing=mailing, **known)


def may_say_nobody_came(visit: Visit, at: datetime) -> bool:
    """An hour after the window, while nobody is recorded as arrived."""
    return visit.state == VisitState.BOOKED and at >= visit.ends_at + GRACE and not visit.parties.on_site().exists()


@transaction.atomic
def nobody_came(visit: Visit, *, seen_version: int, by: Actor, at: datetime) -> Visit:
    """A person says that nobody came: an apology with first choice of new times; our side and the contractor read it.

    Nothing but a person records it. Answers the visit whose time the home may choose now.
    """
    _check_waited(visit, at=at)
    companies = visit.parties.filter(kind=PartyKind.COMPANY)
    side = PartyKind.COMPANY if companies.exists() else PartyKind.STAFF
    missed = {"missed_by": side, "recorded_by_name": by.name[:120]}
    visits.write(visit, seen_version, state=VisitState.NO_SHOW, ended_at=at, **missed)
    visit.parties.filter(kind=side).update(attendance=Attendance.ABSENT)
    offers.end_open(visit, by=by, at=at)
    cases = visits.open_cases(visit)
    for case in cases:
        visits.show(case)
    mailing = Mailing(by=by, at=at)
    new = _again(visit, cases, mailing=mailing)
    facts = _new_times(new)
    home_and_works = (Audience.HOMEOWNER, Audience.CONTRACTOR)
    events = telling.tell(visit, "nobody-came", cases, mailing=mailing, to=home_and_works, **facts)
    _tell_officers(visit, "nobody-came", cases, events, facts, mailing=mailing)
    mailing.send()
    return new


def _check_waited(visit: Visit, *, at: datetime) -> None:
    if visit.state != VisitState.BOOKED:
        raise MoveRefused(_("This visit is answered for already."))
    if at < visit.ends_at + GRACE:
        until = when(visit.ends_at + GRACE, visit.unit.development.tz)
        raise MoveRefused(_("They may still be on their way. Please tell us after %(when)s.") % {"when": until})
    there = visit.parties.on_site().first()
    if there and there.attended_at:
        words = {"name": there.name, "when": when(there.attended_at, visit.unit.development.tz)}
        raise MoveRefused(_("%(name)s noted to have been there on %(when)s. Please call the office.") % words)


@transaction.atomic
def somebody_came(visit: Visit, *, words: str, seen_version: int, by: Actor, at: datetime) -> None:
    """The officer corrects a recorded no-show: the visit counts as booked again, and can be answered for.

    Times that were offered in its place are taken back unless one was chosen; the homeowner reads the correction.
    """
    if len(words.strip()) < 10:
        raise MoveRefused(_("Write in a sentence why; the homeowner reads it."), "words")
    again = {"state": VisitState.BOOKED, "ended_at": None, "missed_by": "", "recorded_by_name": ""}
    visits.write(visit, seen_version, states=[VisitState.NO_SHOW], **again)
    visit.parties.filter(attendance=Attendance.ABSENT).update(attendance=Attendance.UNKNOWN)
    for new in visit.followed_by.offered():
        ended = {"state": VisitState.CANCELLED, "ended_at": at, "cancel_reason": words.strip()}
        visits.write(new, new.version, states=[VisitState.OFFERED], **ended)
        offers.end_open(new, by=by, at=at)
    mailing = Mailing(by=by, at=at)
    cases = visits.open_cases(visit)
    for case in cases:
        visits.show(case)
    telling.tell(visit, "somebody-came", cases, mailing=mailing, words=words, to=[Audience.HOMEOWNER])
    mailing.send()
