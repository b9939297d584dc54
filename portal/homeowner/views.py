"""Home, the list of cases, the list of visits."""

from datetime import datetime

from django.db.models import Prefetch
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from accounts.access import SignedInRequest, allow
from accounts.choices import Role
from accounts.models import User
from cases import drafts
from cases.models import Attachment, Case
from homeowners.choices import CONFIRMING_ROLES
from homeowners.tenures import Home, homes_of
from inspections.choices import OfferState
from inspections.models import Visit
from inspections.querysets import VisitQuerySet
from portal.homeowner import homes
from units import coverage
from units.wording import when

MOST_CASES = 200


def homes_with_cover(found: list[Home], at: datetime) -> list[homes.HomeView]:
    """The homes, each with the end of its general cover; a fixed number of queries."""
    covers = coverage.load(home.unit for home in found) if found else {}
    views = []
    for home in found:
        today = at.astimezone(home.unit.development.tz).date()
        verdict = covers[home.unit.pk].assess(received_at=at, at=at)
        views.append(homes.HomeView(home, homes.cover_words(verdict.end, today)))
    return views


def pictures_of(user: User, cases: list[Case]) -> dict[int, Attachment]:
    """One picture a case that this person may see; one query."""
    visible = Attachment.objects.visible_to(user).pictures().filter(case__in=cases)
    return homes.first_pictures(visible.select_related("file").order_by("added_at", "pk"))


def visits_of(user: User) -> VisitQuerySet:
    """Visits to the person's homes, each with those of its cases that the person may see."""
    cases = Prefetch("cases", Case.objects.visible_to(user).select_related("location"))
    return Visit.objects.visible_to(user).for_page().prefetch_related(cases)


@allow(Role.HOMEOWNER)
def portal_home(request: SignedInRequest) -> HttpResponse:
    """What needs me, my next visit, my rooms, my cover."""
    at = timezone.now()
    found = homes_of(request.user, at)
    cases = list(Case.objects.visible_to(request.user).open().for_page().order_by("next_on", "pk")[:MOST_CASES])
    closed = Case.objects.visible_to(request.user).closed().count()
    visits = visits_of(request.user).ahead(at)[:3]
    offered = list(visits_of(request.user).offered().filter(offers__state=OfferState.OPEN, offers__until__gt=at)[:5])
    views = homes_with_cover(found, at)
    for view in views:
        view.rooms = homes.rooms(case for case in cases if case.unit_id == view.home.unit.pk)
    may_confirm = {home.unit.pk for home in found if home.role in CONFIRMING_ROLES}
    office = found[0].unit.development if found else None
    draft = drafts.of_user(request.user)
    mine = draft if draft and any(home.unit == draft.unit for home in found) else None
    needs = homes.needs(cases, pictures_of(request.user, cases), may_confirm)
    context = {
        "greeting": homes.greeting(request.user.name, at.astimezone(office.tz) if office else at),
        "homes": views,
        "home": found[0].unit.number if len(found) == 1 else "",
        "needs": needs,
        "asks": len(needs) + len(offered),
        "to_sign": sum(case.step == "confirm" and case.unit_id in may_confirm for case in cases),
        "visits": homes.visit_rows(visits),
        "offered": homes.visit_rows(offered),
        "open": len(cases),
        "closed": closed,
        "draft": mine,
        "draft_saved": when(mine.saved_at, mine.unit.development.tz) if mine else "",
        "office": office,
    }
    return TemplateResponse(request, "portal/homeowner/portal_home.html", context)


@allow(Role.HOMEOWNER)
def portal_case_list(request: SignedInRequest) -> HttpResponse:
    """Open cases, or the finished ones; of one room when `?room=` names it."""
    room = request.GET.get("room", "")[:20]
    is_done = request.GET.get("done") == "1"
    visible = Case.objects.visible_to(request.user).for_page()
    rows = visible.closed().order_by("-closed_at") if is_done else visible.open().order_by("next_on", "pk")
    cases = list((rows.filter(location_id=room) if room else rows)[:MOST_CASES])
    context = {
        "rows": homes.case_rows(cases, pictures_of(request.user, cases)),
        "is_done": is_done,
        "room": cases[0].location if cases and room else None,
        "office": cases[0].development if cases else None,
    }
    return TemplateResponse(request, "portal/homeowner/portal_case_list.html", context)


@allow(Role.HOMEOWNER)
def portal_visit_list(request: SignedInRequest) -> HttpResponse:
    """Visits to come and those of the past."""
    at = timezone.now()
    visible = visits_of(request.user)
    ahead = list(visible.ahead(at)[:50])
    past = list(visible.taking_time().filter(ends_at__lte=at).order_by("-starts_at")[:20])
    offered = list(visible.offered()[:20])
    context = {
        "ahead": homes.visit_rows(ahead),
        "past": homes.visit_rows(past),
        "offered": homes.visit_rows(offered),
        "office": ahead[0].unit.development if ahead else None,
    }
    return TemplateResponse(request, "portal/homeowner/portal_visit_list.html", context)
