"""Asking for PDFs in the portal: the record of a case, its closing letter, the receipt of a report."""

from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from accounts.access import SignedInRequest, allow
from accounts.choices import Role
from accounts.papers import ask
from cases.models import Case, Report
from cases.papers import RESIDENT_RECORD, closing, readers, receipt
from cases.querysets import read_since
from cases.search import reference_key
from portal.reporting.receipts import number_of


@allow(Role.HOMEOWNER)
@require_POST
def portal_case_pdf(request: SignedInRequest, reference: str) -> HttpResponseRedirect:
    """The record of a case, of one's own tenure; with `which=letter` its closing letter."""
    cases = Case.objects.visible_to(request.user)
    case = get_object_or_404(cases, reference_key=reference_key(reference) or "-")
    home = readers.home_at(request.user, case.unit_id)
    if home is None:
        raise Http404
    if request.POST.get("which") == "letter":
        letters = case.letters.filter(withdrawn_at__isnull=True, issued_at__gte=read_since(case, home))
        letter = get_object_or_404(letters)
        return ask(request, closing.KEY, subject="closing-letter", subject_id=letter.pk)
    return ask(request, RESIDENT_RECORD, subject="case", subject_id=case.pk, parameters={"tenure": home.tenure.pk})


@allow(Role.HOMEOWNER)
@require_POST
def portal_report_pdf(request: SignedInRequest, reference: str) -> HttpResponseRedirect:
    """The receipt of an own report."""
    report = get_object_or_404(Report.objects.visible_to(request.user), number=number_of(reference))
    return ask(request, receipt.KEY, subject="report", subject_id=report.pk, parameters=receipt.RESIDENT)
