"""One answer about one order, and one date for everything in a home."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.template.response import TemplateResponse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from accounts.presses import once
from cases.evidence import MoveRefused, StaleCase
from portal import refusals
from portal.contractor import answers, jobs, pages
from portal.contractor.doors import Door
from portal.contractor.forms import FORMS, HomeDateForm, OrderForm
from portal.contractor.views import times
from portal.contractor.views.lists import gone, versions
from works.models import WorkOrder

THANKS = {
    "accept": gettext_lazy("Accepted: %(title)s. Offer a date next."),
    "not-ours": gettext_lazy("We have your answer on %(title)s. The office decides."),
    "date": gettext_lazy("Date noted for %(title)s."),
    "start": gettext_lazy("Noted as started: %(title)s."),
    "wait": gettext_lazy("Noted as waiting: %(title)s."),
    "no-access": gettext_lazy("Noted: nobody let you in for %(title)s."),
    "done": gettext_lazy("Thank you: %(title)s is reported as done. The office checks it."),
}


@require_http_methods(["GET", "HEAD", "POST"])
def order_act(request: HttpRequest, door: Door, order: str, act: str) -> HttpResponseBase:
    """The form of one answer; GET shows, POST acts."""
    if act not in FORMS:
        raise Http404
    sent = request.method == "POST"
    try:
        row = door.order(order)
    except Http404:
        if sent and was_here(door, order):
            return gone(request, door, OrderFormless(request.POST, door=door))
        raise
    form = FORMS[act](request.POST if sent else None, request.FILES if sent else None, door=door, order=row)

    def shown(status: int = 422) -> HttpResponse:
        return _page(request, door, row, act, form, status=status)

    if not sent:
        return shown(200)
    if not form.is_valid():
        return shown()

    def work() -> str:
        answers.one(door, act, form, at=door.at)
        messages.success(request, str(THANKS[act]) % {"title": row.case.title})
        return f"{door.url('job_list_detail')}#{row.reference}"

    try:
        return once(request, work, at=door.at)
    except MoveRefused as refusal:
        return _refused(request, door, row, form, refusal, shown)


class OrderFormless(OrderForm):
    """What was typed about an order that is not here any more."""

    def __init__(self, *args: Any, door: Door) -> None:
        super().__init__(*args, door=door, order=WorkOrder())


def was_here(door: Door, order: str) -> bool:
    """Whether this order stood on this list once: it was given to another company, or is no longer needed."""
    number = order.upper().removeprefix("WO-")
    rows = WorkOrder.objects.filter(lines__list=door.defect_list)
    return number.isdecimal() and len(number) < 10 and rows.filter(number=int(number)).exists()


def _refused(
    request: HttpRequest, door: Door, row: WorkOrder, form: OrderForm, refusal: MoveRefused, shown: Any
) -> HttpResponse:
    """At its field; a page that was too old comes back with where it stands now, and a press more carries it out."""
    if not door.orders().filter(pk=row.pk).exists():
        return gone(request, door, form)
    if refusal.field == "promised_at":
        refusal.field = "promised_on"
    status = refusals.tell(request, form, refusal)
    if isinstance(refusal, StaleCase):
        data = request.POST.copy()
        data["seen_version"] = str(door.order(row.reference).version)
        form.data = data
    return shown(status)


def _page(request: HttpRequest, door: Door, row: WorkOrder, act: str, form: OrderForm, *, status: int) -> HttpResponse:
    now = door.orders().for_page().filter(pk=row.pk).first() or row
    is_possible = act in jobs.acts_of(now)
    state, pill = jobs.standing(now, at=door.at)
    pictures = [shot for _case, shot in pages.pictures_of([now], pages.by_door(door))]
    label, icon = jobs.LABELS[act]
    context = pages.frame(door) | {
        "order": now,
        "case": now.case,
        "pictures": pictures[: jobs.PICTURES_OF_A_JOB],
        "state": state,
        "pill": pill,
        "due": jobs.day(jobs.local_day(now, now.due_at)),
        "label": label,
        "icon": icon,
        "act": act,
        "form": form,
        "is_possible": is_possible or form.is_bound,
        "times": of_home(door, now.case.unit.number) if act == "date" and is_possible else "",
        "back": door.url("job_list_detail"),
    }
    return TemplateResponse(request, "portal/contractor/order_act.html", context, status=status)


def of_home(door: Door, number: str) -> str:
    """Where times are offered for a home."""
    return f"{door.url('list_date')}?{urlencode({'home': number})}"


@require_http_methods(["GET", "HEAD", "POST"])
def list_date(request: HttpRequest, door: Door) -> HttpResponseBase:
    """When the company comes to a home (`?home=A-15-6`): times to choose from, or one day for work from outside."""
    number = request.GET.get("home", "")[:40]
    rows = [row for row in pages.orders_of(door) if row.case.unit.number == number and "date" in jobs.acts_of(row)]
    sent = request.method == "POST"
    if not rows and not sent:
        raise Http404
    if request.GET.get("how") != "day" and "promised_on" not in request.POST:
        return times.page(request, door, rows, number)
    form = HomeDateForm(request.POST if sent else None, door=door, orders=rows)
    if not sent or not form.is_valid():
        context = pages.frame(door) | {
            "form": form,
            "rows": rows,
            "home": number,
            "back": door.url("job_list_detail"),
            "times": of_home(door, number),
        }
        return TemplateResponse(request, "portal/contractor/home_date.html", context, status=422 if sent else 200)
    seen = versions(request)

    def work() -> str:
        said = answers.one_date(door, form, [row for row in rows if row.number in seen], seen, at=door.at)
        _tell_dates(request, number, said)
        return door.url("job_list_detail")

    return once(request, work, at=door.at)


def _tell_dates(request: HttpRequest, home: str, said: answers.Said) -> None:
    count = len(said.taken)
    if count:
        words = ngettext("Date noted for %(n)d item in %(home)s.", "Date noted for %(n)d items in %(home)s.", count)
        messages.success(request, words % {"n": count, "home": home})
    if said.refused:
        messages.warning(request, answers.sentence(said))
    if not count and not said.refused:
        messages.info(request, _("These items were answered already, or are no longer with you."))
