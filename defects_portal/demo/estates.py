"""One more development with its homes, people, officers and builder, for many cases: rows in bulk, no stories.

Everything that is this estate's own (numbers, addresses, telephones, names of staff) holds its code or its telephone
prefix, so that `defects_portal.demo.multiply` can make further estates of it inside the database.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import product
from random import Random

from django.contrib.auth.hashers import make_password

from accounts.choices import Role
from accounts.models import User
from contractors.choices import CompanyKind
from contractors.models import Appointment, Company
from defects_portal.demo.places import PASSWORD, PLACES
from homeowners.choices import TenureRole, VerifiedHow
from homeowners.models import Homeowner, Tenure
from ledger.actors import SYSTEM
from units import policies
from units.choices import HandoverKind
from units.models import Block, Calendar, Development, HandoverEvent, Policy, StaffScope, Unit

LETTERS = "ABCDEFGHIJKLMNOPQRSTVWXYZ"
"""Without U: with Q in front, no code then stands inside a word."""

CASES_A_HOME = 10
HOMES_A_FLOOR, FLOORS = 10, 25
CASES_AN_OFFICER = 2500
GIVEN = [
    "Adam", "Aisha", "Alvin", "Amira", "Anand", "Beatrice", "Benjamin", "Bo", "Carmen", "Chandra", "Chloe",
    "Daniel", "Devi", "Elaine", "Emily", "Ewan", "Faisal", "Farah", "Gita", "Grace", "Hafiz", "Hana", "Henry",
    "Ida", "Imran", "Jasmine", "Jia", "Joanna", "Karim", "Kavitha", "Leela", "Lukas", "Mei", "Nadia", "Omar",
    "Priya", "Rohan", "Salmah", "Tom", "Wei",
]  # fmt: skip
FAMILY = [
    "Abdullah", "Ahmad", "Bala", "Chan", "Chong", "Cooper", "Das", "Fernando", "Foo", "Gan", "Goh", "Hassan",
    "Ismail", "Jones", "Khoo", "Kumar", "Lau", "Lee", "Lim", "Menon", "Mohamed", "Nair", "Ong", "Osman",
    "Pereira",
]  # fmt: skip


@dataclass(frozen=True)
class Estate:
    """What cases are spread over."""

    development: Development
    homes: list[Tenure]
    officers: list[User]
    companies: list[Company]


def code(index: int) -> str:
    """The development's code by its number; 625 of them."""
    first, second = divmod(index, len(LETTERS))
    return f"Q{LETTERS[first]}{LETTERS[second]}"


def prefix(index: int) -> str:
    """How all telephone numbers of the estate begin."""
    return f"60155{index:03}"


def made() -> int:
    """How many estates there are."""
    codes = Development.objects.filter(code__startswith="Q").values_list("code", flat=True)
    return len([one for one in codes if re.fullmatch(f"Q[{LETTERS}]{{2}}", one)])


