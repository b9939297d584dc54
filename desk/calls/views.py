"""Log a call on one page: find, caller card, what it is about, save."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import presses
from accounts.access import SignedInRequest, actor_of, allow
from accounts.choices import Role
from cases.evidence import MoveRefused
from cases.models import Case, Report, ReportDraft
from desk.calls import callers, recording, same_call
from desk.calls.forms import CallForm


@allow(Role.OFFICER, Role.MANAGER)
@require_http_methods(["GET", "HEAD", "POST"])
def call_log(request: SignedInRequest) -> HttpResponse:
    """Who calls (`?find=`, then `?who=`), and what was said."""
    at = timezone.now()
    tenure = callers.one(request.POST.get("who") or request.GET.get("who") or "", request.user, at=at)
    if request.method == "POST" and tenure is None:
        raise Http404
    if tenure is None:
        return _page(request, {"found": callers.find(request.GET.get("find", "")[:200], request.user, at=at)})
    card = callers.card(tenure, request.user, at=at)
    sent = request.method == "POST"
    first = {"about": request.GET.get("about", "new")} | same_call.kept(request, tenure, at=at)
    form = CallForm(request.POST if sent else None, request.FILES if sent else None, card=card, at=at, initial=first)
    photos: Any = form.fields["photos"]
    photos.for_sender(
        by=actor_of(request),
        at=at,
        holder=f"user:{request.user.pk}",
        thumb=lambda file: reverse("kept_file", args=[file.public_id]),
        upload_url=reverse("file_upload"),
    )
    draft = same_call.draft(request, tenure, at=at)
    if sent and (item := request.POST.get("remove")):
        recording.remove(draft, item, request.user, at=at)
        same_call.keep(request, form, draft, at=at, names=same_call.TYPED)
        messages.success(request, _("The defect is taken out of this call."))
        return redirect(f"{reverse('call_log')}?who={tenure.pk}")
    if sent and form.is_valid():
        try:
            return presses.once(request, lambda: _save(request, form, draft), at=at)
        except MoveRefused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
    noted = recording.faults_of(draft)
    return _page(request, {"card": card, "form": form, "noted": noted}, status=422 if sent else 200)


def _save(request: SignedInRequest, form: CallForm, draft: ReportDraft | None) -> str:
    at = timezone.now()
    if not form.is_new:
        case = Case.objects.visible_to(request.user).for_page().get(reference=form.cleaned_data["about"])
        recording.about(form, case, request.user, at=at)
        return reverse("case_detail", args=[case.reference])
    if request.POST.get("then") == "another":
        draft = recording.keep(form, request.user, draft, at=at)
        same_call.keep(request, form, draft, at=at)
        messages.success(request, _("Noted. Describe the next one."))
        return f"{reverse('call_log')}?who={form.card.tenure.pk}"
    report = recording.file(form, request.user, draft, at=at)
    same_call.forget(request, form.card.tenure, at=at)
    messages.success(request, recording.said(report))
    if form.cleaned_data["photo_link"] and not recording.send_link(report, request.user.actor(), at=at):
        messages.warning(request, _("No link for photos was sent: first it must be clear who called."))
    return _after(report)


def _after(report: Report) -> str:
    """One case: its page. Several: the triage sheet. None yet: the report."""
    cases = list(Case.objects.filter(report_item__report=report).values_list("reference", flat=True)[:2])
    if not cases:
        return reverse("intake_detail", args=[report.reference])
    return reverse("case_detail", args=cases) if len(cases) == 1 else reverse("triage_sheet", args=[report.reference])


def _page(request: SignedInRequest, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    known = {"find": request.GET.get("find", "")[:200], "asked": bool(request.GET.get("find"))}
    return TemplateResponse(request, "desk/calls/call_log.html", known | context, status=status)
