"""What holds for every request: sign-in, second factor, refusals in the audit, nothing private in a cache."""

import logging
from collections.abc import Callable
from typing import Any

from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone

from accounts import second_factor
from accounts.access import actor_of, to_sign_in
from accounts.models import User
from ledger import audit

log = logging.getLogger(__name__)

Answer = Callable[[HttpRequest], HttpResponseBase]


class SignInMiddleware(LoginRequiredMiddleware):
    """Closes every page that does not say `@public`; the visitor is led to the sign-in page and back."""

    def handle_no_permission(  # type: ignore[override]  # htmx is led by a header, not by a redirect
        self, request: HttpRequest, view_func: Callable[..., Any]
    ) -> HttpResponseBase:
        """Leads to the sign-in page."""
        return to_sign_in(request)


class SecondFactorMiddleware:
    """With REQUIRE_STAFF_MFA on, the office's people get nowhere without a second factor shown in this session."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Nothing to do before the view is known."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        """Sends to the set-up page; or, when one was set up elsewhere meanwhile, back to the sign-in."""
        if not getattr(view, "login_required", True) or getattr(view, "before_second_factor", False):
            return None
        if not second_factor.is_missing(request):
            return None
        if second_factor.is_set_up(request.user):
            logout(request)
            return to_sign_in(request)
        return redirect("mfa_activate_totp")


class RefusalMiddleware:
    """Writes every refused page into the audit, and keeps private pages out of caches."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """A page for a signed-in person that says nothing about caching is private and not stored."""
        response = self.get_response(request)
        if not response.has_header("Cache-Control") and request.user.is_authenticated:
            response["Cache-Control"] = "private, no-store"
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """Notes who was refused what; the path without its query, which may hold words of people."""
        if isinstance(exception, PermissionDenied) and isinstance(request.user, User):
            by = actor_of(request)
            log.warning("refused: user %s (%s), %s %s", by.user_id, by.role, request.method, request.path)
            reason = f"{request.method} {request.path}"[:300]
            audit.record(
                "access-refused", by=by, at=timezone.now(), about="user", about_id=request.user.pk, reason=reason
            )
