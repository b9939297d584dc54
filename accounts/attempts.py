"""Throttles of everything that could be guessed, counted in the database.

Twenty tries an hour for one account, a hundred for one address (quality page, line 15). The window slides, so nobody
is locked out for good, and tries that the throttle stopped do not prolong it. A browser in which the person has signed
in before is counted apart: a stranger who uses up the account's tries does not shut out its owner. Asking for a mail
guesses nothing; it is bounded so that nobody's mailbox is filled, by network first: whoever asks from elsewhere still
gets the mail on a new phone.
"""

import logging
import secrets
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_network

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from accounts.access import client_address, valid_address
from accounts.choices import Outcome
from accounts.models import SignInAttempt, User

WINDOW = timedelta(hours=1)
PER_ACCOUNT = {"password": 20, "code": 20, "second-factor": 20, "mail": 30}
PER_ACCOUNT_AND_ADDRESS = {"mail": 6}
PER_ADDRESS = 100
WORDS = _("Too many tries. Please wait; within an hour it opens again by itself.")
DEVICE_AGE = timedelta(days=365)

log = logging.getLogger(__name__)


class TooManyTries(Exception):
    """This account or this address has used up its tries; some come back as the hour passes."""


def begin(request: HttpRequest, kind: str, *, email: str, at: datetime) -> SignInAttempt:
    """Opens a try, before anything is checked. The caller settles it; an open one counts like a wrong one.

    The row is written first and counted with the others: of many at once never more than allowed get through.
    Raises TooManyTries, for known and unknown accounts alike.
    """
    attempt = SignInAttempt.objects.create(
        kind=kind, account=account_of(request, email), address=network_of(client_address(request)), at=at
    )
    if _is_too_many(attempt):
        settle(attempt, Outcome.STOPPED)
        log.warning("sign-in try %s (%s) from %s stopped by the throttle", attempt.pk, kind, attempt.address)
        raise TooManyTries
    return attempt


def _is_too_many(attempt: SignInAttempt) -> bool:
    counted = SignInAttempt.objects.counted(attempt.at - WINDOW)
    own, here = counted.filter(account=attempt.account, kind=attempt.kind), counted.filter(address=attempt.address)
    most = PER_ACCOUNT_AND_ADDRESS.get(attempt.kind, PER_ADDRESS)
    return (
        own.count() > PER_ACCOUNT[attempt.kind]
        or own.filter(address=attempt.address).count() > most
        or here.count() > PER_ADDRESS
    )


def settle(attempt: SignInAttempt, outcome: Outcome) -> None:
    """Notes how the try ended."""
    SignInAttempt.objects.filter(pk=attempt.pk).update(outcome=outcome)


def answered(asking: int | None) -> None:
    """The person behind this request for a mail has the mail and is in: it fills no throttle."""
    if asking is not None:
        SignInAttempt.objects.filter(pk=asking, kind="mail").update(outcome=Outcome.ACCEPTED)


def account_of(request: HttpRequest, email: str) -> str:
    """The bucket of an address that somebody typed: never the text, which may be a password in the wrong field."""
    account = _keyed(email)
    known, _colon, device = _device(request).partition(":")
    return _keyed(f"{account}:{device}") if known == account and device else account


def remember_device(request: HttpRequest, response: HttpResponse, user: User) -> None:
    """Marks this browser as one in which `user` has signed in; it gives no right but a bucket of its own."""
    known, _colon, device = _device(request).partition(":")
    if known == _keyed(user.email) and device:
        return
    response.set_signed_cookie(
        settings.DEVICE_COOKIE_NAME,
        f"{_keyed(user.email)}:{secrets.token_hex(8)}",
        salt="accounts.device",
        max_age=DEVICE_AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def is_known_device(request: HttpRequest) -> bool:
    """Has somebody signed in with this browser before?"""
    return bool(_device(request))


def network_of(address: str) -> str:
    """What one visitor has: an IPv4 address, or the /64 network of an IPv6 address."""
    parsed = valid_address(address)
    if isinstance(parsed, IPv6Address):
        return str(ip_network(f"{parsed}/64", strict=False).network_address)
    return address


def _device(request: HttpRequest) -> str:
    name = settings.DEVICE_COOKIE_NAME
    return request.get_signed_cookie(name, "", salt="accounts.device", max_age=DEVICE_AGE) or ""


def _keyed(text: str) -> str:
    return salted_hmac("accounts.attempt", text.strip().lower(), algorithm="sha256").hexdigest()
