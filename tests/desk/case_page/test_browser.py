"""The case page in Chromium: keyboard only, without scripts, every width and both themes."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cases import talk
from cases.choices import Status
from cases.models import Message
from tests.factories.cases import fresh
from tests.rig.looks import fits, looks

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDTHS = (320, 390, 768, 1440)


def tab_to(page, name, most=80):
    """Press Tab until the focused control has this name; gives up loudly."""
    for _ in range(most):
        page.keyboard.press("Tab")
        words = page.evaluate("(document.activeElement.innerText || document.activeElement.value || '').trim()")
        if words == name:
            return
    raise AssertionError(f"{name} is not reached by Tab")


@pytest.fixture
def scriptless(new_context, site, client_for, settings):
    """A page of a browser that runs no script, somebody signed in."""

    def sign_in(user):
        context = new_context(base_url=site, viewport={"width": 1440, "height": 900}, java_script_enabled=False)
        cookie = client_for(user).cookies[settings.SESSION_COOKIE_NAME]
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie.value, "url": site}])
        return context.new_page()

    return sign_in


def test_accept_and_send_by_keyboard_alone(browser_as, world, a_case):
    case = a_case(photos=1)
    page = browser_as(world.amira)
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"/cases/{case.reference}/")

    tab_to(page, "Accept and send to Lim")
    page.keyboard.press("Enter")
    page.wait_for_url("**/moves/accept-and-send/")
    tab_to(page, "Confirm, send 2 e-mails")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/cases/{case.reference}/")

    assert fresh(case).status == Status.WITH_CONTRACTOR
    assert page.get_by_role("status").filter(has_text="Done: Accept and send to Lim.").is_visible()


def test_the_lane_is_plain_to_see_and_note_is_the_first(browser_as, world, a_case):
    case = a_case()
    page = browser_as(world.amira)
    page.goto(f"/cases/{case.reference}/")

    assert page.get_by_label("Internal note", exact=True).last.is_visible()
    assert not page.locator("#t-out").is_visible()
    page.get_by_role("link", name="Update resident").click()
    assert page.locator("#t-out").is_visible()
    page.locator("#t-ready").select_option(label="Thank you")
    assert page.locator("#t-out").input_value().startswith("Dear Hana, thank you")
    page.get_by_role("button", name="Send to Hana").click()

    page.get_by_role("status").filter(has_text="The homeowner was told.").wait_for()
    assert Message.objects.get().words.startswith("Dear Hana, thank you")


def test_everything_works_without_a_script(scriptless, world, a_case):
    case = a_case()
    page = scriptless(world.amira)
    page.goto(f"/cases/{case.reference}/")

    page.locator("label[for=lane-out]").click()
    page.locator("#t-out").fill("Dear Hana, we come soon.")
    page.get_by_role("button", name="As Hana sees it").click()
    assert page.get_by_role("article", name="E-mail to: Homeowner").get_by_text("Dear Hana, we come soon.").is_visible()
    page.get_by_role("button", name="Confirm, send 1 e-mail").click()
    assert page.locator("#story").get_by_text("Dear Hana, we come soon.").is_visible()
    page.get_by_text("More", exact=True).click()
    page.get_by_role("link", name="Put on hold").click()
    page.get_by_label("The homeowner reads: paused because").select_option("material")
    page.get_by_label("Until").fill((timezone.now() + timedelta(days=4)).date().isoformat())
    page.get_by_role("button", name="Put on hold").click()

    assert fresh(case).is_paused


def test_the_pages_read_well_at_every_width(browser_as, axe, world, a_case):
    case = a_case(Status.TO_CHECK, photos=1)
    talk.reply(case, words="Thank you", by=world.actor("hana"), at=timezone.now())
    page = browser_as(world.amira)
    for part in ("", "moves/ask-sign-off/", "moves/close-other/", "edit/", "files/", "messages/?kind=update", "calls/"):
        for width, is_read in looks(page, WIDTHS):
            page.goto(f"/cases/{case.reference}/{part}")

            assert fits(page), (part, width)
            assert not is_read or axe(page) == [], (part, width)


@pytest.mark.parametrize("status", [Status.WITH_CONTRACTOR, Status.TO_CHECK])
def test_a_long_name_of_a_contractor_pushes_nothing_off_the_page(browser_as, world, a_case, status):
    type(world.company).objects.filter(pk=world.company.pk).update(short_name="Lim Brothers and Daughters")
    case = a_case(status, photos=1)
    page = browser_as(world.amira)
    for width in (1280, 1440, 1600):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(f"/cases/{case.reference}/")
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, width
        panel, more = page.locator(".actions").bounding_box(), page.locator(".actions .menu summary").bounding_box()
        assert more["x"] + more["width"] <= panel["x"] + panel["width"], width
