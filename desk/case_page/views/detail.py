"""The page of one case."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.access import SignedInRequest, allow
from accounts.choices import DESK_ROLES, STAFF_ROLES
from accounts.presses import once
from cases import talk
from cases.models import Case
from desk.case_page import doors, page, panel, story


@allow(*STAFF_ROLES)
@require_safe
@doors.on_case
def case_detail(request: SignedInRequest, case: Case) -> HttpResponse:
    """Everything about one case; opening it changes nothing."""
    wanted = request.GET.get("story", "")
    context = page.context(
        case,
        user=request.user,
        at=timezone.now(),
        queue=doors.queue_of(request),
        wanted=wanted if wanted in story.FILTERS else "",
    )
    return TemplateResponse(request, "desk/case_page/case_detail.html", context)


@allow(*STAFF_ROLES)
@require_safe
def case_respelt(request: SignedInRequest, letters: str, digits: str) -> HttpResponse:
    """A reference written with a slash ("KRM/2041") in the address."""
    return redirect(doors.address(doors.find(request, f"{letters}-{digits}")))


@allow(*DESK_ROLES)
@require_POST
@doors.on_case
def case_read(request: SignedInRequest, case: Case) -> HttpResponseRedirect:
    """The officer says that the homeowner's words were read; nothing is sent."""
    on = doors.way_on(request, case)

    def work() -> str:
        talk.mark_read(case, up_to=panel.number(request.POST.get("seen_event")) or None)
        return on

    return once(request, work, at=timezone.now())
