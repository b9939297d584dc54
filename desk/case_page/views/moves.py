"""The confirm panel of a move: its form, the mails as they will be sent, and the deed."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import KnownRequest, allow
from accounts.choices import DESK_ROLES
from accounts.presses import once
from cases.choices import EventKind
from cases.evidence import MoveRefused, StaleCase
from cases.models import Case, CaseEvent
from desk.case_page import carried, doors, panel, panel_page
from desk.case_page.deeds import Deed, deed_for


@allow(*DESK_ROLES)
@require_http_methods(["GET", "POST"])
@doors.on_case
def case_move(request: KnownRequest, case: Case, name: str) -> HttpResponse:
    """GET: the panel, prefilled, with the mails rehearsed. POST: *See the e-mails* shows it again, else it is done."""
    at = timezone.now()
    deed = deed_for(request, case, name, at=at)
    if deed is None:
        raise Http404
    if request.method == "GET":
        return _shown(request, deed, at=at, status=409 if deed.impossible else 200)
    if not deed.form.is_valid():
        return _shown(request, deed, at=at, status=422)
    if "preview" in request.POST:
        return _shown(request, deed, at=at)
    hurts = panel.hurting(deed.outside_words)
    if hurts and not request.POST.get("second_look"):
        return _shown(request, deed, at=at, status=422, hurts=hurts)
    return _done(request, deed, at=at)


def _done(request: KnownRequest, deed: Deed, *, at: datetime) -> HttpResponse:
    on = doors.way_on(request, deed.case)

    def work() -> str:
        if deed.seen_version != deed.case.version:
            raise StaleCase
        event = deed.carry_out()
        carried.forget(request)
        messages.success(request, _said(deed, event))
        return on

    try:
        return once(request, work, at=at)
    except StaleCase as stale:
        return _changed_meanwhile(request, deed, stale, at=at)
    except MoveRefused as refused:
        if deed.seen_version != doors.find(request, deed.case.reference).version:
            return _changed_meanwhile(request, deed, StaleCase(), at=at)
        fresh = deed.on(doors.find(request, deed.case.reference))
        fresh.form.add_error(refused.field if refused.field in fresh.form.fields else None, refused.sentence)
        return _shown(request, fresh, at=at, status=422)


def _changed_meanwhile(request: KnownRequest, deed: Deed, stale: StaleCase, *, at: datetime) -> HttpResponse:
    """What was typed, what happened since the form was shown, and the mails as they would go out now."""
    case = doors.find(request, deed.case.reference)
    changed = panel.since(case, panel.number(request.POST.get("seen_event")))
    return _shown(request, deed.on(case), at=at, status=409, stale=stale.sentence, changed=changed)


def _shown(
    request: KnownRequest, deed: Deed, *, at: datetime, status: int = 200, hurts: list[str] | None = None, **more: Any
) -> HttpResponse:
    context = panel_page.context(request, deed, at=at) | {"hurts": hurts or [], **more}
    return TemplateResponse(request, "desk/case_page/case_move.html", context, status=status)


def _said(deed: Deed, event: CaseEvent) -> str:
    if event.kind == EventKind.DECISION_ASKED:
        return _("A manager was asked. Nobody outside was told yet.")
    return _("Done: %(what)s.") % {"what": deed.title}
