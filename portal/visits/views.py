"""A visit of the home: GET shows, POST acts. Signed in, or by the link of a mail that offers only its own act."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts import presses
from accounts.access import SignedInRequest, actor_of, allow, client_address, public
from accounts.choices import Role
from cases.evidence import MoveRefused
from cases.models import Case
from inspections import attendance, links, offers
from inspections.models import Visit
from portal import refusals
from portal.actions.doors import seen_version
from portal.visits import page
from portal.visits.page import Access

ACTS = {"slots": ("choose", "other"), "came": ("nobody-came",)}
"""What the link of a mail offers."""


@allow(Role.HOMEOWNER)
@require_http_methods(["GET", "HEAD", "POST"])
def portal_visit(request: SignedInRequest, reference: str) -> HttpResponseBase:
    """One visit: choose a time, ask for another day, say that nobody came."""
    number = reference.strip().upper().removeprefix("V").strip("- ")
    found = Visit.objects.visible_to(request.user).for_page()
    visit = found.filter(number=int(number)).first() if number.isdecimal() and len(number) < 10 else None
    if visit is None:
        raise Http404
    if request.method != "POST" and reference != visit.reference:
        return redirect("portal_visit", visit.reference)
    shown = Case.objects.visible_to(request.user).for_page().filter(visits=visit).order_by("pk")
    acts = ("choose", "other", "nobody-came")
    access = Access(visit, tuple(shown), actor_of(request), reverse("portal_visit", args=[visit.reference]), acts, "")
    return _answer(request, access, onward=True)


@public(reason="Signed link from a mail: shows only that visit, offers only what that mail asked")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def visit_link(request: HttpRequest, token: str) -> HttpResponseBase:
    """The same by the link of a mail, without sign-in."""
    link = links.open_link(token, at=timezone.now(), address=client_address(request))
    if link is None:
        return TemplateResponse(request, "portal/actions/link_ended.html", {}, status=404)
    acts = ACTS.get(link.token.facts.get("action", ""), ())
    access = Access(link.visit, link.cases, link.actor, reverse("visit_link", args=[token]), acts, "/portal/")
    return _answer(request, access, onward=False)


def _answer(request: HttpRequest, access: Access, *, onward: bool) -> HttpResponseBase:
    at = timezone.now()
    act = request.POST.get("act", "")
    forms: dict[str, Any] = page.bound(request, access, act, at=at) if request.method == "POST" else {}

    def shown(status: int) -> HttpResponse:
        context = page.context(access, at=at, forms=forms)
        return TemplateResponse(request, "portal/visits/portal_visit.html", context, status=status)

    if request.method != "POST":
        return shown(200)
    if act not in access.acts:
        raise Http404
    form = next(iter(forms.values()), None)
    if form is not None and not form.is_valid():
        return shown(422)
    try:
        return presses.once(request, lambda: _act(request, access, act, form, onward=onward), at=at)
    except MoveRefused as refusal:
        access.visit.refresh_from_db()
        status = refusals.tell(request, None if isinstance(refusal, offers.Answered) else form, refusal)
        if isinstance(refusal, offers.Answered):
            forms.clear()
        return shown(409 if isinstance(refusal, offers.Answered) else status)


def _act(request: HttpRequest, access: Access, act: str, form: Any, *, onward: bool) -> str:
    at, visit, by = timezone.now(), access.visit, access.by
    if act == "nobody-came":
        new = attendance.nobody_came(visit, seen_version=seen_version(request), by=by, at=at)
        messages.success(request, _("We are sorry. Please choose a new time; the times are in our mail, too."))
        return reverse("portal_visit", args=[new.reference]) if onward else access.action
    asked = form.cleaned_data if form is not None else {}
    if act == "choose":
        facts = {"door": asked.get("door", ""), "door_note": asked.get("door_note", "")}
        offers.choose(visit, int(asked.get("slot", 0)), by=by, at=at, **facts)
        messages.success(request, _("Booked. We sent you the visit for your calendar."))
    else:
        offers.propose_other(visit, on=asked["on"], half=asked["half"], words=asked["words"], by=by, at=at)
        messages.success(request, _("Thank you. We write to you with new times."))
    return access.action
