"""The register of contractors; for the office only."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts import sheets
from accounts.access import SignedInRequest, actor_of, allow
from accounts.choices import DESK_ROLES, STAFF_ROLES
from accounts.presses import once
from catalogue.models import Trade
from contractors import appointments, columns, companies
from contractors import forms as ask
from contractors.history import READER
from contractors.models import Appointment, Company, Contact
from documents.sheets_out import asking
from units import keyset
from units.form_fields import RefusableForm
from units.models import Development
from units.refusals import Refused

Work = Callable[[datetime], Company]


@allow(*STAFF_ROLES)
@require_GET
def company_list(request: HttpRequest) -> HttpResponse:
    """Companies with where they work today."""
    form = ask.CompanySearchForm(request.GET)
    rows = Company.objects.visible_to(request.user)
    rows = form.filter(rows) if form.is_valid() else rows.none()
    page = keyset.page(rows.with_sites(request.user, at=timezone.now()), by=("name", "pk"), query=request.GET)
    context = {"form": form, "page": page, "is_narrowed": form.is_narrowed}
    return TemplateResponse(request, "contractors/company_list.html", context, status=200 if form.is_valid() else 400)


@allow(*STAFF_ROLES)
@require_GET
def company_export(request: SignedInRequest, way: str = "") -> HttpResponseBase:
    """The companies as a file or on paper, all pages of them."""
    form = ask.CompanySearchForm(request.GET)
    rows = Company.objects.visible_to(request.user)
    rows = form.filter(rows) if form.is_valid() else rows.none()
    found = columns.of_companies(rows, user=request.user, asked=asking.in_use(form), at=timezone.now())
    return sheets.answer(request, found, way, back=reverse("company_list"))


@allow(*STAFF_ROLES)
@require_GET
def company_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One company: facts, people, appointments, what was changed."""
    company = _find(request, slug)
    now = timezone.now()
    rows = [(row, row.holds_on(now.astimezone(row.development.tz).date())) for row in _appointments(request, company)]
    context = {
        "company": company,
        "facts": _facts(company),
        "contacts": list(company.contacts.select_related("user").order_by(F("left_at").desc(nulls_first=True), "name")),
        "appointments_now": [row for row, is_now in rows if is_now],
        "appointments_else": [row for row, is_now in rows if not is_now],
        "history": READER.of("company", company.pk),
        "zone": rows[0][0].development.tz if rows else timezone.get_current_timezone(),
        "crumbs": [_crumb()],
    }
    return TemplateResponse(request, "contractors/company_detail.html", context)


@allow(*DESK_ROLES)
@require_http_methods(["GET", "POST"])
def company_add(request: HttpRequest) -> HttpResponse:
    """A new company."""
    form = ask.CompanyForm(request.POST or None)
    region = _region(request)

    def work(at: datetime) -> Company:
        return companies.add_company(region=region, by=actor_of(request), at=at, **form.cleaned_data)

    return _answer(request, form, work, heading=_("Add a company"))


@allow(*DESK_ROLES)
@require_http_methods(["GET", "POST"])
def company_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Facts of a company."""
    company = _find(request, slug)
    start = {name: getattr(company, name) for name in companies.COMPANY_FACTS}
    form = ask.CompanyForm(request.POST or None, initial=start)

    def work(at: datetime) -> Company:
        region = _region(request, company)
        return companies.change_company(company, region=region, by=actor_of(request), at=at, **form.cleaned_data)

    return _answer(request, form, work, heading=_("Edit the company"), company=company)


@allow(*DESK_ROLES)
@require_http_methods(["GET", "POST"])
def contact_add(request: HttpRequest, slug: str) -> HttpResponse:
    """A person comes to a company."""
    company = _find(request, slug)
    form = ask.ContactForm(request.POST or None)

    def work(at: datetime) -> Company:
        region = _region(request, company)
        return companies.add_contact(company, region=region, by=actor_of(request), at=at, **form.cleaned_data).company

    return _answer(request, form, work, heading=_("Add a contact"), company=company)


@allow(*DESK_ROLES)
@require_http_methods(["GET", "POST"])
def contact_edit(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Facts of a person, and whether the person may sign in."""
    contact = _contact(request, slug, public_id)
    start = {name: getattr(contact, name) for name in companies.CONTACT_FACTS}
    form = ask.ContactForm(request.POST or None, initial={**start, "may_sign_in": contact.user_id is not None})

    def work(at: datetime) -> Company:
        region = _region(request, contact.company)
        return companies.change_contact(
            contact, region=region, by=actor_of(request), at=at, **form.cleaned_data
        ).company

    return _answer(request, form, work, heading=_("Edit the contact"), company=contact.company)


