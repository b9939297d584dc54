"""The second factor: asked, throttled, not replayed, encrypted, and required where the office says so."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.test import Client
from django.utils import timezone

from accounts import people
from accounts.models import SignInAttempt
from ledger.actors import SYSTEM
from ledger.models import AuditEntry
from tests.accounts.conftest import SECRET
from tests.factories.accounts import PASSWORD, ada, amira, hana, lim, mo

pytestmark = pytest.mark.django_db


@pytest.fixture
def required(settings):
    """The office requires it."""
    settings.REQUIRE_STAFF_MFA = True


def factor(client, code):
    return client.post("/sign-in/second-factor/", {"code": code})


def set_up(client):
    """Goes through the set-up page; returns the answer."""
    secret = client.get("/account/second-factor/set-up/").context["form"].secret
    code = totp.format_hotp_value(totp.hotp_value(secret, next(totp.yield_hotp_counters_from_time()) + 1))
    return client.post("/account/second-factor/set-up/", {"code": code})


def test_password_alone_does_not_open_the_door(client, by_password, with_app):
    assert by_password(client, with_app(amira()))["Location"] == "/sign-in/second-factor/"
    assert client.get("/account/").status_code == 302
    assert client.get("/my-day/").status_code in {302, 404}


def test_code_of_the_app_opens_it(client, by_password, with_app, app_code):
    user = with_app(amira())
    by_password(client, user, next="/account/")
    assert factor(client, app_code(user))["Location"] == "/account/"
    assert client.get("/account/").status_code == 200


@pytest.mark.parametrize("steps", [-1, 1])
def test_clock_of_the_phone_may_be_half_a_minute_off(client, by_password, with_app, app_code, steps):
    user = with_app(amira())
    by_password(client, user)
    assert factor(client, app_code(user, steps=steps)).status_code == 302


def test_code_is_not_taken_twice(by_password, with_app, app_code):
    user, code = with_app(amira()), None
    answers = []
    for browser in (Client(), Client()):
        by_password(browser, user)
        code = code or app_code(user)
        answers.append(factor(browser, code).status_code)
    assert answers == [302, 200]


def test_code_is_not_taken_twice_even_when_the_library_forgets(by_password, with_app, app_code):
    from django.core.cache import cache

    user = with_app(amira())
    code = app_code(user)
    by_password(first := Client(), user)
    factor(first, code)
    cache.delete(f"allauth.mfa.totp.used?user={user.pk}&code={code}")
    by_password(second := Client(), user)
    assert factor(second, code).status_code == 200


def test_guesses_are_throttled_and_stand_in_the_audit(client, by_password, with_app, app_code):
    user = with_app(amira())
    by_password(client, user)
    for _ in range(20):
        assert factor(client, "000000").status_code == 200
    factor(client, app_code(user))
    assert client.get("/account/").status_code == 302
    assert AuditEntry.objects.filter(action="sign-in-refused", new__kind="second-factor").count() == 20
    assert SignInAttempt.objects.filter(kind="second-factor", outcome="stopped").count() == 1


def test_recovery_code_works_once(by_password, with_app):
    user = with_app(amira())
    code = RecoveryCodes.activate(user).get_unused_codes()[0]
    answers = []
    for browser in (Client(), Client()):
        by_password(browser, user)
        answers.append(factor(browser, code).status_code)
    assert answers == [302, 200]


def test_secret_is_encrypted_at_rest(client, by_password):
    by_password(client, amira())
    secret = client.get("/account/second-factor/set-up/").context["form"].secret
    code = totp.format_hotp_value(totp.hotp_value(secret, next(totp.yield_hotp_counters_from_time()) + 1))
    assert client.post("/account/second-factor/set-up/", {"code": code}).status_code == 302
    assert secret not in str(list(Authenticator.objects.values()))
    assert Authenticator.objects.filter(type="totp").count() == 1


def test_earlier_key_of_the_installation_still_opens_secrets(with_app, app_code, settings):
    user = with_app(amira())
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "a new key of the installation that is longer than fifty characters"
    code = app_code(user)
    assert Authenticator.objects.get(user=user).wrap().validate_code(code)
    assert SECRET not in str(Authenticator.objects.values().get())


@pytest.mark.parametrize("person", [amira, mo, ada])
def test_required_sends_staff_to_the_set_up_page_and_nowhere_else(client, by_password, required, person):
    by_password(client, person())
    for path in ("/account/", "/settings/", "/admin/", "/admin/accounts/user/", "/account/password/"):
        response = client.get(path)
        assert (path, response["Location"]) == (path, "/account/second-factor/set-up/")
    assert client.get("/account/second-factor/set-up/").status_code == 200
    assert client.post("/sign-out/").status_code == 302


def test_set_up_opens_everything_and_shows_recovery_codes_once(client, by_password, required):
    by_password(client, amira())
    assert set_up(client)["Location"] == "/account/second-factor/codes/"
    codes = client.get("/account/second-factor/codes/").context["unused_codes"]
    assert len(codes) == 10
    assert not set(codes) & set(client.get("/account/second-factor/codes/").context["unused_codes"])
    assert client.get("/account/").status_code == 200


def test_set_up_page_of_who_has_one_shows_it(client, by_password, with_app, app_code):
    user = with_app(amira())
    by_password(client, user)
    factor(client, app_code(user))
    assert client.get("/account/second-factor/set-up/")["Location"] == "/account/second-factor/"


@pytest.mark.parametrize("person", [hana, lim])
def test_others_need_none(client, by_password, required, person):
    by_password(client, person())
    assert client.get("/account/").status_code == 200


def test_session_of_before_the_set_up_must_sign_in_again(client_for, required, with_app):
    client = client_for(with_app(amira()))
    assert client.get("/account/")["Location"] == "/sign-in/?next=/account/"
    assert client.get("/account/")["Location"] == "/sign-in/?next=/account/"


def test_shown_second_factor_is_enough(client, by_password, required, with_app, app_code):
    user = with_app(amira())
    by_password(client, user)
    factor(client, app_code(user))
    assert client.get("/account/").status_code == 200


def test_required_one_cannot_be_removed(client, by_password, required, with_app, app_code):
    user = with_app(amira())
    by_password(client, user)
    factor(client, app_code(user))
    client.post("/account/second-factor/remove/")
    assert Authenticator.objects.filter(user=user, type="totp").exists()


def test_voluntary_one_can_be_removed_by_a_press(client, by_password, with_app, app_code):
    user = with_app(amira())
    by_password(client, user)
    factor(client, app_code(user))
    client.get("/account/second-factor/remove/")
    assert Authenticator.objects.filter(user=user).exists()
    client.post("/account/second-factor/remove/")
    assert not Authenticator.objects.filter(user=user).exists()


@pytest.mark.parametrize("path", ["", "set-up/", "remove/", "codes/", "codes/new/", "codes/download/"])
def test_pages_need_a_fresh_proof(client_for, path):
    response = client_for(amira()).get(f"/account/second-factor/{path}")
    assert response["Location"].startswith("/account/confirm/?next=")


@pytest.mark.parametrize("path", ["", "set-up/", "remove/", "codes/"])
def test_homeowners_have_no_such_pages(client, by_password, path):
    by_password(client, hana())
    assert client.get(f"/account/second-factor/{path}").status_code == 403


def test_administrator_helps_who_lost_the_phone(client, by_password, with_app):
    user = with_app(amira())
    people.reset_second_factor(user, by=SYSTEM, at=timezone.now(), reason="lost phone, called back")
    assert by_password(client, user)["Location"] == "/"


@pytest.mark.parametrize("target", ["/admin/", "/admin/login/", "/admin/accounts/user/"])
def test_admin_has_no_door_of_its_own(client, with_app, target):
    user = with_app(ada())
    response = client.post(target, {"username": user.email, "password": PASSWORD}, follow=True)
    assert response.redirect_chain[-1][0].startswith("/sign-in/")
    assert client.get("/admin/").status_code == 302
    assert client.post("/admin/login/", {"username": user.email, "password": PASSWORD}).status_code == 302
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("person", [amira, mo, hana, lim])
def test_admin_is_for_administrators(client, by_password, person):
    by_password(client, person())
    assert client.get("/admin/").status_code in {302, 403}
    assert client.get("/admin/accounts/user/").status_code in {302, 403}
    assert client.get("/admin/login/").status_code == 403


def test_administrator_opens_the_admin_and_changes_no_account_there(by_password, settings):
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "zeal" not in name]  # counts the session's read too
    user, client = ada(), Client()
    by_password(client, user)
    assert client.get("/admin/").status_code == 200
    page = client.get(f"/admin/accounts/user/{user.pk}/change/").content.decode()
    assert f"/settings/users/{user.pk}/" in page
    assert "pbkdf2" not in page
    assert 'name="_save"' not in page
    assert client.post(f"/admin/accounts/user/{user.pk}/change/", {"role": "officer"}).status_code == 403
    assert client.get("/admin/accounts/user/add/").status_code == 403
    assert client.get(f"/admin/accounts/user/{user.pk}/delete/").status_code == 403
    assert client.get(f"/admin/accounts/user/{user.pk}/password/").status_code in {302, 404}
