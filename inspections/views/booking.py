"""Booking a visit: now, agreed by phone, or by offering times."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import SignedInRequest, actor_of, allow
from accounts.choices import DESK_ROLES
from accounts.models import User
from cases.models import Case
from cases.search import reference_key
from contractors.models import Appointment, Contact
from inspections import offers, visits
from inspections.forms import AgainForm, BookForm, PartiesForm, Roster, slot_rows, windows
from inspections.pressing import find, press, seen

FIRST_KIND = {"new": "initial", "in-review": "initial", "accepted": "initial", "with-contractor": "rectification"}


def _case(request: SignedInRequest) -> Case:
    reference = reference_key(request.GET.get("case") or request.POST.get("case") or "")
    case = Case.objects.visible_to(request.user).for_page().filter(reference_key=reference or "-").first()
    if case is None:
        raise Http404
    return case


def _given(request: SignedInRequest, case: Case) -> dict[str, Any]:
    """What every form of booking offers."""
    shown = Case.objects.visible_to(request.user).open().for_page()
    today = timezone.now().astimezone(case.development.tz).date()
    sites = Appointment.objects.in_force(today).filter(development=case.development).select_related("company")
    companies = list({site.company_id: site.company for site in sites.order_by("company__name")}.values())
    contacts = Contact.objects.standing().filter(company__in=companies).order_by("name", "pk")
    first = {"kind": FIRST_KIND.get(case.status, "check"), "cases": [case.reference]}
    if case.status == "with-contractor" and case.work_company_id:
        first["companies"] = [f"company-{case.work_company_id}"]
    else:
        first["staff"] = [str(request.user.pk)]
    return {
        "open_cases": list(shown.filter(unit_id=case.unit_id).order_by("pk")),
        "roster": Roster(companies, list(contacts)),
        "colleagues": list(User.objects.filter(role__in=DESK_ROLES, is_active=True).order_by("name")),
        "initial": first,
    }


@allow(*DESK_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def visit_book(request: SignedInRequest) -> HttpResponse:
    """Book a visit for a case and others of the same home (`?case=KRM-2041`): agreed already."""
    case = _case(request)
    form = BookForm(request.POST or None, zone=case.development.tz, **_given(request, case))

    def act() -> str:
        by, at = actor_of(request), timezone.now()
        visit = visits.book(
            form.chosen, by=by, at=at, anyway=form.cleaned_data["anyway"], **(_facts(form) | form.window)
        )
        messages.success(request, _("%(ref)s is booked; the homeowner is told.") % {"ref": visit.reference})
        return reverse("visit_detail", args=[visit.reference])

    def shown(status: int) -> HttpResponse:
        context = {"form": form, "case": case}
        return TemplateResponse(request, "inspections/visit_book.html", context, status=status)

    return press(request, form, act, shown)


def _facts(form: PartiesForm) -> dict[str, Any]:
    asked = form.cleaned_data
    return {"invited": form.invited, **{name: asked[name] for name in ("kind", "who", "note", "clear", "minutes")}}


@allow(*DESK_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def visit_offer(request: SignedInRequest) -> HttpResponse:
    """Offer times for a visit; the homeowner chooses one."""
    case = _case(request)
    zone = case.development.tz
    form = PartiesForm(request.POST or None, **_given(request, case))
    slots = slot_rows(request, offers.preset(case.development, timezone.now()), zone)

    def act() -> str:
        by, at = actor_of(request), timezone.now()
        visit = offers.offer(form.chosen, slots=windows(slots, zone), by=by, at=at, **_facts(form))
        messages.success(request, _("The homeowner is asked to choose; %(ref)s.") % {"ref": visit.reference})
        return reverse("visit_detail", args=[visit.reference])

    def shown(status: int) -> HttpResponse:
        context = {"form": form, "case": case, "slots": slots}
        return TemplateResponse(request, "inspections/visit_offer.html", context, status=status)

    return press(request, form, act, shown, also_valid=slots.is_valid)


@allow(*DESK_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def visit_offer_again(request: SignedInRequest, reference: str) -> HttpResponse:
    """Other times for this visit; a booked one holds until the homeowner chooses."""
    visit = find(request, reference)
    if not visit.is_open:
        raise Http404
    zone = visit.unit.development.tz
    slots = slot_rows(request, offers.preset(visit.unit.development, timezone.now()), zone)
    form = AgainForm(request.POST or None)

    def act() -> str:
        facts: dict[str, Any] = {"words": form.cleaned_data["words"], "seen_version": seen(request)}
        offers.offer_again(visit, slots=windows(slots, zone), by=actor_of(request), at=timezone.now(), **facts)
        messages.success(request, _("The homeowner is asked to choose; %(ref)s.") % {"ref": visit.reference})
        return reverse("visit_detail", args=[visit.reference])

    def shown(status: int) -> HttpResponse:
        context = {"form": form, "visit": visit, "slots": slots}
        return TemplateResponse(request, "inspections/visit_offer_again.html", context, status=status)

    return press(request, form, act, shown, also_valid=slots.is_valid)
