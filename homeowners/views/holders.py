"""Who comes to a home and who leaves it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from accounts.access import actor_of, allow
from accounts.choices import DESK_ROLES
from accounts.presses import once
from homeowners import register, tenures
from homeowners.forms import EndForm, HolderForm, ResaleForm
from homeowners.models import Homeowner
from homeowners.tenures import local_day
from homeowners.views.homes import address_of, crumb_to, crumb_to_homes, find, holders_of
from units.form_fields import RefusableForm
from units.models import Unit
from units.refusals import Refused
from units.wording import full_day

Work = Callable[[datetime], str]


@dataclass(frozen=True)
class Ask:
    """What a form about a home is called, and what it does once sent."""

    heading: Any
    lead: Any
    icon: str


ADD = Ask(
    heading=_("Add a person"),
    lead=_(
        "With an e-mail address the person can sign in from the first day on. "
        "Who is known by name and e-mail or phone is not entered twice."
    ),
    icon="user-plus",
)
RESALE = Ask(
    heading=_("Record a resale"),
    lead=_(
        "Owners and representatives lose access on that day, tenants too unless they stay. "
        "The buyer sees open cases and cover, not the seller's messages. "
        "Cover does not start again, and the printed report link ends."
    ),
    icon="key-round",
)
END = Ask(
    heading=_("End a tenure"),
    lead=_("Access ends on that day. What the person reported stays on record. For a sale use Record a resale."),
    icon="user-check",
)


@allow(*DESK_ROLES)
@require_http_methods(["GET", "POST"])
def tenure_add(request: HttpRequest, code: str, number: str) -> HttpResponse:
    """Somebody comes to the home: owner of an empty one, joint owner, tenant, representative, management body."""
    unit = find(request, code, number)
    start = {"from_on": local_day(unit, timezone.now()), "role": request.GET.get("role")}
    form = HolderForm(request.POST or None, unit=unit, initial=start)

    def work(at: datetime) -> str:
        person = _person(request, unit, form.person_facts, at)
        tenures.begin(unit, homeowner=person, by=actor_of(request), at=at, **form.tenure_facts)
        return gettext("%(name)s is entered.") % {"name": person.name}

    return _answer(request, unit, form, work, ask=ADD)


@allow(*DESK_ROLES)
@require_http_methods(["GET", "POST"])
def unit_transfer(request: HttpRequest, code: str, number: str) -> HttpResponse:
    """The home was sold: the seller's side ends, the buyer's begins."""
    unit = find(request, code, number)
    form = ResaleForm(request.POST or None)

    def work(at: datetime) -> str:
        told = [form.person_facts, form.second_facts]
        buyers = [_person(request, unit, facts, at) for facts in told if facts]
        on, proof, how, stay = (form.cleaned_data[key] for key in ("on", "proof", "verified_how", "tenants_stay"))
        tenures.transfer(
            unit, buyers=buyers, on=on, proof=proof, verified_how=how, tenants_stay=stay, by=actor_of(request), at=at
        )
        return gettext("The resale on %(day)s is recorded.") % {"day": full_day(on)}

    return _answer(request, unit, form, work, ask=RESALE)


@allow(*DESK_ROLES)
@require_http_methods(["GET", "POST"])
def tenure_end(request: HttpRequest, code: str, number: str) -> HttpResponse:
    """Somebody leaves the home, or was entered by mistake."""
    unit = find(request, code, number)
    now = timezone.now()
    holders = holders_of(unit, now)
    start = {"on": local_day(unit, now), "tenure": request.GET.get("who")}
    form = EndForm(request.POST or None, tenures=[*holders.now, *holders.later], initial=start)

    def work(at: datetime) -> str:
        facts = form.cleaned_data
        ended = form.tenures[facts["tenure"]]
        ended.unit = unit
        tenures.end(ended, on=facts["on"], reason=facts["reason"], by=actor_of(request), at=at)
        return gettext("%(name)s has no access from %(day)s on.") % {
            "name": ended.homeowner.name,
            "day": full_day(facts["on"]),
        }

    return _answer(request, unit, form, work, ask=END)


def _answer(request: HttpRequest, unit: Unit, form: RefusableForm, work: Work, *, ask: Ask) -> HttpResponse:
    """The empty form, the form with what is wrong, or the way back to the home once the work is done."""
    if request.method == "POST" and form.is_valid():
        at = timezone.now()

        def done() -> str:
            messages.success(request, work(at))
            return address_of(unit)

        try:
            return once(request, done, at=at)
        except Refused as refusal:
            form.refuse(refusal)
    now = holders_of(unit, timezone.now()).now
    crumbs = [crumb_to_homes(), crumb_to(unit)]
    context = {"unit": unit, "form": form, "holders": now, "back": address_of(unit), "crumbs": crumbs, "ask": ask}
    return TemplateResponse(request, "homeowners/home_form.html", context)


def _person(request: HttpRequest, unit: Unit, facts: dict[str, str], at: datetime) -> Homeowner:
    region = unit.development.country
    return register.find_or_add(**facts, region=region, by=actor_of(request), at=at)
