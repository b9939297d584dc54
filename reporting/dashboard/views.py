"""The dashboard."""

from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import SignedInRequest, allow
from accounts.choices import Role
from reporting.dashboard import figures, panels


@allow(Role.MANAGER)
@require_safe
def dashboard(request: SignedInRequest) -> HttpResponse:
    """How things stand: all developments, or the one that the address names."""
    scope = figures.scope(request.user, request.GET.get("development", ""), timezone.now())
    if scope is None:
        raise Http404
    return TemplateResponse(request, "reporting/dashboard/dashboard.html", panels.context(scope, figures.gather(scope)))
