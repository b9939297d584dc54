"""The administrator's pages: who may sign in, and as what."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import invitations, people, sheets, user_columns
from accounts.access import SignedInRequest, actor_of, allow, fresh
from accounts.choices import Role
from accounts.forms import AddUserForm, UserSearchForm
from accounts.invitations import InvitationRefused
from accounts.models import User
from accounts.people import PeopleRefused
from accounts.views.panels import ACTIONS, PANELS
from documents.sheets_out import asking
from ledger.models import AuditEntry

PER_PAGE = 50


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
@require_GET
def user_export(request: SignedInRequest, way: str = "") -> HttpResponseBase:
    """The accounts as a file or on paper, all pages of them."""
    form = UserSearchForm(request.GET)
    users = User.objects.visible_to(request.user)
    users = form.filter(users) if form.is_valid() else users
    found = user_columns.of_users(users, asked=asking.in_use(form))
    return sheets.answer(request, found, way, back=reverse("settings"))


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
    person, change = _person(request, pk), PANELS[panel]
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


def _page(
    request: HttpRequest, person: User, *, wrong: tuple[str, Form] | None = None, status: int = 200
) -> HttpResponse:
    """The person's page, with a refused form in the place of its fresh one."""
    panels = [
        {"slug": slug, "panel": panel, "form": _form(slug, person, wrong)}
        for slug, panel in PANELS.items()
        if panel.is_offered(person, request.user)
    ]
    context = {
        "person": person,
        "panels": panels,
        "wrong": wrong and wrong[1],
        "entries": [
            {"what": ACTIONS.get(entry.action, entry.action), "entry": entry}
            for entry in AuditEntry.objects.about("user", person.pk)[:30]
        ],
    }
    return TemplateResponse(request, "accounts/user_detail.html", context, status=status)


def _form(slug: str, person: User, wrong: tuple[str, Form] | None) -> Form:
    """The panel's form as it was refused, else with what stands."""
    if wrong and wrong[0] == slug:
        return wrong[1]
    panel = PANELS[slug]
    return panel.form(auto_id=f"id_{slug}_%s", initial=panel.initial(person))


def _person(request: HttpRequest, pk: int) -> User:
    return get_object_or_404(User.objects.visible_to(request.user), pk=pk)
