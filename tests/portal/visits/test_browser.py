"""The pages of visits in Chromium: widths, axe by night and by day, the chosen time beside the button."""

import os
from datetime import timedelta

import pytest
from django.utils import timezone

from cases.choices import Status
from tests.factories.cases import make_case, make_world
from tests.factories.inspections import by_company, make_offer, make_visit
from tests.rig.looks import fits, looks

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world(defaults, settings):
    settings.ZEAL_ALLOWLIST = [{"model": "*"}]
    return make_world()


@pytest.fixture
def offered(world):
    case = make_case(world=world, status=Status.WITH_CONTRACTOR, at=timezone.now() - timedelta(days=4))
    given = {"kind": "rectification", "who": "Lim Construction", "invited": [by_company(world)], "minutes": 60}
    return make_offer(world=world, cases=[case], at=timezone.now(), **given)


def shot(page, name, width):
    folder = os.environ.get("LOOK")
    if folder:
        page.screenshot(path=f"{folder}/{name}-{width}.png", full_page=True)


def test_the_page_of_offered_times_fits_and_axe_finds_nothing(browser_as, axe, world, offered):
    page = browser_as(world.hana.user)
    page.goto(f"/portal/visits/{offered.reference}/")
    for width, is_read in looks(page, (390, 1440)):
        assert fits(page), width
        assert not is_read or axe(page) == []
        shot(page, "slots", width)


def test_the_chosen_time_stands_beside_the_button(browser_as, world, offered):
    page = browser_as(world.hana.user)
    page.goto(f"/portal/visits/{offered.reference}/")
    note = page.locator("[data-chosen]")
    first = note.inner_text()
    page.locator("label.slot").nth(1).click()
    assert note.inner_text() not in ("", first)


def test_the_desks_pages_of_visits_fit_and_axe_finds_nothing(browser_as, axe, world, offered):
    starts_at = timezone.now() + timedelta(days=6)
    make_visit(world=world, cases=[make_case(world=world)], at=timezone.now(), starts_at=starts_at)
    case = offered.cases.get().reference
    page = browser_as(world.amira)
    paths = {
        "detail": f"/inspections/{offered.reference}/",
        "book": f"/inspections/book/?case={case}",
        "offer": f"/inspections/offer/?case={case}",
        "list": "/inspections/",
        "calendar": "/inspections/calendar/",
    }
    faults = []
    for name, path in paths.items():
        page.goto(path)
        for width, is_read in looks(page, (390, 1440)):
            faults += [] if fits(page) else [f"{name} {width} is too wide"]
            faults += [f"{name} {width}: {line}" for line in (axe(page) if is_read else [])]
            shot(page, name, width)
    assert faults == []
