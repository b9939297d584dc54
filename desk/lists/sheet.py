"""The registers of lists and orders, and the items of one list, to be taken away."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from cases import orders
from desk.lists.forms import ListSearchForm, OrderSearchForm
from documents.sheets_out import asking
from documents.sheets_out.sheet import Column, Kind, Part, Sheet
from units import pages
from works.choices import IN_HAND
from works.models import DefectList, WorkOrder

LISTS = (
    Column(_("List"), lambda row: row.reference, width=10, is_printed=True),
    Column(_("Revision"), lambda row: row.revision, Kind.NUMBER, width=9, is_printed=True),
    Column(_("Company"), lambda row: row.company.name, width=30, is_printed=True),
    Column(_("Development"), lambda row: row.development.name, width=24, is_printed=True),
    Column(_("State"), lambda row: row.get_state_display(), width=18, is_printed=True),
    Column(_("Made"), lambda row: row.created_at, Kind.MOMENT),
    Column(_("Sent"), lambda row: row.issued_at, Kind.MOMENT, is_printed=True),
    Column(_("Opened"), lambda row: row.opened_at, Kind.MOMENT),
    Column(_("Receipt confirmed"), lambda row: row.acknowledged_at, Kind.MOMENT, is_printed=True),
    Column(_("By"), lambda row: row.acknowledged_by_name, width=20),
    Column(_("Closed"), lambda row: row.closed_at, Kind.MOMENT),
)


def _orders(at: datetime) -> tuple[Column, ...]:
    return (
        Column(_("Order"), lambda row: row.reference, width=10, is_printed=True),
        Column(_("Case"), lambda row: row.case.reference, width=12, is_printed=True),
        Column(_("Home"), lambda row: row.case.unit.number, width=12, is_printed=True),
        Column(_("What"), lambda row: row.case.title, width=40, is_printed=True),
        Column(_("What to do"), lambda row: row.scope, width=30),
        Column(_("Company"), lambda row: row.company.name, width=28, is_printed=True),
        Column(_("Development"), lambda row: row.case.development.name, width=24),
        Column(_("Access"), lambda row: orders.access(row.case), width=30),
        Column(_("State"), lambda row: row.get_state_display(), width=22, is_printed=True),
        Column(_("Due"), lambda row: row.due_at, Kind.MOMENT, is_printed=True),
        Column(_("First due"), lambda row: row.first_due_at, Kind.MOMENT),
        Column(_("Promised"), lambda row: row.promised_at, Kind.MOMENT, is_printed=True),
        Column(_("Late"), lambda row: row.state in IN_HAND and row.due_at < at, Kind.YES, width=8, is_printed=True),
        Column(_("Accepted"), lambda row: row.accepted_at, Kind.MOMENT),
        Column(_("Done"), lambda row: row.done_at, Kind.MOMENT),
        Column(_("Budget code"), lambda row: row.budget_code, width=14),
    )


def of_lists(form: ListSearchForm, rows: Any) -> Sheet:
    """The lists that the form leaves, newest first."""
    found = pages.ordered(form.filter(rows), by="created_at", newest_first=True)
    part = Part(found, DefectList.objects.for_page().in_bulk)
    return Sheet(
        "defect-lists", _("Defect lists"), LISTS, (part,), asking.in_use(form), zone=lambda row: row.development.tz
    )


def of_orders(form: OrderSearchForm, rows: Any, *, at: datetime) -> Sheet:
    """The orders that the form leaves, the first due first."""
    found = pages.ordered(form.filter(rows, at=at), by="due_at")
    return _order_sheet("work-orders", _("Work orders"), found, asking.in_use(form), at=at)


def of_items(defect_list: DefectList, *, at: datetime) -> Sheet:
    """The orders of one list."""
    found = WorkOrder.objects.filter(lines__list=defect_list, lines__until_revision__isnull=True)
    rows = found.order_by("case__unit__number", "due_at", "pk")
    return _order_sheet(defect_list.reference, defect_list.title, rows, [], at=at)


def _order_sheet(name: str, title: Any, rows: Any, asked: Any, *, at: datetime) -> Sheet:
    whole = WorkOrder.objects.for_page().select_related("case__report_item__report")
    part = Part(rows, whole.prefetch_related("case__parties__homeowner").in_bulk)
    return Sheet(name, title, _orders(at), (part,), asked, zone=lambda row: row.case.development.tz)
