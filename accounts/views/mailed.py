"""Pages behind mailed links: invitation and new password.

Opening a link changes nothing (mail scanners open links). It only notes in the session which link was shown and leads
to an address without the token, so that no log, history entry or Referer of the page holds it.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods

from accounts import attempts, gate, invitations, links, passwords, second_factor, sign_in
from accounts.access import actor_of, public
from accounts.attempts import TooManyTries
from accounts.choices import Role
from accounts.forms import EmailOnly, NewPasswordForm, RememberForm
from accounts.invitations import InvitationRefused
from accounts.models import LinkToken, User

SHOWN = "accounts.link:"


@public(reason="the token is the right; opening it changes nothing")
@never_cache
@sensitive_variables("token")
@require_GET
def open_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """The address in the mail."""
    return _noted(request, token, invitations.PURPOSE, "invitation_page")


@public(reason="the token is the right; opening it changes nothing")
@never_cache
@sensitive_variables("token")
@require_GET
def open_new_password(request: HttpRequest, token: str) -> HttpResponse:
    """The address in the mail."""
    return _noted(request, token, passwords.PURPOSE, "new_password_page")


def _noted(request: HttpRequest, raw: str, purpose: str, page: str) -> HttpResponse:
    token = links.find(raw, purpose, timezone.now())
    request.session[SHOWN + purpose] = token.pk if token else 0
    response = redirect(page)
    response["Referrer-Policy"] = "no-referrer"
    return response


def _held(request: HttpRequest, purpose: str) -> tuple[LinkToken, User] | None:
    """The link that was shown in this session and its person, while both are alive."""
    pk = request.session.get(SHOWN + purpose, 0)
    token = LinkToken.objects.alive(timezone.now()).filter(pk=pk, purpose=purpose).first()
    guest = invitations.guest_of(token)
    return (token, guest) if token and guest else None


@public(reason="the link shown in this session is the right")
@never_cache
@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest) -> HttpResponse:
    """Who invites and for what; a homeowner taps once more, anybody else chooses a password."""
    held = _held(request, invitations.PURPOSE)
    if held is None:
        return gate.page(request, "accounts/link_ended.html", {"purpose": "invitation"}, status=410)
    token, guest = held
    by_tap = guest.role == Role.HOMEOWNER
    data = request.POST if request.method == "POST" else None
    form = RememberForm(data) if by_tap else NewPasswordForm(data, user=guest)
    if form.is_valid():
        try:
            return _enter(request, token, guest, form)
        except InvitationRefused:
            return redirect("invitation_page")
    facts = token.facts
    words = invitations.sentence(invited_by=facts["invited_by"], to=facts["to"], role=guest.role)
    context = {"form": form, "guest": guest, "words": words, "by_tap": by_tap}
    return gate.page(request, "accounts/invitation.html", context)


def _enter(request: HttpRequest, token: LinkToken, guest: User, form: RememberForm | NewPasswordForm) -> HttpResponse:
    password, by = form.cleaned_data.get("password"), guest.actor(channel="link", address=actor_of(request).address)
    user = invitations.accept(token, password=password, by=by, at=timezone.now())
    request.session.flush()
    needs_factor = user.is_office and not second_factor.is_set_up(user)
    after = reverse("mfa_activate_totp") if needs_factor else ""
    return sign_in.admit(request, user, remember=form.cleaned_data.get("remember", False), next_path=after)


@public(reason="the door itself")
@never_cache
@require_http_methods(["GET", "POST"])
def forgot(request: HttpRequest) -> HttpResponse:
    """Asks for a link by e-mail; the answer is the same whether or not the address has an account."""
    form = EmailOnly(request.POST or None, initial={"email": request.GET.get("email", "")})
    if request.method == "POST" and form.is_valid():
        email, at = form.cleaned_data["email"], timezone.now()
        try:
            attempts.begin(request, "mail", email=email, at=at)
        except TooManyTries:
            form.add_error(None, str(attempts.WORDS))
            return gate.page(request, "accounts/forgot.html", {"form": form}, status=429)
        passwords.request_link(email, by=actor_of(request, channel="sign-in"), at=at)
        return gate.page(request, "accounts/forgot_sent.html", {"email": email})
    return gate.page(request, "accounts/forgot.html", {"form": form})


@public(reason="the link shown in this session is the right")
@never_cache
@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "POST"])
def new_password(request: HttpRequest) -> HttpResponse:
    """Chooses a new password; the person then signs in with it."""
    held = _held(request, passwords.PURPOSE)
    if held is None:
        return gate.page(request, "accounts/link_ended.html", {"purpose": "new-password"}, status=410)
    token, user = held
    form = NewPasswordForm(request.POST if request.method == "POST" else None, user=user)
    if form.is_valid():
        by = user.actor(channel="link", address=actor_of(request).address)
        try:
            user = passwords.choose(token, form.cleaned_data["password"], by=by, at=timezone.now())
        except InvitationRefused:
            return redirect("new_password_page")
        request.session.flush()
        return sign_in.admit(request, user)
    return gate.page(request, "accounts/new_password.html", {"form": form, "person": user})
