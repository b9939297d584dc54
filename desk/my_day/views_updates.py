"""The page *Updates due*: look at the sentences, see the mails, send the ticked ones."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.access import SignedInRequest, allow
from accounts.choices import DESK_ROLES
from desk import together
from desk.case_page import panel
from desk.my_day import queues, updates
from desk.my_day.updates import UpdateLine
from desk.together import Panel


@allow(*DESK_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def updates_due(request: SignedInRequest) -> HttpResponse:
    """GET: all rows. POST: the rows with the mails of the ticked ones (`preview`), or these are sent, once."""
    at = timezone.now()
    if request.method != "POST":
        return _page(request, updates.sheet(request, updates.waiting(request, at), None, at=at))
    keys = together.keys(request.POST.getlist("case"))
    whole = updates.sheet(request, together.cases(request, keys), request.POST, at=at)
    ticked = [line for line in whole.lines if line.is_ticked]
    if not ticked:
        messages.info(request, _("Tick the rows that you want to send."))
        return _page(request, whole)
    if "preview" in request.POST:
        return _page(request, whole, with_mails=True)
    if hurts := together.hurting(request, [line.words for line in ticked]):
        return _page(request, whole, with_mails=True, status=422, hurts=hurts)
    return _send(request, whole, ticked)


def _send(request: SignedInRequest, whole: Panel[UpdateLine], ticked: list[UpdateLine]) -> HttpResponse:
    going = Panel(ticked, by=whole.by, at=whole.at)
    done = together.carry_out(request, going.carry_out, by=whole.by, at=whole.at, on=reverse("updates_due"))
    if done.answer:
        return redirect(done.answer)
    if done.gone:
        words = ngettext("%(n)d homeowner update sent.", "%(n)d homeowner updates sent.", done.gone)
        messages.success(request, words % {"n": done.gone})
    return _stayed(request, whole, done.left) if done.left else redirect("updates_due")


def _stayed(request: SignedInRequest, whole: Panel[UpdateLine], left: list[str]) -> HttpResponse:
    """What did not go, as it is now: the words that were typed, each with its sentence; and the rows not ticked."""
    sentences = {line.case.reference_key: line.sentence for line in whole.lines}
    keys = [line.case.reference_key for line in whole.lines if line.case.reference_key in left or not line.is_ticked]
    data = request.POST.copy()
    known = [line.case for line in whole.lines]
    cases = together.cases(request, keys, known=known)
    for case in cases:
        for name, value in updates.seen(case).items():
            data[f"{case.reference}-{name}"] = str(value)
    again = updates.sheet(request, cases, data, at=whole.at)
    for line in again.lines:
        line.sentence = sentences[line.case.reference_key]
    return _page(request, again, status=422)


def _page(
    request: SignedInRequest,
    whole: Panel[UpdateLine],
    *,
    with_mails: bool = False,
    status: int = 200,
    hurts: list[str] | None = None,
) -> HttpResponse:
    ticked = [line for line in whole.lines if line.is_ticked]
    mails: dict[str, Any] = {}
    if with_mails:
        mails = _rehearsed(request, Panel(ticked, by=whole.by, at=whole.at))
    context = {
        "rows": [updates.row(line, whole.at) for line in whole.lines],
        "ticked": len(ticked),
        "with_mails": with_mails,
        "hurts": hurts,
        "second_look": "|".join(hurts or []) or request.POST.get(together.SECOND_LOOK, ""),
        "is_full": len(whole.lines) == updates.ON_A_PAGE,
        "crumbs": [{"url": queues.HOME, "words": _("My day")}],
        **mails,
    }
    return TemplateResponse(request, "desk/my_day/updates_due.html", context, status=status)


def _rehearsed(request: SignedInRequest, going: Panel[UpdateLine]) -> dict[str, Any]:
    keys = [line.case.reference_key for line in going.lines]
    going.rehearse(together.cases(request, keys, known=[line.case for line in going.lines]))
    found = together.mails(going)
    return {**found, "confirm": panel.confirm_words(found["mails"], needs_manager=False, otherwise=_("Confirm"))}
