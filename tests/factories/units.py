"""Developments, homes and their cover."""

from datetime import date, datetime
from itertools import count
from zoneinfo import ZoneInfo

from ledger.actors import SYSTEM
from units import handover, policies
from units.choices import HandoverKind, UnitKind
from units.models import (
    Block,
    Calendar,
    CoverageRule,
    Development,
    DevelopmentTarget,
    Holiday,
    Policy,
    StaffScope,
    Unit,
)

OFFICE_WEEK = {str(weekday): [["09:00", "18:00"]] for weekday in range(5)}
COUNTRIES = {"Asia/Kuala_Lumpur": "MY", "Asia/Singapore": "SG", "Europe/London": "GB"}
CURRENCIES = {"MY": "MYR", "SG": "SGD", "GB": "GBP"}
SET_UP_AT = datetime(2024, 1, 2, 9, tzinfo=ZoneInfo("UTC"))
_numbers = count()


def _next_code():
    number = next(_numbers)
    return "T" + "".join(chr(65 + number // 26**place % 26) for place in (2, 1, 0))


def make_calendar(*, name=None, zone="Asia/Kuala_Lumpur", hours=None, holidays=()):
    """Monday to Friday, 09:00 to 18:00; `holidays` are dates."""
    calendar = Calendar.objects.create(name=name or f"Calendar {next(_numbers)}", zone=zone, hours=hours or OFFICE_WEEK)
    Holiday.objects.bulk_create([Holiday(calendar=calendar, on=on, name="Holiday") for on in holidays])
    return calendar


def make_development(
    *, code=None, name="Kerinci Residences", zone="Asia/Kuala_Lumpur", calendar=None, holidays=(), **facts
):
    """A development with its office and calendar, in Malaysia unless `zone` says otherwise."""
    country = facts.pop("country", COUNTRIES.get(zone, "MY"))
    defaults = {
        "office_phone": "+60321234567",
        "office_email": "care@kerinci.example",
        "emergency_phone": "+60321239999",
        "public_emergency_number": "999",
        "currency": CURRENCIES.get(country, "MYR"),
    }
    return Development.objects.create(
        code=code or _next_code(),
        name=name,
        zone=zone,
        country=country,
        calendar=calendar or make_calendar(zone=zone, holidays=holidays),
        **{**defaults, **facts},
    )


def make_block(*, development=None, name="Tower A"):
    return Block.objects.create(development=development or make_development(), name=name)


def make_unit(*, development=None, block=None, number="A-12-3", kind=UnitKind.HOME, **facts):
    """A home; its development is the block's, or a new one."""
    development = development or (block.development if block else make_development())
    return Unit.objects.create(development=development, block=block, number=number, kind=kind, **facts)


def make_common_area(*, development=None, number="Lobby", **facts):
    return make_unit(development=development, number=number, kind=UnitKind.COMMON, **facts)


def hand_over(place, on, *, kind=HandoverKind.VP_TAKEN, **facts):
    """Records a handover event (vacant possession unless told) of a unit or a development."""
    return handover.record(place, kind=kind, on=on, by=SYSTEM, at=SET_UP_AT, **facts)


def make_target(*, development, priority, clock, amount, unit, around_the_clock=False):
    return DevelopmentTarget.objects.create(
        development=development,
        priority=priority,
        clock=clock,
        amount=amount,
        unit=unit,
        around_the_clock=around_the_clock,
    )


def make_policy(*, code=None, name="Plain 24 months", jurisdiction="Test", rules=None, **facts):
    """A policy; `rules` are fields of CoverageRule, by default 24 months from vacant possession for everything."""
    policy = Policy.objects.create(
        code=code or f"policy-{next(_numbers)}", name=name, jurisdiction=jurisdiction, **facts
    )
    for order, rule in enumerate(rules or [{}], start=1):
        make_rule(policy=policy, **{"order": order * 10, **rule})
    return policy


def make_rule(*, policy, code=None, order=10, label="general defects", **facts):
    defaults = {"length_amount": 24, "length_unit": "months", "starts": [{"event": "vp-taken"}]}
    return CoverageRule.objects.create(
        policy=policy, code=code or f"rule-{order}", order=order, label=label, **{**defaults, **facts}
    )


def assign_policy(policy, place, *, from_on=date(2000, 1, 1)):
    """The policy counts for a development, block or unit from that day on."""
    return policies.assign(policy, place, from_on=from_on, by=SYSTEM, at=SET_UP_AT)


def limit_officer(user, *developments):
    """The officer works only these developments."""
    return StaffScope.objects.bulk_create([StaffScope(user=user, development=row) for row in developments])
