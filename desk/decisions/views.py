"""The page *Decisions* (also `/escalations/`) and one request with its three answers."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from accounts import sheets
from accounts.access import SignedInRequest, actor_of, allow
from accounts.choices import STAFF_ROLES, Role
from accounts.presses import once
from cases import decisions
from cases.choices import DecisionState
from cases.evidence import MoveRefused, StaleCase
from cases.models import DecisionRequest
from desk.case_page import panel
from desk.decisions import answering, queue, sheet
from desk.decisions.forms import APPROVE, DECIDE, RETURN, AnswerForm


@allow(*STAFF_ROLES)
@require_safe
def decision_list(request: SignedInRequest) -> HttpResponse:
    """What waits for a manager; an officer reads the own requests and their answers."""
    development = request.GET.get("development", "")
    found = queue.of_user(request.user, at=timezone.now(), development=development)
    context = {
        "queue": found,
        "lists": queue.lists_to_release(request.user, development=development),
        "development": development,
        "query": request.GET.urlencode(),
        "decides": request.user.role == Role.MANAGER,
    }
    return TemplateResponse(request, "desk/decisions/decision_list.html", context)


@allow(*STAFF_ROLES)
@require_GET
def decision_export(request: SignedInRequest, way: str = "") -> HttpResponseBase:
    """The requests of the page as a file or on paper."""
    found = sheet.of_user(request.user, at=timezone.now(), development=request.GET.get("development", ""))
    return sheets.answer(request, found, way, back=reverse("decision_list"))


@allow(*STAFF_ROLES)
@require_http_methods(["GET", "POST"])
def decision_detail(request: SignedInRequest, public_id: str) -> HttpResponse:
    """One request: the case's strip, the words as the homeowner will read them, and the answer."""
    asked = get_object_or_404(answering.with_everything(queue.visible(request.user)), public_id=public_id)
    at = timezone.now()
    if request.method == "GET":
        return _shown(request, asked, AnswerForm(initial={"seen_version": asked.case.version}), at=at)
    if request.user.role != Role.MANAGER:
        raise PermissionDenied(_("Only a manager decides this."))
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _shown(request, asked, form, at=at, status=422)
    return _answered(request, asked, form, at=at)


def _answered(request: SignedInRequest, asked: DecisionRequest, form: AnswerForm, *, at: datetime) -> HttpResponse:
    def work() -> str:
        _answer(asked, form, request, at=at)
        messages.success(request, _("Answered; %(who)s was told.") % {"who": asked.author_name})
        return reverse("decision_list")

    try:
        return once(request, work, at=at)
    except MoveRefused as refused:
        fresh = answering.with_everything(DecisionRequest.objects.filter(pk=asked.pk)).get()
        data = request.POST.copy()
        data["seen_version"] = str(fresh.case.version)
        again = AnswerForm(data)
        again.add_error(refused.field if refused.field in again.fields else None, refused.sentence)
        is_stale = isinstance(refused, StaleCase)
        changed = panel.since(fresh.case, panel.number(request.POST.get("seen_event"))) if is_stale else []
        return _shown(request, fresh, again, at=at, status=409 if is_stale else 422, changed=changed)


def _answer(asked: DecisionRequest, form: AnswerForm, request: SignedInRequest, *, at: datetime) -> None:
    by, given = actor_of(request), form.cleaned_data
    if given["answer"] == APPROVE:
        decisions.approve(asked, by=by, at=at, seen_version=given["seen_version"], remarks=given["remarks"])
        return
    answer = {RETURN: decisions.send_back, DECIDE: decisions.decline}[given["answer"]]
    answer(asked, by=by, at=at, remarks=given["remarks"])


def _shown(
    request: SignedInRequest, asked: DecisionRequest, form: AnswerForm, *, at: datetime, status: int = 200, **more: Any
) -> HttpResponse:
    if asked.kind in decisions.declined:
        form.for_company()
    waits = asked.state == DecisionState.WAITING
    may_answer = waits and request.user.role == Role.MANAGER and asked.author_user_id != request.user.pk
    context = {"asked": asked, "form": form, "may_answer": may_answer, "waits": waits, **more}
    context |= answering.context(request, asked, by=actor_of(request), at=at)
    return TemplateResponse(request, "desk/decisions/decision_detail.html", context, status=status)
