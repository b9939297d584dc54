"""The register of homes: the list, one home, its report link."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.access import actor_of, allow
from accounts.choices import DESK_ROLES, STAFF_ROLES
from accounts.phones import display
from accounts.presses import once
from homeowners.forms import NewLinkForm, UnitSearchForm
from homeowners.history import READER
from homeowners.models import Tenure
from units import coverage, keyset, report_links
from units.addresses import unit_at
from units.choices import CoverStatus
from units.liability import Verdict
from units.models import Development, HandoverEvent, Unit

COVER_KINDS = {
    CoverStatus.COVERED: "covered",
    CoverStatus.COVERED_EXTENDED: "covered",
    CoverStatus.SNAG_COVERED: "covered",
    CoverStatus.UNCLEAR: "unknown",
    CoverStatus.NOT_STARTED: "unknown",
}


@dataclass(frozen=True)
class Holders:
    """Who holds a home now, is to come, and held it before."""

    now: list[Tenure]
    later: list[Tenure]
    before: list[Tenure]


@allow(*STAFF_ROLES)
@require_GET
def unit_list(request: HttpRequest) -> HttpResponse:
    """Homes and common areas, found by number or by who holds them."""
    at = timezone.now()
    form = UnitSearchForm(request.GET, developments=list(Development.objects.visible_to(request.user)))
    units = Unit.objects.visible_to(request.user)
    units = form.filter(units, at=at) if form.is_valid() else units.none()
    holders = Tenure.objects.in_force_at(at).select_related("homeowner").order_by("pk")
    units = units.select_related("development", "block").prefetch_related(
        Prefetch("tenures", queryset=holders, to_attr="holders")
    )
    page = keyset.page(units, by=("development__name", "number_key", "pk"), query=request.GET)
    context = {"form": form, "page": page, "is_narrowed": form.is_narrowed}
    return TemplateResponse(request, "units/unit_list.html", context, status=200 if form.is_valid() else 400)


@allow(*STAFF_ROLES)
@require_GET
def unit_detail(request: HttpRequest, code: str, number: str) -> HttpResponse:
    """One home: facts, cover, who holds and held it, handover, what was changed."""
    unit = find(request, code, number)
    at = timezone.now()
    verdict = coverage.assess_unit(unit, received_at=at)
    events = HandoverEvent.objects.in_force().touching([unit]).select_related("unit")
    context = {
        "unit": unit,
        "zone": unit.development.tz,
        "holders": holders_of(unit, at),
        "verdict": verdict,
        "cover_kind": COVER_KINDS.get(verdict.status, "not-covered"),
        "cover_end": _days_left(verdict),
        "facts": _facts(unit),
        "events": list(events),
        "history": READER.of("unit", unit.pk),
        "crumbs": [crumb_to_homes()],
    }
    return TemplateResponse(request, "units/unit_detail.html", context)


@allow(*DESK_ROLES)
@require_http_methods(["GET", "POST"])
def unit_link(request: HttpRequest, code: str, number: str) -> HttpResponse:
    """The letter with the report link of a home, to be printed; POST ends the old link and makes a new one."""
    unit = find(request, code, number)
    form = NewLinkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return once(request, lambda: _renew(request, unit, form.cleaned_data["reason"]), at=timezone.now())
    address = f"{settings.BASE_URL}/report/{report_links.token(unit)}/"
    title = _("Report link of %(number)s") % {"number": unit.number}
    context = {
        "unit": unit,
        "form": form,
        "address": address,
        "urgent_phone": display(unit.development.urgent_phone),
        "office_phone": display(unit.development.office_phone),
        "title": title,
        "back": address_of(unit),
        "crumbs": [crumb_to_homes(), crumb_to(unit)],
    }
    return TemplateResponse(request, "units/unit_link.html", context)


def find(request: HttpRequest, code: str, number: str) -> Unit:
    """The home of this address if the person may see it, else 404."""
    units = Unit.objects.visible_to(request.user).select_related("development__calendar", "block")
    return unit_at(units, code, number)


def address_of(unit: Unit) -> str:
    """The address of a home's page."""
    return reverse("unit_detail", args=[unit.development.code.lower(), unit.address_part])


def crumb_to_homes() -> dict[str, str]:
    """The way back to the list."""
    return {"url": reverse("unit_list"), "words": _("Homes")}


def crumb_to(unit: Unit) -> dict[str, str]:
    """The way back to a home."""
    return {"url": address_of(unit), "words": unit.number}


def holders_of(unit: Unit, at: datetime) -> Holders:
    """Everybody who holds, will hold or held the home; one query."""
    today = at.astimezone(unit.development.tz).date()
    rows = list(unit.tenures.select_related("homeowner").order_by("-from_on", "pk"))
    return Holders(
        now=[row for row in rows if row.holds_on(today)],
        later=[row for row in rows if row.from_on > today and not row.never_held],
        before=[row for row in rows if row.until_on is not None and row.until_on <= max(today, row.from_on)],
    )


def _facts(unit: Unit) -> list[dict[str, Any]]:
    return [
        {"label": _("Development"), "words": unit.development.name},
        {"label": _("Kind"), "words": unit.get_kind_display()},
        {"label": _("Block"), "words": unit.block.name if unit.block else ""},
        {"label": _("Floor"), "words": unit.floor},
        {"label": _("Stack"), "words": unit.stack},
        {"label": _("Elevation"), "words": unit.elevation},
        {"label": _("Cases"), "words": _("Cases of this home"), "url": f"/cases/?{urlencode({'q': unit.number})}"},
    ]


def _renew(request: HttpRequest, unit: Unit, reason: str) -> str:
    report_links.revoke(unit, by=actor_of(request), at=timezone.now(), reason=reason)
    messages.success(request, _("The old link is dead. Print this letter for the home."))
    return reverse("unit_link", args=[unit.development.code.lower(), unit.address_part])


def _days_left(verdict: Verdict) -> str:
    if verdict.days_left is None or verdict.days_left < 0:
        return ""
    return _("%(days)s days left") % {"days": verdict.days_left}
