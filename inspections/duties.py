"""What time itself makes due for visits: reminders, "did someone come?", offers that nobody answered. By the sweep.

Whatever is written is noted first as a `VisitNudge` (visit, party, rule, window), so of two sweeps at once one writes.
"""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef

from cases import people
from cases.choices import Audience
from cases.evidence import DAYS_AFTER_FINAL, MoveRefused
from cases.mailing import Mailing
from cases.models import Case
from cases.people import Recipient
from inspections import attendance, offers, taking_part, telling, visits
from inspections.choices import Answer, OfferState, PartyKind, Rule, VisitState
from inspections.models import Visit, VisitNudge, VisitOffer, VisitParty
from ledger.actors import SYSTEM
from units.wording import day, when

log = logging.getLogger(__name__)

BATCH = 200
LEADS = ((Rule.ONE_DAY, timedelta(hours=24)), (Rule.TWO_DAYS, timedelta(hours=48)))
ASK_WITHIN = timedelta(days=3)
"""A question whether someone came makes no sense much later."""


def sweep(*, at: datetime) -> int:
    """Everything due at `at`; answers how many rows failed. Safe to run twice at once."""
    jobs: list[Callable[[], object]] = []
    jobs += [partial(lapse, row, at=at) for row in _unanswered(at)]
    jobs += [partial(remind, visit, at=at) for visit in _soon(at)]
    jobs += [partial(ask_whether_they_came, visit, at=at) for visit in _waited_for(at)]
    jobs += [partial(after_final_notice, visit, at=at) for visit in _finally_over(at)]
    return sum(_failed(job) for job in jobs)


def _failed(job: Callable[[], object]) -> bool:
    try:
        with transaction.atomic():
            job()
    except MoveRefused as refusal:
        log.info("A duty was refused: %s", refusal.sentence)
    except Exception:
        log.exception("A duty failed")
        return True
    return False


def _soon(at: datetime) -> list[Visit]:
    rows = Visit.objects.booked().for_page().filter(starts_at__gt=at, starts_at__lte=at + LEADS[-1][1])
    return list(rows.order_by("starts_at")[:BATCH])


def remind(visit: Visit, *, at: datetime) -> None:
    """Who comes, the window, what to clear: to each party once two days and once one day before.

    A visit that was booked later than that needs no reminder of it.
    """
    rule = next((rule for rule, lead in LEADS if visit.starts_at - lead <= at), None)
    lead = dict(LEADS).get(rule) if rule else None
    if rule is None or lead is None or visit.booked_at > visit.starts_at - lead:
        return
    cases = visits.open_cases(visit)
    told = _claim(visit, visit.parties.exclude(answer=Answer.DECLINED), rule, at=at)
    if not cases or not told:
        return
    mailing = Mailing(by=SYSTEM, at=at)
    _tell(visit, "visit-reminder", cases, told, mailing=mailing)
    mailing.send()


def _claim(visit: Visit, parties: Iterable[VisitParty], rule: str, *, at: datetime) -> list[VisitParty]:
    """Those of the parties for whom this sweep is the first."""
    return [party for party in parties if _is_first(visit, party, rule, at=at)]


def _is_first(visit: Visit, party: VisitParty, rule: str, *, at: datetime) -> bool:
    try:
        with transaction.atomic():
            VisitNudge.objects.create(visit=visit, party=party, rule=rule, starts_at=visit.starts_at, at=at)
    except IntegrityError:
        return False
    return True


def _tell(visit: Visit, key: str, cases: list[Case], told: list[VisitParty], *, mailing: Mailing, **facts: Any) -> None:
    """Only these parties; what we write by the clock is no news of ours."""
    home = any(party.kind == PartyKind.HOMEOWNER for party in told)
    others: list[Recipient] = [
        row
        for party in told
        if party.kind != PartyKind.HOMEOWNER
        for row in taking_part.recipients_of(party, at=mailing.at)
    ]
    to = (Audience.HOMEOWNER,) if home else ()
    telling.tell(visit, key, cases, mailing=mailing, to=to, counts=False, only=others, **facts)


def _waited_for(at: datetime) -> list[Visit]:
    there = VisitParty.objects.on_site().filter(visit=OuterRef("pk"))
    asked = VisitNudge.objects.filter(visit=OuterRef("pk"), rule=Rule.CAME, starts_at=OuterRef("starts_at"))
    over = at - attendance.GRACE
    rows = Visit.objects.booked().for_page().filter(ends_at__lte=over, ends_at__gt=over - ASK_WITHIN)
    return list(rows.filter(~Exists(there), ~Exists(asked)).order_by("ends_at")[:BATCH])


def ask_whether_they_came(visit: Visit, *, at: datetime) -> None:
    """An hour after the window nobody is recorded as arrived: the home is asked, once."""
    if not attendance.may_say_nobody_came(visit, at):
        return
    cases = visits.open_cases(visit)
    told = _claim(visit, visit.parties.of_kind(PartyKind.HOMEOWNER), Rule.CAME, at=at)
    if not cases or not told:
        return
    mailing = Mailing(by=SYSTEM, at=at)
    _tell(visit, "did-they-come", cases, told, mailing=mailing)
    mailing.send()


def _unanswered(at: datetime) -> list[VisitOffer]:
    rows = VisitOffer.objects.filter(state=OfferState.OPEN, until__lte=at)
    return list(rows.select_related("visit__unit__development", "visit__unit__block").order_by("until")[:BATCH])


def lapse(row: VisitOffer, *, at: datetime) -> None:
    """Nobody chose in time: the officers are told; a booked visit that was to be moved stays as it is."""
    visit = row.visit
    if not offers.end_open(visit, by=SYSTEM, at=at, state=OfferState.LAPSED):
        return
    cases = visits.open_cases(visit)
    until = when(row.until, visit.unit.development.tz)
    mailing = Mailing(by=SYSTEM, at=at)
    telling.tell(visit, "visit-lapsed", cases, mailing=mailing, to=(), counts=False, only=_officers(cases), until=until)
    mailing.send()


def _officers(cases: list[Case]) -> list[Recipient]:
    found = {row.email: row for case in cases for row in people.staff(people.officers_of(case))}
    return list(found.values())


def _finally_over(at: datetime) -> list[Visit]:
    told = VisitNudge.objects.filter(visit=OuterRef("pk"), rule=Rule.OVER)
    rows = Visit.objects.filter(state=VisitState.NO_ACCESS, attempt__gte=2, ended_at__lte=at - DAYS_AFTER_FINAL)
    return list(rows.filter(~Exists(told)).for_page().order_by("ended_at")[:BATCH])


def after_final_notice(visit: Visit, *, at: datetime) -> None:
    """Two weeks after the final notice without a new time: the officers read that they may close."""
    told = _claim(visit, visit.parties.of_kind(PartyKind.HOMEOWNER)[:1], Rule.OVER, at=at)
    cases = [case for case in visits.open_cases(visit) if not case.visits.booked().filter(ends_at__gt=at).exists()]
    if not told or not cases:
        return
    ended = (visit.ended_at or at) + DAYS_AFTER_FINAL
    facts: dict[str, Any] = {"rebook": day(ended.astimezone(visit.unit.development.tz).date())}
    mailing = Mailing(by=SYSTEM, at=at)
    telling.tell(visit, "final-over", cases, mailing=mailing, to=(), counts=False, only=_officers(cases), **facts)
    mailing.send()
