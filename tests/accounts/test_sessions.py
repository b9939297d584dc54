"""Rights end at once: the next request of a live session is refused."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from accounts import duties, passwords, people, sessions
from accounts.choices import Role
from accounts.models import SignInAttempt, SignInCode, User
from ledger.actors import SYSTEM
from tests.factories.accounts import ada, amira, hana, mo

pytestmark = pytest.mark.django_db


def end(user, how):
    at = timezone.now()
    if how == "disable":
        people.disable(user, by=SYSTEM, at=at)
    elif how == "disable and enable":
        people.disable(user, by=SYSTEM, at=at)
        people.enable(user, by=SYSTEM, at=at)
    elif how == "role":
        people.change_role(user, Role.OFFICER, by=SYSTEM, at=at)
    elif how == "password":
        passwords.change(user, "harbour-lantern-42", by=SYSTEM, at=at)
    elif how == "email":
        people.change_email(user, "other@demo.example", by=SYSTEM, at=at)
    elif how == "second factor":
        people.reset_second_factor(user, by=SYSTEM, at=at, reason="lost phone")
    else:
        User.objects.filter(pk=user.pk).update(**how)


@pytest.mark.parametrize(
    "how",
    [
        "disable",
        "disable and enable",
        "role",
        "password",
        "email",
        "second factor",
        {"role": Role.OFFICER},
        {"is_active": False},
        {"password": "!"},
    ],
)
@pytest.mark.parametrize("signed_in_by", ["door", "library"])
def test_live_session_is_refused_after(by_password, client_for, how, signed_in_by):
    user = mo()
    client = Client() if signed_in_by == "door" else client_for(user)
    if signed_in_by == "door":
        by_password(client, user)
    assert client.get("/account/").status_code == 200
    end(user, how)
    assert client.get("/account/")["Location"] == "/sign-in/?next=/account/"
    assert client.post("/account/sessions/end-others/")["Location"] == "/sign-in/"


def test_others_stay_signed_in(by_password):
    client = Client()
    by_password(client, amira())
    end(mo(), "disable")
    assert client.get("/account/").status_code == 200


def test_own_sessions_are_listed_and_ended(by_password):
    user, here, there = hana(), Client(), Client(headers={"user-agent": "Mozilla/5.0 (iPhone) Version/17 Safari/604"})
    by_password(here, user)
    by_password(there, user)
    page = here.get("/account/")
    assert [row["browser"] for row in page.context["sessions"]] == ["Safari on iPhone", "Unknown browser"]
    other = next(row for row in page.context["sessions"] if not row["is_current"])
    assert here.post(f"/account/sessions/{other['pk']}/end/").status_code == 302
    assert there.get("/account/").status_code == 302
    assert here.get("/account/").status_code == 200


def test_foreign_session_is_not_there(by_password):
    here, foreign = Client(), Client()
    by_password(here, hana())
    by_password(foreign, amira())
    row = UserSession.objects.get(session_key=foreign.session.session_key)
    assert here.post(f"/account/sessions/{row.pk}/end/").status_code == 404
    assert foreign.get("/account/").status_code == 200


def test_ending_all_others_keeps_this_one(by_password):
    user, here, there = hana(), Client(), Client()
    by_password(here, user)
    by_password(there, user)
    here.post("/account/sessions/end-others/")
    assert there.get("/account/").status_code == 302
    assert here.get("/account/").status_code == 200


def test_sessions_end_by_a_press_only(by_password):
    client = Client()
    by_password(client, hana())
    assert client.get("/account/sessions/end-others/").status_code == 405


def test_password_changed_between_password_and_second_factor(by_password, with_app, app_code):
    user, client = with_app(amira()), Client()
    by_password(client, user)
    end(user, "password")
    client.post("/sign-in/second-factor/", {"code": app_code(user)})
    assert client.get("/account/").status_code == 302


def test_sweep_clears_away_what_has_had_its_time(by_password):
    client, user, at = Client(), hana(), timezone.now()
    by_password(client, user)
    SignInCode.objects.create(nonce="n", user=user, created_at=at, expires_at=at + timedelta(minutes=10))
    duties.sweep(at=at)
    assert (Session.objects.count(), SignInAttempt.objects.count(), SignInCode.objects.count()) == (1, 1, 1)
    duties.sweep(at=at + timedelta(days=40))
    assert (Session.objects.count(), SignInAttempt.objects.count(), SignInCode.objects.count()) == (0, 0, 0)
    assert UserSession.objects.count() == 0


@pytest.mark.parametrize("person", [ada, amira, mo])
def test_staff_are_never_remembered(person):
    assert sessions.lifetime(person(), remembered=True) == timedelta(hours=12)
