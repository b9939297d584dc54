"""Update resident, assign, change date for ticked rows: look, see the mails, confirm, read what stayed."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import SignedInRequest, actor_of, allow
from accounts.choices import DESK_ROLES
from cases.diary import last_events
from cases.models import Case
from desk import together
from desk.case_page import panel
from desk.rows import people_of
from desk.table import acts
from desk.table.acts import Given, Seen, TickedForm
from desk.together import Panel


@allow(*DESK_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def case_act_ticked(request: SignedInRequest, act: str) -> HttpResponse:
    """GET: the form with the rows. POST: also the mails (`preview`), or it is done, once, one mail a person."""
    if act not in acts.FORMS:
        raise Http404
    keys = together.keys((request.POST or request.GET).getlist("case"))
    if not keys:
        messages.info(request, _("Tick the cases first."))
        return redirect("case_list")
    form = acts.FORMS[act](request.POST if request.method == "POST" else None)
    whole = _panel(request, form, together.cases(request, keys))
    if request.method != "POST":
        return _page(request, form, whole)
    if acts.apart([line.case for line in whole.lines]) or not form.is_valid():
        return _page(request, form, whole, status=422)
    if "preview" in request.POST:
        return _page(request, form, whole, with_mails=True)
    if hurts := together.hurting(request, form.outside_words):
        return _page(request, form, whole, with_mails=True, status=422, hurts=hurts)
    return _done(request, form, whole)


def _panel(request: SignedInRequest, form: TickedForm, cases: list[Case], *, anew: bool = False) -> Panel[Given]:
    """The rows with the versions that the person saw; `anew`: those of now, which the person is about to see."""
    at = timezone.now()
    people = people_of(cases, at)

    last = last_events(cases)

    def seen(case: Case) -> Seen:
        if anew or request.method != "POST":
            return Seen(case.version, last.get(case.pk, 0))
        sent = [panel.number(request.POST.get(f"{case.reference}-seen_{what}")) for what in ("version", "event")]
        return Seen(*sent)

    lines = [Given(case, form=form, seen=seen(case), person=people[case.pk]) for case in cases]
    return Panel(lines, by=actor_of(request), at=at)


def _done(request: SignedInRequest, form: TickedForm, whole: Panel[Given]) -> HttpResponse:
    done = together.carry_out(request, whole.carry_out, by=whole.by, at=whole.at, on=reverse("case_list"))
    if done.answer:
        return redirect(done.answer)
    if done.gone:
        messages.success(request, str(form.done % {"n": done.gone}))
    if not done.left:
        return redirect("case_list")
    sentences = {line.case.reference_key: line.sentence for line in whole.lines}
    cases = together.cases(request, done.left, known=[line.case for line in whole.lines])
    again = _panel(request, form, cases, anew=True)
    for line in again.lines:
        line.sentence = sentences[line.case.reference_key]
    return _page(request, form, again, status=422)


def _page(
    request: SignedInRequest,
    form: TickedForm,
    whole: Panel[Given],
    *,
    with_mails: bool = False,
    status: int = 200,
    hurts: list[str] | None = None,
) -> HttpResponse:
    mails = _rehearsed(request, whole) if with_mails else {}
    going = sum(not line.sentence for line in whole.lines)
    context: dict[str, Any] = {
        "form": form,
        "lines": whole.lines,
        "title": form.title,
        "with_mails": with_mails and going,
        "apart": acts.apart([line.case for line in whole.lines]),
        "hurts": hurts,
        "second_look": "|".join(hurts or []) or request.POST.get(together.SECOND_LOOK, ""),
        "crumbs": [{"url": reverse("case_list"), "words": _("Cases")}],
        **mails,
    }
    return TemplateResponse(request, "desk/table/case_act_ticked.html", context, status=status)


def _rehearsed(request: SignedInRequest, whole: Panel[Given]) -> dict[str, Any]:
    cases = [line.case for line in whole.lines]
    whole.rehearse(together.cases(request, [case.reference_key for case in cases], known=cases))
    found = together.mails(whole)
    return {**found, "confirm": panel.confirm_words(found["mails"], needs_manager=False, otherwise=_("Confirm"))}
