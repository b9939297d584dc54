"""Sign-in codes by e-mail: hashed nowhere because kept nowhere, ten minutes, three tries, once."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts import codes, people
from accounts.models import SignInCode, User
from ledger.actors import SYSTEM
from ledger.models import AuditEntry
from outbox.models import OutgoingMail
from tests.accounts.test_door import words_of
from tests.factories.accounts import ada, amira, hana, lim

pytestmark = pytest.mark.django_db


def enter(client, digits, **more):
    return client.post("/sign-in/code/", {"code": digits, **more})


@pytest.fixture
def code_for(client, ask_code, letters, digits_in):
    """A client that asked for a code, and the digits from the mail."""

    def ask(user):
        assert ask_code(client, user.email)["Location"] == "/sign-in/code/"
        return digits_in(letters()[-1])

    return ask


def test_homeowner_signs_in_with_the_digits_from_the_mail(client, code_for):
    user = hana(password=None)
    digits = code_for(user)
    assert enter(client, f"{digits[:3]} {digits[3:]}")["Location"] == "/"
    assert client.get("/account/").context["person"] == user


def test_code_leads_on_to_the_page_that_was_asked_for(client, ask_code, letters, digits_in):
    hana()
    ask_code(client, "hana@demo.example", next="/account/")
    assert enter(client, digits_in(letters()[-1]))["Location"] == "/account/"


@pytest.mark.parametrize(("remember", "lifetime"), [("on", timedelta(days=90)), ("", timedelta(hours=12))])
def test_remembered_phone_lives_ninety_days(client, code_for, remember, lifetime):
    enter(client, code_for(hana()), remember=remember)
    left = client.session.get_expiry_date() - timezone.now()
    assert lifetime - timedelta(minutes=1) < left <= lifetime
    assert int(client.cookies["session"]["max-age"]) == pytest.approx(lifetime.total_seconds(), abs=60)


@pytest.mark.parametrize("person", [amira, ada, lim, None, "disabled"])
def test_others_read_the_same_and_get_nothing(ask_code, letters, readers, person):
    known = hana()
    if person == "disabled":
        other = hana(email="gone@demo.example", is_active=False).email
    else:
        other = person().email if person else "nobody@demo.example"
    pages = []
    for email in (known.email, other):
        browser = Client()
        answer = ask_code(browser, email)
        wrong = enter(browser, "000000x")
        page = browser.get("/sign-in/code/")
        pages.append((answer.status_code, answer["Location"], words_of(wrong, email), words_of(page, email)))
    assert pages[0] == pages[1]
    assert OutgoingMail.objects.count() == 1
    assert readers(letters()) == ["hana@demo.example"]


def test_code_for_nobody_writes_the_same_mail_and_takes_it_back(ask_code):
    hana()
    counts = []
    for email in ("hana@demo.example", "nobody@demo.example"):
        with CaptureQueriesContext(connection) as asked:
            ask_code(Client(), email)
        counts.append(sum(query["sql"].startswith("INSERT") for query in asked))
    assert counts[0] == counts[1]
    assert OutgoingMail.objects.count() == 1


def test_code_stands_nowhere(client, code_for):
    digits = code_for(hana())
    mail = OutgoingMail.objects.get()
    assert mail.body_text == mail.body_html == ""
    kept = [str(row) for model in (OutgoingMail, SignInCode, AuditEntry) for row in model.objects.values()]
    kept += [str(session.get_decoded()) for session in Session.objects.all()]
    kept = " ".join(kept).replace(str(SignInCode.objects.get().nonce), "")
    assert digits not in kept


def test_code_needs_the_key_of_the_installation(code_for, settings):
    digits = code_for(hana())
    code = SignInCode.objects.get()
    assert codes.digits_of(code) == digits
    settings.SECRET_KEY = "another key of another installation, fifty characters long"
    assert codes.digits_of(code) != digits


def test_mail_sent_twice_holds_the_same_code(code_for, letters, digits_in):
    digits = code_for(hana())
    OutgoingMail.objects.update(state="queued", sent_at=None)
    assert digits_in(letters()[-1]) == digits


def test_code_works_once(client, code_for):
    user = hana()
    digits = code_for(user)
    code = SignInCode.objects.get()
    enter(client, digits)
    assert codes.verify(code.pk, digits, at=timezone.now()) is None


def test_code_lives_ten_minutes(code_for):
    digits, code = code_for(hana()), SignInCode.objects.get()
    assert codes.verify(code.pk, digits, at=code.created_at + timedelta(minutes=10)) is None
    assert codes.verify(code.pk, digits, at=code.created_at + timedelta(minutes=9, seconds=59)) == code.user


def test_three_wrong_tries_end_a_code(client, code_for):
    digits = code_for(hana())
    wrong = "111111" if digits != "111111" else "222222"
    for _ in range(3):
        assert enter(client, wrong).status_code == 200
    response = enter(client, digits)
    assert response.status_code == 200
    assert "ended" in response.content.decode()
    assert client.get("/account/").status_code == 302


def test_code_works_only_in_the_browser_that_asked(client, code_for, ask_code):
    digits, stranger = code_for(hana()), Client()
    assert enter(stranger, digits)["Location"] == "/sign-in/"
    ask_code(stranger, "noor@demo.example")
    assert enter(stranger, digits).status_code == 200


def test_opening_the_page_uses_no_try(client, code_for):
    code_for(hana())
    for _ in range(5):
        client.get("/sign-in/code/")
    assert SignInCode.objects.get().tries == 0


def test_new_code_replaces_the_old_one_in_this_browser(client, code_for, letters, digits_in):
    first = code_for(hana())
    client.post("/sign-in/code/", {"again": "1"})
    second = digits_in(letters()[-1])
    if first != second:
        assert enter(client, first).status_code == 200
    assert enter(client, second).status_code == 302


def test_disabled_meanwhile_does_not_get_in(client, code_for):
    user = hana()
    digits = code_for(user)
    people.disable(user, by=SYSTEM, at=timezone.now())
    assert enter(client, digits).status_code == 200


@pytest.mark.parametrize("change", [{"is_active": False}, {"role": "officer"}])
def test_changed_behind_our_back_does_not_get_in(client, code_for, change):
    user = hana()
    digits = code_for(user)
    User.objects.filter(pk=user.pk).update(**change)
    assert enter(client, digits).status_code == 200


def test_code_of_before_the_disabling_stays_dead(client, code_for):
    user = hana()
    digits = code_for(user)
    people.disable(user, by=SYSTEM, at=timezone.now())
    people.enable(user, by=SYSTEM, at=timezone.now())
    assert enter(client, digits).status_code == 200


@pytest.mark.parametrize("change", [{"is_active": False}, {"email": "other@demo.example"}])
def test_mail_is_not_sent_to_who_changed_meanwhile(client, ask_code, letters, change):
    user = hana()
    ask_code(client, user.email)
    User.objects.filter(pk=user.pk).update(**change)
    assert letters() == []


def test_code_on_its_way_ends_with_the_account_and_is_not_sent(client, ask_code, letters):
    user = hana()
    ask_code(client, user.email)
    people.disable(user, by=SYSTEM, at=timezone.now())
    assert letters() == []
    assert OutgoingMail.objects.get().state == "failed"


def test_code_page_without_a_request_leads_to_the_door(client):
    assert client.get("/sign-in/code/")["Location"] == "/sign-in/"
