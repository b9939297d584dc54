"""One visit: what it is, and what becomes of it."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import SignedInRequest, actor_of, allow
from accounts.choices import DESK_ROLES
from inspections import attendance, offers, previews, telling, visits
from inspections.choices import OfferState, VisitState
from inspections.forms import CancelForm, ChangeForm, CorrectForm, DoneForm, NobodyHomeForm
from inspections.models import Visit
from inspections.pressing import STAFF, find, press, seen
from units.wording import day, when, window


@allow(*STAFF)
def visit_detail(request: SignedInRequest, reference: str) -> HttpResponse:
    """One visit: where, when, who, for what; and what can be done with it."""
    visit = find(request, reference)
    if reference != visit.reference:
        return redirect("visit_detail", visit.reference)
    return page(request, visit)


def page(request: SignedInRequest, visit: Visit, *, status: int = 200, **forms: Form) -> HttpResponse:
    """The visit's page with its forms in whatever state they are."""
    zone = visit.unit.development.tz
    start, end = visit.starts_at.astimezone(zone), visit.ends_at.astimezone(zone)
    first = {"on": start.date(), "opens": start.time(), "closes": end.time(), "who": visit.who}
    at = timezone.now()
    may_act = visit.state == VisitState.BOOKED and request.user.role in DESK_ROLES
    has_begun = visit.starts_at <= at
    is_desk = request.user.role in DESK_ROLES
    context = {
        "visit": visit,
        "cases": list(visit.cases.all()),
        "pill": telling.show_state(visit),
        "parties": list(visit.parties.select_related("company", "user")),
        "offers": [_offer(row, visit) for row in visit.offers.prefetch_related("slots")],
        "follows": visit.follows,
        "door": telling.door_words(visit),
        "arrived": when(visit.arrived_at, zone) if visit.arrived_at else "",
        "may_act": may_act,
        "may_offer": is_desk and visit.is_open,
        "may_withdraw": is_desk and visit.state == VisitState.OFFERED,
        "may_correct": is_desk and visit.state == VisitState.NO_SHOW,
        "may_say_nobody_came": is_desk and attendance.may_say_nobody_came(visit, at),
        "nobody_home": ready(NobodyHomeForm(), request),
        "correct": CorrectForm(),
        "has_begun": has_begun,
        "letters": previews.of_finish(visit, by=actor_of(request), at=at) if may_act and has_begun else [],
        "change": ChangeForm(zone=zone, initial=first),
        "cancel": CancelForm(),
        "done": DoneForm(),
    }
    return TemplateResponse(request, "inspections/visit_detail.html", context | forms, status=status)


def _offer(row: Any, visit: Visit) -> dict[str, Any]:
    """One offer in plain words."""
    zone = visit.unit.development.tz
    asked = ""
    if row.asked_on:
        words = {"day": day(row.asked_on), "half": row.get_asked_half_display().lower()}
        asked = _("Asked for %(day)s, %(half)s.") % words
    return {
        "state": row.get_state_display(),
        "until": when(row.until, zone) if row.state == OfferState.OPEN else "",
        "slots": [window(slot.starts_at, slot.ends_at, zone) for slot in row.slots.all()],
        "asked": " ".join(part for part in (asked, row.asked_words) if part),
    }


def ready(form: Any, request: SignedInRequest) -> Any:
    """Tells the form's photo field who sends."""
    holder = f"user:{request.user.pk}"
    form.fields["photos"].for_sender(by=actor_of(request), at=timezone.now(), holder=holder, thumb=_thumb)
    return form


def _thumb(file: Any) -> str:
    return reverse("kept_file", args=[file.public_id])


@allow(*DESK_ROLES)
@require_http_methods(["POST"])
def visit_change(request: SignedInRequest, reference: str) -> HttpResponse:
    """Move it; the homeowner reads the new time."""
    visit = find(request, reference)
    form = ChangeForm(request.POST, zone=visit.unit.development.tz)

    def act() -> str:
        asked = form.cleaned_data
        by, at = actor_of(request), timezone.now()
        visits.change(
            visit,
            anyway=asked["anyway"],
            who=asked["who"],
            words=asked["words"],
            seen_version=seen(request),
            by=by,
            at=at,
            **form.window,
        )
        return reverse("visit_detail", args=[visit.reference])

    return press(request, form, act, lambda status: page(request, visit, status=status, change=form))


