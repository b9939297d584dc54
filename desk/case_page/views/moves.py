"""The confirm panel of a move of the table, and of undoing the last one."""

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.access import SignedInRequest, allow
from accounts.choices import DESK_ROLES
from cases.models import Case
from desk.case_page import confirming, doors
from desk.case_page.moving import deed_for


@allow(*DESK_ROLES)
@require_http_methods(["GET", "POST"])
@doors.on_case
def case_move(request: SignedInRequest, case: Case, name: str) -> HttpResponse:
    """The panel prefilled, with the mails as they will be sent; then the move."""
    at = timezone.now()
    deed = deed_for(request, case, name, at=at)
    if deed is None:
        raise Http404
    return confirming.confirm(request, deed, at=at)
