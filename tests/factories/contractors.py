"""Companies, their people and appointments."""

from datetime import date
from itertools import count

from accounts.choices import Role
from accounts.models import User
from contractors.choices import CompanyKind
from contractors.models import Appointment, Company, Contact
from tests.factories.accounts import make_user
from tests.factories.units import make_development

_numbers = count(1)


def make_company(*, name=None, short_name=None, slug=None, kind=CompanyKind.MAIN, **facts):
    number = next(_numbers)
    return Company.objects.create(
        name=name or f"Builders {number} Sdn Bhd",
        short_name=short_name or f"Builders {number}",
        slug=slug or f"builders-{number}",
        kind=kind,
        **facts,
    )


def make_contact(*, company=None, name="Lim Wei", email="", phone="", signs_in=False, **facts):
    """A person of a company; `signs_in` makes the contractor account of the e-mail."""
    email = email or (f"contact{next(_numbers)}@demo.example" if signs_in else "")
    if signs_in:
        facts["user"] = User.objects.filter(email=email).first() or make_user(
            email=email, name=name, role=Role.CONTRACTOR
        )
    return Contact.objects.create(company=company or make_company(), name=name, email=email, phone=phone, **facts)


def make_appointment(*, company=None, development=None, trades=(), from_on=date(2024, 1, 1), **facts):
    appointment = Appointment.objects.create(
        company=company or make_company(), development=development or make_development(), from_on=from_on, **facts
    )
    appointment.trades.set(trades)
    return appointment


def lim(*, development=None):
    """Lim of the main contractor; with `development` the company is appointed there for everything."""
    company = make_company(name="Lim Construction Sdn Bhd", short_name="Lim", slug="lim", kind=CompanyKind.MAIN)
    if development is not None:
        make_appointment(company=company, development=development, is_main=True)
    return make_contact(company=company, name="Lim Wei", email="lim@demo.example", signs_in=True)


def siva(*, development=None, trades=(), parent=None):
    """Siva of a sub-contractor; with `development` appointed there for `trades`."""
    company = make_company(name="Siva Waterproofing", short_name="Siva", slug="siva", kind=CompanyKind.SUB)
    if development is not None:
        make_appointment(company=company, development=development, trades=trades, parent=parent)
    return make_contact(company=company, name="Siva Kumar", email="siva@demo.example", signs_in=True)


def otto(*, development=None):
    """Otto of another company."""
    company = make_company(name="Otto Kitchens", short_name="Otto", slug="otto", kind=CompanyKind.DIRECT)
    if development is not None:
        make_appointment(company=company, development=development)
    return make_contact(company=company, name="Otto Berg", email="otto@demo.example", signs_in=True)
