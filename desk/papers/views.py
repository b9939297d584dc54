"""Asking for PDFs at the desk: of a case, of a home, of a report."""

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import SignedInRequest, allow
from accounts.choices import STAFF_ROLES
from accounts.papers import ask
from cases.models import Case, Report
from cases.papers import receipt
from desk.case_page import doors
from desk.papers import asking, unit_record
from units.addresses import unit_at
from units.models import Unit


@allow(*STAFF_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
@doors.on_case
def case_pdf(request: SignedInRequest, case: Case) -> HttpResponse:
    """The PDFs of a case: what there is, and a button for each that can be made."""
    offers = asking.offers(case, at=timezone.now())
    if request.method == "POST":
        offer = next((one for one in offers if one.name == request.POST.get("which")), None)
        if offer is None:
            raise Http404
        return ask(request, offer.key, subject=offer.subject, subject_id=offer.subject_id, parameters=offer.parameters)
    context = {
        "case": case,
        "offers": offers,
        "title": _("PDFs of %(ref)s") % {"ref": case.reference},
        "crumbs": [{"url": reverse("case_detail", args=[case.reference]), "words": case.reference}],
    }
    return TemplateResponse(request, "desk/papers/case_pdf.html", context)


@allow(*STAFF_ROLES)
@require_POST
def unit_pdf(request: SignedInRequest, code: str, number: str) -> HttpResponseRedirect:
    """The record of a home."""
    unit = unit_at(Unit.objects.visible_to(request.user), code, number)
    return ask(request, unit_record.KEY, subject="unit", subject_id=unit.pk)


@allow(*STAFF_ROLES)
@require_POST
def report_pdf(request: SignedInRequest, reference: str) -> HttpResponseRedirect:
    """The receipt of a report, with all that came in."""
    number = reference.strip().upper().removeprefix("R").strip("- ")
    if not number.isdecimal() or len(number) > 9:
        raise Http404
    report = get_object_or_404(Report.objects.visible_to(request.user), number=int(number))
    return ask(request, receipt.KEY, subject="report", subject_id=report.pk, parameters=receipt.STAFF)
