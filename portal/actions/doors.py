"""How a page behind a mail link is opened: alive or kindly refused, never cached.

That no other site learns its address is the site-wide `SECURE_REFERRER_POLICY`. A stricter one here would make browsers
send the form with `Origin: null`, which Django refuses.
"""

from collections.abc import Callable
from functools import wraps

from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from accounts import presses
from accounts.access import client_address
from cases import links
from cases.evidence import MoveRefused
from portal import refusals

LinkView = Callable[..., HttpResponseBase]


def linked(purpose: str) -> Callable[[LinkView], LinkView]:
    """Hands the view what the link opens; a dead link gets a page that says so and whom to call."""

    def mark(view: LinkView) -> LinkView:
        @never_cache
        @wraps(view)
        def opened(request: HttpRequest, token: str, **rest: object) -> HttpResponseBase:
            link = links.open_link(token, purpose, at=timezone.now(), address=client_address(request))
            if link is None:
                return TemplateResponse(request, "portal/actions/link_ended.html", {}, status=404)
            return view(request, link, token, **rest)

        return opened

    return mark


def seen_version(request: HttpRequest) -> int:
    """The version that the page showed; 0, which is nobody's, when none was sent."""
    sent = request.POST.get("seen_version", "")
    return int(sent) if sent.isdecimal() and len(sent) < 10 else 0


def pressed(
    request: HttpRequest, act: Callable[[], str], form: Form | None, shown: Callable[[int], HttpResponse]
) -> HttpResponseBase:
    """Carry out a press once; a refusal comes back on the page, at its field."""
    try:
        return presses.once(request, act, at=timezone.now())
    except MoveRefused as refusal:
        return shown(refusals.tell(request, form, refusal))
