"""Help: open to everybody, because it holds the data of nobody; who works in the office keeps the rail beside it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from accounts.access import public
from accounts.choices import STAFF_ROLES
from accounts.models import User
from desk import shell
from desk.help import tables
from desk.help.tasks import TASKS

NO_DATA = "how the office works, without the data of anybody"


@public(reason=NO_DATA)
def help_list(request: HttpRequest) -> HttpResponse:
    """All tasks."""
    return TemplateResponse(request, "desk/help/help_list.html", {"tasks": list(TASKS.values()), **frame(request)})


@public(reason=NO_DATA)
def help_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One task: steps, what to know, and the tables that belong to it."""
    task = TASKS.get(slug)
    if task is None:
        raise Http404
    context = {"task": task, **tables.of(task.slug), **frame(request)}
    return TemplateResponse(request, "desk/help/help_detail.html", context)


def frame(request: HttpRequest) -> dict[str, Any]:
    """The desk's frame for its own people, the open one for all others."""
    user = request.user
    if isinstance(user, User) and user.role in STAFF_ROLES:
        return {"base": "desk_base.html", "is_staff": True, "rail": shell.rail(user, timezone.now())}
    return {"base": "portal_base.html", "is_staff": False}
