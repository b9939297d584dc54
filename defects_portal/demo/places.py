"""The developments, homes, cover and companies of the demonstration. All people and numbers are invented."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from accounts.choices import Role
from accounts.models import User
from catalogue.models import Trade
from contractors import appointments, companies
from contractors.models import Company
from ledger.actors import SYSTEM
from units import handover, policies
from units.choices import HandoverKind, UnitKind
from units.models import Block, Calendar, Development, Policy, StaffScope, Unit

CAST = ("amira", "mo", "ada", "hana", "tariq", "noor", "farid", "lim", "siva", "otto")
"""Who has a story of their own, in the order in which one wants to meet them."""

PASSWORD = "demo-pass-1"  # noqa: S105  (shown by ./run; the demonstration refuses to be made without DEBUG)


@dataclass(frozen=True)
class Place:
    """One development as data. `numbers` are its homes; `months` how long ago they were handed over."""

    code: str
    name: str
    address: str
    country: str
    zone: str
    currency: str
    phone: str
    emergency: str
    public_emergency: str
    policy: str
    start: str
    months: int
    blocks: dict[str, tuple[str, ...]]
    commons: tuple[str, ...] = ()


def _tower(letter: str, floors: range, homes: int) -> tuple[str, ...]:
    return tuple(f"{letter}-{floor:02}-{home}" for floor in floors for home in range(1, homes + 1))


PLACES = (
    Place(
        "KRM",
        "Kerinci Residences",
        "8 Jalan Kerinci, 59200 Kuala Lumpur",
        "MY",
        "Asia/Kuala_Lumpur",
        "MYR",
        "+60 3-5550 0140",
        "+60 3-5550 0199",
        "999",
        "my-schedule-h",
        HandoverKind.VP_TAKEN,
        16,
        {"Tower A": ("A-12-3", "A-12-4", *_tower("A", range(7, 11), 4)), "Tower B": _tower("B", range(3, 7), 4)},
        ("Lobby", "Car park B1", "Pool deck"),
    ),
    Place(
        "TJM",
        "Tanjong Mews",
        "21 Tanjong Lane, Singapore 438901",
        "SG",
        "Asia/Singapore",
        "SGD",
        "+65 6555 0120",
        "+65 6555 0199",
        "995",
        "sg-private",
        HandoverKind.VP_TAKEN,
        7,
        {"Mews": tuple(f"{floor:02}-{home:02}" for floor in range(3, 9) for home in (5, 8))},
        ("Lift lobby 3",),
    ),
    Place(
        "ELM",
        "Elmfield",
        "Elmfield Lane, York YO10 0AA",
        "GB",
        "Europe/London",
        "GBP",
        "+44 1632 960140",
        "+44 1632 960199",
        "999",
        "uk-two-year",
        HandoverKind.LEGAL_COMPLETION,
        10,
        {"Phase 1": tuple(f"{number} Elmfield Lane" for number in range(2, 26, 2))},
    ),
)

COMPANIES = (
    ("Lim Brothers Construction Sdn Bhd", "Lim Brothers", "main", "Lim Wei Jie", "lim@demo.example"),
    ("Siva Waterproofing Sdn Bhd", "Siva", "sub", "Siva Kumar", "siva@demo.example"),
    ("Otto Kitchens Pte Ltd", "Otto Kitchens", "direct", "Otto Berg", "otto@demo.example"),
)

STAFF = (
    ("amira@demo.example", "Amira Rahman", Role.OFFICER),
    ("mo@demo.example", "Mo Tan", Role.MANAGER),
    ("ada@demo.example", "Ada Wong", Role.ADMINISTRATOR),
    ("bea@demo.example", "Bea Clarke", Role.OFFICER),
    ("raj@demo.example", "Raj Menon", Role.MANAGER),
)


def make_staff() -> dict[str, User]:
    """The office, by first name. Bea works in England only."""
    return {
        name.split()[0].lower(): User.objects.create_user(email, PASSWORD, name=name, role=role)
        for email, name, role in STAFF
    }


def make_places(staff: dict[str, User], *, at: datetime, now: datetime) -> dict[str, Development]:
    """The developments with homes, handovers and policies."""
    made = {place.code: _place(place, staff, at=at, now=now) for place in PLACES}
    StaffScope.objects.create(user=staff["bea"], development=made["ELM"])
    return made


def _place(place: Place, staff: dict[str, User], *, at: datetime, now: datetime) -> Development:
    development = Development.objects.create(
        code=place.code,
        name=place.name,
        address=place.address,
        country=place.country,
        zone=place.zone,
        calendar=Calendar.objects.get(zone=place.zone),
        office_phone=place.phone,
        office_email=f"care.{place.code.lower()}@demo.example",
        office_hours="Mon-Fri 09:00-18:00",
        emergency_phone=place.emergency,
        public_emergency_number=place.public_emergency,
        public_emergency_words="Fire and ambulance 995, police 999" if place.public_emergency == "995" else "",
        currency=place.currency,
        default_officer=staff["bea"] if place.code == "ELM" else staff["amira"],
        manager=staff["mo"],
    )
    began = _months_ago(place.months, now)
    policies.assign(
        Policy.objects.filter(code=place.policy).latest("version"),
        development,
        from_on=date(2015, 1, 1),
        by=SYSTEM,
        at=at,
    )
    if place.commons:
        handover.record(development, kind=HandoverKind.COMMON_START, on=began, by=SYSTEM, at=at)
    for name, numbers in place.blocks.items():
        _homes(development, name, numbers, place, began, at=at)
    Unit.objects.bulk_create(
        Unit(development=development, number=number, kind=UnitKind.COMMON) for number in place.commons
    )
    return development


def _homes(
    development: Development, block: str, numbers: tuple[str, ...], place: Place, began: date, *, at: datetime
) -> None:
    row = Block.objects.create(development=development, name=block)
    for index, number in enumerate(numbers):
        unit = Unit.objects.create(
            development=development,
            block=row,
            number=number,
            floor=number.split("-")[1] if number.count("-") == 2 else "",
            stack=number.rsplit("-", 1)[-1] if "-" in number else "",
        )
        handover.record(unit, kind=place.start, on=began + timedelta(days=index * 5), by=SYSTEM, at=at)


def _months_ago(months: int, at: datetime) -> date:
    return (at - timedelta(days=round(months * 30.4))).date()


def make_companies(developments: dict[str, Development], *, at: datetime) -> dict[str, Company]:
    """Lim as main contractor everywhere; Siva for wet trades under Lim; Otto for kitchens in Singapore only."""
    made: dict[str, Company] = {}
    for name, short, kind, person, email in COMPANIES:
        company = companies.add_company(
            name=name, short_name=short, kind=kind, region="MY", phone="+60 3-5550 0177", email=email, by=SYSTEM, at=at
        )
        contact = companies.add_contact(
            company, name=person, region="MY", email=email, phone="+60 3-5550 0178", may_sign_in=True, by=SYSTEM, at=at
        )
        if contact.user:
            contact.user.set_password(PASSWORD)
            contact.user.save()
        made[short] = company
    began = _months_ago(24, at)
    for development in developments.values():
        appointments.appoint(
            made["Lim Brothers"],
            development=development,
            from_on=began,
            is_main=True,
            liability_starts_on=_months_ago(18, at),
            liability_months=24,
            by=SYSTEM,
            at=at,
        )
    wet = list(Trade.objects.filter(code__in=["WPF", "TIL"]))
    appointments.appoint(
        made["Siva"],
        development=developments["KRM"],
        from_on=began,
        trades=wet,
        parent=made["Lim Brothers"],
        liability_starts_on=_months_ago(18, at),
        liability_months=12,
        by=SYSTEM,
        at=at,
    )
    appointments.appoint(
        made["Otto Kitchens"],
        development=developments["TJM"],
        from_on=began,
        trades=list(Trade.objects.filter(code__in=["KIT", "CAR"])),
        liability_starts_on=_months_ago(9, at),
        liability_months=12,
        by=SYSTEM,
        at=at,
    )
    return made
