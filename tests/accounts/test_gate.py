"""Whom to call, before the door."""

import pytest

from tests.factories.units import make_development

pytestmark = pytest.mark.django_db

PAGES = ("/sign-in/", "/sign-in/forgot/")


@pytest.fixture
def office():
    return make_development(office_phone="03-5550 0142", emergency_phone="03-5550 0199", office_hours="Mon to Sat")


@pytest.mark.parametrize("page", PAGES)
def test_the_only_office_is_named_with_its_hours_and_its_emergency_phone(client, office, page):
    words = client.get(page).content.decode()
    for part in ('href="tel:03-55500142"', "03-5550 0142", "Mon to Sat", 'href="tel:03-55500199"'):
        assert part in words


def test_the_door_says_whom_to_call_without_an_e_mail(client, office):
    words = " ".join(client.get("/sign-in/").content.decode().split())
    assert 'Call <a class="nowrap" href="tel:03-55500142">03-5550 0142</a>, Mon to Sat.' in words


@pytest.mark.parametrize("page", PAGES)
def test_with_several_developments_the_list_is_linked_and_no_office_guessed(client, office, page):
    make_development(code="TJM", office_phone="03-5550 0777")
    words = client.get(page).content.decode()
    assert 'href="/emergency/"' in words
    assert "03-5550" not in words
    listed = client.get("/emergency/").content.decode()
    assert "03-5550 0142" in listed
    assert "03-5550 0777" in listed


def test_the_door_opens_before_any_development_stands(client):
    page = client.get("/sign-in/")
    assert page.status_code == 200
    assert "Call the office of your home" in page.content.decode()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("several", [False, True])
def test_on_a_telephone_the_number_or_the_list_is_in_sight(browser_page, axe, office, several):
    if several:
        make_development(code="TJM")
    browser_page.goto("/sign-in/")
    link = browser_page.get_by_role("link", name="Call the office of your home" if several else "03-5550 0142").last
    assert link.is_visible()
    assert browser_page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert axe(browser_page) == []
