"""The page of a visit in Chromium."""

from datetime import timedelta

import pytest
from django.utils import timezone

from inspections import visits
from tests.factories.cases import fresh, make_case, make_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HOUR = timedelta(hours=1)


@pytest.fixture
def world(defaults):
    return make_world()


@pytest.fixture
def begun(world, settings):
    """A visit in whose window we are."""
    settings.ZEAL_ALLOWLIST = [{"model": "*"}]  # every case is really told and undone, each on its own
    at = timezone.now()
    case = make_case(world=world, at=at - 2 * 24 * HOUR)
    window = {"starts_at": at - HOUR, "ends_at": at + HOUR}
    by = world.actor("amira")
    return visits.book([fresh(case)], kind="initial", who="Amira", by=by, at=at - 2 * HOUR, **window)


def test_who_will_be_told_stands_inside_its_card(browser_as, world, begun):
    page = browser_as(world.amira)
    for width in (390, 1280, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(f"/inspections/{begun.reference}/")
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, width
        told = page.get_by_text("hana@demo.example")
        card, words = page.locator(".panel", has=page.get_by_text("It took place")).bounding_box(), told.bounding_box()
        assert words["x"] + words["width"] <= card["x"] + card["width"], width
        assert page.get_by_role("heading", name="1 person will be told").bounding_box()["y"] < words["y"], width


def test_the_cases_of_a_visit_keep_off_the_edge(browser_as, world, begun):
    page = browser_as(world.amira)
    page.goto(f"/inspections/{begun.reference}/")
    link = page.locator(".panel a.row-link").first
    assert link.bounding_box()["x"] - page.locator("section.panel").first.bounding_box()["x"] >= 12
