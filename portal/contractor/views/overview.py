"""A company's home: what is next, its lists, and everything that is with it."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from accounts.access import SignedInRequest, allow
from accounts.choices import Role
from contractors.appointments import companies_of
from portal.contractor import jobs, pages
from units.wording import day, window
from works.choices import ListState, OrderState
from works.models import DefectList, WorkOrder

MOST = 300
"""Orders on one page; a company with more works by its lists."""
NEXT_DAYS = timedelta(days=8)

Row = dict[str, Any]


@allow(Role.CONTRACTOR)
@require_safe
def job_list(request: SignedInRequest) -> HttpResponse:
    """Today and the next days, the lists, and the orders by home, the most urgent first."""
    at = timezone.now()
    rows = orders_of(request, at)
    lists = list(lists_of(request))
    companies = companies_of(request.user, at)
    work = jobs.work(
        rows, pages.pictures_of(rows, pages.of_account), at=at, url=_url, contacts=pages.contacts(rows, at=at)
    )
    office = rows[0].case.development if rows else (lists[0].development if lists else None)
    context = {
        "work": work,
        "lists": [_list_row(found) for found in lists],
        "coming": coming(rows, at),
        "company": ", ".join(company.short_name for company in companies),
        "office": office,
        "is_cut": len(rows) == MOST,
        "most": MOST,
    }
    return TemplateResponse(request, "portal/contractor/job_list.html", context)


def orders_of(request: SignedInRequest, at: datetime) -> list[WorkOrder]:
    """What is with this person's companies, what is done last."""
    rows = WorkOrder.objects.visible_to(request.user).for_page()
    rows = rows.select_related("case__report_item__report", "case__defect_type").prefetch_related(
        "case__parties__homeowner"
    )
    named: QuerySet[WorkOrder, Any] = rows.annotate(
        list_number=F("lines__list__number"), is_done=Q(state=OrderState.DONE)
    ).filter(lines__until_revision__isnull=True)
    return list(named.order_by("is_done", "due_at", "case__unit__number", "pk")[:MOST])


def lists_of(request: SignedInRequest) -> QuerySet[DefectList, Any]:
    """The lists with something left on them, the newest first, with how many orders are new."""
    mine = Q(lines__until_revision__isnull=True, lines__order__ended_at__isnull=True)
    rows = DefectList.objects.visible_to(request.user).for_page().filter(state=ListState.ISSUED)
    return (
        rows.annotate(
            items=Count("lines", filter=mine), new=Count("lines", filter=mine & Q(lines__order__state=OrderState.NEW))
        )
        .filter(items__gt=0)
        .order_by("-issued_at")[:30]
    )


def coming(rows: list[WorkOrder], at: datetime) -> list[Row]:
    """Visits and promised days of the next week, by day: where, and how many items."""
    found: dict[tuple[Any, str, str], Row] = {}
    for row in rows:
        moment = row.case.visit_starts_at if row.case.visit_ends_at else row.promised_at
        if (
            moment is None
            or row.state not in jobs.OPEN_STATES
            or not at - timedelta(hours=12) < moment < at + NEXT_DAYS
        ):
            continue
        on = jobs.local_day(row, moment)
        key = (on, row.case.unit.number, row.case.development.code)
        known = found.setdefault(key, _coming_row(row, on))
        known["count"] += 1
        known["items"] = ngettext("%(n)d item", "%(n)d items", known["count"]) % {"n": known["count"]}
    return [found[key] for key in sorted(found)]


def _coming_row(row: WorkOrder, on: Any) -> Row:
    home = f"{row.case.unit.number}, {jobs.place_of(row)}"
    return {"day": on, "home": home, "when": _when(row), "count": 0, "url": _list_url(row)}


def _when(row: WorkOrder) -> str:
    case = row.case
    if case.visit_starts_at and case.visit_ends_at:
        return window(case.visit_starts_at, case.visit_ends_at, case.development.tz)
    return _("Your date; no time agreed yet")


def _url(order: Any, act: str) -> str:
    return reverse("order_act", args=[f"DL-{order.list_number}", order.reference, act])


def _list_url(order: Any) -> str:
    return reverse("job_list_detail", args=[f"DL-{order.list_number}"])


def _list_row(found: Any) -> Row:
    facts = {
        "n": found.items,
        "place": found.development.name,
        "day": day(found.issued_at.astimezone(found.development.tz).date()),
    }
    words = ngettext("%(n)d item, %(place)s, sent %(day)s", "%(n)d items, %(place)s, sent %(day)s", found.items)
    return {
        "url": reverse("job_list_detail", args=[found.reference]),
        "title": found.title,
        "words": words % facts,
        "new": ngettext("%(n)d new", "%(n)d new", found.new) % {"n": found.new} if found.new else "",
    }
