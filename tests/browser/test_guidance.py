"""Guidance and help in Chromium: readable at every width in both themes, one click to attach, also without scripts."""

import pytest
from django.utils import timezone

from cases.choices import Status
from cases.models import Case
from catalogue.models import GuidanceArticle
from tests.factories.cases import a_fault, make_case, make_world
from tests.rig.looks import fits, looks

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(180)]

OPEN = (
    "/portal/guidance/",
    "/portal/guidance/?q=door",
    "/portal/guidance/?q=zeppelin",
    "/portal/guidance/cracks/",
    "/portal/guidance/how-it-works/KRM/",
    "/emergency/",
    "/help/",
    "/help/words/",
)
STAFF = ("/help/", "/help/not-covered/", "/help/words/", "/help/moves/")


@pytest.fixture
def world(defaults):
    return make_world()


@pytest.fixture
def crack(world):
    case = make_case(
        world=world,
        at=timezone.now(),
        status=Status.IN_REVIEW,
        faults=[a_fault(location="LIV", tile="wall", kind="CRK-H")],
    )
    Case.objects.filter(pk=case.pk).update(priority_id="P3", trade_id="PNT", element=None)
    return case


def looked_at(page, axe, address):
    for width, _is_read in looks(page, (320, 1280)):
        page.goto(address)
        assert axe(page) == [], (address, width)
        assert fits(page), (address, width)


@pytest.mark.parametrize("address", OPEN)
def test_open_pages_can_be_read(browser_as, axe, world, address):
    looked_at(browser_as(None), axe, address)


@pytest.mark.parametrize("address", STAFF)
def test_help_can_be_read_at_the_desk(browser_as, axe, world, address):
    looked_at(browser_as(world.amira), axe, address)


def test_the_panel_with_its_guides_can_be_read(browser_as, axe, world, crack):
    looked_at(browser_as(world.amira), axe, f"/cases/{crack.reference}/moves/close-out-of-scope/")


def test_one_press_inserts_the_words_and_attaches_the_guide(browser_as, world, crack):
    page = browser_as(world.amira)
    article = GuidanceArticle.objects.newest("cracks")
    page.goto(f"/cases/{crack.reference}/moves/close-out-of-scope/")
    page.fill("[name=words]", "I looked at your pictures.")
    page.locator("summary", has_text="Cracks").click()
    page.locator(f"button[name=insert][value='{article.pk}']").click()

    assert page.input_value("[name=words]") == f"I looked at your pictures.\n\n{article.in_notes}"
    assert page.is_checked(f"input[name=guidance][value='{article.pk}']")
    assert page.url.endswith("/moves/close-out-of-scope/")


def test_without_scripts_the_server_inserts_them(new_context, site, client_for, settings, world, crack):
    context = new_context(base_url=site, java_script_enabled=False)
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client_for(world.amira).cookies[name].value, "url": site}])
    page = context.new_page()
    article = GuidanceArticle.objects.newest("cracks")
    page.goto(f"/cases/{crack.reference}/moves/close-out-of-scope/")
    page.fill("[name=words]", "I looked at your pictures.")
    page.locator("summary", has_text="Cracks").click()
    page.locator(f"button[name=insert][value='{article.pk}']").click()

    assert article.in_notes in page.input_value("[name=words]")
    assert page.is_checked(f"input[name=guidance][value='{article.pk}']")


def test_a_guide_is_found_without_scripts(new_context, site, world):
    page = new_context(base_url=site, java_script_enabled=False).new_page()
    page.goto("/portal/guidance/")
    page.fill("#q", "mould")
    page.press("#q", "Enter")
    page.get_by_role("link", name="Leak, damp or steam?").click()

    assert page.get_by_role("heading", name="How to look after it").is_visible()


def test_the_pages_print_without_their_frame(browser_as, world):
    page = browser_as(None)
    page.goto("/portal/guidance/how-it-works/KRM/")
    page.emulate_media(media="print")

    assert not page.locator(".on-page").is_visible()
    assert not page.locator(".foot").is_visible()
    assert page.get_by_role("heading", name="How quickly").is_visible()
