"""The work orders of a case beside it: who, what, how far, until when, and what the office may do with them."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.choices import Status
from cases.models import Case
from units.wording import day
from works import slippage
from works.choices import IN_HAND, LIVE_STATES, OrderState
from works.models import WorkOrder

Row = dict[str, Any]

PILLS = {
    OrderState.NEW: "new",
    OrderState.BACK: "late",
    OrderState.NO_ACCESS: "late",
    OrderState.DISPUTED: "late",
    OrderState.WAITING: "waiting",
    OrderState.PLANNED: "waiting",
    OrderState.DONE: "done",
    OrderState.CLOSED: "done",
    OrderState.CANCELLED: "done",
}

STATES = {
    OrderState.PLANNED: gettext_lazy("Planned"),
    OrderState.NEW: gettext_lazy("Not accepted yet"),
    OrderState.ACCEPTED: gettext_lazy("Accepted"),
    OrderState.DISPUTED: gettext_lazy("Disputed"),
    OrderState.BACK: gettext_lazy("Sent back"),
    OrderState.DONE: gettext_lazy("Done"),
    OrderState.CANCELLED: gettext_lazy("Cancelled"),
}


def of_case(case: Case) -> list[WorkOrder]:
    """This cycle's, and what earlier ones left; one query."""
    return list(case.work_orders.select_related("company", "after__company").prefetch_related("promises"))


def rows(case: Case, orders: list[WorkOrder]) -> list[Row]:
    """Each order with its facts; a promise with the dates it slipped from."""
    return [
        {
            "reference": order.reference,
            "company": order.company.name,
            "url": reverse("company_detail", args=[order.company.slug]),
            "pill": PILLS.get(OrderState(order.state), "moving"),
            "state": _state(order),
            "facts": _facts(case, order),
        }
        for order in orders
    ]


def _state(order: WorkOrder) -> str:
    return str(STATES.get(OrderState(order.state)) or order.get_state_display())


def _facts(case: Case, order: WorkOrder) -> list[Row]:
    zone = case.development.tz

    def on(moment: Any) -> str:
        return day(moment.astimezone(zone).date()) if moment else ""

    is_owed = order.state in LIVE_STATES
    slipped = [on(promise.was_at) for promise in order.promises.all() if promise.was_at]
    promised = on(order.promised_at) if is_owed else ""
    return [
        {"label": _("What to do"), "words": order.scope},
        {"label": _("After"), "words": order.after.company.short_name if order.after and is_owed else ""},
        {"label": _("Before it begins"), "words": order.condition if is_owed else ""},
        {"label": _("Dry until"), "words": day(order.ready_on) if order.ready_on and is_owed else ""},
        {"label": _("Due"), "words": _due(order, on) if is_owed else ""},
        {"label": _("Promised"), "words": _slip(promised, slipped)},
        {"label": _("Date moved"), "words": slippage.words(order, zone) if is_owed else ""},
        {"label": _("Waits for"), "words": order.words or order.get_waits_for_display() if order.waits_for else ""},
        {"label": _("Done"), "words": on(order.done_at)},
        {"label": _("Budget code"), "words": order.budget_code},
    ]


def _due(order: WorkOrder, on: Any) -> str:
    if order.due_at == order.first_due_at:
        return str(on(order.due_at))
    return _("%(due)s (first %(first)s)") % {"due": on(order.due_at), "first": on(order.first_due_at)}


def _slip(promised: str, slipped: list[str]) -> str:
    if promised and slipped:
        return _("%(date)s, before that %(dates)s") % {"date": promised, "dates": ", ".join(slipped)}
    return promised


def acts(case: Case, orders: list[WorkOrder], *, may_act: bool) -> list[Row]:
    """What the office may do with the orders of a case that is with a contractor."""
    if not may_act or case.status != Status.WITH_CONTRACTOR:
        return []
    now = [order for order in orders if order.cycle == case.cycle]
    owed = [order for order in now if order.state in (*IN_HAND, OrderState.PLANNED)]
    found = [("case_order_add", _("Add another company"), "plus")]
    if any(order.state in IN_HAND for order in now):
        found.append(("case_order_chase", _("Chase now"), "send"))
        found.append(("case_order_dispute", _("They say it is not theirs"), "flag"))
    if any(order.state == OrderState.DONE for order in now):
        found.append(("case_order_back", _("Send one back"), "undo"))
    if len(owed) > 1:
        found.append(("case_order_cancel", _("Cancel one"), "x"))
    return [{"url": reverse(name, args=[case.reference]), "words": words, "icon": icon} for name, words, icon in found]
