"""Officers limited to developments: from the page of a person, audited, in force with the next request."""

import pytest
from django.test import Client
from django.utils import timezone

from accounts.choices import Role
from accounts.people import PeopleRefused
from ledger.models import AuditEntry
from tests.factories import accounts, units
from tests.factories.cases import make_case, make_world
from units import scopes
from units.models import StaffScope
from units.models.places import Development

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada(client):
    """The administrator, signed in by password a moment ago."""
    user = accounts.ada()
    user.set_password("a-long-enough-password")
    user.save()
    client.post("/sign-in/", {"email": user.email, "password": "a-long-enough-password", "way": "password"})
    client.person = user
    return client


@pytest.fixture
def sinar():
    return units.make_development(code="SIN", name="Sinar")


def press(client, user, *developments):
    ticked = {"developments": [row.pk for row in developments]}
    return client.post(f"/settings/users/{user.pk}/developments/", ticked)


def test_the_limit_counts_with_the_officers_next_request(defaults, ada, sinar, client_for):
    world = make_world()
    case = make_case(world=world)
    pages = (f"/cases/{case.reference}/", "/units/krm/a123/", f"/intake/{case.report_item.report.reference}/")
    amira = client_for(world.amira)
    assert [amira.get(page).status_code for page in pages] == [200] * 3
    assert press(ada, world.amira, sinar).status_code == 302
    assert [amira.get(page).status_code for page in pages] == [404] * 3
    assert case.reference not in amira.get("/cases/").content.decode()
    press(ada, world.amira, sinar, world.development)
    assert [amira.get(page).status_code for page in pages] == [200] * 3
    press(ada, world.amira, sinar)
    press(ada, world.amira)
    assert [amira.get(page).status_code for page in pages] == [200] * 3


def test_the_page_shows_what_stands_and_the_audit_what_was_changed(ada, sinar):
    officer, other = accounts.amira(), units.make_development(code="KRM", name="Kirana")
    press(ada, officer, sinar)
    press(ada, officer, other)
    page = ada.get(f"/settings/users/{officer.pk}/")
    (row,) = [row for row in page.context["panels"] if row["slug"] == "developments"]
    assert row["form"].initial == {"developments": [other.pk]}
    assert "Developments changed" in page.content.decode()
    entry = AuditEntry.objects.about("user", officer.pk).order_by("pk").last()
    assert (entry.action, entry.actor_user_id) == ("scope-changed", ada.person.pk)
    assert (entry.old, entry.new) == ({"developments": ["SIN"]}, {"developments": ["KRM"]})


def test_the_same_again_is_no_change(sinar):
    officer, by = accounts.amira(), accounts.ada().actor()
    for _press in range(2):
        scopes.limit(officer, [sinar], by=by, at=timezone.now())
    assert AuditEntry.objects.about("user", officer.pk).count() == 1
    assert StaffScope.objects.get().development == sinar


@pytest.mark.parametrize("role", [role for role in Role if role != Role.OFFICER])
def test_only_an_officer_is_limited(sinar, role):
    user = accounts.make_user(name="Somebody Else", role=role)
    with pytest.raises(PeopleRefused, match="Only an officer"):
        scopes.limit(user, Development.objects.all(), by=accounts.ada().actor(), at=timezone.now())
    assert not StaffScope.objects.exists()


def test_the_panel_stands_on_the_page_of_officers_only(ada, sinar):
    manager = accounts.mo()
    pages = [ada.get(f"/settings/users/{person.pk}/").content.decode() for person in (accounts.amira(), manager)]
    assert ["Save developments" in page for page in pages] == [True, False]
    refused = press(ada, manager, sinar)
    assert refused.status_code == 409
    assert "Only an officer" in refused.content.decode()


@pytest.mark.parametrize("person", [accounts.amira, accounts.mo, accounts.hana])
def test_nobody_but_the_administrator_lifts_a_limit(client_for, sinar, person):
    officer = accounts.make_user(name="Other Officer")
    units.limit_officer(officer, sinar)
    assert press(client_for(person()), officer).status_code in {302, 403}
    assert press(Client(), officer).status_code == 302
    assert StaffScope.objects.count() == 1


def test_an_officer_outside_the_scope_reads_what_it_may_be(defaults, sinar, client_for):
    case = make_case(world=make_world())
    officer = accounts.make_user(name="Other Officer")
    units.limit_officer(officer, sinar)
    words = "belongs to a development that you do not work for"
    pages = [client_for(officer).get(f"/cases/{reference}/") for reference in (case.reference, "SIN-404")]
    assert [(page.status_code, words in page.content.decode()) for page in pages] == [(404, True)] * 2
    homeowner = client_for(case.report_item.report.reporter.user)
    assert words not in homeowner.get("/portal/cases/SIN-404/").content.decode()


def test_the_desk_of_a_development_is_who_sees_it(db, sinar):
    """Both sides of one rule: who sees a development, and what a person sees."""
    other = units.make_development(code="KRM", name="Kirana")
    free, here, elsewhere = (
        accounts.make_user(email=f"{name}@demo.example", role="officer") for name in ("a", "b", "c")
    )
    units.limit_officer(here, sinar)
    units.limit_officer(elsewhere, other)
    manager = accounts.mo()
    units.limit_officer(manager, other)
    accounts.make_user(email="gone@demo.example", role="officer", is_active=False)
    for stranger in (accounts.ada(), accounts.lim(), accounts.hana()):
        assert stranger not in scopes.desk_of(sinar)
    assert set(scopes.desk_of(sinar)) == {free, here, manager}
    for development in (sinar, other):
        for user in (free, here, elsewhere, manager):
            sees = Development.objects.visible_to(user).filter(pk=development.pk).exists()
            assert (user in scopes.desk_of(development)) == sees
