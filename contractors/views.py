"""The register of contractors; for the office only."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.access import actor_of, allow
from accounts.choices import DESK_ROLES, STAFF_ROLES
from accounts.presses import once
from catalogue.models import Trade
from contractors import appointments, companies
from contractors.forms import (
    AppointmentForm,
    CompanyForm,
    CompanySearchForm,
    ContactForm,
    EndForm,
    LiabilityForm,
    ReasonForm,
)
from contractors.models import Appointment, Company, Contact
from contractors.pages import CONTACT_LABELS, company_facts, rows_of
from ledger.models import AuditEntry
from units import keyset
from units.form_fields import RefusableForm
from units.models import Development
from units.refusals import Refused

Work = Callable[[datetime], Company]


@dataclass(frozen=True)
class Ask:
    """What a form is called, and what it does once sent."""

    heading: Any
    lead: Any = ""
    icon: str = "check"


@allow(*STAFF_ROLES)
@require_GET
def company_list(request: HttpRequest) -> HttpResponse:
    """Companies with where they work today."""
    form = CompanySearchForm(request.GET)
    rows = Company.objects.visible_to(request.user)
    rows = form.filter(rows) if form.is_valid() else rows.none()
    page = keyset.page(rows.with_sites(request.user, at=timezone.now()), by=("name", "pk"), query=request.GET)
    context = {"form": form, "page": page, "is_narrowed": form.is_narrowed, "may_change": request.user.is_desk}
    return TemplateResponse(request, "contractors/company_list.html", context, status=200 if form.is_valid() else 400)


@allow(*STAFF_ROLES)
@require_GET
def company_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One company: facts, people, appointments, what was changed."""
    company = _find(request, slug)
    rows = Appointment.objects.visible_to(request.user).filter(company=company).for_page()
    context = {
        "company": company,
        "facts": company_facts(company),
        "contacts": list(company.contacts.select_related("user").order_by("left_at", "name")),
        "appointments": rows_of(rows, at=timezone.now()),
        "history": list(AuditEntry.objects.filter(about="company", about_id=company.pk).order_by("-pk")[:50]),
        "zone": timezone.get_current_timezone(),
        "may_change": request.user.is_desk,
        "crumbs": [_crumb()],
    }
    return TemplateResponse(request, "contractors/company_detail.html", context)
