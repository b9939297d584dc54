"""People and who holds which home. The cast here are register rows; their accounts come with them."""

from datetime import UTC, date, datetime

from accounts.choices import Role
from accounts.models import User
from homeowners.choices import TenureRole, VerifiedHow
from homeowners.models import Homeowner, Tenure
from tests.factories.accounts import make_user
from tests.factories.units import make_common_area, make_unit

MOVED_IN = date(2025, 3, 3)
RECORDED_AT = datetime(2025, 3, 3, 1, 0, tzinfo=UTC)


def make_homeowner(*, name="Hana Yusof", email="", phone="", user=None, **facts):
    """A person; with an e-mail also the account of that address, shared when it exists."""
    if email and user is None:
        user = User.objects.filter(email=email).first() or make_user(email=email, name=name, role=Role.HOMEOWNER)
    return Homeowner.objects.create(name=name, email=email, phone=phone, user=user, **facts)


def make_tenure(
    *,
    unit=None,
    homeowner=None,
    role=TenureRole.OWNER,
    from_on=MOVED_IN,
    until_on=None,
    evidence="Handover list",
    **facts,
):
    """A person holds a unit; ended in the past when `until_on` is given."""
    facts.setdefault("verified_how", VerifiedHow.HANDOVER_LIST)
    if role == TenureRole.REPRESENTATIVE:
        facts.setdefault("letter_on", from_on)
    return Tenure.objects.create(
        unit=unit or make_unit(),
        homeowner=homeowner or make_homeowner(),
        role=role,
        from_on=from_on,
        until_on=until_on,
        evidence=evidence,
        recorded_at=RECORDED_AT,
        recorded_by_name="Amira Rahman",
        **facts,
    )


def hana(*, unit=None, **facts):
    """Hana, owner of A-12-3; with `unit` she holds it."""
    return _cast("Hana Yusof", "hana@demo.example", "+60123456789", unit, TenureRole.OWNER, facts)


def tariq(*, unit=None, **facts):
    """Tariq, her tenant."""
    return _cast("Tariq Aziz", "tariq@demo.example", "+60129876543", unit, TenureRole.TENANT, facts)


def noor(*, unit=None, **facts):
    """Noor, owner next door."""
    return _cast("Noor Said", "noor@demo.example", "+60133334444", unit, TenureRole.OWNER, facts)


def farid(*, unit=None, **facts):
    """Farid, who owned A-12-3 before Hana."""
    ended = {"from_on": date(2024, 3, 15), "until_on": MOVED_IN}
    return _cast("Farid Omar", "farid@demo.example", "+60145556666", unit, TenureRole.OWNER, facts, **ended)


def make_management_body(*, development=None, name="Kerinci JMB", **facts):
    """The body that holds a development's common area; gives (body, area)."""
    area = make_common_area(development=development)
    body = make_homeowner(name=name, is_body=True, **facts)
    make_tenure(unit=area, homeowner=body, role=TenureRole.MANAGEMENT_BODY)
    return body, area


def _cast(name, email, phone, unit, role, facts, **period):
    person = make_homeowner(**{"name": name, "email": email, "phone": phone, **facts})
    if unit is not None:
        make_tenure(unit=unit, homeowner=person, role=role, **period)
    return person
