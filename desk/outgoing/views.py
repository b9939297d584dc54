"""The ledger of mails, one mail as it was sent, and sending one again that was given up."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from accounts import sheets
from accounts.access import SignedInRequest, actor_of, allow
from accounts.choices import STAFF_ROLES
from accounts.presses import once
from desk import pages
from desk.outgoing import mails, sheet
from desk.outgoing.forms import MailSearchForm
from outbox import post
from outbox.choices import MailState
from outbox.layout import SLOT
from outbox.models import OutgoingMail
from units.models import Development
from units.wording import when

PILLS = {MailState.QUEUED: "waiting", MailState.SENDING: "moving", MailState.SENT: "done", MailState.FAILED: "late"}
LARGEST = 2**63 - 1

Row = dict[str, Any]


@allow(*STAFF_ROLES)
@require_safe
def mail_list(request: SignedInRequest) -> HttpResponse:
    """The mails that this person may see, newest first."""
    developments = list(Development.objects.visible_to(request.user).order_by("name"))
    form = MailSearchForm(request.GET, developments=developments)
    if not form.is_valid():
        return TemplateResponse(request, "desk/outgoing/mail_list.html", {"form": form}, status=400)
    rows = form.filter(mails.visible_to(request.user))
    whole = OutgoingMail.objects.defer("body_text", "body_html", "context")
    page = pages.page(rows, by="queued_at", query=request.GET, whole=whole, newest_first=True)
    at, zones = timezone.now(), mails.zones(page.rows)
    kept = form.query()
    start = f"?{kept}&" if kept else "?"
    context = {
        "form": form,
        "rows": [_row(mail, zones[mail.pk], at) for mail in page.rows],
        "page": page,
        "previous": f"{start}before={page.previous}" if page.previous else "",
        "next": f"{start}after={page.next}" if page.next else "",
    }
    return TemplateResponse(request, "desk/outgoing/mail_list.html", context)


@allow(*STAFF_ROLES)
@require_GET
def mail_export(request: SignedInRequest, way: str = "") -> HttpResponseBase:
    """The ledger as a file or on paper, all pages of it."""
    developments = list(Development.objects.visible_to(request.user).order_by("name"))
    form = MailSearchForm(request.GET, developments=developments)
    found = sheet.of_form(form, user=request.user)
    return sheets.answer(request, found, way, back=reverse("mail_list"))


@allow(*STAFF_ROLES)
@require_safe
def mail_detail(request: SignedInRequest, mail_id: int) -> HttpResponse:
    """One mail: to whom, about what, how far it got, its words."""
    mail = _find(request, mail_id)
    zone = mails.zones([mail])[mail.pk]
    may_read = mails.may_read(mail, request.user)
    context = {
        "mail": mail,
        "row": _row(mail, zone, timezone.now()),
        "facts": _facts(mail, zone),
        "words": _words(mail) if may_read else "",
        "why_not": "" if may_read else _("It tells of cases outside your developments, so its words are not shown."),
        "crumbs": [{"url": reverse("mail_list"), "words": _("Outgoing")}],
    }
    return TemplateResponse(request, "desk/outgoing/mail_detail.html", context)


@allow(*STAFF_ROLES)
@require_POST
def mail_retry(request: SignedInRequest, mail_id: int) -> HttpResponseRedirect:
    """Sends a mail that was given up once more."""
    mail = _find(request, mail_id)
    at = timezone.now()

    def work() -> str:
        if post.retry(mail, by=actor_of(request), at=at):
            messages.success(request, _("It is on its way again."))
        else:
            messages.info(request, _("Somebody else has sent it again already."))
        return reverse("mail_detail", args=[mail.pk])

    return once(request, work, at=at)


def _find(request: SignedInRequest, mail_id: int) -> OutgoingMail:
    mail = mails.visible_to(request.user).filter(pk=mail_id).first() if mail_id <= LARGEST else None
    if mail is None:
        raise Http404
    return mail


def _row(mail: OutgoingMail, zone: ZoneInfo, at: datetime) -> Row:
    return {
        "url": reverse("mail_detail", args=[mail.pk]),
        "pk": mail.pk,
        "recipient": mail.recipient_name or mail.recipient,
        "address": mail.recipient,
        "subject": mail.subject,
        "about": mail.about_reference,
        "about_url": _about_url(mail),
        "when": when(mail.queued_at, zone),
        "state": mail.wording_at(at, zone),
        "kind": PILLS[MailState(mail.state)],
        "is_failed": mail.is_failed,
    }


def _about_url(mail: OutgoingMail) -> str:
    if mail.about == "case":
        return reverse("case_detail", args=[mail.about_reference])
    return f"/intake/{mail.about_reference}/" if mail.about == "report" else ""


def _facts(mail: OutgoingMail, zone: ZoneInfo) -> list[Row]:
    return [
        {"label": _("To"), "words": mail.recipient_name},
        {"label": _("Address"), "words": mail.recipient},
        {"label": _("About"), "words": mail.about_reference, "url": _about_url(mail)},
        {"label": _("Written by"), "words": mail.author_name},
        {"label": _("Queued"), "words": when(mail.queued_at, zone)},
        {"label": _("Tries"), "words": mail.attempts or ""},
        {"label": _("Next try"), "words": when(mail.next_try_at, zone) if mail.state == MailState.QUEUED else ""},
        {"label": _("Answers go to"), "words": mail.reply_to},
    ]


def _words(mail: OutgoingMail) -> str:
    """The text as it was sent; a link that carries a key was made while sending and is not shown."""
    return SLOT.sub(_("(a link that only the mail holds)"), mail.body_text)
