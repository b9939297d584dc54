"""Signing in by password, and out."""

import re
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from accounts.models import SignInAttempt
from ledger.models import AuditEntry
from tests.factories.accounts import PASSWORD, ada, amira, hana, lim, mo

pytestmark = pytest.mark.django_db


def words_of(response, *changing):
    """The page as read, without tokens and without what was typed."""
    text = re.sub(r'(csrfmiddlewaretoken" value|nonce)="[^"]*"', "", response.content.decode())
    for word in changing:
        text = text.replace(word, "")
    return text


def test_right_password_leads_on(client, by_password):
    user = amira()
    response = by_password(client, user)
    assert (response.status_code, response["Location"]) == (302, "/")
    assert client.get("/account/").status_code == 200
    assert AuditEntry.objects.filter(action="signed-in", about_id=user.pk).count() == 1


def test_address_is_read_in_any_case(client, by_password):
    amira()
    assert by_password(client, " AMIRA@Demo.Example ").status_code == 302


def test_wrong_unknown_and_disabled_read_the_same(by_password):
    known, gone = amira(), mo(is_active=False)
    answers = [
        by_password(Client(), known, "not-it-at-all"),
        by_password(Client(), "nobody@demo.example"),
        by_password(Client(), gone),
    ]
    assert {answer.status_code for answer in answers} == {200}
    emails = (known.email, "nobody@demo.example", gone.email)
    assert len({words_of(answer, *emails) for answer in answers}) == 1


def test_unknown_account_costs_a_password_hash_too(client, by_password, settings, monkeypatch):
    from django.contrib.auth.hashers import MD5PasswordHasher

    amira()
    hashed = []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda *args: hashed.append(1) or encode(*args))
    by_password(client, "amira@demo.example", "wrong-password")
    known, hashed[:] = len(hashed), []
    by_password(client, "nobody@demo.example", "wrong-password")
    assert len(hashed) == known == 1


def test_typed_address_stays_but_not_the_password(client, by_password):
    page = by_password(client, "who@demo.example", "secret-words-9").content.decode()
    assert 'value="who@demo.example"' in page
    assert "secret-words-9" not in page


def test_refused_sign_in_stands_in_the_audit_without_what_was_typed(client, by_password, caplog):
    user = amira()
    by_password(client, user, "secret-words-9")
    by_password(client, "typed-here@demo.example", "secret-words-9")
    entries = AuditEntry.objects.filter(action="sign-in-refused").order_by("pk")
    assert [entry.new["user"] for entry in entries] == [user.pk, None]
    assert entries[0].address == "127.0.0.1"
    kept = " ".join(map(str, entries.values())) + " ".join(map(str, SignInAttempt.objects.values())) + caplog.text
    assert "typed-here" not in kept
    assert "secret-words" not in kept


def test_new_session_id_at_sign_in(client, by_password, ask_code):
    ask_code(client, "somebody@demo.example")
    before = client.session.session_key
    by_password(client, amira())
    assert before
    assert client.session.session_key != before
    assert not Session.objects.filter(session_key=before).exists()


@pytest.mark.parametrize("person", [amira, mo, ada, lim, hana])
def test_password_opens_twelve_hours(client, by_password, person):
    by_password(client, person(), remember="on")
    left = client.session.get_expiry_date() - timezone.now()
    assert timedelta(hours=11, minutes=59) < left <= timedelta(hours=12)


def test_working_does_not_prolong_a_session(client, by_password):
    by_password(client, amira())
    ends = client.session.get_expiry_date()
    session = client.session
    session["worked"] = True
    session.save()
    assert client.session.get_expiry_date() == ends


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "evil", "///x", ""]
)
def test_next_leads_only_to_own_paths(client, by_password, target):
    assert by_password(client, amira(), next=target)["Location"] == "/"
    assert client.get("/sign-in/", {"next": target})["Location"] == "/"


def test_next_leads_to_the_page_that_was_asked_for(client, by_password):
    amira()
    asked = client.get("/account/?a=b")
    assert asked["Location"] == "/sign-in/?next=/account/%3Fa%3Db"
    page = client.get(asked["Location"]).content.decode()
    assert 'name="next" value="/account/?a=b"' in page
    assert by_password(client, "amira@demo.example", next="/account/?a=b")["Location"] == "/account/?a=b"


def test_pressed_button_without_session_leads_to_the_door_alone(client):
    assert client.post("/account/sessions/end-others/")["Location"] == "/sign-in/"


def test_forged_host_is_refused_and_not_echoed(client, by_password):
    amira()
    response = client.get("/account/", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert b"evil.example" not in response.content


def test_sign_out_needs_a_press(client, by_password):
    user = amira()
    by_password(client, user)
    key = client.session.session_key
    assert client.get("/sign-out/").status_code == 200
    assert client.get("/account/").status_code == 200
    assert client.post("/sign-out/")["Location"] == "/sign-in/"
    assert not Session.objects.filter(session_key=key).exists()
    assert client.get("/account/").status_code == 302
    assert AuditEntry.objects.filter(action="signed-out", about_id=user.pk).exists()


def test_forms_of_the_door_are_guarded_against_foreign_pages(db):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/sign-in/", {"email": "a@b.example", "password": PASSWORD}).status_code == 403


def test_pages_of_the_door_are_not_kept_by_caches(client, by_password):
    assert "no-store" in client.get("/sign-in/")["Cache-Control"]
    by_password(client, amira())
    assert client.get("/account/")["Cache-Control"] == "private, no-store"


def test_pressing_enter_with_a_password_signs_in(client):
    amira()
    response = client.post("/sign-in/", {"email": "amira@demo.example", "password": PASSWORD, "way": ""})
    assert response["Location"] == "/"


def test_password_button_without_password_names_the_field(client):
    response = client.post("/sign-in/", {"email": "amira@demo.example", "password": "", "way": "password"})
    assert response.context["form"].errors.keys() == {"password"}


def test_htmx_is_led_to_the_door_as_a_whole_page(client):
    response = client.get("/account/", headers={"hx-request": "true"})
    assert response["HX-Redirect"] == "/sign-in/"
