"""Everybody's own account: details, password, sessions."""

from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import passwords, second_factor, sessions
from accounts.access import SignedInRequest, actor_of, allow, fresh
from accounts.browsers import browser_in_words
from accounts.choices import Role
from accounts.forms import NewPasswordForm


@allow(*Role)
@require_GET
def account(request: SignedInRequest) -> HttpResponse:
    """Who I am here, how I sign in, where I am signed in."""
    user, at = request.user, timezone.now()
    rows = [
        {
            "pk": row.pk,
            "browser": browser_in_words(row.user_agent),
            "address": row.ip,
            "since": row.created_at,
            "is_current": row.session_key == request.session.session_key,
        }
        for row in sessions.live(user, at=at)
    ]
    context = {
        "person": user,
        "sessions": rows,
        "has_others": any(not row["is_current"] for row in rows),
        "has_password": user.has_usable_password(),
        "may_second_factor": Role(user.role) in second_factor.ROLES,
        "has_second_factor": second_factor.is_set_up(user),
    }
    return TemplateResponse(request, "accounts/account.html", context)


@allow(*Role)
@fresh
@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "POST"])
def change_password(request: SignedInRequest) -> HttpResponse:
    """A new password; every session ends, this one too."""
    form = NewPasswordForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        passwords.change(request.user, form.cleaned_data["password"], by=actor_of(request), at=timezone.now())
        logout(request)
        messages.success(request, _("Your password is changed. Sign in with the new one."))
        return redirect("account_login")
    return TemplateResponse(request, "accounts/change_password.html", {"form": form, "person": request.user})


@allow(*Role)
@require_POST
def end_session(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ends one session of mine on another device."""
    if not sessions.end_one(request.user, pk):
        raise Http404
    return redirect("account")


@allow(*Role)
@require_POST
def end_other_sessions(request: SignedInRequest) -> HttpResponse:
    """Ends every session of mine but this one."""
    sessions.end_others(request.user, current_key=request.session.session_key)
    messages.success(request, _("You are signed out everywhere else."))
    return redirect("account")
