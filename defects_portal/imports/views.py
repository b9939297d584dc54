"""The administrator's pages for moving in: send a file, see what it would do, have it entered."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import actor_of, allow, fresh
from accounts.choices import Role
from defects_portal.choices import ImportStage, ImportState
from defects_portal.imports import error_file, runs
from defects_portal.imports.forms import ColumnsForm, FileForm, TermsForm
from defects_portal.imports.runs import ImportRefused
from defects_portal.imports.sheets import KINDS
from defects_portal.models import ImportRun
from documents.uploads import UploadRefused
from units.sheets.outcomes import Verdict

SHOWN = 50
RECENT = 20
MAY_CHOOSE = {ImportState.COLUMNS, ImportState.CHECKED}
TILES = (
    (Verdict.NEW, _lazy("new")),
    (Verdict.CHANGED, _lazy("changed")),
    (Verdict.UNCHANGED, _lazy("already there")),
    (Verdict.HELD, _lazy("wait for a tick")),
    (Verdict.BAD, _lazy("not taken")),
)


@allow(Role.ADMINISTRATOR)
@fresh
@require_http_methods(["GET", "POST"])
def import_list(request: HttpRequest) -> HttpResponse:
    """The files so far, and a place for the next one."""
    form = FileForm(request.POST or None, request.FILES or None)
    status = 200
    if request.method == "POST":
        if form.is_valid():
            try:
                run = runs.take(form.cleaned_data["file"], by=actor_of(request), at=timezone.now())
                return redirect("import_detail", public_id=run.public_id)
            except UploadRefused as refused:
                form.add_error("file", refused.sentence)
        status = 422
    recent = list(ImportRun.objects.visible_to(request.user).select_related("file")[:RECENT])
    kinds = [(kind.label, list(kind.columns)) for kind in KINDS.values()]
    context = {"form": form, "runs": recent, "kinds": kinds}
    return TemplateResponse(request, "defects_portal/imports/import_list.html", context, status=status)


@allow(Role.ADMINISTRATOR)
@fresh
@require_GET
def import_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """One file: its columns, the check of it, how far it is, what came of it."""
    run = _run(request, public_id)
    if run.state == ImportState.COLUMNS or (run.state in MAY_CHOOSE and "columns" in request.GET):
        return _columns_page(request, run, ColumnsForm(run=run))
    return _page(request, run, TermsForm(run=run) if run.state == ImportState.CHECKED else None)


@allow(Role.ADMINISTRATOR)
@fresh
@require_POST
def import_check(request: HttpRequest, public_id: str) -> HttpResponse:
    """Has the file checked with these columns."""
    run = _run(request, public_id)
    form = ColumnsForm(request.POST, run=run)
    if not form.is_valid():
        return _columns_page(request, run, form, status=422)
    sheets, is_changed = form.chosen()
    if is_changed and run.state in MAY_CHOOSE:
        run.sheets = [sheet.packed() for sheet in sheets]
        run.development = form.cleaned_data["development"]
        run.save(update_fields=["sheets", "development"])
        messages.info(request, _("Look at the columns again: they are proposed anew for what the sheet holds."))
        return redirect("import_detail", public_id=run.public_id)
    try:
        development = form.cleaned_data["development"]
        runs.check(run, sheets=sheets, development=development, by=actor_of(request), at=timezone.now())
    except ImportRefused as refused:
        form.add_error(None, str(refused))
        return _columns_page(request, run, form, status=422)
    return redirect("import_detail", public_id=run.public_id)


@allow(Role.ADMINISTRATOR)
@fresh
@require_POST
def import_begin(request: HttpRequest, public_id: str) -> HttpResponse:
    """Has what was checked entered."""
    run = _run(request, public_id)
    form = TermsForm(request.POST, run=run)
    if run.state != ImportState.CHECKED:  # pressed twice, or somebody else was quicker
        return redirect("import_detail", public_id=run.public_id)
    if not form.is_valid():
        return _page(request, run, form, status=422)
    return _carried_out(request, run, partial(runs.begin, terms=form.ticked()))


@allow(Role.ADMINISTRATOR)
@fresh
@require_POST
def import_stop(request: HttpRequest, public_id: str) -> HttpResponse:
    """Ends what a worker does with it; rows that are entered stay."""
    return _carried_out(request, _run(request, public_id), runs.stop)


@allow(Role.ADMINISTRATOR)
@fresh
@require_GET
def import_errors(request: HttpRequest, public_id: str) -> HttpResponse:
    """The rows that were not taken, as a file to mend and send again."""
    run = _run(request, public_id)
    answer = HttpResponse(error_file.content(run), content_type=error_file.MIME[run.facts["format"]])
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=error_file.name(run)) or ""
    answer["Cache-Control"] = "private, no-store"
    return answer


def _run(request: HttpRequest, public_id: str) -> ImportRun:
    runs_of_mine = ImportRun.objects.visible_to(request.user).select_related("file")
    return get_object_or_404(runs_of_mine, public_id=public_id)


def _carried_out(request: HttpRequest, run: ImportRun, verb: Callable[..., object]) -> HttpResponse:
    """Back to the file; a refusal, as when somebody else was quicker, is said there."""
    try:
        verb(run, by=actor_of(request), at=timezone.now())
    except ImportRefused as refused:
        messages.warning(request, str(refused))
    return redirect("import_detail", public_id=run.public_id)


def _columns_page(request: HttpRequest, run: ImportRun, form: ColumnsForm, *, status: int = 200) -> HttpResponse:
    context = {"run": run, "form": form, "panels": list(form.panels())}
    return TemplateResponse(request, "defects_portal/imports/import_columns.html", context, status=status)


def _page(request: HttpRequest, run: ImportRun, form: TermsForm | None, *, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {"run": run, "form": form, "percent": _percent(run), **_results(run)}
    return TemplateResponse(request, "defects_portal/imports/import_detail.html", context, status=status)


def _percent(run: ImportRun) -> int:
    return min(100 * run.rows_done // max(run.rows, 1), 100)


def _results(run: ImportRun) -> dict[str, Any]:
    """What the page shows of the last pass: counts, and the rows to know of."""
    is_entered = run.begun_at is not None
    counts = run.entered if is_entered else run.checked
    lines = run.lines.filter(stage=ImportStage.IMPORT if is_entered else ImportStage.CHECK)
    named = {sheet.index: sheet.name for sheet in runs.sheets_of(run)}
    shown = {
        "transfers": lines.filter(needs="transfer").exclude(verdict=Verdict.BAD),
        "replaced": lines.filter(needs="replace").exclude(verdict=Verdict.BAD),
        "bad": lines.filter(verdict__in=[Verdict.BAD, Verdict.HELD]),
        "new": lines.filter(verdict=Verdict.NEW, warnings=[]),
        "warned": lines.exclude(warnings=[]).exclude(verdict=Verdict.BAD),
    }
    tiles = [
        (counts.get(verdict, 0), words, verdict) for verdict, words in TILES if counts.get(verdict) or verdict == "new"
    ]
    wrong = counts.get(Verdict.BAD, 0) + counts.get(Verdict.HELD, 0)
    groups = {name: list(rows[:SHOWN]) for name, rows in shown.items()}
    return {"counts": counts, "tiles": tiles, "wrong": wrong, "named": named, "is_entered": is_entered, **groups}
