"""Calendar entries, read back by a reader that did not write them."""

from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from zoneinfo import ZoneInfo

import pytest

from inspections import entries, feeds, visits
from inspections.models import Visit
from outbox.compose import compose
from outbox.models import OutgoingMail
from tests.factories.cases import REPORTED_AT, make_case, make_world
from tests.factories.inspections import HOURS, OPENS, by_company, make_visit
from tests.inspections.calendars import event_of, read

pytestmark = pytest.mark.django_db
AT = REPORTED_AT + timedelta(hours=4)


@pytest.fixture
def world(defaults):
    return make_world()


def calendar_of(kind, recipient="hana@demo.example"):
    """Type and text of the calendar part of the last such mail, as it goes over the wire."""
    mail = OutgoingMail.objects.filter(kind=kind, recipient=recipient).latest("pk")
    message = message_from_bytes(compose(mail, at=AT).wired.as_bytes(linesep="\r\n"), policy=policy.default)
    assert message.get_content_type() == "multipart/alternative"
    (part,) = [part for part in message.walk() if part.get_content_type() == "text/calendar"]
    return part, part.get_payload(decode=True).decode()


def test_booking_moving_and_cancelling_are_one_story_in_the_calendar(world):
    visit = make_visit(world=world, cases=[make_case(world=world)])
    by = world.actor("amira")
    booked_part, booked = calendar_of("visit-booked")
    later = {"starts_at": OPENS + timedelta(days=1), "ends_at": OPENS + timedelta(days=1) + HOURS}
    visits.change(visit, who="", words="", seen_version=1, by=by, at=AT, **later)
    _part, moved = calendar_of("visit-changed")
    visits.cancel(visit, words="The inspector is ill today.", seen_version=2, by=by, at=AT)
    off_part, off = calendar_of("visit-cancelled")
    events = [event_of(text) for text in (booked, moved, off)]
    assert booked_part["Content-Type"].params["method"] == "REQUEST"
    assert off_part["Content-Type"].params["method"] == "CANCEL"
    assert [read(text).value("METHOD") for text in (booked, moved, off)] == ["REQUEST", "REQUEST", "CANCEL"]
    assert len({event.value("UID") for event in events}) == 1
    assert [int(event.value("SEQUENCE")) for event in events] == [0, 1, 2]
    assert [event.value("DTSTART") for event in events] == ["20260310T090000", "20260311T090000", "20260311T090000"]
    assert [event.value("STATUS") for event in events] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert events[0].value("ATTENDEE").lower() == "mailto:hana@demo.example"
    assert events[0].value("DTSTAMP").endswith("Z")


def test_the_wall_time_stands_with_its_zone_across_a_clock_change(defaults):
    world = make_world(zone="Europe/London", code="ELM")
    zone = ZoneInfo("Europe/London")
    for day, offset in ((28, 0), (30, 1)):
        opens = datetime(2026, 3, day, 9, tzinfo=zone)
        visit = make_visit(world=world, cases=[make_case(world=world)], starts_at=opens, ends_at=opens + HOURS)
        _part, text = calendar_of("visit-booked")
        event = event_of(text)
        assert event.parameter("DTSTART", "TZID") == "Europe/London"
        assert event.value("DTSTART") == f"202603{day}T090000"
        assert visit.starts_at.astimezone(UTC).hour == 9 - offset
        (definition,) = read(text).all("VTIMEZONE")
        offsets = {part.name: part.value("TZOFFSETTO") for part in definition.parts}
        assert offsets == {"STANDARD": "+0000", "DAYLIGHT": "+0100"}


NAUGHTY = "Tea; coffee, and\\or\nEND:VEVENT \u200fمرحبا " + "ä" * 200


def test_what_people_type_is_escaped_and_folded(world):
    visit = make_visit(world=world, cases=[make_case(world=world)], clear=NAUGHTY[:290], who="Ann, Bob; Co")
    event = event_of(entries.text([entries.entry(visit, audience="homeowner", what=NAUGHTY, at=AT)], method="PUBLISH"))
    assert NAUGHTY in event.words("DESCRIPTION")
    assert "Ann, Bob; Co comes" in event.words("SUMMARY")


def test_a_feed_holds_the_own_visits_alone(world):
    mine = make_visit(world=world, cases=[make_case(world=world)], invited=[by_company(world)])
    other = make_case(world=world, unit=world.next_door, person=world.noor)
    make_visit(world=world, cases=[other])
    for person in (world.hana.user, world.company.contacts.first().user):
        assert [event.value("UID") for event in read(feeds.text(person, at=AT)).all("VEVENT")] == [entries.uid(mine)]


def test_a_cancelled_visit_leaves_the_feed(world):
    visit = make_visit(world=world, cases=[make_case(world=world)])
    Visit.objects.filter(pk=visit.pk).update(state="cancelled", cancel_reason="Ill", ended_at=AT)
    assert read(feeds.text(world.hana.user, at=AT)).all("VEVENT") == []


def test_an_address_is_dead_after_a_new_one_and_with_the_rights(world):
    user = world.hana.user
    old = feeds.make(user, at=AT)
    new = feeds.make(user, at=AT)
    assert feeds.owner_of(old, AT) is None
    assert feeds.owner_of(new, AT) == user
    world.hana.tenures.update(until_on=AT.date())
    assert feeds.owner_of(new, AT) is None


def test_a_disabled_account_has_no_feed(world):
    raw = feeds.make(world.amira, at=AT)
    type(world.amira).objects.filter(pk=world.amira.pk).update(is_active=False)
    assert feeds.owner_of(raw, AT) is None
