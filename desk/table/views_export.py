"""The table of cases as a file or on paper."""

from django.http import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts import sheets
from accounts.access import SignedInRequest, allow
from accounts.choices import STAFF_ROLES
from cases.forms.search import CaseSearchForm
from desk.table import sheet


@allow(*STAFF_ROLES)
@require_GET
def case_export(request: SignedInRequest, way: str = "") -> HttpResponseBase:
    """The cases that the address asks for, all pages of them."""
    form = CaseSearchForm(request.GET, user=request.user, at=timezone.now())
    return sheets.answer(request, sheet.of_form(form), way, back=reverse("case_list"))
