"""The lists in Chromium: every width and theme, by keyboard, with ticks, and without any script."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cases import talk
from cases.models import Case
from tests.factories.cases import a_fault, make_report, make_world
from tests.factories.outbox import make_failed_mail
from tests.rig.looks import fits, looks

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDTHS = (320, 390, 768, 1440)
LONG = "Charlotte Fitzgerald-Pemberton binti Mohd Kamaruzzaman"


@pytest.fixture
def world(defaults, settings):
    settings.ZEAL_ALLOWLIST = [{"model": "*"}]  # ticked rows are really moved for their preview, each on its own
    return make_world()


@pytest.fixture
def office(world):
    """Hana, with a long name, has three cases, one reply to read, one late; a mail did not arrive."""
    now = timezone.now()
    world.hana.name = LONG
    world.hana.save()
    report = make_report(world=world, at=now - timedelta(days=1), faults=[a_fault() for _ in range(3)])
    rows = list(Case.objects.for_page().filter(report_item__report=report).order_by("pk"))
    talk.reply(rows[1], words="Here is the photo of the hinge. " * 6, by=world.actor("hana"), at=now)
    Case.objects.filter(pk=rows[2].pk).update(update_due_at=now - timedelta(days=4))
    Case.objects.filter(pk=rows[0].pk).update(priority="P1")
    failed = make_failed_mail(about_id=rows[0].pk, about_reference=rows[0].reference, failure="no such mailbox " * 8)
    ticked = "&".join(f"case={case.reference}" for case in rows)
    return {
        "table": "/cases/",
        "search": "/cases/?q=charlotte&mine=all",
        "none": "/cases/?priority=P4",
        "wrong": "/cases/?state=sold",
        "ticked": f"/cases/ticked/?{ticked}",
        "day": "/my-day/",
        "ledger": "/outgoing/",
        "mail": f"/outgoing/{failed.pk}/",
        "first": rows[0].reference,
    }


@pytest.mark.parametrize("name", ["table", "search", "none", "wrong", "ticked", "day", "ledger", "mail"])
def test_every_page_fits_and_can_be_read(browser_as, world, office, axe, name):
    page = browser_as(world.amira)
    for width, is_read in looks(page, WIDTHS):
        page.goto(office[name])

        assert fits(page), width
        assert not is_read or axe(page) == [], width


def test_the_panel_of_all_filters_opens_and_narrows(browser_as, world, office, axe):
    page = browser_as(world.amira)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/cases/")
    page.get_by_role("button", name="All filters").click()
    assert axe(page) == []
    page.locator("#all-filters").get_by_text("P1", exact=False).first.click()
    page.get_by_role("button", name="Show cases").click()

    page.wait_for_url("**/cases/?priority=P1")
    assert page.locator("tbody tr").count() == 1


def test_a_menu_narrows_and_its_chip_takes_it_off_again(browser_as, world, office):
    page = browser_as(world.amira)
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto("/cases/")
    page.locator("summary", has_text="Priority").click()
    page.locator(".pick-list").get_by_label("P1", exact=False).check()
    page.locator("details[open]").get_by_role("button", name="Show").click()
    page.wait_for_url("**/cases/?priority=P1")
    page.get_by_role("link", name="Remove filter: Priority", exact=False).click()

    page.wait_for_url("**/cases/")
    assert page.locator("tbody tr").count() == 3


def test_rows_are_ticked_and_sent_from_the_keyboard(browser_as, world, office):
    page = browser_as(world.amira)
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto("/cases/")
    assert page.get_by_role("button", name="Accept and send").is_hidden()
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.keyboard.press("j")
    page.keyboard.press("x")
    assert page.get_by_text("2 ticked").is_visible()
    page.get_by_role("button", name="Accept and send").press("Enter")
    page.get_by_role("heading", name="Accept and send 2 cases").wait_for()
    page.get_by_role("button", name="Confirm, send").press("Enter")

    page.get_by_text("2 cases sent.").wait_for()
    assert Case.objects.filter(status="with-contractor").count() == 2


def test_a_press_anywhere_on_a_row_opens_its_case(browser_as, world, office):
    page = browser_as(world.amira)
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto("/cases/?priority=P1")
    page.locator("tbody tr .c-age").click(force=True)  # the row's link lies over its cells

    page.wait_for_url(f"**/cases/{office['first']}/")


def test_everything_works_without_a_script(new_context, site, client_for, world, office, settings):
    context = new_context(base_url=site, java_script_enabled=False, viewport={"width": 1440, "height": 900})
    cookie = client_for(world.amira).cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie.value, "url": site}])
    page = context.new_page()
    page.goto("/cases/")
    page.get_by_role("button", name="All filters").click()
    page.get_by_role("button", name="Show cases").click()
    page.get_by_label(f"Tick {office['first']}").check()
    page.get_by_role("button", name="Accept and send").click()
    page.get_by_role("button", name="Confirm, send").click()

    assert page.get_by_text("1 case sent.").is_visible()
