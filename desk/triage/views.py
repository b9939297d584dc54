"""The triage sheet of one report."""

from collections.abc import Collection
from datetime import datetime
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.access import SignedInRequest, actor_of, allow
from accounts.choices import Role
from cases.evidence import MoveRefused
from cases.mailing import Mailing, Told
from cases.models import Attachment, Case, Report
from catalogue.models import GuidanceArticle, Priority, Trade
from contractors.appointments import roster
from desk import alike
from desk.intake.views import find
from desk.triage.choices import ANSWERABLE, preset
from desk.triage.forms import RowForm
from desk.triage.sheet import Sheet, show_refusal
from ledger import idempotency

WITH = ("element", "report_item__report", "report_item__defect_type", "trade__guidance", "defect_type__guidance")
"""What the rows name beside `for_page`."""


@allow(Role.OFFICER, Role.MANAGER)
@require_http_methods(["GET", "HEAD", "POST"])
def triage_sheet(request: SignedInRequest, reference: str) -> HttpResponse:
    """All items of a report by room; *Read the mails* rehearses, *Confirm* does."""
    report = find(request, reference)
    if reference != report.reference:
        return redirect("triage_sheet", report.reference)
    at = timezone.now()
    cases = _cases(request, report)
    rows = _rows(cases, request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _page(request, report, rows)
    good = [row for row in rows if row.is_valid()]
    day = at.astimezone(report.development.tz).date()
    sheet = Sheet(good, roster=roster(report.development, day), by=actor_of(request), at=at)
    if request.POST.get("then") == "read":
        status = 200 if len(good) == len(rows) else 422
        return _page(request, report, rows, letters=_rehearsed(sheet, request, at), status=status)
    return _confirm(request, report, sheet, all_good=len(good) == len(rows))


def _cases(request: SignedInRequest, report: Report) -> list[Case]:
    rows = Case.objects.visible_to(request.user).for_page().select_related(*WITH)
    return list(rows.filter(report_item__report=report).order_by("location__order", "report_item__position"))


def _rows(cases: list[Case], data: Any, *, fresh: Collection[int] = ()) -> list[RowForm]:
    """A form for each case that can be answered, bound to what was sent but for the `fresh` ones."""
    trades = list(Trade.objects.in_use().order_by("order").values_list("code", "label"))
    priorities = [(code, code) for code in Priority.objects.order_by("order").values_list("code", flat=True)]
    articles = list(GuidanceArticle.objects.in_use().order_by("title").values_list("pk", "title"))
    open_rows = [case for case in cases if case.status in ANSWERABLE]
    twins = _with_twins(open_rows)
    return [
        RowForm(
            None if case.pk in fresh else data,
            prefix=case.reference,
            case=case,
            trades=trades,
            priorities=priorities,
            articles=articles,
            initial={
                "seen_version": case.version,
                "answer": preset(case, has_twin=case.pk in twins),
                "trade": case.trade_id,
                "priority": case.priority_id,
            },
        )
        for case in open_rows
    ]


def _with_twins(cases: list[Case]) -> dict[int, str]:
    """Cases whose place and trade stand in another open case of the home; one query for the whole sheet."""
    if not cases:
        return {}
    others = Case.objects.open().filter(unit_id=cases[0].unit_id).exclude(pk__in=[case.pk for case in cases])
    places = {
        (row["location_id"], row["trade_id"]): row["reference"]
        for row in others.values("location_id", "trade_id", "reference")
    }
    return {case.pk: places[key] for case in cases if (key := (case.location_id, case.trade_id)) in places}


def _rehearsed(sheet: Sheet, request: SignedInRequest, at: datetime) -> list[Told]:
    mailing = Mailing(by=actor_of(request), at=at)
    with transaction.atomic():
        sheet.carry_out(mailing=mailing)
        letters = mailing.letters()
        transaction.set_rollback(True)
    return letters


def _confirm(request: SignedInRequest, report: Report, sheet: Sheet, *, all_good: bool) -> HttpResponse:
    """Every answer that can be carried out; a row with a fault, or one that its move refuses, stays on the sheet."""
    with transaction.atomic():
        key = request.POST.get(idempotency.FIELD, "")
        press = idempotency.first_time(key, by=sheet.by, at=sheet.at)
        if press.is_repeat:
            return redirect(press.answer)
        outcomes = sheet.carry_out()
        sentences = {outcome.case.pk: outcome.refusal for outcome in outcomes if outcome.refusal}
        done = {outcome.case.pk for outcome in outcomes} - set(sentences)
        press.settle(reverse("triage_sheet", args=[report.reference]))
        transaction.set_rollback(not done and not all_good)  # a sheet that did nothing may be sent again
    if done:
        said = ngettext("%(n)d answer saved, one mail sent.", "%(n)d answers saved, one mail a person.", len(done))
        messages.success(request, said % {"n": len(done)})
    if all_good and not sentences:
        return redirect("triage_sheet", report.reference)
    return _page(request, report, _left(request, report, done, sentences), status=422)


def _left(request: SignedInRequest, report: Report, done: set[int], sentences: dict[int, MoveRefused]) -> list[RowForm]:
    """The sheet again: refused rows with what was typed and their sentences; rows just answered as they now are."""
    rows = _rows(_cases(request, report), request.POST, fresh=done)
    for row in rows:
        if row.is_bound and row.is_valid() and row.case.pk in sentences:
            show_refusal(row, sentences[row.case.pk])
    return rows


def _page(
    request: SignedInRequest,
    report: Report,
    rows: list[RowForm],
    *,
    status: int = 200,
    letters: list[Told] | None = None,
) -> HttpResponse:
    cases = [row.case for row in rows]
    pictures: dict[int, Attachment] = {}
    for row in Attachment.objects.pictures().filter(case__in=cases).select_related("file").order_by("-pk"):
        pictures[row.case_id or 0] = row
    twins = _with_twins(cases)
    hints = alike.hints(cases, report.development.tz, named={pk: [twin] for pk, twin in twins.items()})
    lines = [(row, pictures.get(row.case.pk), twins.get(row.case.pk, ""), hints.get(row.case.pk, [])) for row in rows]
    rooms = [(room, list(group)) for room, group in groupby(lines, key=lambda line: str(line[0].case.location))]
    context = {
        "report": report,
        "rooms": rooms,
        "count": len(rows),
        "letters": letters,
        "problems": sum(1 for row in rows if row.is_bound and row.errors),
        "answered": report.items.filter(case__isnull=False).count() - len(rows),
        "title": ngettext("%(n)d defect, %(home)s", "%(n)d defects, %(home)s", len(rows))
        % {"n": len(rows), "home": report.unit.number},
    }
    return TemplateResponse(request, "desk/triage/triage_sheet.html", context, status=status)
