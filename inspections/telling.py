"""What is written of a visit: a row in the diary of each of its cases, one mail a person with the calendar entry."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from cases import clocks, diary, notices, people, steps
from cases.choices import Audience, EventKind
from cases.mailing import Mailing
from cases.models import Attachment, Case, CaseEvent
from cases.people import Recipient
from inspections import entries, taking_part
from inspections.choices import Door, VisitState
from inspections.models import Visit, VisitOffer
from outbox.wire import Part
from units.wording import day, when

LINK = "visit"
"""The purpose of the signed links of visits."""

EVERYBODY = (Audience.HOMEOWNER, Audience.CONTRACTOR, Audience.STAFF)
PICTURES = 1


def tell(
    visit: Visit,
    key: str,
    cases: Iterable[Case],
    *,
    mailing: Mailing,
    words: str = "",
    to: Sequence[Audience] = EVERYBODY,
    reason: str = "",
    counts: bool = True,
    also: Sequence[Recipient] = (),
    only: Sequence[Recipient] | None = None,
    note: str = "",
    calendar: bool = False,
    **facts: Any,
) -> list[CaseEvent]:
    """Write the happening `key` into the diary of these cases and tell who takes part, and `also` these people.

    `only`: of those beside the home just these.

    `counts`: it is news from us, so the next news is due anew. `calendar`: the mails carry the entry.
    """
    rows = list(cases)
    parts = _entry(visit, rows, at=mailing.at) if calendar else None
    others = list(only) if only is not None else [*taking_part.others(visit, at=mailing.at, but=mailing.by), *also]
    audiences = (
        EVERYBODY if only is not None and Audience.HOMEOWNER in to else (*to, *(row.audience for row in only or ()))
    )
    known = facts_of(visit) | facts
    events = []
    for case in rows:
        event = record(case, visit, reason or key, words=words, note=note, mailing=mailing, at=mailing.at)
        if counts:
            clocks.told(case, at=mailing.at)
        told = _told(case, others, audiences, at=mailing.at)
        shown = case.attachments.pictures().filter(is_visible=True, role="before").select_related("file")[:PICTURES]
        pictures: list[Attachment] = list(shown)
        notices.tell(case, event, key, told, mailing=mailing, words=words, pictures=pictures, parts=parts, **known)
        steps.refresh(case, at=mailing.at)
        events.append(event)
    return events


def tell_off(case: Case, visit: Visit, others: Sequence[Recipient], *, mailing: Mailing) -> None:
    """A move took the visit away: its own mail tells the home, this one those who would have come."""
    parts = _entry(visit, [case], at=mailing.at)
    notices.tell(case, None, "visit-cancelled", others, mailing=mailing, parts=parts, **facts_of(visit))


def _told(case: Case, others: Iterable[Recipient], to: Sequence[Audience], *, at: datetime) -> list[Recipient]:
    home = people.residents(case, at=at) if Audience.HOMEOWNER in to else []
    seen: dict[tuple[str, str, str], Recipient] = {}
    for person in (*home, *(row for row in others if row.audience in to)):
        seen.setdefault((person.audience, person.email.lower(), person.name), person)
    return list(seen.values())


def record(
    case: Case, visit: Visit, reason: str, *, mailing: Mailing, at: datetime, words: str = "", note: str = ""
) -> CaseEvent:
    """One row of the case's story."""
    return diary.record(
        case,
        EventKind.VISIT,
        by=mailing.by,
        at=at,
        words=words,
        note=note,
        reason=reason,
        evidence=evidence(visit),
        is_visible=True,
    )


def evidence(visit: Visit) -> dict[str, Any]:
    """The visit as the diary keeps it."""
    return {
        "visit": visit.reference,
        "kind": visit.kind,
        "starts_at": visit.starts_at.isoformat(),
        "ends_at": visit.ends_at.isoformat(),
        "who": visit.who,
    }


def facts_of(visit: Visit) -> dict[str, Any]:
    """What the sentences may name."""
    zone = visit.unit.development.tz
    hours = notices.window(visit.starts_at, visit.ends_at, zone)
    return {
        "visit": visit.get_kind_display(),
        "visit_ref": visit.reference,
        "when": hours,
        "on": day(visit.starts_at.astimezone(zone).date()),
        "who": visit.who,
        "clear": " " + _("Please clear before: %(what)s.") % {"what": visit.clear.rstrip(".")} if visit.clear else "",
        "door": door_words(visit),
        "slots": {name: {"purpose": LINK, "visit": visit.pk, "action": name} for name in ("slots", "came")},
    }


def door_words(visit: Visit) -> str:
    """Who opens the door and what to know, for those who come."""
    doors = {
        Door.SELF: _("The resident opens the door."),
        Door.SOMEBODY: _("Somebody else opens the door."),
        Door.GUARD: _("The key is at the guard house."),
    }
    words = doors[Door(visit.door)] if visit.door else ""
    return " ".join(part for part in (words, visit.door_note) if part)


def offer_facts(visit: Visit, offer: VisitOffer) -> dict[str, Any]:
    """The offered times as lines of the mail, and until when they hold."""
    zone = visit.unit.development.tz
    hours = [notices.window(slot.starts_at, slot.ends_at, zone) for slot in offer.slots.all()]
    lines = tuple((_("Time %(n)d") % {"n": number}, words) for number, words in enumerate(hours, start=1))
    return {"until": when(offer.until, zone), "lines": lines}


def _entry(visit: Visit, cases: Sequence[Case], *, at: datetime) -> Callable[[Recipient], list[Part]]:
    what = "; ".join(f"{case.title} ({case.reference})" for case in cases)

    def parts(person: Recipient) -> list[Part]:
        return [entries.part(visit, person, what=what, at=at)]

    return parts


def show_state(visit: Visit) -> str:
    """The colour class of a visit's state; its words always stand beside it."""
    return PILLS[VisitState(visit.state)]


PILLS = {
    VisitState.OFFERED: "waiting",
    VisitState.BOOKED: "booked",
    VisitState.DONE: "done",
    VisitState.NO_ACCESS: "late",
    VisitState.NO_SHOW: "late",
    VisitState.CANCELLED: "late",
}
