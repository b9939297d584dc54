"""What is open to the world of the libraries behind the door, and how the cookies are set."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.urls import NoReverseMatch, Resolver404, resolve, reverse

from tests.factories.accounts import PASSWORD, amira

UNUSED = [
    "account_signup",
    "account_email",
    "account_inactive",
    "account_confirm_email",
    "account_set_password",
    "account_reset_password",
    "account_reset_password_from_key",
    "account_request_login_code",
    "account_confirm_login_code",
    "mfa_trust",
    "usersessions_list",
    "socialaccount_connections",
]


@pytest.mark.parametrize("name", UNUSED)
def test_unused_pages_of_the_library_are_not_routed(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


@pytest.mark.parametrize("path", ["/signup/", "/accounts/login/", "/accounts/signup/", "/account/email/", "/login/"])
def test_usual_addresses_of_the_library_lead_nowhere(path):
    with pytest.raises(Resolver404):
        resolve(path)


@pytest.mark.django_db
def test_cookies_are_out_of_reach_of_scripts_and_other_sites(client, by_password):
    by_password(client, amira())
    for name in (settings.SESSION_COOKIE_NAME, settings.DEVICE_COOKIE_NAME):
        cookie = client.cookies[name]
        assert (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["domain"]) == (True, "Lax", "/", "")
    client.get("/sign-in/forgot/")
    assert client.cookies[settings.CSRF_COOKIE_NAME]["httponly"]


def test_cookies_belong_to_the_host_alone_where_the_site_has_https(tmp_path):
    names = ["SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "DEVICE_COOKIE_NAME"]
    flags = ["SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "REQUIRE_STAFF_MFA"]
    code = f"from django.conf import settings; print(*(getattr(settings, name) for name in {names + flags}))"
    given = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "defects_portal.settings",
        "BASE_URL": "https://defects.example.com",
        "SECRET_KEY": "x" * 60,
        "EMAIL_URL": "smtp://localhost:25",
        "VAR_DIR": str(tmp_path),
    }
    said = subprocess.run([sys.executable, "-c", code], env=given, capture_output=True, text=True, check=True)
    assert said.stdout.split() == ["__Host-session", "__Host-csrf", "__Host-device", "True", "True", "True"]


@pytest.mark.django_db
def test_every_page_of_the_door_forbids_foreign_content(client):
    for path in ("/sign-in/", "/sign-in/forgot/", "/invitation/"):
        policy = client.get(path)["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy


@pytest.mark.django_db
def test_password_of_the_demo_is_never_shown_again(client, by_password):
    by_password(client, amira())
    assert PASSWORD not in client.get("/account/").content.decode()
