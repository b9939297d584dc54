"""Addresses of this room. Of allauth only what stands here is routed; nobody can sign up, connect or confirm there."""

from allauth.mfa.base.views import IndexView
from allauth.mfa.recovery_codes.views import (
    DownloadRecoveryCodesView,
    GenerateRecoveryCodesView,
    ViewRecoveryCodesView,
)
from allauth.mfa.totp.views import DeactivateTOTPView
from django.urls import path, re_path
from django.views.decorators.cache import never_cache

from accounts import second_factor
from accounts.access import View, allow, before_second_factor, fresh, public
from accounts.views import door, mailed, own, people
from accounts.views.panels import PANELS


def own_second_factor(view: View) -> View:
    """A page about one's own second factor: known roles, asked anew who they are, open while it is missing."""
    return allow(*second_factor.ROLES)(before_second_factor(fresh(never_cache(view))))


sign_in_step: View = public(reason="opens only between the password and the door")(second_factor.SignInView.as_view())

PANEL = "|".join(PANELS)

urlpatterns = [
    path("sign-in/", door.sign_in_page, name="account_login"),
    path("sign-in/code/", door.sign_in_code, name="sign_in_code"),
    path("sign-in/second-factor/", sign_in_step, name="mfa_authenticate"),
    path("sign-in/forgot/", mailed.forgot, name="forgot"),
    path("sign-in/new-password/", mailed.new_password, name="new_password_page"),
    path("sign-in/new-password/<str:token>/", mailed.open_new_password, name="new_password"),
    path("invitation/", mailed.invitation, name="invitation_page"),
    path("invitation/<str:token>/", mailed.open_invitation, name="invitation"),
    path("sign-out/", door.sign_out, name="account_logout"),
    path("account/", own.account, name="account"),
    path("account/confirm/", door.confirm_yourself, name="account_reauthenticate"),
    path("account/password/", own.change_password, name="account_change_password"),
    path("account/sessions/end-others/", own.end_other_sessions, name="end_other_sessions"),
    path("account/sessions/<int:pk>/end/", own.end_session, name="end_session"),
    path("account/second-factor/", own_second_factor(IndexView.as_view()), name="mfa_index"),
    path(
        "account/second-factor/set-up/",
        own_second_factor(second_factor.SetUpView.as_view()),
        name="mfa_activate_totp",
    ),
    path(
        "account/second-factor/remove/",
        own_second_factor(DeactivateTOTPView.as_view()),
        name="mfa_deactivate_totp",
    ),
    path(
        "account/second-factor/codes/",
        own_second_factor(ViewRecoveryCodesView.as_view()),
        name="mfa_view_recovery_codes",
    ),
    path(
        "account/second-factor/codes/new/",
        own_second_factor(GenerateRecoveryCodesView.as_view()),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "account/second-factor/codes/download/",
        own_second_factor(DownloadRecoveryCodesView.as_view()),
        name="mfa_download_recovery_codes",
    ),
    path("settings/", people.user_list, name="settings"),
    path("settings/users/export/", people.user_export, name="user_export"),
    path("settings/users/export/<slug:way>/", people.user_export, name="user_export_as"),
    path("settings/users/add/", people.user_add, name="user_add"),
    path("settings/users/<int:pk>/", people.user_detail, name="user_detail"),
    re_path(rf"^settings/users/(?P<pk>\d+)/(?P<panel>{PANEL})/$", people.user_change, name="user_change"),
]
