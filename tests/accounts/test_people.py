"""Adding, changing, disabling people, and the administrator's pages for it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.test import Client
from django.utils import timezone

from accounts import links, people, sessions
from accounts.choices import Role
from accounts.models import User
from accounts.people import PeopleRefused
from ledger.actors import SYSTEM
from ledger.models import AuditEntry
from outbox.models import OutgoingMail
from tests.factories.accounts import PASSWORD, ada, amira, hana, lim, make_user, mo

pytestmark = pytest.mark.django_db
AT = timezone.now()


@pytest.fixture
def admin(by_password):
    """An administrator at the desk, signed in a moment ago."""
    client = Client()
    client.person = ada()
    by_password(client, client.person)
    return client


def last_entry(action):
    return AuditEntry.objects.filter(action=action).latest("pk")


def test_added_person_has_no_password():
    user = people.add_user(email=" New@Demo.example ", name="Nia New", role=Role.OFFICER, by=SYSTEM, at=AT)
    assert user.email == "new@demo.example"
    assert not user.has_usable_password()
    assert last_entry("user-added").new["role"] == "officer"


@pytest.mark.parametrize("email", ["AMIRA@demo.example", "no address", ""])
def test_used_or_odd_address_is_refused(email):
    amira()
    with pytest.raises(PeopleRefused):
        people.add_user(email=email, name="Nia New", role=Role.OFFICER, by=SYSTEM, at=AT)
    assert User.objects.count() == 1


def test_disabling_ends_links_and_stands_in_the_audit():
    user, boss = hana(), ada()
    to_user = links.mint(
        "case", subject="homeowner:1", audience=user.email, expires_at=AT + timedelta(days=30), single_use=False, at=AT
    )
    people.disable(user, by=boss.actor(address="192.0.2.1"), at=AT, reason="left the house")
    user.refresh_from_db()
    assert (user.is_active, user.disabled_at) == (False, AT)
    assert links.find(to_user, "case", AT) is None
    entry = last_entry("user-disabled")
    assert (entry.actor_name, entry.address, entry.reason) == ("Ada Wong", "192.0.2.1", "left the house")


def test_disabling_twice_is_once():
    user = hana()
    for _ in range(2):
        people.disable(user, by=SYSTEM, at=AT)
    assert AuditEntry.objects.filter(action="user-disabled").count() == 1


def test_nobody_shuts_or_changes_themselves():
    ada()
    boss = ada(email="second@demo.example")
    with pytest.raises(PeopleRefused, match="your own"):
        people.disable(boss, by=boss.actor(), at=AT)
    with pytest.raises(PeopleRefused, match="your own"):
        people.change_role(boss, Role.OFFICER, by=boss.actor(), at=AT)


def test_last_administrator_stays():
    boss = ada()
    ada(email="gone@demo.example", is_active=False)
    with pytest.raises(PeopleRefused, match="last administrator"):
        people.disable(boss, by=SYSTEM, at=AT)
    with pytest.raises(PeopleRefused, match="last administrator"):
        people.change_role(boss, Role.OFFICER, by=SYSTEM, at=AT)


@pytest.mark.parametrize(("person", "role"), [(hana, Role.OFFICER), (amira, Role.HOMEOWNER), (lim, Role.HOMEOWNER)])
def test_roles_do_not_cross_the_door_of_the_office(person, role):
    with pytest.raises(PeopleRefused, match="within the office"):
        people.change_role(person(), role, by=SYSTEM, at=AT)


def test_changed_role_keeps_old_and_new():
    people.change_role(mo(), Role.OFFICER, by=SYSTEM, at=AT)
    entry = last_entry("role-changed")
    assert (entry.old, entry.new) == ({"role": "manager"}, {"role": "officer"})


def test_changed_address_is_told_to_both(letters, readers):
    people.change_email(hana(), "New@demo.example", by=SYSTEM, at=AT)
    assert readers(letters()) == ["hana@demo.example", "new@demo.example"]


def test_the_old_mailbox_neither_reads_the_new_address_nor_keeps_a_link(letters):
    user = hana()
    link = links.mint(
        "case", subject="homeowner:1", audience=user.email, expires_at=AT + timedelta(days=30), single_use=False, at=AT
    )
    people.change_email(user, "new@demo.example", by=SYSTEM, at=AT)
    letters()
    mail = OutgoingMail.objects.get(recipient="hana@demo.example")
    assert "new@demo.example" not in f"{mail.subject} {mail.body_text} {mail.body_html}"
    assert links.find(link, "case", AT) is None


def test_database_refuses_an_unknown_role_and_a_capital_letter():
    user = hana()
    for wrong in ({"role": "god"}, {"email": "HANA@demo.example"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            User.objects.filter(pk=user.pk).update(**wrong)


# The administrator's pages


@pytest.mark.parametrize("person", [amira, mo, hana, lim])
@pytest.mark.parametrize("path", ["", "users/add/", "users/1/", "users/1/disable/"])
def test_pages_are_for_administrators(client, by_password, person, path):
    by_password(client, person())
    ask = client.post if path.endswith("disable/") else client.get
    assert ask(f"/settings/{path}").status_code == 403


def test_pages_ask_who_it_is_after_fifteen_minutes(admin):
    assert admin.get("/settings/").status_code == 200
    session = admin.session
    session[sessions.PROVED] = (timezone.now() - timedelta(minutes=15, seconds=1)).timestamp()
    session.save()
    assert admin.get("/settings/?q=a")["Location"] == "/account/confirm/?next=%2Fsettings%2F%3Fq%3Da"
    user = hana()
    admin.post(f"/settings/users/{user.pk}/disable/", {"reason": "x"})
    assert User.objects.get(pk=user.pk).is_active
    assert admin.post("/account/confirm/", {"current": PASSWORD, "next": "/settings/"})["Location"] == "/settings/"
    assert admin.get("/settings/").status_code == 200


def test_confirming_is_throttled(admin):
    for _ in range(20):
        admin.post("/account/confirm/", {"current": "wrong-password"})
    assert admin.post("/account/confirm/", {"current": PASSWORD}).status_code == 429


def test_people_are_found(admin):
    amira()
    hana(phone="+60 12 345 6789")
    lim(is_active=False)

    def names(**asked):
        return [user.name for user in admin.get("/settings/", asked).context["users"]]

    assert names() == ["Ada Wong", "Amira Rahman", "Hana Yusof", "Lim Wei"]
    assert names(q="amira") == names(q="rahman AMIRA@") == ["Amira Rahman"]
    assert names(q="345 6789") == ["Hana Yusof"]
    assert names(role="contractor") == ["Lim Wei"]
    assert names(state="disabled") == ["Lim Wei"]
    assert names(q="zzz") == []
    assert names(role="nonsense") == names()


def test_list_asks_the_same_number_of_queries_for_many(admin, queries):
    counts = []
    for _ in range(2):
        with queries(5):
            admin.get("/settings/")
        counts += [make_user(name=f"Person {number}") for number in range(30)]


def test_long_list_has_pages(admin):
    for number in range(60):
        make_user(name=f"Person {number:02}")
    page = admin.get("/settings/", {"role": "officer", "page": 2})
    assert len(page.context["users"]) == 10
    assert 'href="?role=officer&amp;page=1"' in page.content.decode()
    assert admin.get("/settings/", {"page": "10000000"}).status_code == 200


def test_new_person_is_invited_at_once(admin, letters, path_in):
    given = {"name": "Nia New", "email": "nia@demo.example", "role": "officer", "phone": ""}
    response = admin.post("/settings/users/add/", given)
    user = User.objects.get(email="nia@demo.example")
    assert response["Location"] == f"/settings/users/{user.pk}/"
    message = letters()[-1]
    assert "Ada Wong invites you" in message.body
    assert Client().get(path_in(message), follow=True).status_code == 200


def test_address_in_use_is_named_and_nothing_typed_is_lost(admin):
    amira()
    given = {"name": "Nia New", "email": "amira@demo.example", "role": "manager", "phone": "+60 12 345 6789"}
    page = admin.post("/settings/users/add/", given)
    assert "already an account" in str(page.context["form"].errors["email"])
    assert all(str(value) in page.content.decode() for value in given.values())


def test_person_page_changes_what_its_panels_say(admin):
    user = mo()
    press = lambda panel, **typed: admin.post(f"/settings/users/{user.pk}/{panel}/", typed)  # noqa: E731
    assert press("details", name="Mohan Tan", phone="+60 3 5550 0142").status_code == 302
    assert press("role", role="officer").status_code == 302
    assert press("email", email="mohan@demo.example").status_code == 302
    assert press("invite").status_code == 302
    assert press("disable", reason="left").status_code == 302
    user.refresh_from_db()
    assert (user.name, user.phone, user.role, user.email) == (
        "Mohan Tan",
        "+60 3 5550 0142",
        "officer",
        "mohan@demo.example",
    )
    assert not user.is_active
    assert press("enable").status_code == 302
    actions = list(AuditEntry.objects.about("user", user.pk).order_by("pk").values_list("action", flat=True))
    assert actions == ["user-changed", "role-changed", "email-changed", "invited", "user-disabled", "user-enabled"]


def test_refused_change_says_why_at_its_form(admin):
    page = admin.post(f"/settings/users/{admin.person.pk}/disable/", {"reason": "tired"})
    assert page.status_code == 409
    assert "cannot disable your own account" in page.content.decode()


def test_disabling_needs_a_reason(admin):
    user = hana()
    page = admin.post(f"/settings/users/{user.pk}/disable/", {"reason": ""})
    assert "reason" in page.context["wrong"].errors
    assert User.objects.get(pk=user.pk).is_active


@pytest.mark.parametrize("panel", ["disable", "enable", "role", "invite", "email", "details", "second-factor"])
def test_panels_act_by_a_press_only(admin, panel):
    assert admin.get(f"/settings/users/{hana().pk}/{panel}/").status_code == 405


def test_person_who_is_not_there(admin):
    assert admin.get("/settings/users/999999/").status_code == 404
    assert admin.get("/settings/users/999999999999999999999999/").status_code == 404
    assert admin.post("/settings/users/999999/disable/", {"reason": "x"}).status_code == 404


def test_naughty_names_are_shown_as_typed(admin):
    user = make_user(name="<script>alert(1)</script>")
    for path in ("/settings/", f"/settings/users/{user.pk}/"):
        page = admin.get(path).content.decode()
        assert "<script>alert(1)" not in page
        assert "&lt;script&gt;alert(1)" in page


def test_who_has_a_password_is_not_called_uninvited():
    person = make_user()
    person.set_password(PASSWORD)
    assert "Not yet signed in" in render_to_string("accounts/_state.html", {"person": person})
