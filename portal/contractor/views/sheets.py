"""Answering with the workbook: taken away, sent back, shown row by row, then applied."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.presses import once
from accounts.sheets import XLSX_TYPE
from documents import tables, tokens
from documents.models import StoredFile
from documents.refusals import UploadRefused
from portal.contractor import answers, pages, workbooks
from portal.contractor.answers import Answer
from portal.contractor.doors import NAME, Door
from portal.contractor.forms import NamedForm
from portal.contractor.views.lists import versions
from portal.contractor.workbooks import Line
from units.refusals import Refused
from works.choices import HowAccepted

KEPT = "kept"


class SheetForm(NamedForm):
    """The filled-in sheet; what it holds is read afterwards."""

    file = forms.FileField(
        label=gettext_lazy("The sheet, filled in"),
        help_text=gettext_lazy("Excel (.xlsx) or CSV. Nothing happens before you have seen what it would do."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
        error_messages={
            "required": gettext_lazy("Choose the sheet."),
            "empty": gettext_lazy("This file is empty."),
        },
    )


@require_safe
def list_sheet_file(request: HttpRequest, door: Door) -> HttpResponse:
    """The workbook as it stands now."""
    response = HttpResponse(workbooks.written(door), content_type=XLSX_TYPE)
    name = f"{door.defect_list.reference}-{door.defect_list.revision}.xlsx"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def list_sheet(request: HttpRequest, door: Door) -> HttpResponseBase:
    """Where the sheet is taken and sent back; a POST shows what it would do and changes no order."""
    sent = request.method == "POST"
    form = SheetForm(request.POST if sent else None, request.FILES if sent else None, door=door)
    if not sent or not form.is_valid():
        return _page(request, door, form, status=422 if sent else 200)
    try:
        file = tables.store(form.cleaned_data["file"], by=door.by(form.name), at=door.at)
        lines = workbooks.read(file, pages.orders_of(door), at=door.at)
    except (UploadRefused, Refused) as refused:
        form.add_error("file", getattr(refused, "sentence", "") or str(refused))
        return _page(request, door, form, status=422)
    return _preview(request, door, lines, file, form.name)


def _page(request: HttpRequest, door: Door, form: SheetForm, *, status: int) -> HttpResponse:
    context = pages.frame(door) | {
        "form": form,
        "file": door.url("list_sheet_file"),
        "back": door.url("job_list_detail"),
    }
    return TemplateResponse(request, "portal/contractor/list_sheet.html", context, status=status)


def _preview(request: HttpRequest, door: Door, lines: list[Line], file: StoredFile, name: str) -> HttpResponse:
    going = [line for line in lines if line.act]
    context = pages.frame(door) | {
        "lines": lines,
        "going": len(going),
        "staying": len(lines) - len(going),
        "orders": [line.order for line in going],
        "kept": tokens.token(file, door.holder),
        "name": name,
        "name_field": NAME,
        "apply": door.url("list_sheet_apply"),
        "back": door.url("list_sheet"),
    }
    return TemplateResponse(request, "portal/contractor/list_sheet_preview.html", context)


@require_POST
def list_sheet_apply(request: HttpRequest, door: Door) -> HttpResponseBase:
    """What was shown is done: the kept sheet, on the versions of the orders that the preview showed."""
    form = NamedForm(request.POST, door=door)
    files = tokens.files_of([request.POST.get(KEPT, "")], door.holder)
    if not files or not form.is_valid():
        messages.warning(request, _("Send the sheet again, please: it was let go, or your name was missing."))
        return redirect(door.url("list_sheet"))
    seen = versions(request)
    lines = workbooks.read(files[0], pages.orders_of(door), at=door.at)
    wanted = [_answer(line, seen) for line in lines if line.act and line.order and line.order.number in seen]

    def work() -> str:
        said = answers.many(door, wanted, by=door.by(form.name), at=door.at, how=HowAccepted.SHEET)
        _tell(request, said)
        return door.url("job_list_detail")

    return once(request, work, at=door.at)


def _answer(line: Line, seen: dict[int, int]) -> Answer:
    order: Any = line.order
    return Answer(order, line.act, seen[order.number], line.facts)


def _tell(request: HttpRequest, said: answers.Said) -> None:
    count = len(said.taken)
    if count:
        words = ngettext("%(n)d answer taken from the sheet.", "%(n)d answers taken from the sheet.", count)
        messages.success(request, words % {"n": count})
    if said.refused:
        messages.warning(request, answers.sentence(said))
    if not count and not said.refused:
        messages.info(request, _("The sheet said nothing new."))