@allow(*DESK_ROLES)
@require_http_methods(["GET", "POST"])
def contact_leave(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """A person left the company: no mail and no access from now on."""
    contact = _contact(request, slug, public_id)
    form = ask.ReasonForm(request.POST or None)

    def work(at: datetime) -> Company:
        return companies.contact_left(contact, by=actor_of(request), at=at, **form.cleaned_data).company

    heading = gettext("%(name)s has left") % {"name": contact.name}
    return _answer(request, form, work, heading=heading, company=contact.company)


@allow(*DESK_ROLES)
@require_http_methods(["GET", "POST"])
def appointment_add(request: HttpRequest, slug: str) -> HttpResponse:
    """The company comes to a development."""
    company = _find(request, slug)
    form = ask.AppointmentForm(
        request.POST or None,
        developments=list(Development.objects.visible_to(request.user)),
        trades=list(Trade.objects.in_use()),
        parents=list(Company.objects.visible_to(request.user).exclude(pk=company.pk)),
    )

    def work(at: datetime) -> Company:
        return appointments.appoint(company, by=actor_of(request), at=at, **form.facts).company

    return _answer(request, form, work, heading=_("Appoint"), company=company)


@allow(*DESK_ROLES)
@require_http_methods(["GET", "POST"])
def appointment_edit(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Practical completion and the months of the company's own liability."""
    row = _appointment(request, slug, public_id)
    start = {
        "starts_on": row.liability_starts_on,
        "months": row.liability_months,
        "silence_accepts": row.silence_accepts,
    }
    form = ask.LiabilityForm(request.POST or None, initial=start)

    def work(at: datetime) -> Company:
        return appointments.set_liability(row, by=actor_of(request), at=at, **form.cleaned_data).company

    heading = gettext("Liability at %(development)s") % {"development": row.development.name}
    return _answer(request, form, work, heading=heading, company=row.company)


@allow(*DESK_ROLES)
@require_http_methods(["GET", "POST"])
def appointment_end(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """The company leaves a development: its people see nothing there from that day on."""
    row = _appointment(request, slug, public_id)
    today = timezone.now().astimezone(row.development.tz).date()
    form = ask.EndForm(request.POST or None, initial={"on": today})

    def work(at: datetime) -> Company:
        return appointments.end(row, by=actor_of(request), at=at, **form.cleaned_data).company

    heading = gettext("End the work at %(development)s") % {"development": row.development.name}
    return _answer(request, form, work, heading=heading, company=row.company)


def _answer(
    request: HttpRequest, form: RefusableForm, work: Work, *, heading: Any, company: Company | None = None
) -> HttpResponse:
    """The empty form, the form with what is wrong, or the way to the company's page once the work is done."""
    crumbs = [_crumb()]
    if company is not None:
        crumbs.append({"url": _address(company), "words": company.short_name})
    if request.method == "POST" and form.is_valid():
        at = timezone.now()

        def done() -> str:
            address = _address(work(at))
            messages.success(request, gettext("Saved."))
            return address

        try:
            return once(request, done, at=at)
        except Refused as refusal:
            form.refuse(refusal)
    context = {"form": form, "heading": heading, "crumbs": crumbs, "back": crumbs[-1]["url"]}
    return TemplateResponse(request, "contractors/company_form.html", context)


def _find(request: HttpRequest, slug: str) -> Company:
    return get_object_or_404(Company.objects.visible_to(request.user), slug=slug)


def _contact(request: HttpRequest, slug: str, public_id: str) -> Contact:
    rows = Contact.objects.visible_to(request.user).standing().select_related("company", "user")
    return get_object_or_404(rows, company__slug=slug, public_id=public_id)


def _appointment(request: HttpRequest, slug: str, public_id: str) -> Appointment:
    rows = Appointment.objects.visible_to(request.user).for_page()
    return get_object_or_404(rows, company__slug=slug, public_id=public_id)


def _appointments(request: HttpRequest, company: Company) -> QuerySet[Appointment]:
    rows = Appointment.objects.visible_to(request.user).filter(company=company).for_page()
    return rows.order_by("development__name", "-from_on", "pk")


def _address(company: Company) -> str:
    return reverse("company_detail", args=[company.slug])


def _crumb() -> dict[str, str]:
    return {"url": reverse("company_list"), "words": gettext("Contractors")}


def _facts(company: Company) -> list[dict[str, Any]]:
    return [
        {"label": _("Kind"), "words": company.get_kind_display()},
        {"label": _("Short name"), "words": company.short_name},
        {"label": _("E-mail"), "words": company.email, "url": f"mailto:{company.email}"},
        {"label": _("Phone"), "words": company.phone_shown, "url": f"tel:{company.phone}"},
        {"label": _("Postal address"), "words": company.address},
    ]


def _region(request: HttpRequest, company: Company | None = None) -> str:
    """The country in which a phone without country code is read: where the company works, else the officer."""
    places = Development.objects.visible_to(request.user).order_by("pk")
    if company is not None:
        places = places.filter(appointments__company=company)
    return places.values_list("country", flat=True).first() or ""
