"""Throttles: twenty tries an hour for an account, a hundred for an address, nobody locked out for good."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.utils import timezone

from accounts import attempts
from accounts.choices import Outcome
from accounts.models import SignInAttempt
from tests.factories.accounts import amira, hana, mo

pytestmark = pytest.mark.django_db


def wear_out(email, count=20, *, by_password, **extra):
    return [by_password(Client(**extra), email, "wrong-password").status_code for _ in range(count)]


def test_twenty_first_try_of_an_account_is_stopped_though_right(by_password):
    user = amira()
    assert set(wear_out(user.email, by_password=by_password)) == {200}
    response = by_password(Client(), user)
    assert response.status_code == 429
    assert str(attempts.WORDS) in response.content.decode()


def test_unknown_account_is_stopped_with_the_same_words(by_password):
    user = amira()
    wear_out(user.email, by_password=by_password)
    wear_out("nobody@demo.example", by_password=by_password)
    pages = []
    for email in (user.email, "nobody@demo.example"):
        response = by_password(Client(), email)
        pages.append((response.status_code, response.context["form"].non_field_errors()))
    assert pages[0] == pages[1]
    assert pages[0][0] == 429


def test_other_accounts_stay_open(by_password):
    amira()
    wear_out("amira@demo.example", by_password=by_password)
    assert by_password(Client(), mo()).status_code == 302


def test_hundred_tries_of_one_address_are_the_end(by_password):
    mo()
    for number in range(100):
        by_password(Client(), f"nobody{number}@demo.example", "wrong-password")
    assert by_password(Client(), "mo@demo.example").status_code == 429
    assert by_password(Client(REMOTE_ADDR="192.0.2.9"), "mo@demo.example").status_code == 302


def test_addresses_of_one_home_network_count_together():
    first, second = "2001:db8:1:2::1", "2001:db8:1:2:ffff::9"
    assert attempts.network_of(first) == attempts.network_of(second) != attempts.network_of("2001:db8:1:3::1")
    assert attempts.network_of("192.0.2.1") == "192.0.2.1"


def test_nobody_is_locked_out_for_good(by_password):
    user = amira()
    wear_out(user.email, by_password=by_password)
    wear_out(user.email, 25, by_password=by_password)
    stopped = SignInAttempt.objects.filter(outcome=Outcome.STOPPED)
    assert stopped.count() == 25
    SignInAttempt.objects.exclude(outcome=Outcome.STOPPED).update(at=timezone.now() - timedelta(minutes=61))
    assert by_password(Client(), user).status_code == 302


def test_right_passwords_fill_no_throttle(by_password):
    user = amira()
    assert {by_password(Client(), user).status_code for _ in range(25)} == {302}


def test_own_browser_stays_open_while_a_stranger_uses_up_the_tries(by_password):
    user, own = amira(), Client()
    by_password(own, user)
    own.post("/sign-out/")
    wear_out(user.email, by_password=by_password)
    assert by_password(Client(), user).status_code == 429
    assert by_password(own, user).status_code == 302


def test_own_browser_has_twenty_tries_as_well(by_password):
    user, own = amira(), Client()
    by_password(own, user)
    own.post("/sign-out/")
    for _ in range(20):
        by_password(own, user, "wrong-password")
    assert by_password(own, user).status_code == 429


def test_mark_of_a_browser_opens_no_other_account(by_password):
    own = Client()
    by_password(own, mo())
    own.post("/sign-out/")
    user = amira()
    wear_out(user.email, by_password=by_password)
    assert by_password(own, user).status_code == 429


def test_forged_mark_of_a_browser_counts_for_nothing(by_password, settings):
    user = amira()
    wear_out(user.email, by_password=by_password)
    forged = Client()
    forged.cookies[settings.DEVICE_COOKIE_NAME] = f"{attempts._keyed(user.email)}:abcd:1abc:signature"
    assert by_password(forged, user).status_code == 429


def test_requests_for_mail_are_throttled_for_known_and_unknown(ask_code):
    hana()
    for email in ("hana@demo.example", "nobody@demo.example"):
        answers = [ask_code(Client(), email).status_code for _ in range(7)]
        assert answers == [302] * 6 + [429]


def test_a_stranger_does_not_use_up_the_mails_of_a_person_elsewhere(ask_code):
    hana()
    assert [ask_code(Client(), "hana@demo.example").status_code for _ in range(7)][-1] == 429
    assert ask_code(Client(REMOTE_ADDR="192.0.2.9"), "hana@demo.example").status_code == 302


def test_a_mailbox_is_not_filled_from_everywhere(ask_code):
    hana()
    networks = [Client(REMOTE_ADDR=f"192.0.2.{number}") for number in range(31)]
    assert [ask_code(client, "hana@demo.example").status_code for client in networks] == [302] * 30 + [429]


def test_a_code_that_was_used_fills_no_throttle(ask_code, letters, digits_in):
    """Neither of the person nor of the network: a site office signs in behind one address."""
    hana()
    for _ in range(8):
        browser = Client()
        assert ask_code(browser, "hana@demo.example").status_code == 302
        assert browser.post("/sign-in/code/", {"code": digits_in(letters()[-1])}).status_code == 302
    assert not SignInAttempt.objects.counted(timezone.now() - attempts.WINDOW).exists()


def test_a_wrong_code_settles_no_request(ask_code):
    hana()
    browser = Client()
    ask_code(browser, "hana@demo.example")
    browser.post("/sign-in/code/", {"code": "0"})
    assert SignInAttempt.objects.get(kind="mail").outcome == Outcome.OPEN


def test_links_for_a_new_password_are_throttled(client):
    answers = [client.post("/sign-in/forgot/", {"email": "nobody@demo.example"}).status_code for _ in range(7)]
    assert answers == [200] * 6 + [429]


def test_guesses_of_codes_are_throttled(ask_code):
    hana()
    answers = []
    for number in range(7):
        browser = Client(REMOTE_ADDR=f"192.0.2.{number}")
        SignInAttempt.objects.filter(kind="mail").delete()
        ask_code(browser, "hana@demo.example")
        answers += [browser.post("/sign-in/code/", {"code": "0"}).status_code for _ in range(3)]
    assert answers == [200] * 20 + [429]


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_many_tries_at_once_get_no_further_than_twenty():
    request, at, outcomes = RequestFactory().post("/sign-in/"), timezone.now(), []

    def guess():
        try:
            attempts.begin(request, "password", email="amira@demo.example", at=at)
            outcomes.append("through")
        except attempts.TooManyTries:
            outcomes.append("stopped")
        finally:
            connection.close()

    threads = [threading.Thread(target=guess) for _ in range(30)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(outcomes) == 30
    assert outcomes.count("through") <= 20
