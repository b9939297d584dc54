"""People of the cast and their accounts."""

from itertools import count

from accounts.choices import Role
from accounts.models import User

PASSWORD = "demo-pass-1"
_numbers = count(1)


def make_user(
    *, role=Role.OFFICER, email=None, name="Uma Person", phone="", password=PASSWORD, is_active=True, **facts
):
    """An account; `password=None` makes one that signs in by code or link only."""
    email = email or f"person{next(_numbers)}@demo.example"
    return User.objects.create_user(email, password, role=role, name=name, phone=phone, is_active=is_active, **facts)


def amira(**facts):
    return make_user(**{"role": Role.OFFICER, "email": "amira@demo.example", "name": "Amira Rahman", **facts})


def mo(**facts):
    return make_user(**{"role": Role.MANAGER, "email": "mo@demo.example", "name": "Mo Tan", **facts})


def ada(**facts):
    return make_user(**{"role": Role.ADMINISTRATOR, "email": "ada@demo.example", "name": "Ada Wong", **facts})


def hana(**facts):
    return make_user(**{"role": Role.HOMEOWNER, "email": "hana@demo.example", "name": "Hana Yusof", **facts})


def tariq(**facts):
    return make_user(**{"role": Role.HOMEOWNER, "email": "tariq@demo.example", "name": "Tariq Aziz", **facts})


def noor(**facts):
    return make_user(**{"role": Role.HOMEOWNER, "email": "noor@demo.example", "name": "Noor Said", **facts})


def farid(**facts):
    return make_user(**{"role": Role.HOMEOWNER, "email": "farid@demo.example", "name": "Farid Omar", **facts})


def lim(**facts):
    return make_user(**{"role": Role.CONTRACTOR, "email": "lim@demo.example", "name": "Lim Wei", **facts})


def siva(**facts):
    return make_user(**{"role": Role.CONTRACTOR, "email": "siva@demo.example", "name": "Siva Kumar", **facts})


def otto(**facts):
    return make_user(**{"role": Role.CONTRACTOR, "email": "otto@demo.example", "name": "Otto Berg", **facts})
