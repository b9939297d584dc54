"""The queue of reports, one report, and the two answers to "who is this?"."""

from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpResponse, HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts import presses, sheets
from accounts.access import SignedInRequest, actor_of, allow
from accounts.choices import Role
from accounts.phones import display
from cases import intake
from cases.choices import ReportState
from cases.evidence import MoveRefused
from cases.models import Attachment, Report
from desk.intake import sheet
from desk.intake.forms import RefuseForm, VerifyForm
from homeowners.matching import Match, match
from homeowners.models import Tenure

PAGE = 40
STAFF = (Role.OFFICER, Role.MANAGER, Role.ADMINISTRATOR)


@allow(*STAFF)
def report_list(request: SignedInRequest) -> HttpResponse:
    """What waits to be verified; with `?state=all` everything, newest first, by keyset pages."""
    shows_all = request.GET.get("state") == "all"
    rows = sheet.rows_of(request.user, shows_all=shows_all).select_related("unit__development", "reporter")
    rows = rows.annotate(items_count=Count("items"))
    before = request.GET.get("before", "")
    if shows_all and before.isdecimal() and len(before) < 10:
        rows = rows.filter(number__lt=int(before))
    found = list(rows[: PAGE + 1])
    context = {
        "reports": found[:PAGE],
        "shows_all": shows_all,
        "next": found[PAGE - 1].number if shows_all and len(found) > PAGE else None,
        "at": timezone.now(),
    }
    return TemplateResponse(request, "desk/intake/report_list.html", context)


@allow(*STAFF)
@require_GET
def report_export(request: SignedInRequest, way: str = "") -> HttpResponseBase:
    """The list of reports as a file or on paper, all pages of it."""
    shows_all = request.GET.get("state") == "all"
    found = sheet.of_reports(request.user, shows_all=shows_all)
    return sheets.answer(request, found, way, back=reverse("report_list"))


def find(request: SignedInRequest, reference: str) -> Report:
    """A report by `R-318` in any case and punctuation, in scope."""
    number = reference.strip().upper().removeprefix("R").strip("- ")
    if not number.isdecimal() or len(number) > 9:
        raise Http404
    rows = Report.objects.visible_to(request.user).select_related("unit__development", "unit__block", "reporter")
    report = rows.select_related("unit__development__default_officer", "development").filter(number=int(number)).first()
    if report is None:
        raise Http404
    return report


@allow(*STAFF)
def report_detail(request: SignedInRequest, reference: str) -> HttpResponse:
    """Everything as it came in, untouched; and who it may be."""
    return page(request, find(request, reference))


def page(request: SignedInRequest, report: Report, *, status: int = 200, **forms: Any) -> HttpResponse:
    """The report's page with its forms in whatever state they are."""
    at = timezone.now()
    day = at.astimezone(report.development.tz).date()
    holders = list(Tenure.objects.filter(unit_id=report.unit_id).in_force(day).with_people())
    items = list(report.items.select_related("location", "defect_type", "case"))
    pictures: dict[int, list[Attachment]] = {}
    rows = Attachment.objects.filter(report_item__in=items).select_related("file").order_by("added_at", "pk")
    for row in rows:
        pictures.setdefault(row.report_item_id or 0, []).append(row)
    is_waiting = report.state == ReportState.UNVERIFIED
    found = _match(report) if is_waiting else None
    context = {
        "report": report,
        "phone_shown": display(report.reporter_phone),
        "lines": [(item, pictures.get(item.pk, [])) for item in items],
        "match": found,
        "holders": holders,
        "may_answer": is_waiting and request.user.role != Role.ADMINISTRATOR,
        "verify": VerifyForm(report=report, holders=holders, initial={"person": found and found.homeowner_id}),
        "refuse": RefuseForm(),
    }
    return TemplateResponse(request, "desk/intake/report_detail.html", context | forms, status=status)


def _match(report: Report) -> Match:
    return match(
        unit=report.unit,
        name=report.reporter_name,
        phone=report.reporter_phone,
        email=report.reporter_email,
        on=report.received_at.astimezone(report.development.tz).date(),
        unit_counts=False,
    )


@allow(Role.OFFICER, Role.MANAGER)
@require_POST
def report_verify(request: SignedInRequest, reference: str) -> HttpResponse:
    """This is one of the register: the waiting faults become cases."""
    report = find(request, reference)
    at = timezone.now()
    day = at.astimezone(report.development.tz).date()
    holders = list(Tenure.objects.filter(unit_id=report.unit_id).in_force(day).with_people())
    form = VerifyForm(request.POST, report=report, holders=holders)
    if not form.is_valid():
        return page(request, report, status=422, verify=form)

    def act() -> str:
        cases = intake.verify(
            report, form.cleaned_data["person"], how=form.sentences, by=actor_of(request), at=timezone.now()
        )
        messages.success(request, _("Verified; the reporter is told."))
        if len(cases) == 1:
            return reverse("case_detail", args=[cases[0].reference])
        return reverse("triage_sheet", args=[report.reference])

    try:
        return presses.once(request, act, at=at)
    except MoveRefused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
        return page(request, report, status=422, verify=form)


@allow(Role.OFFICER, Role.MANAGER)
@require_POST
def report_refuse(request: SignedInRequest, reference: str) -> HttpResponse:
    """Not for us."""
    report = find(request, reference)
    form = RefuseForm(request.POST)
    if not form.is_valid():
        return page(request, report, status=422, refuse=form)

    def act() -> str:
        intake.refuse(report, words=form.cleaned_data["words"], by=actor_of(request), at=timezone.now())
        return reverse("report_list")

    try:
        return presses.once(request, act, at=timezone.now())
    except MoveRefused as refusal:
        form.add_error(None, refusal.sentence)
        return page(request, report, status=422, refuse=form)
