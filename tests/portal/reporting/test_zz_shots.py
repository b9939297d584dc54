import pytest
from tests.portal.reporting.conftest import *
from tests.factories import documents as docs

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OUT = "/tmp/h-reporting/shots/"


def photo(name="ceiling.jpg", content=None):
    return {"name": name, "mimeType": "image/jpeg", "buffer": content or docs.jpeg()}


def test_shots(browser_as, world, axe, link):
    page = browser_as(world.hana.user)

    def shot(name, widths=(390,)):
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            for w in widths:
                page.set_viewport_size({"width": w, "height": 844})
                page.screenshot(path=f"{OUT}{name}-{w}-{scheme}.png", full_page=True)
                bad = axe(page)
                if bad:
                    print(name, w, scheme, bad)
                over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
                if over > 0:
                    print(name, w, "OVERFLOW", over)
        page.set_viewport_size({"width": 390, "height": 844})
        page.emulate_media(color_scheme="light")

    page.goto("/portal/report/")
    shot("1-rooms", (320, 390, 1440))
    page.get_by_role("button", name="Master bathroom").click()
    page.wait_for_load_state()
    shot("2-part")
    page.get_by_role("button", name="Ceiling").click()
    page.get_by_role("button", name="Water is leaking").click()
    page.get_by_role("heading", name="Do this now").wait_for()
    page.set_input_files(
        "input[type=file]", [photo(), photo("close.jpg", docs.jpeg(size=(600, 500))), photo("x.jpg", docs.heic())]
    )
    page.fill(
        "textarea[name=words]",
        "Brown patch on the ceiling above the shower. It was the size of a plate last week, now it is bigger.",
    )
    page.locator(".shot .ok").nth(2).wait_for()
    page.wait_for_timeout(1500)
    shot("2-fault", (320, 390, 768, 1440))
    page.locator("text=Guidance").count()
    page.locator(".guide summary").click()
    page.locator("summary", has_text="More, and dangers").click()
    shot("2-open")
    page.get_by_role("button", name="Next").last.click()
    page.wait_for_url("**/report/*/")
    shot("3-review", (320, 390, 768, 1440))
    page.get_by_role("link", name="Add another defect").click()
    page.wait_for_load_state()
    shot("1-again")
    page.get_by_role("button", name="Kitchen", exact=True).click()
    page.get_by_role("button", name="Next").last.click()
    page.wait_for_load_state()
    shot("2-refused")
    page.fill("textarea[name=words]", "The tap drips all night, also when it is shut hard.")
    page.get_by_role("button", name="Next").last.click()
    page.wait_for_url("**/report/*/")
    page.get_by_text("Mornings").click()
    page.wait_for_timeout(1000)
    shot("3-two")
    page.get_by_role("button", name="Send report").last.click()
    page.wait_for_url("**/reports/**")
    shot("4-receipt", (320, 390, 1440))
    page = browser_as(None)
    page.goto(link)
    shot("l1")
    page.get_by_role("button", name="Kitchen", exact=True).click()
    page.fill("textarea[name=words]", "The tap drips all night, also when it is shut hard.")
    page.get_by_role("button", name="Next").last.click()
    page.wait_for_load_state()
    shot("l3", (390, 768))
    page.get_by_role("button", name="Send report").last.click()
    page.wait_for_load_state()
    shot("l3-refused")
    page.fill("[name=reporter_name]", "Tom")
    page.fill("[name=reporter_phone]", "012-345 6780")
    page.get_by_role("button", name="Send report").last.click()
    page.wait_for_url("**/sent/")
    shot("l4")
    page.goto("/report/nonsense/")
    shot("l-ended")
