"""The pages of this room in a real browser: readable by everybody, usable by keyboard and without JavaScript."""

import os
from pathlib import Path

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.utils import timezone

from accounts import invitations, people
from ledger.actors import SYSTEM
from tests.factories.accounts import PASSWORD, ada, amira, hana, lim, make_user, mo

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]

LOOKS = [(320, "dark"), (1280, "light")]


def sign_in(page, user):
    page.goto("/sign-in/")
    page.get_by_label("Your e-mail").fill(user.email)
    if not page.get_by_label("Password").is_visible():
        page.get_by_text("Use my password").click()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


@pytest.fixture
def look(browser_page, axe):
    """`look(name)`: notes what is wrong with the page as it stands."""
    faults = {}

    def note(name):
        width = browser_page.viewport_size["width"]
        faults[name] = axe(browser_page)
        if browser_page.evaluate("document.documentElement.scrollWidth") > width:
            faults[name].append("scrolls sideways")
        if os.environ.get("SHOTS"):
            browser_page.screenshot(path=Path(os.environ["SHOTS"]) / f"{name}-{width}.png", full_page=True)

    yield note
    assert faults == {name: [] for name in faults}


@pytest.fixture(params=LOOKS, ids=str)
def page(request, browser_page):
    """A phone by night and a desk by day."""
    width, scheme = request.param
    browser_page.set_viewport_size({"width": width, "height": 800})
    browser_page.emulate_media(color_scheme=scheme)
    return browser_page


def test_door(page, look):
    user = hana()
    page.goto("/sign-in/")
    look("sign-in")
    page.get_by_text("Use my password").click()
    page.get_by_label("Your e-mail").fill("nobody@demo.example")
    page.get_by_label("Password").fill("wrong-password")
    page.get_by_role("button", name="Sign in", exact=True).click()
    look("sign-in-refused")
    page.get_by_label("Your e-mail").fill(user.email)
    page.get_by_role("button", name="E-mail me a code").click()
    look("code")
    page.get_by_label("Code from the e-mail").fill("12")
    page.get_by_role("button", name="Sign in").click()
    look("code-wrong")
    page.goto("/sign-in/forgot/")
    look("forgot")
    page.get_by_label("Your e-mail").fill(user.email)
    page.get_by_role("button", name="E-mail me a link").click()
    look("forgot-sent")
    page.goto("/invitation/no-such-token/")
    look("link-ended")


def test_invitations(page, look, letters, path_in):
    boss, at = ada().actor(), timezone.now()
    invitations.invite(hana(password=None), by=boss, at=at, to="your home A-12-3 in Kerinci Residences")
    page.goto(path_in(letters()[-1]))
    look("invitation-homeowner")
    page.get_by_role("button", name="Open my account").click()
    page.goto("/account/")
    look("account-homeowner")
    page.goto("/account/password/")
    look("password")
    invitations.invite(amira(password=None), by=boss, at=at)
    page.goto(path_in(letters()[-1]))
    page.get_by_label("New password").fill("short")
    page.get_by_label("The same again").fill("other")
    page.get_by_role("button", name="Set password").click()
    look("invitation-staff-wrong")


def test_second_factor(page, look):
    user = amira()
    sign_in(page, user)
    page.goto("/account/second-factor/")
    look("factor-off")
    page.goto("/account/second-factor/set-up/")
    look("factor-set-up")
    secret = page.locator(".totp-key").text_content()
    now = next(totp.yield_hotp_counters_from_time())
    page.get_by_label("Six digits from the app").fill(totp.format_hotp_value(totp.hotp_value(secret, now)))
    page.get_by_role("button", name="Switch it on").click()
    look("factor-codes")
    for name in ("", "remove/", "codes/", "codes/new/"):
        page.goto(f"/account/second-factor/{name}")
        look(f"factor-{name.replace('/', '-')}on")
    page.goto("/account/")
    look("account-staff")
    page.goto("/sign-out/")
    look("sign-out")
    page.get_by_role("button", name="Sign out").click()
    sign_in(page, user)
    look("factor-asked")


def test_settings(page, look):
    boss = ada()
    people.disable(mo(), by=SYSTEM, at=timezone.now())
    person = make_user(name="Nurul Huda binti Mohd Kamaruzzaman", email="nurul.huda.kamaruzzaman@demo.example")
    lim(), hana(phone="+60 12 345 6789")
    sign_in(page, boss)
    page.goto("/settings/")
    look("users")
    page.goto("/settings/?q=zzz")
    look("users-none")
    page.goto("/settings/users/add/")
    page.get_by_role("button", name="Invite", exact=True).click()
    look("user-add")
    page.goto(f"/settings/users/{person.pk}/")
    page.get_by_role("button", name="Disable").click()
    look("user")


def test_account_asks_who_it_is(page, look, browser_as):
    browser_as(ada()).goto("/settings/")
    look("confirm")
    browser_as(hana(password=None)).goto("/account/password/")
    look("confirm-by-sign-in")


def test_keyboard_alone_signs_in(browser_page):
    user, page = amira(), browser_page
    page.goto("/sign-in/?next=/account/")
    page.get_by_label("Your e-mail").focus()
    page.keyboard.type(user.email)
    for key in ("Tab", "Tab", "Enter", "Tab"):
        page.keyboard.press(key)
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Amira Rahman").wait_for()


def test_code_signs_in_without_javascript(new_context, site, letters, digits_in):
    hana(password=None)
    page = new_context(base_url=site, java_script_enabled=False).new_page()
    page.goto("/sign-in/?next=/account/")
    page.get_by_label("Your e-mail").fill("hana@demo.example")
    page.get_by_label("Your e-mail").press("Enter")
    page.get_by_label("Code from the e-mail").fill(digits_in(letters()[-1]))
    page.get_by_role("button", name="Sign in").click()
    assert page.get_by_role("heading", name="Hana Yusof").is_visible()
