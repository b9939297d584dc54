"""*Chase now*: the ticked work orders, with the mails first; one mail to each company."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.access import SignedInRequest, actor_of, allow
from accounts.choices import DESK_ROLES
from accounts.presses import once
from cases.evidence import MoveRefused
from cases.mailing import Mailing
from cases.rehearsal import rehearse
from cases.search import reference_key
from desk.case_page import panel as words
from works import chasing
from works.models import WorkOrder

MOST = chasing.MOST
BACK_TO = {"my-day": "my_day"}
"""Pages that send their ticked rows here, as the form names them; all others are the register."""


@allow(*DESK_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def work_order_chase(request: SignedInRequest) -> HttpResponse:
    """Shows the mails; confirming sends them."""
    chosen = _chosen(request)
    back = _back(request)
    if not chosen:
        messages.info(request, _("Tick the work orders that a company owes first."))
        return redirect(back)
    by, at = actor_of(request), timezone.now()

    def work() -> str:
        made = chasing.chase(chosen, by=by, at=at)
        said = ngettext("%(n)d work order chased.", "%(n)d work orders chased.", len(made)) % {"n": len(made)}
        messages.success(request, said)
        return back

    if request.method == "POST":
        try:
            return once(request, work, at=at)
        except MoveRefused as refusal:
            messages.error(request, refusal.sentence)
            return redirect(back)

    def act(mailing: Mailing) -> None:
        chasing.chase(_again(chosen), by=by, at=at, mailing=mailing)

    shown = rehearse(act, by=by, at=at)
    mails = words.mails(shown)
    context: dict[str, Any] = {
        "title": ngettext("Chase %(n)d work order", "Chase %(n)d work orders", len(chosen)) % {"n": len(chosen)},
        "orders": [order.reference for order in chosen],
        "mails": mails,
        "mail_count": words.count_words(mails),
        "refusal": shown.refusal.sentence if shown.refusal else "",
        "confirm": words.confirm_words(mails, needs_manager=False, otherwise=_("Note it")),
        "back": back,
        "origin": _origin(request),
        "crumbs": [{"url": reverse("work_order_list"), "words": _("Work orders")}],
    }
    return TemplateResponse(request, "desk/lists/work_order_chase.html", context)


def _chosen(request: SignedInRequest) -> list[WorkOrder]:
    """By their own numbers, or all that companies owe on the ticked cases; nothing that this person may not see."""
    asked = request.POST if request.method == "POST" else request.GET
    numbers = [text.upper().removeprefix("WO-") for text in asked.getlist("order")]
    known = [int(text) for text in numbers if text.isdecimal() and len(text) < 10]
    keys = [reference_key(text) for text in asked.getlist("case")]
    rows = WorkOrder.objects.visible_to(request.user).for_page()
    rows = rows.filter(number__in=known) if known else rows.in_hand().filter(case__reference_key__in=keys)
    return list(rows.order_by("due_at", "pk")[: MOST + 1])


def _again(chosen: list[WorkOrder]) -> list[WorkOrder]:
    """Copies for the rehearsal, which changes what it is given."""
    return list(WorkOrder.objects.for_page().filter(pk__in=[order.pk for order in chosen]))


def _origin(request: HttpRequest) -> str:
    name = request.POST.get("origin") or request.GET.get("origin") or ""
    return name if name in BACK_TO else ""


def _back(request: HttpRequest) -> str:
    return reverse(BACK_TO.get(_origin(request), "work_order_list"))
