"""Handing a list out: as CSV, workbook or on paper. Every hand-out is audited; files ask who it is once more.

Quality page 17 asks for a fresh proof of oneself before exports, of every list: each holds names and homes of people.
Paper is asked for all day long and shows what the list's own pages show, so only registers of people ask there too.
"""

import io
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts import sessions
from accounts.access import SignedInRequest, actor_of
from documents.sheets_out import comma, workbook
from documents.sheets_out.sheet import Selection, Sheet, cell, in_words, select
from ledger import audit

CSV, XLSX, PRINT = "csv", "xlsx", "print"
MOST_IN_WORKBOOK = 10_000
"""Made while the person waits (about 4 s of work for so many cases); the CSV takes any number."""
MOST_ON_PAPER = 2_000
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def answer(request: SignedInRequest, sheet: Sheet, way: str, *, back: str) -> HttpResponseBase:
    """The list in the asked way, or for "" the page on which to choose one. `back` is the list's own address.

    The caller has made sure that the sheet holds nothing but rows that this person may see.
    """
    if way not in {"", CSV, XLSX, PRINT}:
        raise Http404
    if (way != PRINT or sheet.is_personal) and not sessions.is_fresh(request.session, at=timezone.now()):
        return _prove(request, way)
    selection, at = select(sheet), timezone.now()
    if not way or (way == XLSX and len(selection) > MOST_IN_WORKBOOK):
        return _choose(request, selection, way, back=back)
    audit.record(
        "handed-out",
        by=actor_of(request),
        at=at,
        about="list",
        about_id=request.user.pk,
        reference=sheet.name,
        new={"as": way, "rows": len(selection), "filter": dict(sheet.asked)},
    )
    return WAYS[way](request, selection, at)


def _prove(request: SignedInRequest, way: str) -> HttpResponseBase:
    """Leads back to the page with the buttons: a download would leave the person before the door."""
    start = request.path if way in {"", PRINT} else request.path.removesuffix(f"{way}/")
    query = request.GET.urlencode()
    page = f"{start}?{query}" if query else start
    return redirect(f"{reverse('account_reauthenticate')}?{urlencode({'next': page})}")


def _choose(request: SignedInRequest, selection: Selection, way: str, *, back: str) -> HttpResponse:
    query = request.GET.urlencode()
    context = {
        "sheet": selection.sheet,
        "rows": len(selection),
        "start": request.path.removesuffix(f"{way}/") if way else request.path,
        "query": f"?{query}" if query else "",
        "back": f"{back}?{query}" if query else back,
        "fits": len(selection) <= MOST_IN_WORKBOOK,
        "most": MOST_IN_WORKBOOK,
        "on_paper": MOST_ON_PAPER,
    }
    return TemplateResponse(request, "sheets/choose.html", context, status=422 if way else 200)


def _as_csv(_request: SignedInRequest, selection: Selection, at: datetime) -> HttpResponseBase:
    lines = comma.pieces(selection, yes=_("yes"), no=_("no"))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    return _kept_private(response, _file_name(selection, CSV, at))


def _as_workbook(request: SignedInRequest, selection: Selection, at: datetime) -> HttpResponseBase:
    target = io.BytesIO()  # the packed file: 1 MB for as many rows as are allowed
    facts = [(label, words) for label, words, _is_filter in facts_of(request, selection, at)]
    workbook.write(selection, target, facts=facts, about=_("About this list"))
    return _kept_private(HttpResponse(target.getvalue(), content_type=XLSX_TYPE), _file_name(selection, XLSX, at))


def _on_paper(request: SignedInRequest, selection: Selection, at: datetime) -> HttpResponseBase:
    sheet = selection.sheet
    context = {
        "sheet": sheet,
        "heads": [column.label for column in sheet.printed],
        "lines": [_line(sheet, row) for row in selection.rows(most=MOST_ON_PAPER)],
        "rows": len(selection),
        "most": MOST_ON_PAPER if len(selection) > MOST_ON_PAPER else 0,
        "facts": facts_of(request, selection, at),
    }
    return TemplateResponse(request, "sheets/print.html", context)


def _line(sheet: Sheet, row: Any) -> list[str]:
    zone = sheet.zone(row)
    return [_word(cell(column, row, zone)) for column in sheet.printed]


def _word(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else ""
    return "" if value is None else in_words(value)


def facts_of(request: SignedInRequest, selection: Selection, at: datetime) -> list[tuple[str, str, bool]]:
    """What a hand-out says of itself: (label, words, whether it is part of the filter)."""
    made = timezone.localtime(at)
    asked = [(label, words, True) for label, words in selection.sheet.asked]
    return [
        (_("List"), str(selection.sheet.title), False),
        *(asked or [(_("Filter"), _("none, all rows"), True)]),
        (_("Rows"), str(len(selection)), False),
        (_("Made"), f"{made:%Y-%m-%d %H:%M} {made.tzname()}", False),
        (_("By"), request.user.name, False),
        (_("Times"), _("as the clock of each row's development shows them"), False),
    ]


def _file_name(selection: Selection, ending: str, at: datetime) -> str:
    return f"{slugify(selection.sheet.name)}-{timezone.localtime(at):%Y-%m-%d-%H%M}.{ending}"


def _kept_private(response: HttpResponseBase, name: str) -> HttpResponseBase:
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


WAYS = {CSV: _as_csv, XLSX: _as_workbook, PRINT: _on_paper}
