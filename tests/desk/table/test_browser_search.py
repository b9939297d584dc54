"""Finding and narrowing in Chromium: the one box, all filters on a phone and by keyboard, saved views, no script."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cases.models import Case, SavedView
from tests.factories.cases import a_fault, make_report, make_world
from tests.rig.looks import fits, looks

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDTHS = (390, 768, 1440)


@pytest.fixture
def world(defaults):
    return make_world()


@pytest.fixture
def rows(world):
    """Three new cases of Hana's; two views of Amira's."""
    at = timezone.now() - timedelta(days=1)
    report = make_report(world=world, at=at, faults=[a_fault(words=f"Drip number {n}xyz") for n in range(3)])
    for name in ("Late in Kerinci, all trades", "Mine"):
        SavedView.objects.create(user=world.amira, name=name, query="mine=all&clock=over")
    return list(Case.objects.for_page().filter(report_item__report=report).order_by("pk"))


def test_views_filters_and_results_fit_every_width(browser_as, world, rows, axe, tmp_path):
    page = browser_as(world.amira)
    for width, is_read in looks(page, WIDTHS):
        page.goto("/cases/?mine=all&q=drip&priority=P2&priority=P1&priority=P3&video=no")
        page.get_by_text("Save this view").click()

        assert fits(page), width
        assert not is_read or axe(page) == [], width
        page.screenshot(path=tmp_path / f"views-{width}.png")
        page.keyboard.press("Escape")
        page.get_by_role("button", name="All filters").click()
        assert fits(page), width
        assert not is_read or axe(page) == [], width
        page.screenshot(path=tmp_path / f"filters-{width}.png")


def test_the_box_jumps_to_a_reference_and_finds_words_just_written(browser_as, world, rows):
    page = browser_as(world.amira)
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto("/my-day/")

    page.get_by_role("searchbox").fill("krm 0002")
    page.keyboard.press("Enter")
    page.wait_for_url("**/cases/KRM-2/")

    page.get_by_role("searchbox").fill("number 1xyz")
    page.keyboard.press("Enter")
    page.wait_for_url("**/cases/?q=*")
    assert page.locator(".ctable .ref").all_inner_texts() == [rows[1].reference]


def test_a_view_is_saved_opened_and_deleted_without_script(world, rows, site, new_context, client_for, settings):
    context = new_context(base_url=site, java_script_enabled=False, viewport={"width": 390, "height": 844})
    cookie = client_for(world.amira).cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie.value, "url": site}])
    page = context.new_page()
    page.goto("/cases/?mine=all")
    page.get_by_role("button", name="All filters").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Video").select_option("no")
    page.get_by_role("button", name="Show cases").click()
    assert page.url.endswith("/cases/?mine=all&video=no")

    page.get_by_text("Save this view").click()
    page.get_by_label("Name", exact=True).fill("No film")
    page.get_by_label("Open the table with it").check()
    page.get_by_role("button", name="Save", exact=True).click()
    page.goto("/cases/")
    assert page.url.endswith("/cases/?mine=all&video=no")

    page.get_by_text("Delete a view").click()
    page.get_by_role("button", name="Delete No film").click()
    assert not SavedView.objects.filter(name="No film").exists()
