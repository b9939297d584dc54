"""The sheet of all components with sample data: for looking, and for the browser tests. DEBUG only."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from accounts.access import public
from accounts.choices import Role
from accounts.models import User
from defects_portal.samples import ROOMS

ROLE_OF_ROOM = {"portal": Role.HOMEOWNER, "work": Role.CONTRACTOR}


@public(reason="sample data only, and only under DEBUG")
@require_safe
def specimen(request: HttpRequest, room: str = "desk") -> HttpResponse:
    """Every component of one room (desk, table, portal, work) with sample data."""
    if not settings.DEBUG or room not in ROOMS:
        raise Http404
    request.user = User(name="Amira Rahman", email="amira@demo.example", role=ROLE_OF_ROOM.get(room, Role.OFFICER))
    return TemplateResponse(request, f"shell/specimen_{room}.html", ROOMS[room]())
