"""Light, dark or as the system says: a cookie set by a form post, so it works without a script and never flashes."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

COOKIE = "theme"
THEMES = ("auto", "light", "dark")
ONE_YEAR = 365 * 24 * 3600


def chosen_theme(request: HttpRequest | None) -> str:
    """The choice of this browser; anything odd counts as auto."""
    wanted = request.COOKIES.get(COOKIE, "") if request is not None else ""
    return wanted if wanted in THEMES else "auto"


def remember(request: HttpRequest, theme: str) -> HttpResponse:
    """Back to the page the choice was made on, with the cookie."""
    came_from = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(came_from, allowed_hosts=None)
    response = HttpResponseRedirect(came_from if is_ours else "/")
    response.set_cookie(
        COOKIE,
        theme if theme in THEMES else "auto",
        max_age=ONE_YEAR,
        samesite="Lax",
        httponly=True,
        secure=settings.SECURE_COOKIES,
    )
    return response
