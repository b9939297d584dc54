"""The second factor: who needs it, whether this session has shown it, and allauth's pages for it.

Secrets and codes are allauth's; ours are the rules around them: throttle, replay, freshness, what the office requires.
"""

from datetime import timedelta
from typing import Any

from allauth.mfa.base import forms
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.views import ActivateTOTPView
from django import forms as django_forms
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from accounts import attempts, sessions, sign_in
from accounts.choices import STAFF_ROLES, Outcome, Role
from accounts.models import User

ROLES = (*STAFF_ROLES, Role.CONTRACTOR)
CODE_LIVES = timedelta(seconds=120)  # a code and its neighbours (MFA_TOTP_TOLERANCE)


def is_set_up(user: Any) -> bool:
    """Does this person have an authenticator app?"""
    return Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.TOTP).exists()


def is_missing(request: HttpRequest) -> bool:
    """Must this session show a second factor that it has not shown?"""
    user = request.user
    if not (settings.REQUIRE_STAFF_MFA and isinstance(user, User) and user.is_office):
        return False
    return not request.session.get(sessions.SECOND_FACTOR)


def shown(session: SessionBase) -> None:
    """Notes that the second factor was shown in this session."""
    session[sessions.SECOND_FACTOR] = True


class SetUpForm(ActivateTOTPForm):
    """The first code that the app shows."""

    code = django_forms.CharField(
        label=_("Six digits from the app"),
        max_length=12,
        widget=django_forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )


class AuthenticateForm(forms.AuthenticateForm):
    """The code at sign-in: throttled like a password, and each code counts once."""

    code = django_forms.CharField(
        label=_("Code from your authenticator app"),
        help_text=_("Or one of your recovery codes."),
        max_length=20,
        widget=django_forms.TextInput(attrs={"autocomplete": "one-time-code", "autofocus": True}),
    )

    def clean_code(self) -> str:
        """The code, if it is right and new. A wrong one stands in the audit."""
        request, at = forms.context.request, timezone.now()
        try:
            attempt = attempts.begin(request, "second-factor", email=self.user.email, at=at)
        except attempts.TooManyTries as error:
            raise django_forms.ValidationError(attempts.WORDS, code="throttled") from error
        try:
            code = super().clean_code()
            self._once(code)
        except django_forms.ValidationError:
            attempts.settle(attempt, Outcome.REFUSED)
            sign_in.refused(request, attempt, email=self.user.email, at=at)
            raise
        attempts.settle(attempt, Outcome.ACCEPTED)
        return code

    def _once(self, code: str) -> None:
        mark = salted_hmac("accounts.second-factor", f"{self.user.pk}:{code}", algorithm="sha256").hexdigest()
        if not cache.add(f"second-factor:{mark}", 1, timeout=CODE_LIVES.total_seconds()):
            raise django_forms.ValidationError(_("This code was used already. Wait for the next one."), code="used")


class SignInView(AuthenticateView):
    """The step between the password and the door."""

    def form_valid(self, form: AuthenticateForm) -> HttpResponse:
        """Opens the session, which then has shown the second factor."""
        response = super().form_valid(form)
        if self.request.user.is_authenticated:
            shown(self.request.session)
        return response


class SetUpView(ActivateTOTPView):
    """Setting the authenticator app up; whoever does it has it in the hand."""

    form_class = SetUpForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Who has one already is shown it, not asked to remove it."""
        if is_set_up(request.user):
            return redirect("mfa_index")
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Says whether the office requires it."""
        return {**super().get_context_data(**kwargs), "is_required": is_missing(self.request)}

    def form_valid(self, form: django_forms.Form) -> HttpResponse:
        """Stores the secret, shows the recovery codes next."""
        response = super().form_valid(form)
        shown(self.request.session)
        return response
