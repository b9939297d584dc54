"""What a homeowner says about a repair beside yes and no: it damaged something; it is accepted under protest."""

from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts import presses
from accounts.access import SignedInRequest, actor_of, allow
from accounts.choices import Role
from cases import damages, signing
from cases.choices import SignAnswer, Status
from cases.evidence import MoveRefused
from cases.forms.damages import DamageForm
from portal import refusals
from portal.homeowner import answers
from portal.homeowner.views_case import done, find, home_of, portal_case, ready, seen


@allow(Role.HOMEOWNER)
@require_http_methods(["GET", "HEAD", "POST"])
def portal_damage(request: SignedInRequest, reference: str) -> HttpResponse:
    """A case of its own, reported in the own words."""
    case = find(request, reference)
    if not damages.may_report(case):
        return redirect("portal_case", case.reference)
    at, by, home = timezone.now(), actor_of(request), home_of(request, case, timezone.now())
    sent = request.method == "POST"
    form: Any = ready(
        DamageForm(request.POST if sent else None, request.FILES if sent else None, case=case), by=by, at=at
    )

    def shown(status: int = 422) -> HttpResponse:
        context = {
            "case": case,
            "form": form,
            "office": case.development,
            "action": reverse("portal_damage", args=[case.reference]),
            "back": reverse("portal_case", args=[case.reference]),
        }
        return TemplateResponse(request, "portal/homeowner/portal_damage.html", context, status=status)

    if not sent:
        return shown(200)
    if not form.is_valid():
        return shown()

    def act() -> str:
        made = answers.damaged(case, form.damage, home=home, by=by, at=at)
        return reverse("portal_case", args=[made.reference])

    return done(request, act, form, shown, at=at)


@allow(Role.HOMEOWNER)
@require_POST
def portal_protest(request: SignedInRequest, reference: str) -> HttpResponseBase:
    """After our decision: accepted under protest, kept with a signature; the case stays as it was decided."""
    case = find(request, reference)
    at, by = timezone.now(), actor_of(request)
    if case.status != Status.CLOSED_OUT_OF_SCOPE:
        return redirect("portal_case", case.reference)
    words = request.POST.get("words", "")[:2000]

    def act() -> str:
        answer = {case: signing.Answer(SignAnswer.PROTEST, words)}
        how, version = signing.door_of(by), seen(request, case)
        signoff = signing.sign([case], answer, by=by, at=at, name=by.name, how=how, seen_versions={case: version})
        return reverse("portal_sign_off", args=[signoff.reference])

    try:
        return presses.once(request, act, at=at)
    except MoveRefused as refusal:
        status = refusals.tell(request, None, refusal)
        response = portal_case(request, case.reference)
        response.status_code = status
        return response
