"""The register of people: the list, one person, how to reach them."""

from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.access import actor_of, allow
from accounts.choices import DESK_ROLES, STAFF_ROLES
from accounts.presses import once
from homeowners import register
from homeowners.forms import ContactForm, HomeownerSearchForm
from homeowners.history import READER
from homeowners.models import Homeowner, Tenure
from homeowners.register import CONTACT, RegisterRefused
from units import keyset
from units.models import Development


@allow(*STAFF_ROLES)
@require_GET
def homeowner_list(request: HttpRequest) -> HttpResponse:
    """People, found by name, e-mail or phone."""
    form = HomeownerSearchForm(request.GET, developments=list(Development.objects.visible_to(request.user)))
    people = Homeowner.objects.visible_to(request.user)
    people = form.filter(people) if form.is_valid() else people.none()
    held = Tenure.objects.visible_to(request.user).in_force_at(timezone.now()).select_related("unit__development")
    people = people.prefetch_related(Prefetch("tenures", queryset=held.order_by("pk"), to_attr="homes"))
    page = keyset.page(people, by=("search_name", "pk"), query=request.GET)
    context = {"form": form, "page": page, "is_narrowed": form.is_narrowed}
    return TemplateResponse(request, "homeowners/homeowner_list.html", context, status=200 if form.is_valid() else 400)


@allow(*STAFF_ROLES)
@require_GET
def homeowner_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """One person: how to reach them, their homes now and before, what was changed."""
    person = _find(request, public_id)
    held = Tenure.objects.visible_to(request.user).filter(homeowner=person).with_people()
    rows = list(held.order_by("-from_on", "pk"))
    at = timezone.now()
    homes = [(row, row.holds_on(at.astimezone(row.unit.development.tz).date())) for row in rows]
    context = {
        "person": person,
        "homes_now": [row for row, is_now in homes if is_now],
        "homes_else": [row for row, is_now in homes if not is_now],
        "facts": _facts(person),
        "history": READER.of("homeowner", person.pk),
        "zone": rows[0].unit.development.tz if rows else timezone.get_current_timezone(),
        "crumbs": [_crumb()],
    }
    return TemplateResponse(request, "homeowners/homeowner_detail.html", context)


@allow(*DESK_ROLES)
@require_http_methods(["GET", "POST"])
def homeowner_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Changes how to reach a person."""
    person = _find(request, public_id)
    form = ContactForm(request.POST or None, initial={key: getattr(person, key) for key in CONTACT})
    if request.method == "POST" and form.is_valid():
        try:
            return once(request, lambda: _change(request, person, form), at=timezone.now())
        except RegisterRefused as refusal:
            person.refresh_from_db()
            form.refuse(refusal)
    crumb = {"url": _address(person), "words": person.name}
    context = {"person": person, "form": form, "back": _address(person), "crumbs": [_crumb(), crumb]}
    return TemplateResponse(request, "homeowners/homeowner_edit.html", context)


def _change(request: HttpRequest, person: Homeowner, form: ContactForm) -> str:
    facts = {key: form.cleaned_data[key] for key in CONTACT}
    reason = form.cleaned_data["reason"]
    register.change_contact(
        person, region=_region(person), by=actor_of(request), at=timezone.now(), reason=reason, **facts
    )
    messages.success(request, _("Saved."))
    return _address(person)


def _find(request: HttpRequest, public_id: str) -> Homeowner:
    return get_object_or_404(Homeowner.objects.visible_to(request.user).select_related("user"), public_id=public_id)


def _address(person: Homeowner) -> str:
    return reverse("homeowner_detail", args=[person.public_id])


def _facts(person: Homeowner) -> list[dict[str, Any]]:
    return [
        {"label": _("Phone"), "words": person.phone_shown, "url": f"tel:{person.phone}"},
        {"label": _("Second phone"), "words": person.second_phone_shown, "url": f"tel:{person.second_phone}"},
        {"label": _("E-mail"), "words": person.email, "url": f"mailto:{person.email}"},
        {"label": _("Language"), "words": person.get_language_display()},
        {"label": _("Notices"), "words": _("By letter") if person.needs_post else _("By e-mail")},
        {"label": _("Portal"), "words": _access(person)},
    ]


def _crumb() -> dict[str, str]:
    return {"url": reverse("homeowner_list"), "words": _("Homeowners")}


def _access(person: Homeowner) -> str:
    """Whether the person can sign in; people of one account are named as sharing it."""
    if person.user is None or not person.user.is_active:
        return _("No access")
    return _("Signs in with the e-mail address")


def _region(person: Homeowner) -> str:
    """The country of the person's newest home: how a phone without country code is meant there."""
    country = person.tenures.order_by("-from_on", "-pk").values_list("unit__development__country", flat=True).first()
    return country or ""
