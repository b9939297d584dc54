"""A contractor's jobs, read only until work orders exist."""

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from accounts.access import SignedInRequest, allow
from accounts.choices import Role
from cases.choices import AttachmentRole
from cases.models import Attachment, Case
from contractors.appointments import companies_of
from portal.contractor.jobs import work

MOST = 300
"""Jobs on one page; a company with more asks for a list."""


@allow(Role.CONTRACTOR)
def job_list(request: SignedInRequest) -> HttpResponse:
    """The repairs that are with this person's companies, by home, the most urgent first."""
    at = timezone.now()
    cases = list(Case.objects.visible_to(request.user).for_page().order_by("work_due_at", "pk")[:MOST])
    pictures = (
        Attachment.objects.pictures()
        .filter(case__in=cases, role__in=[AttachmentRole.BEFORE, AttachmentRole.CAUSE])
        .select_related("file")
    )
    companies = companies_of(request.user, at)
    context = {
        "work": work(cases, pictures, at=at),
        "company": ", ".join(company.short_name for company in companies),
        "office": cases[0].development if cases else None,
    }
    return TemplateResponse(request, "portal/contractor/job_list.html", context)
