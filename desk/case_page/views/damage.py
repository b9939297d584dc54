"""Damaged during the repair, as a homeowner told an officer."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import SignedInRequest, actor_of, allow
from accounts.choices import DESK_ROLES
from accounts.presses import once
from cases import damages
from cases.choices import Channel
from cases.evidence import MoveRefused
from cases.forms.damages import ReportedDamageForm
from cases.models import Case
from cases.people import holders
from desk.case_page import doors
from documents.models import StoredFile


@allow(*DESK_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
@doors.on_case
def case_damage(request: SignedInRequest, case: Case) -> HttpResponse:
    """GET: the form. POST: a case of its own, with the mails of any new report."""
    if not damages.may_report(case):
        raise Http404
    at, by = timezone.now(), actor_of(request)
    sent = request.method == "POST"
    people = holders(case, at=at)
    form: Any = ReportedDamageForm(
        request.POST if sent else None, request.FILES if sent else None, case=case, people=people
    )
    form.fields["photos"].for_sender(
        by=by,
        at=at,
        holder=f"user:{by.user_id}",
        thumb=_thumb,
        upload_url=reverse("file_upload"),
        videos_url=reverse("video_begin"),
    )
    if not sent:
        return _page(request, case, form, 200)
    if not form.is_valid():
        return _page(request, case, form, 422)

    def work() -> str:
        person = form.people[form.cleaned_data["person"]]
        made = damages.report(case, form.damage, person=person, channel=Channel.PHONE, by=by, at=at)
        messages.success(request, _("%(ref)s: damage by this repair, P2.") % {"ref": made.reference})
        return doors.address(made)

    try:
        return once(request, work, at=at)
    except MoveRefused as refusal:
        form.add_error(refusal.field or None, refusal.sentence)
        return _page(request, case, form, 422)


def _thumb(file: StoredFile) -> str:
    return reverse("kept_file", args=[file.public_id])


def _page(request: SignedInRequest, case: Case, form: Any, status: int) -> HttpResponse:
    context = {"case": case, "form": form, "action": reverse("case_damage", args=[case.reference])}
    return TemplateResponse(request, "desk/case_page/case_damage.html", context, status=status)