def make(index: int, *, cases: int, now: datetime, random: Random) -> Estate:
    """The estate of this number, large enough for so many cases."""
    officers = _officers(index, max(1, round(cases / CASES_AN_OFFICER)), now)
    development = _development(index, officers[0], now)
    StaffScope.objects.bulk_create(StaffScope(user=officer, development=development) for officer in officers)
    homes = _homes(development, max(1, cases // CASES_A_HOME))
    people = _people(index, len(homes), random)
    tenures = Tenure.objects.bulk_create(
        Tenure(
            unit=unit,
            homeowner=person,
            role=TenureRole.OWNER,
            from_on=_handed_over(now, number),
            evidence="Handover list",
            verified_how=VerifiedHow.HANDOVER_LIST,
            recorded_at=now,
            recorded_by_name=SYSTEM.name,
        )
        for number, (unit, person) in enumerate(zip(homes, people, strict=True))
    )
    _handovers(homes, now)
    return Estate(development, tenures, officers, _companies(index, development, now))


def _officers(index: int, count: int, now: datetime) -> list[User]:
    password, own = make_password(PASSWORD), code(index)
    names = [f"{given} {family}" for given, family in zip(GIVEN, FAMILY * 2, strict=False)]
    return User.objects.bulk_create(
        User(
            email=f"officer{number}.{own.lower()}@demo.example",
            name=f"{names[number % len(names)]} ({own})",
            role=Role.OFFICER,
            password=password,
            date_joined=now,
        )
        for number in range(count)
    )


def _development(index: int, officer: User, now: datetime) -> Development:
    place, own = PLACES[0], code(index)
    development = Development.objects.create(
        code=own,
        name=f"Estate {own}",
        address=f"1 Jalan {own}, 50450 Kuala Lumpur",
        country=place.country,
        zone=place.zone,
        calendar=Calendar.objects.get(zone=place.zone),
        office_phone=place.phone,
        office_email=f"care.{own.lower()}@demo.example",
        emergency_phone=place.emergency,
        public_emergency_number=place.public_emergency,
        currency=place.currency,
        default_officer=officer,
        manager=User.objects.get(email="mo@demo.example"),
    )
    policy = Policy.objects.filter(code=place.policy).latest("version")
    policies.assign(policy, development, from_on=date(2015, 1, 1), by=SYSTEM, at=now)
    return development


def _homes(development: Development, count: int) -> list[Unit]:
    """Towers A, B, ... filled from the ground; `A-12-3`."""
    towers = range(1 + (count - 1) // (FLOORS * HOMES_A_FLOOR))
    names = [f"Tower {letter}" for letter in _letters(len(towers))]
    blocks = Block.objects.bulk_create(Block(development=development, name=name) for name in names)
    places = product(range(len(blocks)), range(1, FLOORS + 1), range(1, HOMES_A_FLOOR + 1))
    return Unit.objects.bulk_create(
        Unit(
            development=development,
            block=blocks[tower],
            number=f"{names[tower].removeprefix('Tower ')}-{floor:02}-{home}",
            floor=f"{floor:02}",
            stack=str(home),
        )
        for (tower, floor, home), _ in zip(places, range(count), strict=False)
    )


def _letters(count: int) -> list[str]:
    return [f"{LETTERS[number % 25]}{number // 25 or ''}" for number in range(count)]


def _handovers(homes: list[Unit], now: datetime) -> None:
    HandoverEvent.objects.bulk_create(
        HandoverEvent(
            unit=unit,
            kind=HandoverKind.VP_TAKEN,
            on=_handed_over(now, number),
            recorded_at=now,
            recorded_by_name=SYSTEM.name,
        )
        for number, unit in enumerate(homes)
    )


def _handed_over(now: datetime, number: int) -> date:
    return (now - timedelta(days=720 - number % 90)).date()


def _people(index: int, count: int, random: Random) -> list[Homeowner]:
    own = code(index).lower()
    names = [f"{given} {family}" for given, family in product(GIVEN, FAMILY)]
    random.shuffle(names)
    return Homeowner.objects.bulk_create(
        Homeowner(
            name=names[number % len(names)],
            email=f"home{number}.{own}@demo.example",
            phone=f"+{prefix(index)}{number:04}",
        )
        for number in range(count)
    )


def _companies(index: int, development: Development, now: datetime) -> list[Company]:
    """A builder of its own as main contractor, and the demonstration's own beside it."""
    own = code(index)
    began = (now - timedelta(days=730)).date()
    builder = Company.objects.create(
        name=f"Builders of {own} Sdn Bhd",
        short_name=f"Builders {own}",
        slug=f"builders-{own.lower()}",
        kind=CompanyKind.MAIN,
        email=f"builders.{own.lower()}@demo.example",
    )
    known = Company.objects.get(short_name="Lim Brothers")
    for company in (builder, known):
        Appointment.objects.create(
            company=company,
            development=development,
            is_main=company == builder,
            from_on=began,
            liability_starts_on=began,
            liability_months=24,
        )
    return [builder, known]
