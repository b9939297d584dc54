"""The component sheet in Chromium: every width and theme, keyboard, and the small scripts; also without any script."""

import pytest
from django.http import HttpResponse, JsonResponse
from django.urls import path

from accounts.access import public
from defects_portal import errors, specimen, views
from defects_portal.urls import urlpatterns as site_patterns
from tests.rig.looks import fits

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SHEETS = ("desk", "table", "portal", "work")
WIDTHS = (320, 390, 768, 1440)
KEPT = []
REFUSALS = []


@public(reason="a page of this test")
def draft(request):
    if REFUSALS:
        return HttpResponse(status=REFUSALS.pop())
    KEPT.append(dict(request.POST.lists()))
    return JsonResponse({"saved_at": "20:15"})


urlpatterns = [
    path("specimen/draft/", draft),
    path("specimen/<slug:room>/", specimen.specimen),
    path("theme/", views.theme_choose),
    *site_patterns,  # what the frames of the pages lead to
]
handler404 = errors.not_found


@pytest.fixture
def sheet(browser_page, settings):
    """`sheet("desk")`: the page with the components of one room."""
    settings.DEBUG = True
    settings.ROOT_URLCONF = __name__
    KEPT.clear()

    def open_sheet(room, width=390):
        browser_page.set_viewport_size({"width": width, "height": 844})
        browser_page.goto(f"/specimen/{room}/")
        return browser_page

    return open_sheet


@pytest.fixture
def scriptless(new_context, site, settings):
    """A page of a browser that runs no script."""
    settings.DEBUG = True
    settings.ROOT_URLCONF = __name__
    return new_context(base_url=site, viewport={"width": 390, "height": 844}, java_script_enabled=False).new_page()


@pytest.mark.parametrize("room", SHEETS)
def test_every_component_can_be_read_and_nothing_scrolls_sideways(sheet, axe, room):
    for scheme in ("light", "dark"):  # the components themselves are read in every look
        for width in WIDTHS:
            page = sheet(room, width)
            page.emulate_media(color_scheme=scheme)

            assert fits(page), (width, scheme)
            assert width not in (WIDTHS[0], WIDTHS[-1]) or axe(page) == [], (width, scheme)


def test_a_hidden_specimen_outside_debug(browser_page, settings):
    settings.DEBUG = False

    assert browser_page.goto("/specimen/desk/").status == 404


def test_slash_goes_to_the_search_field_but_not_while_typing(sheet):
    page = sheet("table", 1440)
    page.keyboard.press("/")
    page.keyboard.type("a/b")

    assert page.locator("#find-q").input_value() == "a/b"


def test_the_theme_changes_at_once_and_stays(sheet):
    page = sheet("table", 1440)
    page.emulate_media(color_scheme="light")
    ground = "getComputedStyle(document.body).backgroundColor"
    bright = page.evaluate(ground)
    page.locator("summary.me").click()
    with page.expect_response("**/theme/"):
        page.get_by_role("button", name="Dark").click()

    assert page.evaluate(ground) != bright
    page.reload()
    assert page.evaluate(ground) != bright


def test_the_theme_needs_no_script(scriptless):
    scriptless.goto("/specimen/table/")
    scriptless.locator("summary.me").click()
    scriptless.get_by_role("button", name="Dark").click()

    assert scriptless.url.endswith("/specimen/table/")
    assert scriptless.locator("html").get_attribute("data-bs-theme") == "dark"


def test_the_drawer_opens_on_a_phone_without_a_script(scriptless):
    scriptless.goto("/specimen/table/")
    link = scriptless.get_by_role("link", name="Homeowners")

    assert not link.is_visible()
    scriptless.get_by_role("button", name="Menu", exact=True).click()
    assert link.is_visible()


def test_a_menu_closes_on_escape_and_gives_the_focus_back(sheet):
    page = sheet("table", 1440)
    page.locator("summary.me").press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")

    assert page.locator("details.menu[open]").count() == 0
    assert page.locator("summary.me").evaluate("it => it === document.activeElement")


def test_ticks_are_counted_and_rows_walked_by_keys(sheet):
    page = sheet("table", 1440)
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("x")

    assert page.locator("[data-tick-count]").inner_text() == "1 ticked"
    assert page.get_by_label("Tick TJM-0412").is_checked()
    page.get_by_label("Tick all on this page").check()
    assert page.locator("[data-tick-count]").inner_text() == "7 ticked"
    page.get_by_role("button", name="Clear ticks").click()
    assert not page.locator("[data-tick-bar]").is_visible()


def test_pictures_open_large_and_step_by_arrow_keys(sheet):
    page = sheet("desk", 1440)
    page.locator('a[data-lightbox="case"]').first.click()
    page.keyboard.press("ArrowRight")

    assert page.locator("[data-lightbox-count]").inner_text() == "2 / 4"
    assert page.locator("[data-lightbox-image]").get_attribute("alt") == "Wall with a diagonal crack"
    page.keyboard.press("Escape")
    assert not page.locator("[data-lightbox-dialog]").is_visible()


def test_a_draft_is_kept_while_typing_and_again_when_the_line_is_back(sheet):
    page = sheet("portal")
    page.context.set_offline(True)
    page.get_by_label("In your own words").fill("It drips.")
    page.get_by_text("Not saved yet, we keep trying").wait_for()
    page.context.set_offline(False)
    page.get_by_text("Saved 20:15").wait_for()

    only = KEPT.pop()
    assert (set(only), only["words"], KEPT) == ({"csrfmiddlewaretoken", "words"}, ["It drips."], [])


def test_a_draft_is_tried_again_while_the_server_restarts(sheet):
    page = sheet("portal")
    REFUSALS.append(503)
    page.get_by_label("In your own words").fill("It drips.")
    page.get_by_text("Not saved yet, we keep trying").wait_for()
    page.get_by_text("Saved 20:15").wait_for()

    assert [kept["words"] for kept in KEPT] == [["It drips."]]


def test_a_cleared_choice_is_sent_as_cleared(sheet):
    page = sheet("portal")
    page.get_by_label("Hana Yusof").uncheck()
    page.get_by_text("Saved 20:15").wait_for()

    assert KEPT[0]["here"] == [""]


def test_what_was_typed_goes_out_when_the_page_is_left(sheet):
    page = sheet("portal")
    page.get_by_label("In your own words").fill("Last words.")
    page.goto("/specimen/work/")

    assert [kept["words"] for kept in KEPT] == [["Last words."]]


def test_a_pressed_button_rests(sheet):
    page = sheet("desk", 1440)
    sent = []
    page.route("**/specimen/desk/", lambda route: (sent.append(route.request.method), route.fulfill(status=204)))
    for _press in range(2):
        page.evaluate("document.querySelector('form[data-draft-url] button[type=submit]').click()")
        page.wait_for_timeout(100)

    assert sent == ["POST"]


def test_an_error_summary_takes_the_focus_and_leads_to_the_field(sheet):
    page = sheet("desk", 1440)

    assert page.evaluate("document.activeElement.matches('.errors')")
    page.locator(".errors").get_by_role("link", name="E-mail").click()
    assert page.evaluate("document.activeElement.id") == "id_email"
