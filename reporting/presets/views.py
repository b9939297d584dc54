"""The reports: which there are, one with its figures and rows, and taking it away."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_safe

from accounts import sheets
from accounts.access import SignedInRequest, allow
from accounts.choices import STAFF_ROLES
from documents.sheets_out.sheet import Column, Kind, Sheet, cell, in_words
from reporting.presets import of_cases, of_gaps, of_visits
from reporting.presets.forms import PeriodForm
from reporting.presets.report import Preset, page_of
from units.models import Development
from units.wording import when

PRESETS = {preset.key: preset for preset in (of_cases.STATUS, of_cases.WORKS, of_visits.PRESET, of_gaps.PRESET)}


@allow(*STAFF_ROLES)
@require_safe
def preset_list(request: SignedInRequest) -> HttpResponse:
    """All reports, each with its sentence."""
    return TemplateResponse(request, "reporting/presets/preset_list.html", {"presets": list(PRESETS.values())})


@allow(*STAFF_ROLES)
@require_safe
def preset_detail(request: SignedInRequest, key: str) -> HttpResponse:
    """One report: its sentence, filter, figures, and the rows page by page."""
    preset, at = _find(key), timezone.now()
    form = _form(request, preset, at)
    context: dict[str, Any] = {"preset": preset, "form": form, "crumbs": _crumbs()}
    if not form.is_valid():
        return TemplateResponse(request, "reporting/presets/preset_detail.html", context, status=400)
    report = preset.make(request.user, form, at, request.GET.get("gap", ""))
    rows, more = page_of(report, request.GET.get("after", ""))
    context |= {
        "figures": report.figures,
        "heads": [column.label for column in report.sheet.printed],
        "lines": [(report.url_of(row), _words(report.sheet, row)) for row in rows],
        "next": _next(request.GET, more) if more else "",
        "is_first": "after" not in request.GET,
        "query": form.query(),
        "asked": report.sheet.asked,
        "made": f"{timezone.localtime(at):%Y-%m-%d %H:%M %Z}",
        "gap": request.GET.get("gap", ""),
    }
    return TemplateResponse(request, "reporting/presets/preset_detail.html", context)


@allow(*STAFF_ROLES)
@require_GET
def preset_export(request: SignedInRequest, key: str, way: str = "") -> HttpResponseBase:
    """The report as a file or on paper, all of its rows."""
    preset, at = _find(key), timezone.now()
    form = _form(request, preset, at)
    if not form.is_valid():
        raise Http404
    report = preset.make(request.user, form, at, "")
    return sheets.answer(request, report.sheet, way, back=reverse("preset_detail", args=[key]))


def _find(key: str) -> Preset:
    if key not in PRESETS:
        raise Http404
    return PRESETS[key]


def _form(request: SignedInRequest, preset: Preset, at: datetime) -> PeriodForm:
    """The filter of the address; the usual period when it names none. An empty day in it means: without bound."""
    asked = request.GET.copy()
    for name, day in preset.usual(at).items():
        asked.setdefault(name, day)
    developments = list(Development.objects.visible_to(request.user).order_by("name"))
    return PeriodForm(asked, developments=developments)


def _words(sheet: Sheet, row: Any) -> list[tuple[str, str]]:
    """Heading and words of each printed cell."""
    zone = sheet.zone(row)
    return [(str(column.label), _word(column, row, zone)) for column in sheet.printed]


def _word(column: Column, row: Any, zone: Any) -> str:
    value = cell(column, row, zone)
    if value is not None and column.kind == Kind.MOMENT:
        return when(column.value(row), zone)
    if isinstance(value, bool):
        return _("yes") if value else ""
    return "" if value is None else in_words(value)


def _next(asked: QueryDict, more: int) -> str:
    kept = asked.copy()
    kept["after"] = str(more)
    return f"?{kept.urlencode()}"


def _crumbs() -> list[dict[str, str]]:
    return [{"url": reverse("preset_list"), "words": _("Reports")}]
