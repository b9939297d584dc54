"""A person's own calendar: making its private address, ending it, serving it."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from accounts.access import SignedInRequest, allow, public
from accounts.choices import STAFF_ROLES, Role
from inspections import feeds

EVERYBODY = tuple(Role)


@allow(*EVERYBODY)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def feed_page(request: SignedInRequest) -> HttpResponse:
    """The private address of the own calendar: shown once when made, ended by a press."""
    at, address = timezone.now(), ""
    if request.method == "POST" and request.POST.get("act") == "end":
        feeds.end(request.user, at=at)
        messages.success(request, _("The address no longer works."))
        return redirect("feed_page")
    if request.method == "POST":
        address = settings.BASE_URL + reverse("feed", args=[feeds.make(request.user, at=at)])
    is_staff = request.user.role in STAFF_ROLES
    context = {
        "address": address,
        "is_made": feeds.is_made(request.user, at),
        "base": "desk_base.html" if is_staff else "portal_base.html",
        "is_staff": is_staff,
    }
    return TemplateResponse(request, "inspections/feed_page.html", context)


@public(reason="Private address of a person's calendar: a secret token, asked anew at each call")
@never_cache
@require_GET
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The visits of one person; 404 when the address ended or the rights did."""
    at = timezone.now()
    user = feeds.owner_of(token, at)
    if user is None:
        raise Http404
    return HttpResponse(feeds.text(user, at=at), content_type="text/calendar; charset=utf-8")
