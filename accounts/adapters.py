"""How allauth is told the house's rules."""

import base64
import hashlib

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _

from accounts import attempts, sessions, sign_in
from accounts.access import client_address, own_path
from accounts.models import User
from ledger import audit


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up: accounts are made by invitation."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Always closed."""
        return False

    def login(self, request: HttpRequest, user: User) -> None:
        """Opens the session: new id, the age of the role, and only for what was proved a moment ago."""
        remembered = request.session.pop(sessions.REMEMBER, False)
        seal = request.session.pop(sign_in.SEAL, "")
        if not user.is_active or not constant_time_compare(seal, user.seal):
            raise ImmediateHttpResponse(redirect(settings.LOGIN_URL))
        at = timezone.now()
        login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
        request.session.set_expiry(at + sessions.lifetime(user, remembered=remembered))
        sessions.prove(request.session, at=at)

    def post_login(self, request: HttpRequest, user: User, **kwargs: object) -> HttpResponse:
        """Leads on, and notes the sign-in, the session, and this browser as one that the person uses."""
        response = redirect(own_path(str(kwargs["redirect_url"] or "")) or settings.LOGIN_REDIRECT_URL)
        UserSession.objects.create_from_request(request)
        attempts.remember_device(request, response, user)
        actor = user.actor(channel="sign-in", address=client_address(request))
        audit.record("signed-in", by=actor, at=timezone.now(), about="user", about_id=user.pk)
        return response

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        """A disabled person sees what a stranger sees."""
        return redirect(settings.LOGIN_URL)

    def is_safe_url(self, url: str) -> bool:
        """Leads only to paths of this site."""
        return bool(own_path(url))

    def get_client_ip(self, request: HttpRequest) -> str:
        """The visitor's address as everywhere else in this product."""
        return client_address(request) or "0.0.0.0"  # noqa: S104 - says "unknown" in a column that wants an address

    def is_reauthentication_required(self, *, app: str, **kwargs: object) -> bool:
        """The house's own fifteen minutes; `accounts.access.fresh` stands before each such page."""
        return not sessions.is_fresh(self.request.session, at=timezone.now())


class MFAAdapter(DefaultMFAAdapter):
    """Second factors: their secrets are encrypted at rest, and required ones stay."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This code is not right. Wait for the next one and type it again."),
        "cannot_delete_authenticator": _("Your office requires the second factor, so it cannot be removed here."),
    }

    def encrypt(self, text: str) -> str:
        """Encrypts a secret with the installation's key."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Opens what `encrypt` closed, also with an earlier key of SECRET_KEY_FALLBACKS."""
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Not where the office requires one."""
        return not (settings.REQUIRE_STAFF_MFA and authenticator.user.is_office)


def _cipher() -> MultiFernet:
    return MultiFernet([_lock(str(key)) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _lock(key: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(f"accounts.second-factor:{key}".encode()).digest()))
