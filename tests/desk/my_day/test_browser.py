"""Updates due in Chromium: at a phone and a desk, by keyboard, and without any script."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cases import talk, workflow
from cases.models import Case, Message
from tests.factories.cases import a_fault, make_report, make_world
from tests.rig.looks import fits, looks

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DAY = timedelta(days=1)
LONG = "Charlotte Fitzgerald-Pemberton binti Mohd Kamaruzzaman"


@pytest.fixture
def world(defaults, settings):
    settings.ZEAL_ALLOWLIST = [{"model": "*"}]  # ticked rows are really sent for their preview, each on its own
    return make_world()


@pytest.fixture
def due(world):
    """Four cases with Lim whose news is due: of one nothing is new, of one the homeowner wrote, three are late."""
    now = timezone.now()
    world.hana.name = LONG
    world.hana.save()
    make_report(world=world, at=now - 9 * DAY, faults=[a_fault() for _ in range(4)])
    rows = list(Case.objects.for_page().order_by("pk"))
    for case in rows:
        facts = {"company_id": world.company.pk, "due_at": (now + 9 * DAY).isoformat()}
        by = world.actor("amira")
        workflow.move(case, "accept-and-send", by=by, at=now - 8 * DAY, seen_version=case.version, **facts)
    talk.update(rows[1], words="Lim called me, all goes well.", by=world.actor("amira"), at=now - 7 * DAY)
    talk.reply(rows[2], words="Please ring my mother.", by=world.actor("hana"), at=now - 6 * DAY)
    Case.objects.update(update_due_at=now - 3 * DAY)
    Case.objects.filter(pk=rows[0].pk).update(update_due_at=now)
    return [case.reference for case in rows]


def test_rows_form_and_mails_fit_and_can_be_read(browser_as, world, due, axe):
    page = browser_as(world.amira)
    for width, is_read in looks(page, (320, 390, 768, 1440)):
        for address in ("/my-day/", "/my-day/updates/"):
            page.goto(address)
            page.locator(".upd summary").first.click()
            assert fits(page), (width, address)
            assert not is_read or axe(page) == [], (width, address)
        page.get_by_role("button", name="Send 2 ticked").click()
        page.get_by_role("button", name="Confirm, send").wait_for()
        assert fits(page), width
        assert not is_read or axe(page) == [], width


@pytest.mark.parametrize("act", ["update", "assign", "date"])
def test_the_acts_of_ticked_rows_fit_and_can_be_read(browser_as, world, due, axe, act):
    page = browser_as(world.amira)
    for width in (390, 1440):
        page.set_viewport_size({"width": width, "height": 844})
        page.goto(f"/cases/ticked/{act}/?case={due[0]}&case={due[1]}")
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, width
        assert axe(page) == [], width


def test_sentences_are_changed_ticked_and_sent_from_the_keyboard(browser_as, world, due):
    page = browser_as(world.amira)
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto("/my-day/updates/")
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.get_by_role("button", name="Send 3 ticked").wait_for()
    page.keyboard.press("x")
    page.get_by_role("button", name="Send 2 ticked").wait_for()
    edit = page.locator(f"#u-{due[0]} summary")
    edit.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Control+A")
    page.keyboard.type("Lim has the parts and comes next week.")
    page.get_by_role("button", name="Send 2 ticked").press("Enter")
    page.get_by_role("button", name="Confirm, send 1 e-mail").press("Enter")

    page.get_by_text("2 homeowner updates sent.").wait_for()
    assert Message.objects.filter(words="Lim has the parts and comes next week.").count() == 1


def test_updates_are_sent_from_my_day_without_a_script(new_context, site, client_for, world, due, settings):
    context = new_context(base_url=site, java_script_enabled=False, viewport={"width": 390, "height": 844})
    cookie = client_for(world.amira).cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie.value, "url": site}])
    page = context.new_page()
    page.goto("/my-day/")
    page.locator(f"#u-{due[1]} input[type=checkbox]").check()
    page.get_by_role("button", name="Send 2 ticked").click()
    page.get_by_role("button", name="Confirm, send").click()

    assert page.get_by_text("3 homeowner updates sent.").is_visible()
    assert page.locator(".upd").count() == 1, "the one with a reply stays"
