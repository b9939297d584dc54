"""Who may open a page: every view carries one of these marks. Docs: house style, "Who may: said once"."""

from collections.abc import Callable
from functools import wraps
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from accounts import sessions
from accounts.choices import Role
from accounts.models import User
from ledger.actors import Actor

View = Callable[..., HttpResponseBase]


CHANNEL_OF_ROLE = {Role.HOMEOWNER.value: "portal", Role.CONTRACTOR.value: "portal"}


class SignedInRequest(HttpRequest):
    """What a view behind `allow` gets: write it as the type of `request`, and `request.user` is a User."""

    user: User


def allow(*roles: Role) -> Callable[[View], View]:
    """Marks a view for these roles: another role gets 403, an unknown visitor the sign-in page."""
    if not roles:
        raise ValueError("allow() needs at least one role; a page for everybody is @public(reason=...).")

    def mark(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return to_sign_in(request)
            if request.user.role not in roles:
                raise PermissionDenied(_("This page is not for your role."))
            return view(request, *args, **kwargs)

        guarded.access_mark = frozenset(roles)  # type: ignore[attr-defined]
        return guarded

    return mark


def public(*, reason: str) -> Callable[[View], View]:
    """Marks a view that needs no sign-in and says why; the view then guards itself (a signed link, say)."""

    def mark(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            return view(request, *args, **kwargs)

        guarded.access_mark = reason  # type: ignore[attr-defined]
        guarded.login_required = False  # type: ignore[attr-defined]
        return guarded

    return mark


def fresh(view: View) -> View:
    """Marks a page that asks who it is again unless that was shown in the last 15 minutes. Stands under `allow`."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if not sessions.is_fresh(request.session, at=timezone.now()):
            return redirect(f"{reverse('account_reauthenticate')}?{urlencode({'next': page_of(request)})}")
        return view(request, *args, **kwargs)

    guarded.is_fresh_only = True  # type: ignore[attr-defined]
    return guarded


def page_of(request: HttpRequest) -> str:
    """The page to come back to: this one, or for a pressed button the page it stood on."""
    if request.method in {"GET", "HEAD"}:
        return request.get_full_path()
    return own_path(urlsplit(request.headers.get("Referer", "")).path)


def before_second_factor(view: View) -> View:
    """Marks a page that staff may open while the second factor that the office requires is still missing."""

    @wraps(view)
    def opened(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        return view(request, *args, **kwargs)

    opened.before_second_factor = True  # type: ignore[attr-defined]
    return opened


def to_sign_in(request: HttpRequest) -> HttpResponseBase:
    """Sends an unknown visitor to the sign-in page, and back to this page afterwards when it can be opened again."""
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": settings.LOGIN_URL})
    if request.method in {"GET", "HEAD"}:
        return redirect_to_login(request.get_full_path())
    return redirect(settings.LOGIN_URL)


def own_path(text: str | None) -> str:
    """A path of this site as given in `?next=`; empty for anything that could lead elsewhere."""
    if text and text.startswith("/") and url_has_allowed_host_and_scheme(text, allowed_hosts=None):
        return text
    return ""


def actor_of(request: HttpRequest, *, channel: str = "") -> Actor:
    """The author of what this request changes: the signed-in person, or an unnamed visitor (of a signed link)."""
    address = client_address(request)
    if isinstance(request.user, User):
        return request.user.actor(channel=channel or CHANNEL_OF_ROLE.get(request.user.role, "desk"), address=address)
    return Actor(name=_("Visitor"), role="visitor", channel=channel or "link", address=address)


def client_address(request: HttpRequest) -> str:
    """The visitor's IP address; behind TRUSTED_PROXIES proxies what the outermost of them saw. Empty when unknown."""
    addresses = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    if 0 < settings.TRUSTED_PROXIES <= len(addresses):
        forwarded = valid_address(addresses[-settings.TRUSTED_PROXIES])
        if forwarded:
            return str(forwarded)
    return str(valid_address(request.META.get("REMOTE_ADDR", "")) or "")


def valid_address(text: str) -> IPv4Address | IPv6Address | None:
    """Reads an IP address; None for anything else."""
    try:
        return ip_address(text.strip())
    except ValueError:
        return None
