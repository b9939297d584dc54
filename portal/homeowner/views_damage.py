"""Damaged during the repair: the homeowner says what, from the page of the repair."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.access import SignedInRequest, actor_of, allow
from accounts.choices import Role
from cases import damages
from cases.forms.damages import DamageForm
from portal.homeowner import answers
from portal.homeowner.views_case import done, find, home_of, ready


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
