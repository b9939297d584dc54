"""Times to choose from: offered by the office or a contractor, chosen by the homeowner (domain 6.5).

At least three windows in two different half-days within ten working days. Of two people who answer one offer the
first wins; the second reads what was chosen.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cases import holds, people, talk
from cases.choices import Audience, HoldKind, HoldReason
from cases.evidence import MoveRefused
from cases.mailing import Mailing
from cases.models import Case
from contractors.models import Company
from inspections import companies, conflicts, taking_part, telling, visits
from inspections.choices import Door, Half, OfferState, VisitState
from inspections.models import OfferedSlot, Visit, VisitOffer
from inspections.taking_part import Invited
from ledger.actors import Actor
from units.calendars import add_working_days, at_wall
from units.models import Development
from units.wording import day, window

Window = tuple[datetime, datetime]

LEAST, LEAST_HALVES, MOST_DAYS = 3, 2, 10
ANSWER_IN = timedelta(days=3)
BEFORE_FIRST = timedelta(hours=12)
FURTHEST = timedelta(days=60)
PRESET = ((2, time(9), time(12)), (3, time(14), time(17)), (4, time(9), time(12)))
"""Working days from today, and the window."""


class Answered(MoveRefused):
    """Somebody of the home was faster, or the times no longer hold."""


def preset(development: Development, at: datetime) -> list[Window]:
    """Three windows to begin with: two mornings and an afternoon, from the second working day on."""
    zone, week = development.tz, development.week()
    today = at.astimezone(zone).date()
    days = [(add_working_days(today, number, week), opens, closes) for number, opens, closes in PRESET]
    return [(at_wall(on, opens, zone), at_wall(on, closes, zone)) for on, opens, closes in days]


def check_slots(development: Development, slots: Sequence[Window], *, at: datetime) -> None:
    """Refuses too few windows, all in one half of a day, or days too far away."""
    zone = development.tz
    for starts_at, ends_at in slots:
        visits.check_window(starts_at, ends_at, at=at)
    if len(set(slots)) < LEAST:
        raise MoveRefused(_("Offer at least %(n)d different times.") % {"n": LEAST}, "slots")
    local = [starts_at.astimezone(zone) for starts_at, _ends_at in slots]
    if len({(moment.date(), moment.hour < 12) for moment in local}) < LEAST_HALVES:
        raise MoveRefused(_("Offer times in at least two different half-days."), "slots")
    last = add_working_days(at.astimezone(zone).date(), MOST_DAYS, development.week())
    if max(moment.date() for moment in local) > last:
        sentence = _("Offer times within %(n)d working days: until %(day)s.") % {"n": MOST_DAYS, "day": day(last)}
        raise MoveRefused(sentence, "slots")


@transaction.atomic
def offer(
    cases: Sequence[Case],
    *,
    kind: str,
    slots: Sequence[Window],
    by: Actor,
    at: datetime,
    who: str = "",
    note: str = "",
    invited: Sequence[Invited] = (),
    company: Company | None = None,
    mailing: Mailing | None = None,
    **facts: Any,
) -> Visit:
    """Ask the home when somebody may come. `company`: it is the contractor who offers. Refused as `visits.book`."""
    visits.check(cases, kind, invited, who, at=at)
    visit = prepare(
        cases, kind=kind, slots=slots, by=by, at=at, who=who, note=note, invited=invited, company=company, **facts
    )
    if company:
        companies.date_given(visit, at=at)
    own = mailing or Mailing(by=by, at=at)
    for case in cases:
        talk.first_review(case, by=by, at=at)
    _tell_offered(visit, cases, words=note, mailing=own)
    if mailing is None:
        own.send()
    return visit


def prepare(
    cases: Sequence[Case],
    *,
    slots: Sequence[Window],
    by: Actor,
    at: datetime,
    company: Company | None = None,
    until: datetime | None = None,
    **facts: Any,
) -> Visit:
    """The visit and its offered times, of which nobody is told yet."""
    check_slots(cases[0].unit.development, slots, at=at)
    first = min(slots)
    visit = visits.write_down(
        cases, state=VisitState.OFFERED, starts_at=first[0], ends_at=first[1], by=by, at=at, **facts
    )
    taking_part.invite_home(visit, cases, has_agreed=False, at=at)
    _write(visit, slots, company=company, until=until, by=by, at=at)
    return visit


def _write(
    visit: Visit, slots: Sequence[Window], *, company: Company | None, until: datetime | None, by: Actor, at: datetime
) -> VisitOffer:
    first = min(slots)[0]
    row = VisitOffer.objects.create(
        visit=visit,
        company=company,
        until=until or max(min(at + ANSWER_IN, first - BEFORE_FIRST), at + (first - at) / 2),
        made_at=at,
        made_by_name=by.name,
    )
    OfferedSlot.objects.bulk_create(OfferedSlot(offer=row, starts_at=a, ends_at=b) for a, b in sorted(set(slots)))
    return row


@transaction.atomic
def offer_again(
    visit: Visit,
    *,
    slots: Sequence[Window],
    words: str,
    seen_version: int,
    by: Actor,
    at: datetime,
    company: Company | None = None,
) -> VisitOffer:
    """Other times for a visit that waits for one, or for a booked one, which holds until a new time is chosen."""
    check_slots(visit.unit.development, slots, at=at)
    visits.write(visit, seen_version, states=[VisitState.OFFERED, VisitState.BOOKED])
    end_open(visit, by=by, at=at)
    row = _write(visit, slots, company=company, until=None, by=by, at=at)
    if visit.state == VisitState.OFFERED:
        first = min(slots)
        Visit.objects.filter(pk=visit.pk).update(starts_at=first[0], ends_at=first[1])
    if company:
        companies.date_given(visit, at=at)
    mailing = Mailing(by=by, at=at)
    _tell_offered(visit, visits.open_cases(visit), words=words, mailing=mailing)
    mailing.send()
    return row


def _tell_offered(visit: Visit, cases: Sequence[Case], *, words: str, mailing: Mailing) -> None:
    facts = telling.offer_facts(visit, open_of(visit))
    telling.tell(visit, "visit-offered", cases, mailing=mailing, words=words, to=[Audience.HOMEOWNER], **facts)


def open_of(visit: Visit) -> VisitOffer:
    """The offer that waits for an answer. Answered when there is none."""
    row = visit.offers.filter(state=OfferState.OPEN).prefetch_related("slots").first()
    if row is None:
        raise Answered(answered_words(visit))
    return row


def answered_words(visit: Visit) -> str:
    """Why nothing can be chosen any more."""
    now = Visit.objects.for_page().get(pk=visit.pk)
    if now.state == VisitState.BOOKED:
        when = window(now.starts_at, now.ends_at, now.unit.development.tz)
        return _("A time is booked already: %(when)s. To change it, please call the office.") % {"when": when}
    if now.state == VisitState.OFFERED and now.offers.filter(state=OfferState.ASKED).exists():
        return _("You asked for another day. We write to you with new times.")
    return _("These times no longer hold. Please call the office.")


@transaction.atomic
def choose(visit: Visit, slot_id: int, *, by: Actor, at: datetime, door: str = Door.SELF, door_note: str = "") -> Visit:
    """The home takes one of the offered windows; the visit is booked (or moved) and everybody told.

    Refused: Answered when somebody was faster or the times ended; a window that is over or no longer free.
    """
    row = open_of(visit)
    slot = next((one for one in row.slots.all() if one.pk == slot_id), None)
    if slot is None:
        raise MoveRefused(_("Choose one of the times."), "slot")
    if slot.starts_at <= at or row.until <= at:
        raise Answered(_("These times no longer hold. Please call the office."))
    cases = [case for case in visits.open_cases(visit) if visit.kind in visits.kinds_for(case)]
    if not cases:
        raise Answered(_("This visit is no longer needed."))
    _still_free(visit, slot.starts_at, slot.ends_at)
    if not _end(row, OfferState.CHOSEN, by=by, at=at, chosen=slot):
        raise Answered(answered_words(visit))
    was_booked = visit.state == VisitState.BOOKED
    given = {"starts_at": slot.starts_at, "ends_at": slot.ends_at, "door": door, "door_note": door_note.strip()[:500]}
    visits.write(visit, visit.version, states=[visit.state], state=VisitState.BOOKED, **given)
    taking_part.answer_home(visit, at=at)
    _go_on(cases, by=by, at=at)
    mailing = Mailing(by=by, at=at)
    visits.booked(visit, cases, mailing=mailing, key="visit-changed" if was_booked else "visit-booked")
    mailing.send()
    return visit


def _still_free(visit: Visit, starts_at: datetime, ends_at: datetime) -> None:
    """A company has several teams; somebody named stands at one door only."""
    invited = conflicts.invited_of(visit)
    conflicts.check(visit.unit, [], starts_at, ends_at, but=visit)
    if any(row.is_person for row in conflicts.people(visit.unit, invited, starts_at, ends_at, but=visit)):
        raise MoveRefused(_("This time was taken meanwhile. Please choose another one."), "slot")


def _go_on(cases: Sequence[Case], *, by: Actor, at: datetime) -> None:
    """A new time is agreed: whoever could not get in waits no longer. The booking's own mail tells."""
    for case in cases:
        if case.holds.filter(kind=HoldKind.HOLD, reason=HoldReason.NO_ACCESS, ended_at__isnull=True).exists():
            holds.resume(case, how="visit", by=by, at=at, mailing=Mailing(by=by, at=at))


