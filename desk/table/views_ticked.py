"""The confirm panel of ticked rows."""

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

from accounts.access import SignedInRequest, actor_of, allow
from accounts.choices import DESK_ROLES
from cases.models import Case
from desk import together
from desk.case_page import panel as words
from desk.rows import people_of
from desk.table.ticked import Sending, panel
from desk.together import Panel
from units.pages import PER_PAGE


@allow(*DESK_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def case_send_ticked(request: SignedInRequest) -> HttpResponse:
    """Shows the mails of all ticked rows; confirming sends them, one mail a person."""
    at = timezone.now()
    keys = together.keys((request.POST or request.GET).getlist("case"))
    if not keys:
        messages.info(request, _("Tick the cases first."))
        return redirect("case_list")
    data = request.POST if request.method == "POST" else None
    whole = panel(_cases(request, keys), data, by=actor_of(request), at=at)
    if data is None or "preview" in data:
        return _page(request, whole, keys)
    return _confirm(request, whole, keys)


def _cases(request: SignedInRequest, keys: list[str], known: Panel[Sending] | None = None) -> list[Case]:
    """The ticked cases in the order of the table."""
    at_hand = [line.case for line in known.lines] if known else []
    return together.cases(request, keys, most=PER_PAGE, known=at_hand)


def _confirm(request: SignedInRequest, whole: Panel[Sending], keys: list[str]) -> HttpResponse:
    done = together.carry_out(request, whole.carry_out, by=whole.by, at=whole.at, on=reverse("case_list"))
    if done.answer:
        return redirect(done.answer)
    if done.gone:
        messages.success(
            request, _said(done.gone, asked=sum(line.needs_manager for line in whole.lines if not line.sentence))
        )
    return _stayed(request, whole, done.left) if done.left else redirect("case_list")


def _said(done: int, *, asked: int) -> str:
    sent = done - asked
    parts = []
    if sent:
        parts.append(ngettext("%(n)d case sent", "%(n)d cases sent", sent) % {"n": sent})
    if asked:
        parts.append(ngettext("a manager decides on %(n)d", "a manager decides on %(n)d", asked) % {"n": asked})
    return f"{', '.join(parts)}."


def _stayed(request: SignedInRequest, whole: Panel[Sending], left: list[str]) -> HttpResponse:
    """The panel with the rows that did not go, as they are now: what was typed, and each with its sentence."""
    sentences = {line.case.reference_key: line.sentence for line in whole.lines}
    data = request.POST.copy()
    cases = _cases(request, left, whole)
    for case in cases:
        data[f"{case.reference}-seen_version"] = str(case.version)
    again = panel(cases, data, by=whole.by, at=whole.at)
    return _page(request, again, left, status=422, sentences=sentences)


def _page(
    request: SignedInRequest,
    whole: Panel[Sending],
    keys: list[str],
    *,
    status: int = 200,
    sentences: dict[str, str] | None = None,
) -> HttpResponse:
    whole.rehearse(_cases(request, keys, whole))
    for line in whole.lines:
        line.sentence = (sentences or {}).get(line.case.reference_key) or line.sentence
    people = people_of([line.case for line in whole.lines], whole.at)
    mails = words.mails(whole.rehearsal)
    going = [line for line in whole.lines if line.can_go and not line.sentence]
    context: dict[str, Any] = {
        "lines": [{"line": line, "person": people[line.case.pk]} for line in whole.lines],
        "mails": mails,
        "mail_count": words.count_words(mails),
        "confirm": words.confirm_words(mails, needs_manager=False, otherwise=_("Confirm")),
        "going": len(going),
        "is_any": any(line.can_go for line in whole.lines),
        "crumbs": [{"url": reverse("case_list"), "words": _("Cases")}],
    }
    return TemplateResponse(request, "desk/table/case_send_ticked.html", context, status=status)
