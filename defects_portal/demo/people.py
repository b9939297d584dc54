"""Who lives in the demonstration's homes. Names are invented mixtures; phone numbers are kept for fiction."""

from datetime import datetime, timedelta
from functools import cache
from random import Random

from django.contrib.auth.hashers import make_password

from defects_portal.demo.places import PASSWORD
from homeowners import register, tenures
from homeowners.choices import TenureRole, VerifiedHow
from homeowners.models import Homeowner
from ledger.actors import SYSTEM
from units.choices import UnitKind
from units.models import Development, Unit

NAMES = {
    "KRM": (
        "Nurul Huda binti Mohd Kamaruzzaman",
        "Wong Kah Fai",
        "Rajeswari a/p Muniandy",
        "Ahmad Faizal bin Osman",
        "Siti Aminah binti Hassan",
        "Chua Boon Leong",
        "Priya Ramasamy",
        "Goh Swee Lan",
        "Muhammad Irfan bin Salleh",
        "Lee Pui Yee",
        "Kavitha d/o Selvam",
        "Tan Chee Keong",
    ),
    "TJM": ("Tan Mei Ling", "Kumar Anand", "Oliver Hughes", "Lim Siew Hoon", "Farah Aziz", "Ng Wei Ming"),
    "ELM": (
        "Charlotte Fitzgerald-Pemberton",
        "Emily Clarke",
        "Daniel Okafor",
        "Sarah Whitfield",
        "Piotr Nowak",
        "Grace Adeyemi",
    ),
}
PHONES = {"KRM": "+601155501{:03}", "TJM": "+656555{:04}", "ELM": "+44770090{:04}"}


def make_people(developments: dict[str, Development], *, at: datetime, random: Random) -> dict[str, Homeowner]:
    """Owners of all homes; the cast of the surface page at A-12-3 and next door. Answers the cast by first name."""
    cast = _cast(developments["KRM"], at=at)
    for code, development in developments.items():
        homes = Unit.objects.filter(development=development, kind=UnitKind.HOME, tenures__isnull=True).order_by("pk")
        for index, unit in enumerate(homes):
            name = NAMES[code][index % len(NAMES[code])]
            letter = index % 11 == 10
            person = _person(
                name,
                development,
                email="" if letter else f"{name.split()[0].lower()}.{code.lower()}{index}@demo.example",
                phone=PHONES[code].format(100 + index),
                at=at,
            )
            _owns(unit, person, at=at)
        for unit in Unit.objects.filter(development=development, kind=UnitKind.COMMON):
            _body(unit, development, at=at)
    return cast


def _person(
    name: str, development: Development, *, email: str, phone: str, at: datetime, is_body: bool = False
) -> Homeowner:
    person = register.add_person(
        name=name, region=development.country, email=email, phone=phone, is_body=is_body, by=SYSTEM, at=at
    )
    if person.user and not person.user.has_usable_password():
        person.user.password = _hashed()
        person.user.save()
    return person


@cache
def _hashed() -> str:
    """Hashing is slow on purpose, and the demonstration's password no secret."""
    return make_password(PASSWORD)


def _owns(unit: Unit, person: Homeowner, *, at: datetime) -> None:
    first = unit.handover_events.order_by("on").first()
    tenures.begin(
        unit,
        homeowner=person,
        role=TenureRole.OWNER,
        from_on=first.on if first else (at - timedelta(days=400)).date(),
        evidence="Handover list",
        verified_how=VerifiedHow.HANDOVER_LIST,
        by=SYSTEM,
        at=at,
    )


def _body(unit: Unit, development: Development, *, at: datetime) -> None:
    name = f"{development.name} management"
    person = Homeowner.objects.filter(name=name).first() or _person(
        name, development, email=f"management.{development.code.lower()}@demo.example", phone="", at=at, is_body=True
    )
    tenures.begin(
        unit,
        homeowner=person,
        role=TenureRole.MANAGEMENT_BODY,
        from_on=(at - timedelta(days=480)).date(),
        evidence="Management agreement",
        verified_how=VerifiedHow.OFFICE_CHECK,
        by=SYSTEM,
        at=at,
    )


def _cast(development: Development, *, at: datetime) -> dict[str, Homeowner]:
    home = Unit.objects.get(development=development, number="A-12-3")
    next_door = Unit.objects.get(development=development, number="A-12-4")
    people = {
        first: _person(name, development, email=f"{first}@demo.example", phone=phone, at=at)
        for first, name, phone in (
            ("farid", "Farid Omar", "+601155501020"),
            ("hana", "Hana Yusof", "+601155501043"),
            ("tariq", "Tariq Aziz", "+601155501044"),
            ("noor", "Noor Said", "+601155501045"),
        )
    }
    _owns(home, people["farid"], at=at)
    _owns(next_door, people["noor"], at=at)
    sold = (at - timedelta(days=300)).date()
    tenures.transfer(home, buyers=[people["hana"]], on=sold, proof="Transfer of title", by=SYSTEM, at=at)
    tenures.begin(
        home,
        homeowner=people["tariq"],
        role=TenureRole.TENANT,
        from_on=(at - timedelta(days=120)).date(),
        evidence="Tenancy agreement",
        verified_how=VerifiedHow.TENANCY,
        by=SYSTEM,
        at=at,
    )
    return people
