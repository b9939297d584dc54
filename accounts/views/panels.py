"""What an administrator can change about a person: the panels of the person's page. Rooms above add theirs."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.forms import Form
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from accounts import invitations, people, second_factor
from accounts.choices import Role
from accounts.forms import DetailsForm, EmailForm, ReasonForm, RoleForm
from accounts.models import User
from ledger.actors import Actor


class Applied(Protocol):
    """Does one change and returns the sentence about it; raises PeopleRefused or InvitationRefused."""

    def __call__(self, person: User, facts: dict[str, Any], *, by: Actor, at: datetime) -> str: ...


@dataclass(frozen=True)
class Panel:
    """A heading, a form, a button; what it does, for whom it stands on the page, what it shows at first."""

    form: type[Form]
    apply: Applied
    heading: Promise | str
    act: Promise | str
    words: Promise | str = ""
    is_offered: Callable[[User, Any], bool] = lambda person, reader: True
    initial: Callable[[User], dict[str, Any]] = lambda person: {}


def _details(person: User, facts: dict[str, Any], *, by: Actor, at: datetime) -> str:
    people.change_details(person, **facts, by=by, at=at)
    return _("Saved.")


def _role(person: User, facts: dict[str, Any], *, by: Actor, at: datetime) -> str:
    people.change_role(person, Role(facts["role"]), by=by, at=at)
    return _("The role is changed. %(name)s is signed out everywhere.")


def _email(person: User, facts: dict[str, Any], *, by: Actor, at: datetime) -> str:
    people.change_email(person, facts["email"], by=by, at=at)
    return _("The address is changed; both addresses are told. %(name)s is signed out everywhere.")


def _invite(person: User, facts: dict[str, Any], *, by: Actor, at: datetime) -> str:
    invitations.invite(person, by=by, at=at)
    return _("%(name)s is invited by e-mail; the link works for 72 hours.")


def _disable(person: User, facts: dict[str, Any], *, by: Actor, at: datetime) -> str:
    people.disable(person, **facts, by=by, at=at)
    return _("The account of %(name)s is disabled; every session and link has ended.")


def _enable(person: User, facts: dict[str, Any], *, by: Actor, at: datetime) -> str:
    people.enable(person, by=by, at=at)
    return _("The account of %(name)s is enabled again.")


def _reset(person: User, facts: dict[str, Any], *, by: Actor, at: datetime) -> str:
    people.reset_second_factor(person, **facts, by=by, at=at)
    return _("The second factor of %(name)s is removed; a new one is set up at the next sign-in.")


def _is_other(person: User, reader: Any) -> bool:
    return person.pk != reader.pk


PANELS: dict[str, Panel] = {
    "details": Panel(
        DetailsForm,
        _details,
        _lazy("Name and phone"),
        _lazy("Save"),
        initial=lambda person: {"name": person.name, "phone": person.phone},
    ),
    "role": Panel(
        RoleForm,
        _role,
        _lazy("Role"),
        _lazy("Change role"),
        _lazy("Takes effect at once: every session of this person ends."),
        is_offered=lambda person, reader: person.is_office and _is_other(person, reader),
        initial=lambda person: {"role": person.role},
    ),
    "email": Panel(
        EmailForm,
        _email,
        _lazy("E-mail for signing in"),
        _lazy("Change e-mail"),
        _lazy("Every session ends; the old and the new address are told."),
    ),
    "invite": Panel(
        Form,
        _invite,
        _lazy("Invitation"),
        _lazy("Send invitation"),
        _lazy("Sends a link to open the account, for 72 hours. Earlier links end."),
        is_offered=lambda person, reader: person.is_active,
    ),
    "second-factor": Panel(
        ReasonForm,
        _reset,
        _lazy("Second factor"),
        _lazy("Remove the second factor"),
        _lazy("For somebody who lost the phone. Make sure that it is them: call back on a number you know."),
        is_offered=lambda person, reader: _is_other(person, reader) and second_factor.is_set_up(person),
    ),
    "disable": Panel(
        ReasonForm,
        _disable,
        _lazy("Disable the account"),
        _lazy("Disable"),
        _lazy("Every session, code and link ends at once. What the person did stays."),
        is_offered=lambda person, reader: person.is_active and _is_other(person, reader),
    ),
    "enable": Panel(
        Form,
        _enable,
        _lazy("Enable the account"),
        _lazy("Enable"),
        _lazy("The person can sign in again."),
        is_offered=lambda person, reader: not person.is_active and _is_other(person, reader),
    ),
}

ACTIONS: dict[str, Promise | str] = {
    "user-added": _lazy("Account added"),
    "user-changed": _lazy("Name or phone changed"),
    "user-disabled": _lazy("Disabled"),
    "user-enabled": _lazy("Enabled"),
    "role-changed": _lazy("Role changed"),
    "email-changed": _lazy("E-mail changed"),
    "password-changed": _lazy("Password changed"),
    "invited": _lazy("Invited"),
    "invitation-accepted": _lazy("Invitation accepted"),
    "second-factor-reset": _lazy("Second factor removed"),
    "signed-in": _lazy("Signed in"),
    "signed-out": _lazy("Signed out"),
    "access-refused": _lazy("Refused a page"),
}
"""The audit's actions about a person, in words."""


def add(slug: str, panel: Panel, *, after: str, actions: dict[str, Promise | str]) -> None:
    """A panel of a room above, standing behind the panel `after`; `actions` says its audit entries in words.

    Called in that room's `apps.ready()`.
    """
    rows = [(name, row) for name, row in PANELS.items() if name != slug]
    place = [name for name, _row in rows].index(after) + 1
    rows.insert(place, (slug, panel))
    PANELS.clear()
    PANELS.update(rows)
    ACTIONS.update(actions)
