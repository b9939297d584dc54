"""Where a report begins and where it ends: step 1 and the receipt, for each door."""

from datetime import datetime

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import SignedInRequest, actor_of, allow, client_address, public
from accounts.attempts import network_of
from accounts.choices import Role
from cases import drafts, link_drafts
from cases.evidence import MoveRefused
from cases.models import Report
from homeowners.tenures import Home, homes_of
from portal.reporting import choosing, doors, receipts, sittings, steps
from portal.reporting.sittings import Sitting
from units import report_links
from units.models import Unit

read_or_send = require_http_methods(["GET", "HEAD", "POST"])


@allow(Role.HOMEOWNER)
@never_cache
@read_or_send
def report_start(request: SignedInRequest) -> HttpResponseBase:
    """Step 1 for the one home of this person, or for the one that is chosen; a tapped room begins the draft."""
    at = timezone.now()
    homes = homes_of(request.user, at)
    home = wanted_home(homes, request.GET.get("home", ""))
    if home is None:
        choices = [{"home": home, "url": sittings.start_url(home.unit)} for home in homes]
        return TemplateResponse(request, "portal/reporting/homes.html", {"choices": choices})
    if request.method != "POST":
        unsent = drafts.of_user(request.user, home.unit)
        resume = Sitting(unsent, actor_of(request), at, home=home) if unsent else None
        return rooms_page(request, home.unit, resume)
    draft = drafts.open_of(request.user, home.unit) or drafts.start(home.unit, user=request.user, at=at)
    return begin_item(request, Sitting(draft, actor_of(request), at, home=home))


def wanted_home(homes: list[Home], name: str) -> Home | None:
    """The home named in the address, or the only one."""
    if len(homes) == 1 and not name:
        return homes[0]
    return next((home for home in homes if sittings.home_name(home.unit) == name), None)


@public(reason=doors.BY_LINK)
@never_cache
@read_or_send
def link_start(request: HttpRequest, token: str) -> HttpResponseBase:
    """Step 1 by the link of a home. It names the home and no person; what is begun here is counted.

    Who is signed in and holds this home reports by account, and is known.
    """
    unit = report_links.unit_of(token)
    if unit is None:
        return doors.link_ended(request, token)
    at = timezone.now()
    if any(home.unit.pk == unit.pk for home in homes_of(request.user, at)):
        return redirect(sittings.start_url(unit))
    sitting = sittings.of_browser(request, unit, token, by=doors.visitor(request), at=at)
    if sitting and sitting.draft.report_id:
        sitting = None
    if request.method != "POST":
        return rooms_page(request, unit, sitting if sitting and is_begun(sitting) else None, token=token)
    try:
        sitting = sitting or begin_by_link(request, unit, token, at=at)
    except MoveRefused as refusal:
        return rooms_page(request, unit, None, token=token, refusal=refusal.sentence, status=429)
    return doors.remember(begin_item(request, sitting), sitting.draft, unit, token)


def begin_by_link(request: HttpRequest, unit: Unit, token: str, *, at: datetime) -> Sitting:
    """A visitor's first tap."""
    draft = link_drafts.start(unit, address=network_of(client_address(request)), at=at)
    return Sitting(draft, doors.visitor(request), at, token=token)


def is_begun(sitting: Sitting) -> bool:
    """Anything was said of any defect."""
    return any(drafts.is_begun(item) for item in sitting.draft.items.prefetch_related("photos"))


def begin_item(request: HttpRequest, sitting: Sitting) -> HttpResponseBase:
    """A tapped room makes the next defect; a press that names no room of this home shows the rooms again."""
    place = steps.chosen_place(sitting, request.POST)
    if place is None:
        return redirect(sitting.rooms_url)
    try:
        item = drafts.add_item(sitting.draft, at=sitting.at)
    except MoveRefused as refusal:
        return rooms_page(request, sitting.unit, sitting, token=sitting.token, refusal=refusal.sentence, status=422)
    drafts.save_item(item, at=sitting.at, location=place, element_tile="", answers={})
    return redirect(sitting.url("fault", item.position))


def rooms_page(
    request: HttpRequest, unit: Unit, resume: Sitting | None, *, token: str = "", refusal: str = "", status: int = 200
) -> HttpResponseBase:
    """Step 1; with the unsent draft of this person when there is one."""
    context = {
        "unit": unit,
        "office": unit.development,
        "home": unit.number,
        "places": choosing.places(unit),
        "resume": receipts.resume(resume) if resume else None,
        "refusal": refusal,
        "is_visitor": bool(token),
        "back": "" if token else "/portal/",
    }
    return TemplateResponse(request, "portal/reporting/rooms.html", context, status=status)


@allow(Role.HOMEOWNER)
@require_safe
def report_detail(request: SignedInRequest, reference: str) -> HttpResponseBase:
    """The numbered receipt of an own report: what was reported, where each defect stands, what happens next."""
    reports = Report.objects.visible_to(request.user).select_related("development__default_officer", "unit")
    report = get_object_or_404(reports, number=receipts.number_of(reference))
    context = receipts.page(report, request.user)
    return TemplateResponse(request, "portal/reporting/report_detail.html", context)


@public(reason=doors.BY_LINK)
@never_cache
@require_safe
def link_receipt(request: HttpRequest, token: str) -> HttpResponseBase:
    """The number for the browser that sent the report. It never says whether the register knew the reporter."""
    unit = report_links.unit_of(token)
    if unit is None:
        return doors.link_ended(request, token)
    sitting = sittings.of_browser(request, unit, token, by=doors.visitor(request), at=timezone.now())
    if sitting is None or sitting.draft.report is None:
        return redirect(sittings.start_url(unit, token))
    context = receipts.for_visitor(sitting.draft.report, unit)
    return TemplateResponse(request, "portal/reporting/link_receipt.html", context)
