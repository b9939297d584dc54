"""The way in and out: password, code by e-mail, sign-out, the question who it is again."""

from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts import attempts, codes, gate, sessions, sign_in
from accounts.access import SignedInRequest, actor_of, allow, before_second_factor, own_path, public
from accounts.attempts import TooManyTries
from accounts.choices import Role
from accounts.forms import CodeForm, ConfirmForm, SignInForm
from accounts.models import User
from ledger import audit

CODE = "accounts.code"


def next_of(request: HttpRequest) -> str:
    """Where the person wanted to go: a path of ours, or nothing."""
    return own_path(request.POST.get("next") or request.GET.get("next"))


@public(reason="the door itself")
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in_page(request: HttpRequest) -> HttpResponse:
    """An address, then a code by e-mail or the password."""
    if request.user.is_authenticated:
        return redirect(next_of(request) or "/")
    form = SignInForm(request.POST or None)
    try:
        if request.method == "POST" and form.is_valid():
            answer = _send_code(request, form) if form.wants_code else _try_password(request, form)
            if answer:
                return answer
    except TooManyTries:
        form.add_error(None, str(attempts.WORDS))
        return _door(request, form, status=429)
    return _door(request, form)


def _door(request: HttpRequest, form: SignInForm, *, status: int = 200) -> HttpResponse:
    tried = bool(request.POST.get("password")) or request.POST.get("way") == "password"
    is_open = tried or attempts.is_known_device(request)
    context = {"form": form, "next": next_of(request), "is_password_open": is_open}
    return gate.page(request, "accounts/sign_in.html", context, status=status)


def _try_password(request: HttpRequest, form: SignInForm) -> HttpResponse | None:
    facts = form.cleaned_data
    user = sign_in.by_password(request, email=facts["email"], password=facts["password"], at=timezone.now())
    if user is None:
        form.add_error(None, _("E-mail and password do not belong together. Look at both once more."))
        return None
    return sign_in.admit(request, user, next_path=next_of(request))


def _send_code(request: HttpRequest, form: SignInForm) -> HttpResponse:
    start_code(request, form.cleaned_data["email"], next_path=next_of(request))
    return redirect("sign_in_code")


def start_code(request: HttpRequest, email: str, *, next_path: str) -> None:
    """Asks for a code and notes the request in the session, without the code. Raises TooManyTries."""
    at = timezone.now()
    attempt = attempts.begin(request, "mail", email=email, at=at)
    code = codes.request(email, by=actor_of(request, channel="sign-in"), at=at)
    request.session[CODE] = {"id": code.pk, "email": email, "next": next_path, "asking": attempt.pk}


@public(reason="the door itself")
@never_cache
@require_http_methods(["GET", "POST"])
def sign_in_code(request: HttpRequest) -> HttpResponse:
    """The digits from the mail; or another mail."""
    asked = request.session.get(CODE)
    if request.user.is_authenticated or not asked:
        return redirect("/" if request.user.is_authenticated else "account_login")
    form = CodeForm(request.POST if request.method == "POST" and "again" not in request.POST else None)
    try:
        answer = _answer_code(request, form, asked)
    except TooManyTries:
        form = form if form.is_bound else CodeForm({})
        form.full_clean()
        form.add_error(None, str(attempts.WORDS))
        return _code_page(request, form, status=429)
    return answer or _code_page(request, form)


def _answer_code(request: HttpRequest, form: CodeForm, asked: dict[str, Any]) -> HttpResponse | None:
    if "again" in request.POST:
        start_code(request, asked["email"], next_path=asked["next"])
        return redirect("sign_in_code")
    return _try_code(request, form, asked) if form.is_valid() else None


def _try_code(request: HttpRequest, form: CodeForm, asked: dict[str, Any]) -> HttpResponse | None:
    at = timezone.now()
    user = sign_in.by_code(
        request, code_id=int(asked["id"]), email=asked["email"], digits=form.cleaned_data["code"], at=at
    )
    if user is not None:
        attempts.answered(asked.get("asking"))
        del request.session[CODE]
        return sign_in.admit(request, user, remember=form.cleaned_data["remember"], next_path=asked["next"])
    if codes.is_alive(int(asked["id"]), at):
        form.add_error("code", _("These are not the digits from the newest e-mail. Look once more."))
    else:
        form.add_error("code", _("This code has ended. Ask for a new one below."))
    return None


def _code_page(request: HttpRequest, form: CodeForm, *, status: int = 200) -> HttpResponse:
    context = {"form": form, "email": request.session[CODE]["email"]}
    return gate.page(request, "accounts/sign_in_code.html", context, status=status)


@public(reason="signing out needs no right; without a session it changes nothing")
@never_cache
@require_http_methods(["GET", "POST"])
def sign_out(request: HttpRequest) -> HttpResponse:
    """Ends this session; opened by a link it only asks."""
    if request.method == "GET" and request.user.is_authenticated:
        return TemplateResponse(request, "accounts/sign_out.html", {})
    if isinstance(request.user, User):
        UserSession.objects.filter(session_key=request.session.session_key).delete()
        audit.record("signed-out", by=actor_of(request), at=timezone.now(), about="user", about_id=request.user.pk)
        logout(request)
    return redirect("account_login")


@allow(*Role)
@before_second_factor
@never_cache
@sensitive_post_parameters("current")
@require_http_methods(["GET", "POST"])
def confirm_yourself(request: SignedInRequest) -> HttpResponse:
    """Before pages that change who may do what: the password once more, or a new sign-in for who has none."""
    user, next_path = request.user, next_of(request)
    if not user.has_usable_password():
        return TemplateResponse(request, "accounts/confirm_by_sign_in.html", {"next": next_path})
    form = ConfirmForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        status = _confirm(request, form)
        if status == 302:
            return redirect(next_path or "account")
    return TemplateResponse(request, "accounts/confirm.html", {"form": form, "next": next_path}, status=status)


def _confirm(request: SignedInRequest, form: ConfirmForm) -> int:
    """302 when the password is right; the form else holds what is wrong."""
    at = timezone.now()
    try:
        user = sign_in.by_password(request, email=request.user.email, password=form.cleaned_data["current"], at=at)
    except TooManyTries:
        form.add_error("current", str(attempts.WORDS))
        return 429
    if user is None or user.pk != request.user.pk:
        form.add_error("current", _("This is not your password."))
        return 200
    sessions.prove(request.session, at=at)
    return 302
