"""Signatures as staff read them."""

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts.access import SignedInRequest, allow
from accounts.choices import STAFF_ROLES
from accounts.papers import ask
from cases import signatures
from cases.models import SignOff
from cases.papers import certificate
from documents import serving


def find(request: SignedInRequest, reference: str) -> SignOff:
    """A signature in scope by `S-12`; 404 otherwise."""
    number = reference.strip().upper().removeprefix("S").strip("- ")
    if not number.isdecimal() or len(number) > 9:
        raise Http404
    rows = SignOff.objects.visible_to(request.user).select_related("unit__development", "signature")
    return get_object_or_404(rows, number=int(number))


@allow(*STAFF_ROLES)
@require_safe
def sign_off_detail(request: SignedInRequest, reference: str) -> HttpResponse:
    """Who signed what, whether the list is still that list, and the certificate."""
    signoff = find(request, reference)
    context = {
        "signoff": signoff,
        "lines": list(signoff.lines.select_related("case")),
        "zone": signoff.unit.development.zone,
        "is_whole": signatures.verify(signoff),
        "pdf": reverse("sign_off_pdf", args=[signoff.reference]),
        "image": reverse("sign_off_signature", args=[signoff.reference]) if signoff.signature_id else "",
    }
    return TemplateResponse(request, "desk/signing/sign_off_detail.html", context)


@allow(*STAFF_ROLES)
@require_POST
def sign_off_pdf(request: SignedInRequest, reference: str) -> HttpResponse:
    """The certificate as PDF."""
    return ask(request, certificate.KEY, subject=certificate.KEY, subject_id=find(request, reference).pk)


@allow(*STAFF_ROLES)
@require_safe
def sign_off_signature(request: SignedInRequest, reference: str) -> HttpResponseBase:
    """The drawn signature, small."""
    signoff = find(request, reference)
    if signoff.signature is None:
        raise Http404
    return serving.serve(request, signoff.signature, "list")