@allow(*DESK_ROLES)
@require_http_methods(["POST"])
def visit_cancel(request: SignedInRequest, reference: str) -> HttpResponse:
    """Nobody comes; the homeowner reads why."""
    visit = find(request, reference)
    form = CancelForm(request.POST)

    def act() -> str:
        words = form.cleaned_data["words"]
        visits.cancel(visit, words=words, seen_version=seen(request), by=actor_of(request), at=timezone.now())
        return reverse("visit_detail", args=[visit.reference])

    return press(request, form, act, lambda status: page(request, visit, status=status, cancel=form))


@allow(*DESK_ROLES)
@require_http_methods(["POST"])
def visit_done(request: SignedInRequest, reference: str) -> HttpResponse:
    """It took place; what was found is for staff."""
    visit = find(request, reference)
    form = DoneForm(request.POST)

    def act() -> str:
        finding = form.cleaned_data["finding"]
        visits.finish(visit, finding=finding, seen_version=seen(request), by=actor_of(request), at=timezone.now())
        messages.success(request, _("Saved; whoever is named here was told."))
        return reverse("visit_detail", args=[visit.reference])

    return press(request, form, act, lambda status: page(request, visit, status=status, done=form))


@allow(*DESK_ROLES)
@require_http_methods(["POST"])
def visit_withdraw(request: SignedInRequest, reference: str) -> HttpResponse:
    """The offered times no longer hold; the homeowner reads why."""
    visit = find(request, reference)
    form = CancelForm(request.POST)

    def act() -> str:
        words = form.cleaned_data["words"]
        offers.withdraw(visit, words=words, seen_version=seen(request), by=actor_of(request), at=timezone.now())
        return reverse("visit_detail", args=[visit.reference])

    return press(request, form, act, lambda status: page(request, visit, status=status, cancel=form))


@allow(*DESK_ROLES)
@require_http_methods(["POST"])
def visit_nobody_home(request: SignedInRequest, reference: str) -> HttpResponse:
    """Nobody opened: with proof; the homeowner gets new times, the second time as final notice."""
    visit = find(request, reference)
    form = ready(NobodyHomeForm(request.POST, request.FILES), request)

    def act() -> str:
        asked, by, at = form.cleaned_data, actor_of(request), timezone.now()
        zone = visit.unit.development.tz
        arrived_at = datetime.combine(visit.starts_at.astimezone(zone).date(), asked["arrived"], zone)
        proof = {"arrived_at": arrived_at, "called": asked["called"], "photos": asked["photos"]}
        new = attendance.nobody_home(visit, seen_version=seen(request), by=by, at=at, **proof)
        messages.success(request, _("Noted with its proof; the homeowner chooses a new time (%(ref)s).") % {"ref": new})
        return reverse("visit_detail", args=[visit.reference])

    return press(request, form, act, lambda status: page(request, visit, status=status, nobody_home=form))


@allow(*DESK_ROLES)
@require_http_methods(["POST"])
def visit_nobody_came(request: SignedInRequest, reference: str) -> HttpResponse:
    """The homeowner told us that nobody came."""
    visit = find(request, reference)
    form = Form(request.POST)

    def act() -> str:
        attendance.nobody_came(visit, seen_version=seen(request), by=actor_of(request), at=timezone.now())
        return reverse("visit_detail", args=[visit.reference])

    return press(request, form, act, lambda status: page(request, visit, status=status, came=form))


@allow(*DESK_ROLES)
@require_http_methods(["POST"])
def visit_correct(request: SignedInRequest, reference: str) -> HttpResponse:
    """Somebody came after all: the visit counts as booked again."""
    visit = find(request, reference)
    form = CorrectForm(request.POST)

    def act() -> str:
        words = form.cleaned_data["words"]
        attendance.somebody_came(
            visit, words=words, seen_version=seen(request), by=actor_of(request), at=timezone.now()
        )
        return reverse("visit_detail", args=[visit.reference])

    return press(request, form, act, lambda status: page(request, visit, status=status, correct=form))
