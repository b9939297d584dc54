"""*Edit defect*."""

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.access import SignedInRequest, actor_of, allow
from accounts.choices import DESK_ROLES
from cases.models import Case
from desk.case_page import carried, confirming, doors
from desk.case_page.edit import EditDeed


@allow(*DESK_ROLES)
@require_http_methods(["GET", "POST"])
@doors.on_case
def case_edit(request: SignedInRequest, case: Case) -> HttpResponse:
    """The facts in one form; a changed status leads on to its confirm panel with what was typed."""
    at = timezone.now()
    data = request.POST if request.method == "POST" else None
    deed = EditDeed(case, request.user, actor_of(request), at, data)
    response = confirming.confirm(request, deed, at=at)
    if isinstance(response, TemplateResponse):
        response.template_name = "desk/case_page/case_edit.html"
    elif deed.leads_to:
        carried.keep(request, case, words=deed.form.cleaned_data["words"])
    return response
