"""The registers of homes and people as files or on paper."""

from django.http import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts import sheets
from accounts.access import SignedInRequest, allow
from accounts.choices import STAFF_ROLES
from documents.sheets_out import asking
from homeowners.forms import HomeownerSearchForm, UnitSearchForm
from homeowners.models import Homeowner
from homeowners.sheets import homes, people
from units.models import Development, Unit


@allow(*STAFF_ROLES)
@require_GET
def unit_export(request: SignedInRequest, way: str = "") -> HttpResponseBase:
    """The homes that the address asks for, all pages of them."""
    at = timezone.now()
    form = UnitSearchForm(request.GET, developments=list(Development.objects.visible_to(request.user)))
    rows = Unit.objects.visible_to(request.user)
    rows = form.filter(rows, at=at) if form.is_valid() else rows.none()
    found = homes.of_homes(rows, asked=asking.in_use(form), at=at)
    return sheets.answer(request, found, way, back=reverse("unit_list"))


@allow(*STAFF_ROLES)
@require_GET
def homeowner_export(request: SignedInRequest, way: str = "") -> HttpResponseBase:
    """The people that the address asks for, all pages of them."""
    form = HomeownerSearchForm(request.GET, developments=list(Development.objects.visible_to(request.user)))
    rows = Homeowner.objects.visible_to(request.user)
    rows = form.filter(rows) if form.is_valid() else rows.none()
    found = people.of_people(rows, user=request.user, asked=asking.in_use(form), at=timezone.now())
    return sheets.answer(request, found, way, back=reverse("homeowner_list"))
