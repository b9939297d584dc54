"""The page of one defect list, and what is pressed on it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.presses import once
from portal.contractor import answers, pages
from portal.contractor.doors import Door
from portal.contractor.forms import NamedForm
from works import lists

MOST = 500


@require_safe
def job_list_detail(request: HttpRequest, door: Door) -> HttpResponse:
    """The list: what, where, until when, and the answers."""
    return shown(request, door, NamedForm(door=door))


def shown(request: HttpRequest, door: Door, form: NamedForm, *, status: int = 200) -> HttpResponse:
    """The list with the form that asks for a name."""
    context = pages.context(door) | {"form": form}
    return TemplateResponse(request, "portal/contractor/list_detail.html", context, status=status)


@require_POST
def list_accept(request: HttpRequest, door: Door) -> HttpResponseBase:
    """Accepts every new order that the page showed."""
    form = NamedForm(request.POST, door=door)
    if not form.is_valid():
        return shown(request, door, form, status=422)
    seen = versions(request)

    def work() -> str:
        said = answers.accept_all(door, seen, by=door.by(form.name), at=door.at)
        tell(request, said)
        return door.url("job_list_detail")

    return once(request, work, at=door.at)


def versions(request: HttpRequest) -> dict[int, int]:
    """The orders that a page showed, by number: `WO-12:3` is order 12 in its third version."""
    found: dict[int, int] = {}
    for text in request.POST.getlist("order")[:MOST]:
        number, _colon, version = text.upper().removeprefix("WO-").partition(":")
        if number.isdecimal() and version.isdecimal() and len(number) < 10 and len(version) < 10:
            found[int(number)] = int(version)
    return found


def tell(request: HttpRequest, said: answers.Said) -> None:
    """What was taken, and what was not."""
    count = len(said.taken)
    if count:
        messages.success(
            request,
            ngettext("%(n)d item accepted. Thank you.", "%(n)d items accepted. Thank you.", count) % {"n": count},
        )
    if said.refused:
        messages.warning(request, answers.sentence(said))
    if not count and not said.refused:
        messages.info(request, _("Nothing new to accept: it was answered already, or is no longer with you."))


@require_POST
def list_receipt(request: HttpRequest, door: Door) -> HttpResponseBase:
    """The company has the list."""
    form = NamedForm(request.POST, door=door)
    if not form.is_valid():
        return shown(request, door, form, status=422)

    def work() -> str:
        lists.acknowledge(door.defect_list, by=door.by(form.name), at=door.at)
        messages.success(request, _("Thank you, the office sees that you have the list."))
        return door.url("job_list_detail")

    return once(request, work, at=door.at)


@require_POST
def list_opened(request: HttpRequest, door: Door) -> HttpResponseBase:
    """Told by the page's script once somebody reads it: mail scanners fetch pages, people read them."""
    lists.open_(door.defect_list, by=door.by(), at=door.at)
    return HttpResponse(status=204)


def gone(request: HttpRequest, door: Door, form: NamedForm | None) -> HttpResponse:
    """An order that was taken from the company while its form was open: a sentence, and what was typed."""
    typed = form.data.get("words", "") or form.data.get("method_note", "") if form is not None and form.is_bound else ""
    context = pages.frame(door) | {"typed": typed, "back": door.url("job_list_detail")}
    return TemplateResponse(request, "portal/contractor/order_gone.html", context, status=409)


def back(door: Door) -> HttpResponseBase:
    """To the list."""
    return redirect(door.url("job_list_detail"))