@transaction.atomic
def propose_other(visit: Visit, *, on: date, half: str, words: str, by: Actor, at: datetime) -> VisitOffer:
    """None suits: the home names a day and half of it; the office and whoever offered read it."""
    row = open_of(visit)
    today = at.astimezone(visit.unit.development.tz).date()
    if not today < on <= today + FURTHEST:
        raise MoveRefused(_("Choose a day of the next two months."), "on")
    if half not in Half.values:
        raise MoveRefused(_("Choose morning or afternoon."), "half")
    asked = {"asked_on": on, "asked_half": half, "asked_words": words.strip()[:500]}
    if not _end(row, OfferState.ASKED, by=by, at=at, **asked):
        raise Answered(answered_words(visit))
    cases = visits.open_cases(visit)
    mailing = Mailing(by=by, at=at)
    officers = [one for case in cases[:1] for one in people.staff(people.officers_of(case))]
    to = (Audience.STAFF, Audience.CONTRACTOR) if row.company else (Audience.STAFF,)
    day_words = f"{day(on)}, {Half(half).label.lower()}"
    asked_words: dict[str, Any] = {"asked": day_words, "also": officers, "to": to, "counts": False}
    telling.tell(visit, "visit-asked", cases, mailing=mailing, note=words, **asked_words)
    mailing.send()
    return row


