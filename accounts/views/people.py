"""The administrator's pages: who may sign in, and as what."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import invitations, people, second_factor
from accounts.access import actor_of, allow, fresh
from accounts.choices import Role
from accounts.forms import AddUserForm, DetailsForm, EmailForm, ReasonForm, RoleForm, UserSearchForm
from accounts.invitations import InvitationRefused
from accounts.models import User
from accounts.people import PeopleRefused
from ledger.actors import Actor
from ledger.models import AuditEntry

PER_PAGE = 50
ACTIONS = {
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


@allow(Role.ADMINISTRATOR)
@fresh
@require_GET
def user_list(request: HttpRequest) -> HttpResponse:
    """Everybody with an account, found by name, address, phone, role."""
    form = UserSearchForm(request.GET)
    users = User.objects.visible_to(request.user)
    if form.is_valid():
        users = form.filter(users)
    page = Paginator(users, PER_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "users": list(page.object_list), "query": form.query()}
    return TemplateResponse(request, "accounts/user_list.html", context)


@allow(Role.ADMINISTRATOR)
@fresh
@require_http_methods(["GET", "POST"])
def user_add(request: HttpRequest) -> HttpResponse:
    """A new person, invited at once."""
    form = AddUserForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        by, at, facts = actor_of(request), timezone.now(), form.cleaned_data
        try:
            user = people.add_user(**{**facts, "role": Role(facts["role"])}, by=by, at=at)
            invitations.invite(user, by=by, at=at)
        except PeopleRefused as refusal:
            form.add_error("email", str(refusal))
        else:
            messages.success(request, _("%(name)s is invited by e-mail.") % {"name": user.name})
            return redirect("user_detail", pk=user.pk)
    return TemplateResponse(request, "accounts/user_add.html", {"form": form})


@allow(Role.ADMINISTRATOR)
@fresh
@require_GET
def user_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One person: facts, what can be done, what was done."""
    return _page(request, _person(request, pk))


@allow(Role.ADMINISTRATOR)
@fresh
@require_POST
def user_change(request: HttpRequest, pk: int, panel: str) -> HttpResponse:
    """One panel of the person's page: its verb, then back with a sentence; or the refusal at its form."""
    person, change = _person(request, pk), CHANGES[panel]
    form = change.form(request.POST, auto_id=f"id_{panel}_%s")
    if not form.is_valid():
        return _page(request, person, wrong=(panel, form))
    try:
        said = change.apply(person, form.cleaned_data, by=actor_of(request), at=timezone.now())
    except (PeopleRefused, InvitationRefused) as refusal:
        form.add_error(None, str(refusal))
        return _page(request, person, wrong=(panel, form), status=409)
    messages.success(request, said % {"name": person.name})
    return redirect("user_detail", pk=pk)


class Applied(Protocol):
    """Does one change and returns the sentence about it."""

    def __call__(self, person: User, facts: dict[str, Any], *, by: Actor, at: datetime) -> str: ...


@dataclass(frozen=True)
class Change:
    """What a panel asks for, and what it does."""

    form: type[Form]
    apply: Applied


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


CHANGES = {
    "details": Change(DetailsForm, _details),
    "role": Change(RoleForm, _role),
    "email": Change(EmailForm, _email),
    "invite": Change(Form, _invite),
    "disable": Change(ReasonForm, _disable),
    "enable": Change(Form, _enable),
    "second-factor": Change(ReasonForm, _reset),
}


def _page(
    request: HttpRequest, person: User, *, wrong: tuple[str, Form] | None = None, status: int = 200
) -> HttpResponse:
    """The person's page, with a refused form in the place of its fresh one."""
    initial = {"name": person.name, "phone": person.phone, "role": person.role}
    forms = {panel: change.form(auto_id=f"id_{panel}_%s", initial=initial) for panel, change in CHANGES.items()}
    if wrong:
        forms[wrong[0]] = wrong[1]
    context = {
        "person": person,
        "forms": {panel.replace("-", "_"): form for panel, form in forms.items()},
        "wrong": wrong and wrong[1],
        "is_self": person.pk == request.user.pk,
        "has_second_factor": second_factor.is_set_up(person),
        "entries": [
            {"what": ACTIONS.get(entry.action, entry.action), "entry": entry}
            for entry in AuditEntry.objects.about("user", person.pk)[:30]
        ],
    }
    return TemplateResponse(request, "accounts/user_detail.html", context, status=status)


def _person(request: HttpRequest, pk: int) -> User:
    return get_object_or_404(User.objects.visible_to(request.user), pk=pk)
