"""Signing as people do it in Chromium: a finger on the canvas, at every width, in both themes, without scripts too."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from cases.choices import Status
from cases.models import Case, SignOff
from documents import renditions
from tests.factories.cases import a_fault as fault
from tests.factories.cases import fresh, make_report, make_world, walk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
AT_HOME = "/cases/sign/KRM-A-12-3/"
WIDTHS = (320, 390, 1440)
FOLDER = os.environ.get("SCREENSHOTS", "")


@pytest.fixture
def world(defaults):
    return make_world()


@pytest.fixture
def cases(world):
    """Two repairs to sign for at the home, and a third that is back with the contractor."""
    at = timezone.now() - timedelta(hours=5)
    rooms = (("MBA", "ceiling", "LEAK"), ("KIT", "tap", "LEAK"), ("LIV", "wall", "CRK-H"))
    faults = [fault(location=room, tile=tile, kind=kind, photos=1) for room, tile, kind in rooms]
    report = make_report(world=world, faults=faults, at=at)
    found = list(Case.objects.filter(report_item__report=report).order_by("pk"))
    for case in found:
        for minutes, step in enumerate(("accept-and-send", "report-done", "ask-sign-off"), start=1):
            walk(fresh(case), step, world=world, at=at + timedelta(minutes=minutes))
    walk(fresh(found[2]), "send-back", world=world, at=at + timedelta(hours=1))
    for file_id in list(renditions.due(timezone.now())):
        renditions.make(file_id, at=timezone.now())
    return [fresh(case) for case in found]


def draw(page):
    """A stroke with a finger, or a mouse."""
    canvas = page.locator("[data-sign-canvas]")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    page.mouse.move(box["x"] + 40, box["y"] + 40)
    page.mouse.down()
    for step in range(1, 12):
        page.mouse.move(box["x"] + 40 + 20 * step, box["y"] + 60 + (30 if step % 2 else -20))
    page.mouse.up()


def looked_at(page, axe, name):
    """No fault of access, nothing wider than the screen, at every width in both themes."""
    faults = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 844})
        for theme in ("light", "dark"):
            page.emulate_media(color_scheme=theme)
            faults += [f"{name} {width} {theme}: {line}" for line in axe(page)]
            wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            if wide > 0:
                faults.append(f"{name} {width} {theme}: {wide} px too wide")
            if FOLDER:
                page.screenshot(path=Path(FOLDER) / f"{name}-{width}-{theme}.png", full_page=True)
    page.set_viewport_size({"width": 390, "height": 844})
    page.emulate_media(color_scheme="light")
    return faults


def test_a_finger_signs_on_our_phone_and_the_image_is_kept(browser_as, world, cases, axe):
    page = browser_as(world.amira)
    page.goto(AT_HOME)
    faults = looked_at(page, axe, "sign-at-home")
    assert page.get_by_role("button", name="Sign for 2 repairs").is_visible()
    page.locator(".sign-item > .sign-tick label").nth(1).click()
    page.locator('textarea[name^="words-"]').nth(1).fill("The tap still drips.")
    draw(page)
    assert page.locator("[data-sign-canvas]").get_attribute("aria-label") == "Signature box, signed"
    faults += looked_at(page, axe, "sign-at-home-exception")
    draw(page)
    page.get_by_role("button", name="Sign for 1 repair").click()
    page.wait_for_url("**/cases/sign-offs/S-1/")
    faults += looked_at(page, axe, "sign-off-desk")
    signoff = SignOff.objects.get()
    assert signoff.signature.width > 100
    assert [fresh(case).status for case in cases] == [
        Status.WITH_CONTRACTOR,
        Status.CLOSED_COMPLETE,
        Status.WITH_CONTRACTOR,
    ]
    assert faults == []


def test_an_empty_box_is_refused_and_the_name_is_enough(browser_as, world, cases):
    page = browser_as(world.amira)
    page.goto(AT_HOME)
    draw(page)
    page.get_by_role("button", name="Clear").click()
    page.get_by_role("button", name="Sign for 2 repairs").click()
    page.get_by_text("Sign in the box, or confirm by name instead.").wait_for()
    page.get_by_role("button", name="Confirm by name instead").click()
    page.wait_for_url("**/cases/sign-offs/S-1/")
    assert SignOff.objects.get().signature is None


def test_the_portal_page_by_keyboard_with_one_exception(browser_as, world, cases, axe):
    page = browser_as(world.hana.user)
    page.goto("/portal/")
    page.get_by_role("link", name="Look at all 2 repairs and answer").click()
    faults = looked_at(page, axe, "portal-sign")
    box = page.locator('input[name^="fixed-"]').nth(1)
    box.focus()
    page.keyboard.press("Space")
    page.get_by_label("Still the same").nth(0).wait_for(state="attached")
    page.locator('textarea[name^="words-"]').nth(1).fill("The tap still drips.")
    faults += looked_at(page, axe, "portal-sign-exception")
    page.get_by_role("button", name="Sign and send").click()
    page.wait_for_url("**/portal/sign-offs/S-1/")
    faults += looked_at(page, axe, "portal-signed")
    page.goto(f"/portal/cases/{cases[0].reference}/")
    faults += looked_at(page, axe, "portal-case-signed")
    page.goto(f"/portal/cases/{cases[2].reference}/damage/")
    faults += looked_at(page, axe, "portal-damage")
    assert faults == []


def test_without_scripts_both_pages_sign(new_context, site, client_for, settings, world, cases):
    context = new_context(base_url=site, viewport={"width": 390, "height": 844}, java_script_enabled=False)
    for user in (world.amira,):
        cookie = client_for(user).cookies[settings.SESSION_COOKIE_NAME]
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie.value, "url": site}])
    page = context.new_page()
    page.goto(AT_HOME)
    assert not page.locator("[data-sign-canvas]").is_visible()
    page.get_by_role("button", name="Sign", exact=True).click()
    page.wait_for_url("**/cases/sign-offs/S-1/")
    assert SignOff.objects.get().lines.count() == 2
