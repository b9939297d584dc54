"""The registers: defect lists, and work orders."""

from datetime import datetime
from typing import Any

from django.db.models import Count, Q
from django.http import HttpResponse, HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_safe

from accounts import sheets
from accounts.access import SignedInRequest, allow
from accounts.choices import STAFF_ROLES
from desk.lists import sheet
from desk.lists.forms import ListSearchForm, OrderSearchForm, RegisterForm
from units import pages
from units.wording import day, when
from works import slippage
from works.choices import IN_HAND, ListState, OrderState
from works.models import DefectList, WorkOrder

LIST_PILLS = {
    ListState.COLLECTING: "new",
    ListState.WAITING: "waiting",
    ListState.ISSUED: "moving",
    ListState.CLOSED: "done",
}
ORDER_PILLS = {
    OrderState.NEW: "waiting",
    OrderState.ACCEPTED: "moving",
    OrderState.UNDER_WAY: "moving",
    OrderState.WAITING: "waiting",
    OrderState.NO_ACCESS: "waiting",
    OrderState.DISPUTED: "late",
    OrderState.BACK: "late",
    OrderState.DONE: "done",
    OrderState.CLOSED: "done",
}

Row = dict[str, Any]


@allow(*STAFF_ROLES)
@require_safe
def defect_list_list(request: SignedInRequest) -> HttpResponse:
    """The lists that this person may see, newest first."""
    form = ListSearchForm(request.GET, user=request.user)
    rows = form.filter(DefectList.objects.visible_to(request.user))
    standing = Q(lines__until_revision__isnull=True)
    whole = DefectList.objects.for_page().annotate(
        items=Count("lines", filter=standing),
        new=Count("lines", filter=standing & Q(lines__order__state=OrderState.NEW)),
        owed=Count("lines", filter=standing & Q(lines__order__state__in=IN_HAND)),
    )
    page = pages.page(rows, by="created_at", query=request.GET, whole=whole, newest_first=True)
    return _register(request, form, page, [list_row(found) for found in page.rows], "desk/lists/defect_list_list.html")


@allow(*STAFF_ROLES)
@require_GET
def defect_list_export(request: SignedInRequest, way: str = "") -> HttpResponseBase:
    """The register as a file or on paper."""
    form = ListSearchForm(request.GET, user=request.user)
    found = sheet.of_lists(form, DefectList.objects.visible_to(request.user))
    return sheets.answer(request, found, way, back=reverse("defect_list_list"))


@allow(*STAFF_ROLES)
@require_safe
def work_order_list(request: SignedInRequest) -> HttpResponse:
    """The orders that this person may see, the first due first."""
    at = timezone.now()
    form = OrderSearchForm(request.GET, user=request.user)
    rows = form.filter(WorkOrder.objects.visible_to(request.user), at=at)
    page = pages.page(rows, by="due_at", query=request.GET, whole=slippage.known(WorkOrder.objects.for_page()))
    return _register(request, form, page, [order_row(row, at) for row in page.rows], "desk/lists/work_order_list.html")


@allow(*STAFF_ROLES)
@require_GET
def work_order_export(request: SignedInRequest, way: str = "") -> HttpResponseBase:
    """The register as a file or on paper."""
    form = OrderSearchForm(request.GET, user=request.user)
    found = sheet.of_orders(form, WorkOrder.objects.visible_to(request.user), at=timezone.now())
    return sheets.answer(request, found, way, back=reverse("work_order_list"))


def _register(
    request: SignedInRequest, form: RegisterForm, page: pages.Page, rows: list[Row], template: str
) -> HttpResponse:
    kept = form.query()
    start = f"?{kept}&" if kept else "?"
    context = {
        "form": form,
        "rows": rows,
        "can_tick": request.user.is_desk,
        "page": page,
        "query": kept,
        "previous": f"{start}before={page.previous}" if page.previous else "",
        "next": f"{start}after={page.next}" if page.next else "",
    }
    return TemplateResponse(request, template, context, status=200 if form.is_valid() else 400)


def list_row(found: Any) -> Row:
    """One list in a line; wants the counts that the register annotates."""
    zone = found.development.tz
    return {
        "url": reverse("defect_list_detail", args=[found.reference]),
        "reference": found.reference,
        "revision": found.revision,
        "company": found.company.short_name,
        "place": found.development.name,
        "items": found.items,
        "new": found.new,
        "owed": found.owed,
        "sent": when(found.issued_at, zone) if found.issued_at else "",
        "goes": when(found.collects_until, zone) if found.collects_until else "",
        "receipt": day(found.acknowledged_at.astimezone(zone).date()) if found.acknowledged_at else "",
        "by": found.acknowledged_by_name,
        "is_opened": found.opened_at is not None,
        "state": found.get_state_display(),
        "kind": LIST_PILLS[ListState(found.state)],
    }


def order_row(order: WorkOrder, at: datetime) -> Row:
    """One order in a line."""
    case = order.case
    zone = case.development.tz
    return {
        "url": reverse("case_detail", args=[case.reference]),
        "reference": order.reference,
        "case": case.reference,
        "title": case.title,
        "scope": order.scope,
        "home": case.unit.number,
        "place": case.development.name,
        "company": order.company.short_name,
        "due": day(order.due_at.astimezone(zone).date()),
        "promised": day(order.promised_at.astimezone(zone).date()) if order.promised_at else "",
        "slipped": slippage.words(order, zone),
        "is_late": order.state in IN_HAND and order.due_at < at,
        "can_chase": order.state in IN_HAND and order.sent_at is not None,
        "state": order.get_state_display(),
        "kind": ORDER_PILLS.get(OrderState(order.state), "new"),
        "priority": case.priority_id,
        "meaning": case.priority.label,
    }
