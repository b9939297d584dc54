"""A visit as a calendar entry (RFC 5545): UID and SEQUENCE tell one story through every change.

The entry that goes to a person names that person alone: a contractor learns no address of a homeowner from it.
"""

from collections.abc import Iterable
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vCalAddress, vText

from cases.choices import Audience
from cases.people import Recipient
from inspections.choices import Answer, VisitState
from inspections.models import Visit
from outbox.wire import Part

PRODUCT = "-//Defects Portal//Visits//EN"
REQUEST, CANCEL, PUBLISH = "REQUEST", "CANCEL", "PUBLISH"


def uid(visit: Visit) -> str:
    """The same through the whole life of a visit."""
    return f"{visit.public_id}@{urlsplit(settings.BASE_URL).hostname}"


def part(visit: Visit, person: Recipient, *, what: str, at: datetime) -> Part:
    """The calendar part of a mail: an invitation or its update, or its end."""
    is_over = visit.state != VisitState.BOOKED
    method = CANCEL if is_over else REQUEST
    event = entry(visit, audience=person.audience, what=what, at=at)
    event.add("organizer", _organizer(visit))
    if person.email:
        event.add("attendee", _attendee(person), encode=False)
    return Part(f'text/calendar; method={method}; charset="utf-8"; component=VEVENT', text([event], method=method))


def cancelled(visit: Visit, person: Recipient, *, what: str, at: datetime) -> Part:
    """The end of an entry for somebody for whom nobody comes any more, while the visit may go on for others."""
    event = entry(visit, audience=person.audience, what=what, at=at)
    event["status"] = vText("CANCELLED")
    event.add("organizer", _organizer(visit))
    if person.email:
        event.add("attendee", _attendee(person), encode=False)
    return Part(f'text/calendar; method={CANCEL}; charset="utf-8"; component=VEVENT', text([event], method=CANCEL))


def text(events: Iterable[Event], *, method: str, name: str = "") -> str:
    """A whole calendar with the zones that its entries name, folded and escaped."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    if name:
        calendar.add("x-wr-calname", name)
    for event in events:
        calendar.add_component(event)
    calendar.add_missing_timezones()
    return calendar.to_ical().decode()


def entry(visit: Visit, *, audience: str, what: str, at: datetime) -> Event:
    """One visit. `what` names the faults; `at` is the moment of this version."""
    development = visit.unit.development
    event = Event()
    event.add("uid", uid(visit))
    event.add("sequence", max(visit.version - 1, 0))
    event.add("dtstamp", at)
    event.add("dtstart", visit.starts_at.astimezone(development.tz))
    event.add("dtend", visit.ends_at.astimezone(development.tz))
    event.add("summary", _summary(visit, audience))
    event.add("location", f"{visit.unit.number}, {development.name}, {development.address}".strip(", "))
    event.add("description", _description(visit, audience, what))
    event.add("status", "CONFIRMED" if visit.state != VisitState.CANCELLED else "CANCELLED")
    return event


def _summary(visit: Visit, audience: str) -> str:
    if audience == Audience.HOMEOWNER:
        return _("%(kind)s: %(who)s comes") % {"kind": visit.get_kind_display(), "who": visit.who}
    return _("%(kind)s, %(home)s") % {"kind": visit.get_kind_display(), "home": visit.unit.number}


def _description(visit: Visit, audience: str, what: str) -> str:
    lines = [what, _("Who comes: %(who)s") % {"who": visit.who}]
    if visit.clear:
        lines.append(_("Please clear before: %(what)s") % {"what": visit.clear})
    if visit.door_note and audience != Audience.HOMEOWNER:
        lines.append(visit.door_note)
    lines.append(visit.reference)
    return "\n".join(line for line in lines if line)


def _organizer(visit: Visit) -> vCalAddress:
    development = visit.unit.development
    address = vCalAddress(f"mailto:{development.office_email or settings.DEFAULT_FROM_EMAIL}")
    address.params["cn"] = vText(development.name)
    return address


def _attendee(person: Recipient) -> vCalAddress:
    address = vCalAddress(f"mailto:{person.email}")
    address.params["cn"] = vText(person.name)
    address.params["role"] = vText("REQ-PARTICIPANT")
    address.params["partstat"] = vText(PARTSTAT[Answer.ACCEPTED])
    address.params["rsvp"] = vText("FALSE")
    return address


PARTSTAT = {Answer.ACCEPTED: "ACCEPTED", Answer.DECLINED: "DECLINED", Answer.WAITING: "NEEDS-ACTION"}
