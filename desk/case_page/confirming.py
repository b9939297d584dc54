"""One way to confirm anything on a case: look at it, see the mails, do it once, or learn why not."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from accounts.access import SignedInRequest
from accounts.presses import once
from cases.choices import EventKind
from cases.evidence import MoveRefused, StaleCase
from cases.models import CaseEvent
from desk.case_page import carried, doors, inserting, panel, panel_page
from desk.case_page.deeds import Deed


def confirm(request: SignedInRequest, deed: Deed, *, at: datetime) -> HttpResponse:
    """GET shows the panel with the mails rehearsed. POST with `preview` shows it again; else the deed is done, once.

    Where the mails hang on what is typed, the first press shows them and the second does the deed.

    409: the case cannot do this any more, or changed after the form was shown. 422: refused at a field, or words that
    hurt and were not looked at a second time. Nothing typed is lost, pictures included.
    """
    if request.method == "GET":
        return show(request, deed, at=at, status=409 if deed.impossible else 200)
    if "insert" in request.POST:
        return show(request, inserting.with_article_words(deed, request.POST["insert"]), at=at)
    if not deed.form.is_valid():
        shown = panel.number(request.POST.get("seen_version")) or deed.case.version
        if shown != deed.case.version:
            return _changed_meanwhile(request, deed, StaleCase(), at=at)
        return show(request, deed, at=at, status=422)
    hurts = panel.hurting(deed.outside_words)
    if "preview" in request.POST:
        return show(request, deed, at=at, hurts=hurts)
    if hurts and not request.POST.get("second_look"):
        return show(request, deed, at=at, status=422, hurts=hurts)
    if deed.shows_mails_first and not request.POST.get("mails_seen") and _tells_somebody(deed):
        return show(request, deed, at=at)
    return _done(request, deed, at=at)


def _tells_somebody(deed: Deed) -> bool:
    rehearsal = deed.rehearsed()
    return bool(rehearsal and rehearsal.letters and deed.seen_version == deed.case.version)


def _done(request: SignedInRequest, deed: Deed, *, at: datetime) -> HttpResponse:
    on = deed.leads_to or doors.way_on(request, deed.case)

    def work() -> str:
        if deed.seen_version != deed.case.version:
            raise StaleCase
        seen_event = panel.number(request.POST.get("seen_event"))
        if deed.answers and seen_event and panel.heard_since(deed.case, seen_event):
            raise StaleCase(_("The homeowner wrote while you did. Read it, then confirm or change your words."))
        event = deed.carry_out()
        carried.forget(request)
        messages.success(request, _said(deed, event))
        return on

    try:
        return once(request, work, at=at)
    except StaleCase as stale:
        return _changed_meanwhile(request, deed, stale, at=at)
    except MoveRefused as refused:
        fresh = deed.on(doors.find(request, deed.case.reference))
        fresh.form.add_error(refused.field if refused.field in fresh.form.fields else None, refused.sentence)
        return show(request, fresh, at=at, status=422)


def _changed_meanwhile(request: SignedInRequest, deed: Deed, stale: StaleCase, *, at: datetime) -> HttpResponse:
    """What was typed, what happened since the form was shown, and the mails as they would go out now."""
    case = doors.find(request, deed.case.reference)
    changed = panel.since(case, panel.number(request.POST.get("seen_event")))
    return show(
        request,
        deed.on(case),
        at=at,
        status=409,
        stale=stale.sentence,
        changed=changed,
        seen_event=panel.last_event(case),
    )


def show(
    request: SignedInRequest,
    deed: Deed,
    *,
    at: datetime,
    status: int = 200,
    hurts: list[str] | None = None,
    **more: Any,
) -> HttpResponse:
    """The panel with what its form holds."""
    context = panel_page.context(request, deed, at=at) | {"hurts": hurts or [], **more}
    return TemplateResponse(request, "desk/case_page/panel.html", context, status=status)


def _said(deed: Deed, event: CaseEvent | None) -> str:
    if event is not None and event.kind == EventKind.DECISION_ASKED:
        return _("A manager was asked. Nobody outside was told yet.")
    return deed.said
