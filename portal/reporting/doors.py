"""Two doors to the same steps: a homeowner's account, or the link of a home without an account."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from accounts.access import SignedInRequest, View, actor_of, allow, client_address, public
from accounts.choices import Role
from cases.link_drafts import KEEP_BY_LINK
from cases.models import ReportDraft
from ledger.actors import Actor
from portal.reporting import passes, sittings
from portal.reporting.sittings import COOKIE, Sitting
from units import report_links
from units.models import Development, Unit

Step = Callable[..., HttpResponseBase]
Keep = Callable[..., None]

BY_LINK = "the signed link of a home; a draft is known by a signed cookie"


def by_account(step: Step, *, is_page: bool = True, keep: Keep | None = None) -> View:
    """The step for the signed-in person whose draft it is; `is_page=False` for what scripts ask.

    `keep` takes what a form brings after the session ended.
    """

    @allow(Role.HOMEOWNER)
    @never_cache
    @wraps(step)
    def view(request: SignedInRequest, key: str, **where: object) -> HttpResponseBase:
        sitting = sittings.of_account(request.user, key, by=actor_of(request), at=timezone.now())
        if sitting.draft.report_id:
            return redirect(receipt_url(sitting)) if is_page else gone()
        return step(request, sitting, **where)

    return outliving(view, keep) if keep else view


def outliving(view: View, keep: Keep) -> View:
    """A form that comes after the session ended is kept by its pass; then the person signs in and finds it there."""

    @wraps(view)
    def outlived(request: HttpRequest, key: str, **where: object) -> HttpResponseBase:
        if request.method == "POST" and not request.user.is_authenticated:
            draft = passes.draft_of(request.POST.get(passes.NAME, ""), key)
            if draft and draft.user:
                by = draft.user.actor(channel="portal", address=client_address(request))
                keep(request, Sitting(draft, by, timezone.now()), **where)
                return redirect_to_login(request.path)
        return view(request, key, **where)

    outlived.login_required = False  # type: ignore[attr-defined]
    return outlived


def by_link(step: Step, *, is_page: bool = True) -> View:
    """The step for the browser that began this draft by the link of a home."""

    @public(reason=BY_LINK)
    @never_cache
    @wraps(step)
    def view(request: HttpRequest, token: str, **where: object) -> HttpResponseBase:
        unit = report_links.unit_of(token)
        if unit is None:
            return link_ended(request, token)
        sitting = sittings.of_browser(request, unit, token, by=visitor(request), at=timezone.now())
        if sitting is None:
            return redirect(sittings.start_url(unit, token)) if is_page else gone()
        if sitting.draft.report_id:
            return redirect(receipt_url(sitting)) if is_page else gone()
        return step(request, sitting, **where)

    return view


def visitor(request: HttpRequest) -> Actor:
    """Whoever holds the link, as the author of what is kept."""
    return actor_of(request, channel="link")


def gone() -> HttpResponse:
    """Tells a script that trying again is of no use: this draft takes nothing more."""
    return HttpResponse(status=410)


def receipt_url(sitting: Sitting) -> str:
    """Where a sent draft leads."""
    if sitting.token:
        return reverse("link_report_receipt", args=[sitting.token])
    return reverse("report_detail", args=[sitting.draft.report.reference])  # type: ignore[union-attr]


def link_ended(request: HttpRequest, token: str) -> HttpResponse:
    """A kind 404: of a link that once was ours the office of that place is named, else all offices."""
    ours = report_links.development_of(token)
    offices = [ours] if ours else list(Development.objects.order_by("name")[:12])
    context = {"offices": offices, "office": ours}
    return TemplateResponse(request, "portal/reporting/link_ended.html", context, status=404)


def remember(response: HttpResponseBase, draft: ReportDraft, unit: Unit, token: str) -> HttpResponseBase:
    """Gives the browser the key of its draft, for the pages of this link only."""
    response.set_signed_cookie(
        COOKIE,
        str(draft.key),
        salt=sittings.salt_of(unit),
        max_age=KEEP_BY_LINK,
        path=sittings.start_url(unit, token),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response
