"""Who was told: letters and calls that were made, mails that are sent once more."""

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import SignedInRequest, actor_of, allow
from accounts.choices import DESK_ROLES
from accounts.presses import once
from cases import notices
from cases.models import Case, Notice
from desk.case_page import doors
from outbox import post


@allow(*DESK_ROLES)
@require_POST
@doors.on_case
def notice_done(request: SignedInRequest, case: Case, notice_id: int) -> HttpResponse:
    """The letter was written or the person phoned."""
    notice = _find(case, notice_id)
    at = timezone.now()

    def work() -> str:
        if notices.done(notice, by=actor_of(request), at=at):
            messages.success(request, _("Noted: %(name)s was told.") % {"name": notice.recipient_name})
        return doors.address(case, queue=doors.queue_of(request))

    return once(request, work, at=at)


@allow(*DESK_ROLES)
@require_POST
@doors.on_case
def notice_retry(request: SignedInRequest, case: Case, notice_id: int) -> HttpResponse:
    """Sends a mail that was given up once more."""
    notice = _find(case, notice_id)
    at = timezone.now()

    def work() -> str:
        if notice.mail and post.retry(notice.mail, by=actor_of(request), at=at):
            messages.success(request, _("The e-mail to %(name)s is sent again.") % {"name": notice.recipient_name})
        return doors.address(case, queue=doors.queue_of(request))

    return once(request, work, at=at)


def _find(case: Case, notice_id: int) -> Notice:
    """One that the case's page shows: of the case, or of the whole report that it came with."""
    shown = Q(case=case) | Q(case__isnull=True, report=case.report_item.report_id)
    return get_object_or_404(Notice.objects.filter(shown).select_related("mail", "case"), pk=notice_id)
