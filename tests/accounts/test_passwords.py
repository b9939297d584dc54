"""New passwords: by a mailed link, or by the person who is signed in."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts import codes, links, passwords, people
from accounts.invitations import InvitationRefused
from accounts.models import LinkToken, SignInCode
from ledger.actors import SYSTEM
from outbox.models import OutgoingMail
from tests.accounts.test_door import words_of
from tests.factories.accounts import PASSWORD, amira, hana, mo

pytestmark = pytest.mark.django_db
NEW = "harbour-lantern-42"
CHOSEN = {"password": NEW, "again": NEW}


@pytest.fixture
def link_for(client, letters, path_in):
    """`link_for(user)`: asks for a link at the door and returns its path."""

    def ask(user):
        client.post("/sign-in/forgot/", {"email": user.email})
        return path_in(letters()[-1])

    return ask


def test_forgotten_password_is_replaced(client, link_for, by_password):
    user = amira()
    client.get(link_for(user))
    assert client.post("/sign-in/new-password/", CHOSEN)["Location"] == "/"
    assert client.get("/account/").status_code == 200
    assert by_password(Client(), user, NEW).status_code == 302
    assert by_password(Client(), user).status_code == 200


def test_answer_is_the_same_for_every_address(client, letters, readers):
    amira()
    mo(is_active=False)
    emails = ["amira@demo.example", "mo@demo.example", "nobody@demo.example"]
    pages = [client.post("/sign-in/forgot/", {"email": email}) for email in emails]
    assert len({words_of(page, *emails) for page in pages}) == 1
    assert readers(letters()) == ["amira@demo.example"]


def test_link_lives_ten_minutes(link_for):
    raw = link_for(amira()).split("/")[3]
    sent = OutgoingMail.objects.get().queued_at
    assert links.find(raw, "new-password", sent + timedelta(minutes=9, seconds=59))
    assert links.find(raw, "new-password", sent + timedelta(minutes=10)) is None


def test_opening_the_link_uses_nothing_and_hides_the_token(client, link_for):
    path = link_for(amira())
    assert client.get(path)["Location"] == "/sign-in/new-password/"
    assert path.split("/")[3] not in client.get("/sign-in/new-password/").content.decode()
    assert LinkToken.objects.get().used_at is None


def test_link_works_once(client, link_for):
    path = link_for(amira())
    client.get(path)
    client.post("/sign-in/new-password/", CHOSEN)
    assert Client().get(path, follow=True).status_code == 410


def test_link_claimed_a_moment_ago_is_refused(link_for):
    token = links.find(link_for(amira()).split("/")[3], "new-password", timezone.now())
    links.use(token, timezone.now())
    with pytest.raises(InvitationRefused):
        passwords.choose(token, NEW, by=SYSTEM, at=timezone.now())


def test_link_is_dead_after_disabling(client, link_for):
    user = amira()
    path = link_for(user)
    people.disable(user, by=SYSTEM, at=timezone.now())
    people.enable(user, by=SYSTEM, at=timezone.now())
    assert client.get(path, follow=True).status_code == 410


def test_older_link_is_dead_after_a_newer_one_was_used(client, link_for):
    user = amira()
    older, newer = link_for(user), link_for(user)
    client.get(newer)
    client.post("/sign-in/new-password/", CHOSEN)
    assert Client().get(older, follow=True).status_code == 410


def test_second_factor_is_asked_after_a_new_password_too(client, link_for, with_app):
    client.get(link_for(with_app(amira())))
    assert client.post("/sign-in/new-password/", CHOSEN)["Location"] == "/sign-in/second-factor/"
    assert client.get("/account/").status_code == 302


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"password": "short", "again": "short"}, "password"),
        ({"password": "password123", "again": "password123"}, "password"),
        ({"password": "amira@demo.example", "again": "amira@demo.example"}, "password"),
        ({"password": NEW, "again": "harbour-lantern-43"}, "again"),
        ({"password": "", "again": ""}, "password"),
    ],
)
def test_weak_passwords_are_named_at_their_field(client, link_for, typed, field):
    client.get(link_for(amira()))
    assert field in client.post("/sign-in/new-password/", typed).context["form"].errors


def test_changing_the_own_password_ends_every_session(by_password):
    user, here, there = hana(), Client(), Client()
    by_password(here, user)
    by_password(there, user)
    assert here.post("/account/password/", CHOSEN)["Location"] == "/sign-in/"
    assert here.get("/account/").status_code == there.get("/account/").status_code == 302
    assert by_password(here, user, NEW).status_code == 302


def test_new_password_ends_codes_and_links_on_their_way(ask_code):
    user, at = hana(), timezone.now()
    ask_code(Client(), user.email)
    raw = links.mint(
        "upload",
        subject=f"user:{user.pk}",
        audience=user.email,
        expires_at=at + timedelta(hours=1),
        single_use=True,
        at=at,
    )
    passwords.change(user, NEW, by=SYSTEM, at=at)
    assert links.find(raw, "upload", at) is None
    assert not codes.is_alive(SignInCode.objects.get().pk, at)


def test_person_is_told_of_a_new_password(client, by_password, letters):
    by_password(client, hana())
    client.post("/account/password/", CHOSEN)
    message = letters()[-1]
    assert message.subject == "Your password was changed"
    assert NEW not in message.body


def test_own_password_needs_a_fresh_proof(client_for):
    client = client_for(hana())
    response = client.post("/account/password/", CHOSEN, headers={"referer": "http://testserver/account/password/"})
    assert response["Location"] == "/account/confirm/?next=%2Faccount%2Fpassword%2F"
    assert client.post("/account/confirm/", {"current": "wrong-one", "next": "/account/password/"}).status_code == 200
    assert client.get("/account/password/").status_code == 302
    confirmed = client.post("/account/confirm/", {"current": PASSWORD, "next": "/account/password/"})
    assert confirmed["Location"] == "/account/password/"
    assert client.get("/account/password/").status_code == 200
