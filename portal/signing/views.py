"""Signing with an account, and the signatures of a home."""

from typing import Any

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import presses
from accounts.access import SignedInRequest, actor_of, allow
from accounts.choices import Role
from accounts.papers import ask
from cases import signing
from cases.choices import SignAnswer
from cases.evidence import MoveRefused
from cases.forms.signing import SignForm
from cases.models import Attachment, Case, SignOff
from cases.papers import certificate
from documents import serving
from homeowners.choices import CONFIRMING_ROLES
from homeowners.tenures import Home, homes_of
from portal import refusals
from portal.homeowner import case_view
from portal.homeowner.views_case import thumb
from portal.signing import sheet


def waiting_homes(request: SignedInRequest) -> list[tuple[Home, list[Case]]]:
    """The homes for which this person may sign, each with the repairs that wait for it."""
    homes = [home for home in homes_of(request.user, timezone.now()) if home.role in CONFIRMING_ROLES]
    rows = Case.objects.visible_to(request.user).awaiting_homeowner().for_page().order_by("location", "pk")
    cases = list(rows) if homes else []
    found = []
    for home in homes:
        here = sheet.unsigned([case for case in cases if case.unit_id == home.unit.pk], set(home.homeowner_ids))
        if here:
            found.append((home, here))
    return found


@allow(Role.HOMEOWNER)
@require_http_methods(["GET", "HEAD", "POST"])
def portal_sign(request: SignedInRequest) -> HttpResponse:
    """All finished repairs of a home: ticked, exceptions unticked, one signature."""
    found = waiting_homes(request)
    wanted = request.GET.get("home") or request.POST.get("home") or ""
    home, cases = next(
        ((home, cases) for home, cases in found if key(home) == wanted), found[0] if found else (None, [])
    )
    if home is None:
        return redirect("portal_home")
    at, by = timezone.now(), actor_of(request)
    if request.method == "POST":
        cases = listed(request, cases)
    sent = request.method == "POST"
    form = SignForm(
        request.POST if sent else None,
        request.FILES if sent else None,
        cases=cases,
        refused=sheet.refused(cases),
        initial={"name": home.tenure.homeowner.name},
    )
    form.for_sender(
        by=by,
        at=at,
        holder=f"user:{by.user_id}",
        thumb=thumb,
        upload_url=reverse("file_upload"),
        videos_url=reverse("video_begin"),
    )

    def shown(status: int = 422) -> HttpResponse:
        return _page(request, form, home, [key(one) for one, _cases in found if one is not home], status=status)

    if not sent:
        return shown(200)
    if not form.is_valid():
        return shown()

    def act() -> str:
        signoff = signing.sign(
            cases,
            form.answers,
            by=by,
            at=at,
            name=form.cleaned_data["name"],
            how=signing.door_of(by),
            seen_versions=form.versions,
            is_refusal=form.is_refusal,
        )
        return reverse("portal_sign_off", args=[signoff.reference])

    try:
        return presses.once(request, act, at=at)
    except MoveRefused as refusal:
        return shown(refusals.tell(request, form, refusal))


def key(home: Home) -> str:
    """Names a home in an address, as KRM-A-12-3."""
    return f"{home.unit.development.code}-{home.unit.number}"


def listed(request: SignedInRequest, cases: list[Case]) -> list[Case]:
    """The cases that the sent list showed: those that still wait, and those that went on, for which it is refused."""
    sent = {name.removeprefix("seen-") for name in request.POST if name.startswith("seen-")}
    gone = sent - {case.reference for case in cases}
    visible = Case.objects.visible_to(request.user).for_page()
    more = list(visible.filter(reference__in=gone, unit_id__in={case.unit_id for case in cases})) if gone else []
    return [case for case in cases if case.reference in sent] + more or cases


def _page(request: SignedInRequest, form: SignForm, home: Home, more: list[str], *, status: int) -> HttpResponse:
    visible = Attachment.objects.visible_to(request.user).pictures().filter(case__in=form.cases)
    pictures = list(visible.select_related("file").order_by("added_at", "pk"))
    context: dict[str, Any] = {
        "form": form,
        "rows": sheet.rows(form, pictures, case_view.shot),
        "unit": home.unit,
        "place": key(home),
        "more": more,
        "office": home.unit.development,
        "action": reverse("portal_sign"),
        "back": reverse("portal_home"),
    }
    return TemplateResponse(request, "portal/signing/portal_sign.html", context, status=status)


def find(request: SignedInRequest, reference: str) -> SignOff:
    """A signature of an own home by `S-12`; 404 otherwise."""
    number = reference.strip().upper().removeprefix("S").strip("- ")
    if not number.isdecimal() or len(number) > 9:
        raise Http404
    rows = SignOff.objects.visible_to(request.user).select_related("unit__development", "signature")
    return get_object_or_404(rows, number=int(number))


@allow(Role.HOMEOWNER)
@require_safe
def portal_sign_off(request: SignedInRequest, reference: str) -> HttpResponse:
    """What was signed, with its certificate."""
    signoff = find(request, reference)
    lines = list(signoff.lines.select_related("case"))
    context = {
        "signoff": signoff,
        "lines": lines,
        "accepted": sum(line.answer in {SignAnswer.ACCEPTED, SignAnswer.PROTEST} for line in lines),
        "office": signoff.unit.development,
        "zone": signoff.unit.development.zone,
        "pdf": reverse("portal_sign_off_pdf", args=[signoff.reference]),
        "image": reverse("portal_signature", args=[signoff.reference]) if signoff.signature_id else "",
    }
    return TemplateResponse(request, "portal/signing/portal_sign_off.html", context)


@allow(Role.HOMEOWNER)
@require_POST
def portal_sign_off_pdf(request: SignedInRequest, reference: str) -> HttpResponse:
    """The certificate as PDF."""
    return ask(request, certificate.KEY, subject=certificate.KEY, subject_id=find(request, reference).pk)


@allow(Role.HOMEOWNER)
@require_safe
def portal_signature(request: SignedInRequest, reference: str) -> HttpResponseBase:
    """The drawn signature, small."""
    signoff = find(request, reference)
    if signoff.signature is None:
        raise Http404
    return serving.serve(request, signoff.signature, "list")
