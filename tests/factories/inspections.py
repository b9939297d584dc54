"""Visits as the office and a contractor arrange them."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from inspections import offers, visits
from inspections.taking_part import Invited
from tests.factories.cases import REPORTED_AT

KL = ZoneInfo("Asia/Kuala_Lumpur")
OPENS = datetime(2026, 3, 10, 9, tzinfo=KL)
HOURS = timedelta(hours=3)


def make_visit(*, world, cases, at=REPORTED_AT + timedelta(hours=3), starts_at=OPENS, by=None, **facts):
    """Booked now, agreed by phone."""
    given = {"kind": "initial", "who": "Amira Rahman", "ends_at": starts_at + HOURS, **facts}
    return visits.book(cases, by=by or world.actor("amira"), at=at, starts_at=starts_at, **given)


def make_offer(*, world, cases, at=REPORTED_AT + timedelta(hours=3), by=None, **facts):
    """Three times to choose from."""
    given = {"kind": "initial", "who": "Amira Rahman", "slots": offers.preset(world.development, at), **facts}
    return offers.offer(cases, by=by or world.actor("amira"), at=at, **given)


def by_company(world, *, contact=None, **facts):
    """The main contractor as a party."""
    return Invited(company=world.company, contact=contact, **facts)
