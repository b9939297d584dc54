"""Invitations: two taps for a homeowner, a password for the others; opening a link changes nothing."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts import invitations, links, passwords, people
from accounts.choices import Role
from accounts.models import LinkToken, User
from ledger.actors import SYSTEM
from ledger.models import AuditEntry
from outbox.models import OutgoingMail
from tests.factories.accounts import ada, amira, hana, lim

pytestmark = pytest.mark.django_db
CHOSEN = {"password": "harbour-lantern-42", "again": "harbour-lantern-42"}


@pytest.fixture
def invited(letters, path_in):
    """`invited(user)`: the path in the mail that invites this person."""

    def invite(user, **more):
        invitations.invite(user, by=ada(email="boss@demo.example").actor(), at=timezone.now(), **more)
        return path_in(letters()[-1])

    return invite


def test_homeowner_is_in_with_two_taps(client, invited):
    user = hana(password=None)
    page = client.get(invited(user, to="your home A-12-3 in Kerinci Residences"), follow=True)
    assert "Ada Wong invites you to your home A-12-3 in Kerinci Residences." in page.content.decode()
    assert client.post("/invitation/", {"remember": "on"})["Location"] == "/"
    assert client.get("/account/").context["person"] == user
    user.refresh_from_db()
    assert not user.has_usable_password()
    assert client.session.get_expiry_date() - timezone.now() > timedelta(days=89)
    assert AuditEntry.objects.filter(action="invitation-accepted", about_id=user.pk).exists()


def test_opening_the_link_signs_nobody_in_and_uses_nothing(client, invited):
    path = invited(hana(password=None))
    for browser in (Client(), Client(), client):
        browser.get(path, follow=True)
        browser.head(path)
        assert browser.get("/account/").status_code == 302
    assert LinkToken.objects.get().used_at is None
    assert client.post("/invitation/")["Location"] == "/"


def test_token_leaves_the_address_at_once(client, invited):
    path = invited(hana(password=None))
    response = client.get(path)
    assert response["Location"] == "/invitation/"
    assert response["Referrer-Policy"] == "no-referrer"
    token = path.split("/")[2]
    assert token not in client.get("/invitation/").content.decode()
    assert token not in str(client.session.items())


def test_link_stands_in_no_log_also_when_it_is_dead(client, invited, caplog):
    path = invited(hana(password=None))
    client.get(path)
    client.post("/invitation/")
    Client().get(path, follow=True)
    assert path.split("/")[2] not in caplog.text


def test_mail_in_the_outbox_has_no_body_and_no_token(invited):
    path = invited(hana(password=None))
    mail = OutgoingMail.objects.get()
    assert (mail.body_text, mail.body_html) == ("", "")
    assert path.split("/")[2] not in str(OutgoingMail.objects.values().get())


def test_link_works_once(client, invited):
    path = invited(hana(password=None))
    client.get(path)
    client.post("/invitation/")
    late = Client()
    assert late.get(path, follow=True).status_code == 410
    assert late.post("/invitation/").status_code == 410


def test_second_of_two_presses_at_once_is_refused(invited):
    user = hana(password=None)
    raw = invited(user).split("/")[2]
    token = links.find(raw, "invitation", timezone.now())
    links.use(token, timezone.now())
    with pytest.raises(invitations.InvitationRefused):
        invitations.accept(token, password=None, by=SYSTEM, at=timezone.now())


def test_link_lives_72_hours(invited):
    raw = invited(hana(password=None)).split("/")[2]
    sent = LinkToken.objects.get().created_at
    assert links.find(raw, "invitation", sent + timedelta(hours=71, minutes=59))
    assert links.find(raw, "invitation", sent + timedelta(hours=72)) is None


@pytest.mark.parametrize("change", ["disable", "password", "email", "again"])
def test_link_is_dead_after(client, invited, change):
    user = hana(password=None)
    path, at = invited(user), timezone.now()
    if change == "disable":
        people.disable(user, by=SYSTEM, at=at)
        people.enable(user, by=SYSTEM, at=at)
    elif change == "password":
        passwords.change(user, "harbour-lantern-42", by=SYSTEM, at=at)
    elif change == "email":
        people.change_email(user, "other@demo.example", by=SYSTEM, at=at)
    else:
        invitations.invite(user, by=SYSTEM, at=at)
    assert client.get(path, follow=True).status_code == 410
    client.post("/invitation/")
    assert client.get("/account/").status_code == 302


def test_password_set_behind_our_back_kills_the_link_too(client, invited):
    user = hana(password=None)
    path = invited(user)
    user.set_password("set-in-a-shell-1")
    user.save()
    assert client.get(path, follow=True).status_code == 410


@pytest.mark.parametrize("person", [amira, lim])
def test_others_choose_a_password(client, invited, person):
    user = person(password=None)
    page = client.get(invited(user), follow=True)
    assert f"as {user.get_role_display().lower()}." in page.content.decode()
    assert client.post("/invitation/", {"password": "short", "again": "short"}).status_code == 200
    assert client.post("/invitation/", CHOSEN).status_code == 302
    user.refresh_from_db()
    assert user.check_password(CHOSEN["password"])
    assert client.get("/account/").context["person"] == user


def test_office_goes_on_to_the_second_factor(client, invited):
    client.get(invited(amira(password=None)))
    assert client.post("/invitation/", CHOSEN)["Location"] == "/account/second-factor/set-up/"


def test_staff_cannot_get_in_by_a_tap_alone(client, invited):
    user = amira(password=None)
    client.get(invited(user))
    assert client.post("/invitation/", {"remember": "on"}).status_code == 200
    assert client.get("/account/").status_code == 302


def test_disabled_person_is_not_invited():
    with pytest.raises(invitations.InvitationRefused, match="disabled"):
        invitations.invite(hana(is_active=False), by=SYSTEM, at=timezone.now())


def test_invitation_that_was_overtaken_is_not_sent(letters):
    user = hana(password=None)
    invitations.invite(user, by=SYSTEM, at=timezone.now())
    passwords.change(user, "harbour-lantern-42", by=SYSTEM, at=timezone.now())
    assert [message.subject for message in letters()] == ["Your password was changed"]


def test_first_administrator_gets_a_link_that_works_once(client, settings):
    url = invitations.first_admin_link("Root@Demo.example", timezone.now())
    assert url.startswith("http://testserver/invitation/")
    user = User.objects.get(email="root@demo.example")
    assert user.role == Role.ADMINISTRATOR
    client.get(url)
    assert client.post("/invitation/", CHOSEN).status_code == 302
    assert Client().get(url, follow=True).status_code == 410


def test_first_administrator_is_nobody_else():
    amira()
    with pytest.raises(invitations.InvitationRefused, match="no enabled administrator"):
        invitations.first_admin_link("amira@demo.example", timezone.now())


def test_newer_link_of_the_first_administrator_ends_the_older(client):
    at = timezone.now()
    older, newer = (invitations.first_admin_link("root@demo.example", at) for _ in range(2))
    assert client.get(older, follow=True).status_code == 410
    assert client.get(newer, follow=True).status_code == 200
