"""What a mail's action link opens: GET shows, POST acts (behaviours W2)."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import public
from cases import claims, files, links
from cases.choices import AttachmentRole, ReportState, Status
from cases.links import Opened
from cases.models import Attachment, Case, Report
from cases.moves import may_ask_again
from documents import serving
from homeowners.models import Homeowner
from portal.actions.doors import linked, pressed, seen_version
from portal.homeowner import answers, case_view
from portal.homeowner.case_view import Shot
from portal.homeowner.forms import AgainForm, NotRightForm

SHOWN = (AttachmentRole.BEFORE, AttachmentRole.AFTER)


def shown_files(case: Case) -> Any:
    """The pictures that the mail showed: before and after, as far as the homeowner may see them."""
    return Attachment.objects.pictures().filter(case=case, is_visible=True, role__in=SHOWN).select_related("file")


def pair_by_link(case: Case, token: str) -> tuple[Shot, Shot] | None:
    """Before and after, served through the link itself."""
    found = files.pairs(list(shown_files(case).order_by("added_at", "pk")))
    if not found:
        return None
    before, after = (_by_link(case, row, token) for row in found[-1])
    return before, after


def _by_link(case: Case, row: Attachment, token: str) -> Shot:
    known = case_view.shot(case, row)
    address = {size: reverse("action_picture", args=[token, row.public_id, size]) for size in ("list", "page")}
    return Shot(address["list"], address["page"], known.alt, known.when)


@public(reason="Signed link from a mail: shows only what that mail showed")
@linked(links.ACTION)
def action_picture(request: HttpRequest, link: Opened, token: str, public_id: str, size: str) -> HttpResponseBase:
    """A picture of the mail."""
    row = shown_files(link.case).filter(public_id=public_id).first() if link.case else None
    if row is None:
        raise Http404
    return serving.serve(request, row.file, size)


def ready(form: Form, link: Opened) -> Form:
    """Tells the form's photo field who sends."""
    field: Any = form.fields["photos"]
    field.for_sender(by=link.actor, at=timezone.now(), holder=f"link:{link.token.pk}")
    return form


@public(reason="Signed link from a mail: shows only what that mail said, offers only its action")
@linked(links.ACTION)
@require_http_methods(["GET", "HEAD", "POST"])
def action_link(request: HttpRequest, link: Opened, token: str) -> HttpResponseBase:
    """Is it fixed, yes or no; it came back; I disagree."""
    if link.case is None:
        raise Http404
    if link.action == "reopen":
        return _again(request, link, link.case, token)
    return _answer(request, link, link.case, token)


def _answer(request: HttpRequest, link: Opened, case: Case, token: str) -> HttpResponseBase:
    is_no = request.POST.get("answer") == "no"
    form: Any = ready(NotRightForm(request.POST if is_no else None, request.FILES if is_no else None), link)

    def shown(status: int = 422) -> HttpResponse:
        context = {
            "case": case,
            "pair": pair_by_link(case, token),
            "form": form,
            "action": reverse("action_link", args=[token]),
            "name": link.actor.name,
            "deadline": case_view.deadline(case),
            "repaired": case_view.repaired(case),
            "office": case.development,
            "back": "/portal/",
            "open_no": link.action == "not-right",
        }
        return TemplateResponse(request, "portal/homeowner/portal_answer.html", context, status=status)

    if case.status != Status.AWAITING_HOMEOWNER:
        return _nothing_to_do(request, link, case)
    if request.method != "POST":
        return shown(200)
    if is_no and not form.is_valid():
        return shown()

    def act() -> str:
        version, at = seen_version(request), timezone.now()
        if is_no:
            photos = form.cleaned_data["photos"]
            answers.not_right(case, form.said, photos, seen_version=version, by=link.actor, at=at)
        else:
            answers.confirm(case, seen_version=version, by=link.actor, at=at)
        return reverse("action_link", args=[token])

    return pressed(request, act, form, shown)


def _again(request: HttpRequest, link: Opened, case: Case, token: str) -> HttpResponseBase:
    sent = request.method == "POST"
    form: Any = ready(AgainForm(request.POST if sent else None, request.FILES if sent else None), link)

    def shown(status: int = 422) -> HttpResponse:
        context = {
            "case": case,
            "form": form,
            "is_appeal": case.status == Status.CLOSED_OUT_OF_SCOPE,
            "office": case.development,
            "action": reverse("action_link", args=[token]),
            "back": "/portal/",
        }
        return TemplateResponse(request, "portal/homeowner/portal_reopen.html", context, status=status)

    if case.is_open or not may_ask_again(case, timezone.now()):
        return _nothing_to_do(request, link, case)
    if not sent:
        return shown(200)
    if not form.is_valid():
        return shown()

    def act() -> str:
        words, photos = form.cleaned_data["words"], form.cleaned_data["photos"]
        answers.again(case, words, photos, seen_version=seen_version(request), by=link.actor, at=timezone.now())
        return reverse("action_link", args=[token])

    return pressed(request, act, form, shown)


def _nothing_to_do(request: HttpRequest, link: Opened, case: Case) -> HttpResponse:
    """The link has done its work, or its question is no longer asked: which of them, and where it stands now."""
    context = {
        "case": case,
        "headline": case_view.headline_of(case),
        "office": case.development,
        "is_answered": links.was_answered(link),
        "is_over": case.is_closed and link.action == "reopen",
    }
    return TemplateResponse(request, "portal/actions/action_done.html", context)


@public(reason="Signed link from a mail to an owner: is this your tenant?")
@linked(links.TENANT)
@require_http_methods(["GET", "HEAD", "POST"])
def tenant_link(request: HttpRequest, link: Opened, token: str) -> HttpResponseBase:
    """Yes, my tenant; or I do not know this person."""
    report = link.report
    if report is None:
        raise Http404

    def shown(status: int = 200) -> HttpResponse:
        context = {
            "report": report,
            "is_open": report.state == ReportState.UNVERIFIED,
            "action": link.action,
            "office": report.development,
        }
        return TemplateResponse(request, "portal/actions/tenant_link.html", context, status=status)

    if request.method != "POST" or report.state != ReportState.UNVERIFIED:
        return shown()
    return pressed(request, lambda: _claim(request, link, report, token), None, shown)


def _claim(request: HttpRequest, link: Opened, report: Report, token: str) -> str:
    owner = get_object_or_404(Homeowner, pk=link.actor.party_id)
    is_entered = True
    if request.POST.get("answer") == "yes":
        is_entered = claims.confirm_tenant(report, owner, by=link.actor, at=timezone.now()) is not None
    else:
        claims.deny_tenant(report, owner, by=link.actor, at=timezone.now())
    if is_entered:
        messages.success(request, _("Thank you, we noted your answer."))
    else:
        messages.warning(request, _("Thank you. We could not enter this by ourselves; our office will call you."))
    return reverse("tenant_link", args=[token])
