"""Signing by the link of a mail on several repairs: it shows those repairs and takes their answers, nothing else."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.access import public
from cases import links, signing
from cases.choices import AttachmentRole, SignHow, Status
from cases.forms.signing import SignForm
from cases.links import Opened
from cases.models import Attachment, Case
from cases.querysets import AttachmentQuerySet
from documents import serving
from portal.actions.doors import linked, pressed
from portal.homeowner import case_view
from portal.homeowner.case_view import Shot
from portal.signing import sheet

REASON = "Signed link from a mail on several repairs: shows only what that mail said, offers only its answers"
SHOWN = (AttachmentRole.BEFORE, AttachmentRole.AFTER)


@public(reason=REASON)
@linked(links.SIGN)
@require_http_methods(["GET", "HEAD", "POST"])
def sign_link(request: HttpRequest, link: Opened, token: str) -> HttpResponseBase:
    """Look at all of them and answer."""
    waiting = [case for case in link.cases if case.status == Status.AWAITING_HOMEOWNER]
    person = link.actor.party_id or 0
    cases = sheet.unsigned(waiting, {person})
    if request.method == "POST":
        sent = {name.removeprefix("seen-") for name in request.POST if name.startswith("seen-")}
        cases = [case for case in link.cases if case.reference in sent] or cases
    if not cases:
        return _done(request, link)
    sent_form = request.method == "POST"
    form = SignForm(
        request.POST if sent_form else None,
        request.FILES if sent_form else None,
        cases=cases,
        refused=sheet.refused(cases),
        initial={"name": link.actor.name},
    )
    form.for_sender(by=link.actor, at=timezone.now(), holder=f"link:{link.token.pk}")

    def shown(status: int = 422) -> HttpResponse:
        return _page(request, link, token, form, status=status)

    if not sent_form:
        return shown(200)
    if not form.is_valid():
        return shown()

    def act() -> str:
        signing.sign(
            cases,
            form.answers,
            by=link.actor,
            at=timezone.now(),
            name=form.cleaned_data["name"],
            how=SignHow.LINK,
            seen_versions=form.versions,
            is_refusal=form.is_refusal,
        )
        return reverse("sign_link", args=[token])

    return pressed(request, act, form, shown)


def _page(request: HttpRequest, link: Opened, token: str, form: SignForm, *, status: int) -> HttpResponse:
    def show(case: Case, row: Attachment) -> Shot:
        known = case_view.shot(case, row)
        address = {size: reverse("sign_picture", args=[token, row.public_id, size]) for size in ("list", "page")}
        return Shot(address["list"], address["page"], known.alt, known.when)

    pictures = list(shown_files(form.cases).order_by("added_at", "pk"))
    unit = link.cases[0].unit
    context = {
        "form": form,
        "rows": sheet.rows(form, pictures, show),
        "unit": unit,
        "more": [],
        "office": unit.development,
        "action": reverse("sign_link", args=[token]),
        "back": "/portal/",
    }
    return TemplateResponse(request, "portal/signing/portal_sign.html", context, status=status)


def _done(request: HttpRequest, link: Opened) -> HttpResponse:
    """Every repair of the mail is answered, by this person or another."""
    rows = [(case, case_view.headline_of(case)) for case in link.cases]
    context = {"rows": rows, "office": link.cases[0].development, "unit": link.cases[0].unit}
    return TemplateResponse(request, "portal/signing/sign_done.html", context)


def shown_files(cases: list[Case]) -> AttachmentQuerySet:
    """The pictures that the mail showed: before and after, as far as the homeowner may see them."""
    found = Attachment.objects.pictures().filter(case__in=cases, is_visible=True, role__in=SHOWN)
    return found.select_related("file")


@public(reason=REASON)
@linked(links.SIGN)
def sign_picture(request: HttpRequest, link: Opened, token: str, public_id: str, size: str) -> HttpResponseBase:
    """A picture of one of the repairs of the mail."""
    row = shown_files(list(link.cases)).filter(public_id=public_id).first()
    if row is None:
        raise Http404
    return serving.serve(request, row.file, size)
