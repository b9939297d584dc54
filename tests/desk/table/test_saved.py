"""Saved views: kept under a name by one person, shown above the table, opened by themselves, deleted."""

import pytest

from cases.models import SavedView
from ledger.models import AuditEntry

pytestmark = pytest.mark.django_db


def save(client, name, query, **more):
    return client.post("/cases/views/save/", {"name": name, "query": query, **more})


def test_a_view_keeps_the_filters_in_use(desk, cases):
    cases()
    query = "mine=all&priority=P2&priority=P3&age=0-1"

    assert save(desk, "  My   urgent ", query).url == f"/cases/?{query}"

    page = desk.get(f"/cases/?{query}")
    (view,) = page.context["views"]
    assert (view["name"], view["url"], view["is_current"]) == ("My urgent", f"?{query}", True)
    assert not desk.get("/cases/?mine=all").context["views"][0]["is_current"]
    assert AuditEntry.objects.filter(action="view.saved").count() == 1


def test_only_known_filters_are_kept(desk):
    save(desk, "Odd", "mine=all&next=//evil.example&priority=P9x")
    assert not SavedView.objects.exists()
    save(desk, "Odd", "mine=all&next=//evil.example")

    assert SavedView.objects.get().query == "mine=all"


@pytest.mark.parametrize("name", ["", "   "])
def test_a_view_without_name_is_refused_with_a_sentence(desk, name):
    page = desk.post("/cases/views/save/", {"name": name, "query": "mine=all"}, follow=True)

    assert "Give the view a name." in page.content.decode()
    assert not SavedView.objects.exists()


def test_the_same_name_replaces_and_a_second_press_counts_once(desk):
    save(desk, "Mine", "mine=all")
    for _press in range(2):
        save(desk, "Mine", "mine=mine", idempotency_key="6b1f5d3c-38a8-4c53-9a0d-3f4ac1a7bd10")

    assert SavedView.objects.get().query == "mine=mine"
    assert AuditEntry.objects.filter(action="view.saved").count() <= 3


def test_one_default_opens_the_table_until_cleared(desk, cases):
    cases()
    save(desk, "First", "mine=all&priority=P2", is_default="1")
    save(desk, "Second", "mine=all&photo=no", is_default="1")

    assert desk.get("/cases/").url == "/cases/?mine=all&photo=no"
    assert desk.get("/cases/?clear").url == "/cases/?mine=mine"
    assert [view["is_default"] for view in desk.get("/cases/?mine=all").context["views"]] == [False, True]


def test_views_are_the_persons_own(desk, client_for, world):
    save(desk, "Mine", "mine=all")
    manager = client_for(world.mo)

    assert manager.get("/cases/?mine=all").context["views"] == []
    assert manager.post("/cases/views/delete/", {"name": "Mine"}).status_code == 404
    assert desk.post("/cases/views/delete/", {"name": "Mine"}).url == "/cases/"
    assert not SavedView.objects.exists()


def test_there_is_an_end_of_views(desk, world):
    SavedView.objects.bulk_create(SavedView(user=world.amira, name=f"v{n}", query="mine=all") for n in range(30))
    save(desk, "One more", "mine=all")

    assert SavedView.objects.count() == 30


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "'; DROP TABLE", "ﷺ😀", "{{ 7*7 }}"])
def test_a_naughty_name_is_only_a_name(desk, cases, name):
    save(desk, name, "mine=all")

    page = desk.get("/cases/?mine=all")
    assert page.status_code == 200
    assert "<script>alert" not in page.content.decode()
    assert page.context["views"][0]["name"] == name
