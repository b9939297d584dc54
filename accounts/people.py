"""Adding people, disabling them, changing what they may. An account is disabled, never deleted."""

from collections.abc import Sequence
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts import links, notices, sessions
from accounts.choices import STAFF_ROLES, Role
from accounts.invitations import subject_of
from accounts.models import User
from ledger import audit
from ledger.actors import Actor


class PeopleRefused(Exception):
    """Says in a sentence why this change to an account is not made."""


@transaction.atomic
def add_user(*, email: str, name: str, role: Role, by: Actor, at: datetime, phone: str = "") -> User:
    """Makes an account without a password; `invitations.invite` then lets the person in.

    Raises PeopleRefused for an odd address or one that is in use.
    """
    address = _address(email)
    try:
        with transaction.atomic():
            user = User.objects.create_user(address, name=name.strip(), role=role, phone=phone.strip())
    except IntegrityError as error:
        raise PeopleRefused(_("There is already an account with this e-mail.")) from error
    audit.record("user-added", by=by, at=at, about="user", about_id=user.pk, new=_facts(user))
    return user


@transaction.atomic
def add_all(users: Sequence[User], *, by: Actor, at: datetime) -> list[User]:
    """Makes many accounts without a password at once; each has its entry in the audit. Addresses are checked before."""
    for user in users:
        user.email = _address(user.email)
        user.set_unusable_password()
    made = User.objects.bulk_create(users)
    audit.record_all(
        audit.entry("user-added", by=by, at=at, about="user", about_id=user.pk, new=_facts(user)) for user in made
    )
    return made


@transaction.atomic
def disable(user: User, *, by: Actor, at: datetime, reason: str = "") -> None:
    """Shuts the account; sessions, codes and links end at once. PeopleRefused: oneself, last administrator."""
    if user.pk == by.user_id:
        raise PeopleRefused(_("You cannot disable your own account. Ask another administrator."))
    _keep_an_administrator(user)
    if not User.objects.enabled().filter(pk=user.pk).update(is_active=False, disabled_at=at):
        return
    user.is_active, user.disabled_at = False, at
    _end_everything(user, at=at)
    audit.record("user-disabled", by=by, at=at, about="user", about_id=user.pk, reason=reason)


@transaction.atomic
def enable(user: User, *, by: Actor, at: datetime) -> None:
    """Opens a disabled account again; the person signs in anew."""
    if not User.objects.filter(pk=user.pk, is_active=False).update(is_active=True, disabled_at=None):
        return
    user.is_active, user.disabled_at = True, None
    audit.record("user-enabled", by=by, at=at, about="user", about_id=user.pk)


@transaction.atomic
def change_role(user: User, role: Role, *, by: Actor, at: datetime) -> None:
    """Gives another role; all sessions end. Within the office only: outsiders get an account of their own.

    Raises PeopleRefused (oneself, last administrator, across the office's door).
    """
    if user.role == role:
        return
    if user.pk == by.user_id:
        raise PeopleRefused(_("You cannot change your own role. Ask another administrator."))
    if (user.role in STAFF_ROLES) != (role in STAFF_ROLES) or role not in STAFF_ROLES:
        raise PeopleRefused(_("A role changes only within the office. Add a new account instead."))
    _keep_an_administrator(user)
    old = user.role
    user.role = role
    user.save(update_fields=["role"])
    _end_everything(user, at=at)
    audit.record(
        "role-changed", by=by, at=at, about="user", about_id=user.pk, old={"role": old}, new={"role": str(role)}
    )


@transaction.atomic
def change_email(user: User, email: str, *, by: Actor, at: datetime) -> None:
    """Changes the address to sign in with; sessions and links end, both addresses are told. Raises PeopleRefused."""
    address, old = _address(email), user.email
    if address == old:
        return
    try:
        with transaction.atomic():
            User.objects.filter(pk=user.pk).update(email=address)
    except IntegrityError as error:
        raise PeopleRefused(_("There is already an account with this e-mail.")) from error
    _end_everything(user, at=at)  # before the row has the new address: links went to the old one
    user.email = address
    audit.record(
        "email-changed", by=by, at=at, about="user", about_id=user.pk, old={"email": old}, new={"email": address}
    )
    notices.tell_email_changed(user, old, by=by, at=at)


@transaction.atomic
def change_details(user: User, *, name: str, phone: str, by: Actor, at: datetime) -> None:
    """Corrects name and phone."""
    old = _facts(user)
    user.name, user.phone = name.strip(), phone.strip()
    if _facts(user) == old:
        return
    user.save(update_fields=["name", "phone"])
    audit.record("user-changed", by=by, at=at, about="user", about_id=user.pk, old=old, new=_facts(user))


@transaction.atomic
def reset_second_factor(user: User, *, by: Actor, at: datetime, reason: str) -> None:
    """Takes the second factor away from somebody who lost the phone; all sessions end, a new one is set up."""
    Authenticator.objects.filter(user=user).delete()
    _end_everything(user, at=at)
    audit.record("second-factor-reset", by=by, at=at, about="user", about_id=user.pk, reason=reason)
    notices.tell_second_factor_reset(user, by=by, at=at)


def _end_everything(user: User, *, at: datetime) -> None:
    sessions.end_all(user, at=at)
    links.revoke(subject=subject_of(user), at=at)
    links.revoke(audience=user.email, at=at)


def _keep_an_administrator(user: User) -> None:
    others = User.objects.enabled().filter(role=Role.ADMINISTRATOR).exclude(pk=user.pk)
    if user.role == Role.ADMINISTRATOR and not others.exists():
        raise PeopleRefused(_("This is the last administrator. Make somebody else one first."))


def _address(email: str) -> str:
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError as error:
        raise PeopleRefused(_("This is not an e-mail address.")) from error
    return address


def _facts(user: User) -> dict[str, str]:
    return {"email": user.email, "name": user.name, "phone": user.phone, "role": str(user.role)}
