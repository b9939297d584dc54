"""How a person gets in: who proved what, and what stands in the audit about it."""

import logging
from datetime import datetime

from allauth.account.utils import perform_login
from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse

from accounts import attempts, codes, sessions
from accounts.access import actor_of
from accounts.choices import Outcome
from accounts.models import SignInAttempt, User
from ledger import audit

SEAL = "accounts.seal"

log = logging.getLogger(__name__)


def by_password(request: HttpRequest, *, email: str, password: str, at: datetime) -> User | None:
    """Who signs in with this address and password; None for a wrong pair, an unknown or a disabled account.

    An unknown account costs the same time: Django hashes the password in vain. Raises TooManyTries.
    """
    attempt = attempts.begin(request, "password", email=email, at=at)
    user = authenticate(request, username=email, password=password)
    return _settled(request, attempt, user, email=email, at=at)


def by_code(request: HttpRequest, *, code_id: int, email: str, digits: str, at: datetime) -> User | None:
    """Whom the digits of this request let in, or None. Raises TooManyTries."""
    attempt = attempts.begin(request, "code", email=email, at=at)
    return _settled(request, attempt, codes.verify(code_id, digits, at=at), email=email, at=at)


def admit(request: HttpRequest, user: User, *, remember: bool = False, next_path: str = "") -> HttpResponse:
    """Signs the person in under a new session id, after the second factor where there is one; the answer leads on.

    Whoever is disabled or changes the password in between does not get in.
    """
    request.session[sessions.REMEMBER] = remember
    request.session[SEAL] = user.seal
    return perform_login(request, user, email=user.email, redirect_url=next_path or None)


def _settled(request: HttpRequest, attempt: SignInAttempt, user: object, *, email: str, at: datetime) -> User | None:
    if isinstance(user, User):
        attempts.settle(attempt, Outcome.ACCEPTED)
        return user
    attempts.settle(attempt, Outcome.REFUSED)
    refused(request, attempt, email=email, at=at)
    return None


def refused(request: HttpRequest, attempt: SignInAttempt, *, email: str, at: datetime) -> None:
    """Writes a refused try into the audit and the log: the account if there is one, never what was typed."""
    known = User.objects.filter(email=email.strip().lower()).values_list("pk", flat=True).first()
    by = actor_of(request, channel="sign-in")
    audit.record(
        "sign-in-refused", by=by, at=at, about="sign-in", about_id=attempt.pk, new={"kind": attempt.kind, "user": known}
    )
    log.warning("sign-in refused: try %s (%s) from %s, user %s", attempt.pk, attempt.kind, by.address, known)
