"""Visits: list, calendar, one visit, booking and what becomes of it."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.forms import Form
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts import presses, sheets
from accounts.access import SignedInRequest, actor_of, allow
from accounts.choices import DESK_ROLES, Role
from cases.evidence import MoveRefused
from cases.models import Case
from cases.search import key_of, reference_key
from documents.sheets_out import asking
from inspections import previews, sheet, visits
from inspections.choices import VisitState
from inspections.forms import BookForm, CancelForm, ChangeForm, DoneForm, VisitSearchForm
from inspections.models import Visit
from inspections.querysets import VisitQuerySet
from units import sane_days

STAFF = (Role.OFFICER, Role.MANAGER, Role.ADMINISTRATOR)
PAGE = 60
WEEK = timedelta(days=7)
FIRST_KIND = {"new": "inspection", "in-review": "inspection", "accepted": "inspection", "with-contractor": "repair"}


def visible(request: SignedInRequest) -> VisitQuerySet:
    """Visits in scope with their homes and cases."""
    cases = Prefetch("cases", Case.objects.for_page())
    return Visit.objects.visible_to(request.user).for_page().prefetch_related(cases)


def find(request: SignedInRequest, reference: str) -> Visit:
    """A visit by `V-12` in any case and punctuation."""
    number = reference.strip().upper().removeprefix("V").strip("- ")
    if not number.isdecimal() or len(number) > 9:
        raise Http404
    visit = visible(request).filter(number=int(number)).first()
    if visit is None:
        raise Http404
    return visit


def with_cases(rows: Iterable[Visit]) -> list[tuple[Visit, list[Case]]]:
    """Visits, each with its cases at hand."""
    return [(visit, list(visit.cases.all())) for visit in rows]


@allow(*STAFF)
def visit_list(request: SignedInRequest) -> HttpResponse:
    """Visits to come, past or cancelled; by home, reference and kind."""
    at = timezone.now()
    form = VisitSearchForm(request.GET)
    rows = visible(request)
    rows = _filtered(rows, form.cleaned_data, at) if form.is_valid() else rows.none()
    context = {"rows": with_cases(rows[:PAGE]), "form": form, "most": PAGE}
    return TemplateResponse(request, "inspections/visit_list.html", context)


def _filtered(rows: VisitQuerySet, asked: dict[str, Any], at: datetime) -> VisitQuerySet:
    if asked["kind"]:
        rows = rows.filter(kind=asked["kind"])
    if asked["q"]:
        by_case = Case.objects.filter(reference_key=reference_key(asked["q"]) or "-")
        rows = rows.filter(unit__number_key__startswith=key_of(asked["q"])) | rows.filter(cases__in=by_case)
    if asked["state"] == "past":
        return rows.filter(ends_at__lte=at).order_by("-starts_at", "-pk").distinct()
    if asked["state"] == "cancelled":
        return rows.filter(state=VisitState.CANCELLED).order_by("-starts_at", "-pk").distinct()
    return rows.distinct() if asked["state"] == "all" else rows.ahead(at).distinct()


@allow(*STAFF)
@require_GET
def visit_export(request: SignedInRequest, way: str = "") -> HttpResponseBase:
    """The list of visits as a file or on paper, all of them."""
    form = VisitSearchForm(request.GET)
    rows = Visit.objects.visible_to(request.user)
    rows = _filtered(rows, form.cleaned_data, timezone.now()) if form.is_valid() else rows.none()
    asked = asking.in_use(form) or [(str(form.fields["state"].label), _("To come"))]
    return sheets.answer(request, sheet.of_visits(rows, asked=asked), way, back=reverse("visit_list"))


@allow(*STAFF)
def visit_calendar(request: SignedInRequest) -> HttpResponse:
    """One week, day by day; each visit at its home's local day."""
    today = timezone.localdate()
    day = sane_days.read(request.GET.get("week", "")) or today
    monday = day - timedelta(days=day.weekday())
    start = datetime.combine(monday, datetime.min.time(), timezone.get_current_timezone())
    development = request.GET.get("development", "")
    rows = list(
        visible(request)
        .of_development(development)
        .between(start - timedelta(days=1), start + WEEK + timedelta(days=1))
    )
    rows = [visit for visit in rows if visit.state != VisitState.CANCELLED]
    days = [monday + timedelta(days=number) for number in range(7)]
    local = [(visit.starts_at.astimezone(visit.unit.development.tz).date(), visit) for visit in rows]
    context = {
        "days": [(on, with_cases(visit for held, visit in local if held == on)) for on in days],
        "before": monday - WEEK,
        "after": monday + WEEK,
        "today": today,
        "development": development,
    }
    return TemplateResponse(request, "inspections/visit_calendar.html", context)


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
    context = {
        "visit": visit,
        "cases": list(visit.cases.all()),
        "may_act": may_act,
        "has_begun": has_begun,
        "letters": previews.of_finish(visit, by=actor_of(request), at=at) if may_act and has_begun else [],
        "change": ChangeForm(zone=zone, initial=first),
        "cancel": CancelForm(),
        "done": DoneForm(),
    }
    return TemplateResponse(request, "inspections/visit_detail.html", context | forms, status=status)


