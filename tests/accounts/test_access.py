"""Marks on views, the author of a request, addresses behind proxies, refusals in the audit."""

import logging

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import Client, RequestFactory

from accounts.access import actor_of, allow, client_address, own_path, public
from accounts.choices import Role
from accounts.models import User
from ledger.models import AuditEntry
from tests.factories.accounts import ada, amira, hana, lim, mo

pytestmark = pytest.mark.django_db


@allow(Role.OFFICER, Role.MANAGER)
def desk_page(request):
    return HttpResponse("desk")


def ask(view, user, method="get", **extra):
    request = getattr(RequestFactory(), method)("/cases/?q=1", **extra)
    request.user = user
    return view(request)


@pytest.mark.parametrize("person", [amira, mo])
def test_named_roles_get_in(person):
    assert ask(desk_page, person()).content == b"desk"


@pytest.mark.parametrize("person", [ada, hana, lim])
def test_other_roles_are_refused(person):
    from django.core.exceptions import PermissionDenied

    with pytest.raises(PermissionDenied, match="not for your role"):
        ask(desk_page, person())


def test_strangers_are_led_to_the_door_even_without_the_middleware():
    assert ask(desk_page, AnonymousUser())["Location"] == "/sign-in/?next=/cases/%3Fq%3D1"
    assert ask(desk_page, AnonymousUser(), "post")["Location"] == "/sign-in/"


def test_mark_without_roles_is_a_mistake():
    with pytest.raises(ValueError, match="at least one role"):
        allow()


def test_marks_can_be_read():
    assert desk_page.access_mark == {Role.OFFICER, Role.MANAGER}
    page = public(reason="signed link")(desk_page)
    assert (page.access_mark, page.login_required) == ("signed link", False)


def test_unmarked_view_is_closed_by_the_middleware(settings):
    from accounts.middleware import SignInMiddleware

    request = RequestFactory().get("/page/")
    request.user = AnonymousUser()
    guard = SignInMiddleware(lambda request: HttpResponse())
    assert guard.process_view(request, lambda request: HttpResponse(), (), {})["Location"] == "/sign-in/?next=/page/"


def test_refused_page_stands_in_the_audit(client, by_password, caplog):
    caplog.set_level(logging.WARNING, logger="accounts.middleware")  # a worker of another test may have set the root's
    user = amira()
    by_password(client, user)
    assert client.get("/settings/?q=somebody").status_code == 403
    entry = AuditEntry.objects.get(action="access-refused")
    assert (entry.actor_user_id, entry.about_id, entry.reason) == (user.pk, user.pk, "GET /settings/")
    assert "refused: user" in caplog.text


@pytest.mark.parametrize(("person", "channel"), [(amira, "desk"), (ada, "desk"), (hana, "portal"), (lim, "portal")])
def test_author_of_a_request(person, channel):
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.7")
    request.user = user = person()
    actor = actor_of(request)
    assert (actor.user_id, actor.name, actor.role) == (user.pk, user.name, user.role)
    assert (actor.channel, actor.address) == (channel, "192.0.2.7")
    assert actor_of(request, channel="phone").channel == "phone"


def test_author_without_an_account():
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    actor = actor_of(request)
    assert (actor.user_id, actor.role, actor.channel) == (None, "visitor", "link")


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "198.51.100.1", "192.0.2.7"),
        (1, "198.51.100.1", "198.51.100.1"),
        (1, "203.0.113.9, 198.51.100.1", "198.51.100.1"),
        (2, "203.0.113.9, 198.51.100.1", "203.0.113.9"),
        (2, "6.6.6.6, 203.0.113.9, 198.51.100.1", "203.0.113.9"),
        (2, "198.51.100.1", "192.0.2.7"),
        (1, "", "192.0.2.7"),
        (1, "<script>", "192.0.2.7"),
        (1, "2001:DB8::1", "2001:db8::1"),
    ],
)
def test_address_is_what_the_trusted_proxies_saw(settings, proxies, forwarded, address):
    settings.TRUSTED_PROXIES = proxies
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.7", headers={"x-forwarded-for": forwarded})
    assert client_address(request) == address


def test_forged_forwarding_does_not_escape_the_throttle(by_password, settings):
    user = amira()
    for number in range(20):
        by_password(Client(headers={"x-forwarded-for": f"203.0.113.{number}"}), user, "wrong-password")
    assert by_password(Client(headers={"x-forwarded-for": "203.0.113.99"}), user).status_code == 429


@pytest.mark.parametrize("text", ["/", "/cases/?q=a%20b", "/cases/KRM-2041/#x"])
def test_own_paths(text):
    assert own_path(text) == text


@pytest.mark.parametrize(
    "text",
    [None, "", "cases/", "//evil.example", "/\\evil.example", "https://evil.example", "/\n/evil.example", "\x00/"],
)
def test_foreign_paths(text):
    assert own_path(text) == ""


def test_rows_that_a_person_sees():
    boss, officer = ada(), amira()
    assert set(User.objects.visible_to(boss)) == {boss, officer}
    assert set(User.objects.visible_to(officer)) == {officer}
    assert not User.objects.visible_to(AnonymousUser()).exists()