@transaction.atomic
def withdraw(visit: Visit, *, words: str, seen_version: int, by: Actor, at: datetime) -> None:
    """Nobody is asked any more. The homeowner reads why."""
    if len(words.strip()) < 10:
        raise MoveRefused(_("Write in a sentence why; the homeowner reads it."), "words")
    ended = {"state": VisitState.CANCELLED, "ended_at": at, "cancel_reason": words.strip()}
    visits.write(visit, seen_version, states=[VisitState.OFFERED], **ended)
    end_open(visit, by=by, at=at)
    mailing = Mailing(by=by, at=at)
    cases = visits.open_cases(visit)
    telling.tell(visit, "visit-withdrawn", cases, mailing=mailing, words=words, to=[Audience.HOMEOWNER])
    mailing.send()


def end_open(visit: Visit, *, by: Actor, at: datetime, state: str = OfferState.WITHDRAWN) -> int:
    """Offered times of this visit that nobody chose yet no longer hold."""
    open_rows = VisitOffer.objects.filter(visit=visit, state=OfferState.OPEN)
    return open_rows.update(state=state, ended_at=at, ended_by_name=by.name[:120])


def _end(row: VisitOffer, state: OfferState, *, by: Actor, at: datetime, **facts: Any) -> bool:
    """Of two answers at once one wins."""
    rows = VisitOffer.objects.filter(pk=row.pk, state=OfferState.OPEN)
    return bool(rows.update(state=state, ended_at=at, ended_by_name=by.name[:120], **facts))
