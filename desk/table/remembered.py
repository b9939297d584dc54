"""The filters that a person used last on this machine; the words that were searched for are not kept.

A cookie rather than a row: it survives the end of the session, and the table stays a page that only reads.
"""

from django.conf import settings
from django.http import HttpResponseBase

from accounts.access import SignedInRequest
from cases.forms.search import CaseSearchForm

COOKIE = "__Host-case-filters" if settings.SECURE_COOKIES else "case-filters"
HALF_A_YEAR = 180 * 24 * 3600
LONGEST = 1500


def query(request: SignedInRequest) -> str:
    """The query to go on with, or nothing. A colleague's on the same machine is not this person's."""
    owner, _colon, kept = request.COOKIES.get(COOKIE, "").partition(":")
    return kept if owner == str(request.user.pk) and "\n" not in kept else ""


def keep(request: SignedInRequest, response: HttpResponseBase, form: CaseSearchForm) -> None:
    """Keeps what the address asks for; the cookie is sent only when that changed."""
    asked = form.query(q=None)
    if query(request) == asked or len(asked) > LONGEST:
        return
    if not asked:
        forget(response)
        return
    response.set_cookie(
        COOKIE,
        f"{request.user.pk}:{asked}",
        max_age=HALF_A_YEAR,
        secure=settings.SECURE_COOKIES,
        httponly=True,
        samesite="Lax",
    )


def forget(response: HttpResponseBase) -> None:
    """The person pressed *Clear*."""
    response.delete_cookie(COOKIE, samesite="Lax")