@allow(*DESK_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def visit_book(request: SignedInRequest) -> HttpResponse:
    """Book a visit for a case and others of the same home (`?case=KRM-2041`)."""
    reference = reference_key(request.GET.get("case") or request.POST.get("case") or "")
    case = Case.objects.visible_to(request.user).for_page().filter(reference_key=reference or "-").first()
    if case is None:
        raise Http404
    open_cases = list(
        Case.objects.visible_to(request.user).open().for_page().filter(unit_id=case.unit_id).order_by("pk")
    )
    first = {"kind": FIRST_KIND.get(case.status, "check"), "cases": [case.reference], "who": request.user.name}
    form = BookForm(request.POST or None, zone=case.development.tz, open_cases=open_cases, initial=first)

    def act() -> str:
        asked = form.cleaned_data
        visit = visits.book(
            form.chosen,
            kind=asked["kind"],
            who=asked["who"],
            note=asked["note"],
            by=actor_of(request),
            at=timezone.now(),
            **form.window,
        )
        messages.success(request, _("%(ref)s is booked; the homeowner is told.") % {"ref": visit.reference})
        return reverse("visit_detail", args=[visit.reference])

    def shown(status: int) -> HttpResponse:
        context = {"form": form, "case": case}
        return TemplateResponse(request, "inspections/visit_book.html", context, status=status)

    return _press(request, form, act, shown)


def _press(
    request: SignedInRequest, form: Form, act: Callable[[], str], shown: Callable[[int], HttpResponse]
) -> HttpResponse:
    """GET shows; POST acts once, or comes back with its sentence at its field."""
    if request.method != "POST":
        return shown(200)
    if form.is_valid():
        try:
            return presses.once(request, act, at=timezone.now())
        except MoveRefused as refusal:
            field = FIELDS.get(refusal.field, refusal.field)
            form.add_error(field if field in form.fields else None, refusal.sentence)
    return shown(422)


FIELDS = {"starts_at": "on", "ends_at": "closes"}
"""Where a refusal of a verb stands on the page."""


def _seen(request: SignedInRequest) -> int:
    sent = request.POST.get("seen_version", "")
    return int(sent) if sent.isdecimal() and len(sent) < 10 else 0


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
            visit, who=asked["who"], words=asked["words"], seen_version=_seen(request), by=by, at=at, **form.window
        )
        return reverse("visit_detail", args=[visit.reference])

    return _press(request, form, act, lambda status: page(request, visit, status=status, change=form))


@allow(*DESK_ROLES)
@require_http_methods(["POST"])
def visit_cancel(request: SignedInRequest, reference: str) -> HttpResponse:
    """Nobody comes; the homeowner reads why."""
    visit = find(request, reference)
    form = CancelForm(request.POST)

    def act() -> str:
        words = form.cleaned_data["words"]
        visits.cancel(visit, words=words, seen_version=_seen(request), by=actor_of(request), at=timezone.now())
        return reverse("visit_detail", args=[visit.reference])

    return _press(request, form, act, lambda status: page(request, visit, status=status, cancel=form))


@allow(*DESK_ROLES)
@require_http_methods(["POST"])
def visit_done(request: SignedInRequest, reference: str) -> HttpResponse:
    """It took place; what was found is for staff."""
    visit = find(request, reference)
    form = DoneForm(request.POST)

    def act() -> str:
        finding = form.cleaned_data["finding"]
        visits.finish(visit, finding=finding, seen_version=_seen(request), by=actor_of(request), at=timezone.now())
        messages.success(request, _("Saved; whoever is named here was told."))
        return reverse("visit_detail", args=[visit.reference])

    return _press(request, form, act, lambda status: page(request, visit, status=status, done=form))
