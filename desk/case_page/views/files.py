"""The files of a case: what is there, adding to it, showing one to the homeowner or hiding it again."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.access import SignedInRequest, actor_of, allow
from accounts.choices import DESK_ROLES
from cases import facts, footage
from cases.models import Attachment, Case, CaseEvent
from cases.views import holder_of
from desk.case_page import confirming, doors, pictures
from desk.case_page.acting import ActDeed
from desk.case_page.acts import Act
from desk.case_page.doings import Doing
from desk.case_page.forms import VisibleForm
from desk.case_page.views.acts import deed_of


@allow(*DESK_ROLES)
@require_http_methods(["GET", "POST"])
@doors.on_case
def case_files(request: SignedInRequest, case: Case) -> HttpResponse:
    """All files with their switches, and the form to add more."""
    at = timezone.now()
    response = confirming.confirm(request, deed_of(request, case, "files", at=at), at=at)
    if isinstance(response, TemplateResponse):
        response.template_name = "desk/case_page/case_files.html"
        response.context_data = {**(response.context_data or {}), **_present(case)}
    return response


def _present(case: Case) -> dict[str, Any]:
    rows = [row for row in pictures.of_case(case) if row.case_id == case.pk]
    return {
        "pictures": pictures.rows(rows, case),
        "films": footage.films(rows, case),
        "papers": pictures.papers(rows, case),
        "pairs": pictures.pairs(rows, case),
    }


@allow(*DESK_ROLES)
@require_http_methods(["GET", "POST"])
@doors.on_case
def file_visibility(request: SignedInRequest, case: Case, public_id: str) -> HttpResponse:
    """Shows a file to the homeowner, who gets a mail, or hides it again, which tells nobody."""
    attachment = get_object_or_404(Attachment, case=case, public_id=public_id)
    at = timezone.now()
    is_sent = request.method == "POST"
    deed = ActDeed(
        case,
        _act(attachment),
        by=actor_of(request),
        at=at,
        holder=holder_of(request),
        data=request.POST if is_sent else None,
        sent_files=None,
    )
    return confirming.confirm(request, deed, at=at)


def _act(attachment: Attachment) -> Act:
    """The switch of this one file, to the other side of where it stands."""
    shows = not attachment.is_visible

    def switch(doing: Doing, form: Any) -> CaseEvent | None:
        row = Attachment.objects.select_related("file").get(pk=attachment.pk)
        row.case = doing.case
        is_visible = form.cleaned_data["is_visible"]
        return facts.show_file(row, is_visible=is_visible, by=doing.by, at=doing.at, mailing=doing.mailing)

    return Act(
        gettext_lazy("Show to the homeowner") if shows else gettext_lazy("Hide from the homeowner"),
        gettext_lazy("The homeowner gets an e-mail and sees it in the portal.")
        if shows
        else gettext_lazy("It disappears from the portal; a mail that was sent keeps its picture."),
        VisibleForm,
        switch,
        gettext_lazy("The homeowner can see it.") if shows else gettext_lazy("The homeowner no longer sees it."),
        "eye" if shows else "eye-off",
        (),
        "out" if shows else "note",
        initial=lambda case, person: {"is_visible": shows},
    )
