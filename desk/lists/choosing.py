"""Which orders go on a new list: those of ticked cases, or all that one company owes in one development."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.access import SignedInRequest
from cases.search import reference_key
from works.choices import IN_HAND
from works.lists import MOST
from works.models import WorkOrder
from works.querysets import WorkOrderQuerySet


@dataclass(frozen=True)
class Chosen:
    """The orders, and what the page says of them."""

    orders: list[WorkOrder]
    title: str = ""
    left_out: str = ""
    sentence: str = ""

    @property
    def references(self) -> list[str]:
        """Their cases, each once: what the form sends back."""
        return list(dict.fromkeys(order.case.reference for order in self.orders))


def of(request: SignedInRequest) -> Chosen:
    """What the address, or the form, asks for; nothing that this person may not see."""
    asked = request.POST if request.method == "POST" else request.GET
    rows = WorkOrder.objects.visible_to(request.user).for_page().filter(state__in=IN_HAND, sent_at__isnull=False)
    if asked.getlist("case"):
        return _of_cases(rows, asked)
    company, development = asked.get("company", ""), asked.get("development", "")
    if not company:
        return Chosen([])
    rows = rows.filter(company__slug=company)
    rows = rows.filter(case__development__code=development) if development else rows
    found = list(rows.order_by("case__unit__number", "due_at", "pk")[: MOST + 1])
    if len(found) > MOST:
        return Chosen([], sentence=_("More than %(n)d items: choose fewer.") % {"n": MOST})
    return Chosen(found, title=_title(found), sentence=_("Nothing is owed there."))


def _of_cases(rows: WorkOrderQuerySet, asked: QueryDict) -> Chosen:
    keys = list(dict.fromkeys(map(reference_key, asked.getlist("case"))))[:MOST]
    found = list(rows.filter(case__reference_key__in=keys).order_by("case__unit__number", "due_at", "pk"))
    missing = len(keys) - len({order.case_id for order in found})
    words = ngettext(
        "%(n)d ticked case is not with a contractor and stays off the list: accept and send it first.",
        "%(n)d ticked cases are not with a contractor and stay off the list: accept and send them first.",
        missing,
    ) % {"n": missing}
    return Chosen(found, title=_title(found), left_out=words if missing else "", sentence=words if missing else "")


def _title(found: Sequence[WorkOrder]) -> str:
    names = sorted({order.company.short_name for order in found})
    return _("Defect list for %(company)s") % {"company": ", ".join(names)}
