"""The page on site in Chromium: a line that breaks in the middle, a reload, looks and keyboard."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from accounts.models import User
from cases.choices import Status
from inspections.models import Visit, VisitFound, VisitItem, VisitShot, VisitTick
from tests.factories.cases import make_case, make_world
from tests.factories.documents import jpeg
from tests.factories.inspections import by_company, make_visit
from tests.factories.videos import mp4

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HOUR = timedelta(hours=1)
SOON = 20_000


@pytest.fixture
def world(defaults):
    return make_world()


@pytest.fixture
def visit(world, settings):
    settings.ZEAL_ALLOWLIST = [{"model": "*"}]
    at = timezone.now()
    cases = [make_case(world=world, status=Status.WITH_CONTRACTOR, at=at - 72 * HOUR) for _number in range(2)]
    when = {"starts_at": at - HOUR, "ends_at": at + HOUR, "at": at - 2 * HOUR}
    return make_visit(world=world, cases=cases, kind="rectification", invited=[by_company(world)], **when)


@pytest.fixture
def page(browser_as, world, visit):
    page = browser_as(User.objects.get(email="lim@demo.example"))
    page.goto(f"/jobs/visits/{visit.reference}/")
    page.wait_for_selector("[data-onsite].is-live")
    return page


def photo(name="after.jpg"):
    return {"name": name, "mimeType": "image/jpeg", "buffer": jpeg()}


def choose(page, name, *, nth=0):
    page.get_by_text(name, exact=True).nth(nth).click()


def no_posts(route):
    """Pages come, what is sent does not arrive."""
    if route.request.method == "POST":
        route.abort()
    else:
        route.fallback()


def settled(page):
    """Everything has arrived."""
    expect(page.locator("[data-sync]")).to_have_text(re.compile(r"^Saved \d\d:\d\d$"), timeout=SOON)


def stored(page, model):
    """The server has its first row."""
    for _ in range(SOON // 100):
        if model.objects.exists():
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"no {model.__name__} arrived")


def test_what_is_done_without_a_line_survives_a_reload_and_arrives_once_in_order(page, visit):
    page.context.set_offline(True)
    choose(page, "OK")
    choose(page, "Not OK", nth=1)
    choose(page, "Waiting for parts", nth=1)
    page.locator("#c1").set_input_files([photo(), photo("b.jpg")])
    page.locator("details.item-words").nth(1).locator("summary").click()
    page.locator("#t2").fill("Hinge on order")
    page.get_by_label("Hana Yusof").check()
    expect(page.locator("[data-sync]")).to_contain_text("waiting")
    page.wait_for_timeout(1500)
    assert not VisitItem.objects.exists()

    page.route("**/*", no_posts)
    page.context.set_offline(False)
    page.reload()
    page.wait_for_selector("[data-onsite].is-live")
    assert page.locator("#a1-ok").is_checked()
    assert page.locator("#t2").input_value() == "Hinge on order"
    assert page.locator(".shot.is-waiting").count() == 2
    assert page.locator("[data-answered]").inner_text() == "2 of 2 items answered"

    page.unroute("**/*")
    settled(page)
    answers = {row.case_id: (row.answer, row.why, row.words) for row in VisitItem.objects.order_by("made_at", "pk")}
    assert sorted(answers.values()) == [("not-ok", "parts", "Hinge on order"), ("ok", "", "")]
    assert VisitShot.objects.count() == 2
    assert visit.parties.get(kind="homeowner").attended_at
    assert page.locator(".shot.is-waiting").count() == 0


def test_an_answer_that_is_lost_on_its_way_back_counts_once(page):
    sent = []

    def swallow(route):
        sent.append(route.fetch())
        route.abort()

    page.route("**/photo/", swallow, times=3)
    page.locator("#c1").set_input_files([photo()])
    settled(page)
    assert len(sent) == 3
    assert VisitShot.objects.count() == 1


def test_a_refused_act_stays_with_its_reason_until_it_is_thrown_away(page, visit):
    page.locator("#c1").set_input_files([{"name": "bad.jpg", "mimeType": "image/jpeg", "buffer": b"no picture"}])
    page.wait_for_selector(".refused-one")
    assert "bad.jpg" in page.locator(".refused-one").inner_text()
    choose(page, "OK")
    expect(page.locator("[data-sync]")).to_contain_text("not taken")
    stored(page, VisitItem)
    page.reload()
    page.wait_for_selector(".refused-one")
    page.get_by_role("button", name="Throw away").click()
    settled(page)
    assert VisitItem.objects.count() == 1


def test_a_new_defect_and_a_video_and_ticks_arrive(page, visit):
    page.locator("#c1").set_input_files([{"name": "leak.mp4", "mimeType": "video/mp4", "buffer": mp4()}])
    page.locator("#tick .check").first.click()
    settled(page)
    assert VisitTick.objects.get().is_ticked
    assert Visit.objects.with_video().exists()
    page.locator("#found > summary").click()
    page.get_by_label("Room").select_option("MBA")
    page.get_by_label("What is broken?").fill("Loose socket")
    page.get_by_role("button", name="Note this defect").click()
    page.get_by_text("noted, the office has it").wait_for(timeout=SOON)
    assert VisitFound.objects.count() == 1


def test_the_visit_ends_only_when_all_has_arrived(page, visit):
    page.route("**/answer/", lambda route: route.abort(), times=2)
    choose(page, "OK")
    page.get_by_role("link", name="Finish visit").click()
    page.wait_for_selector("[data-onsite].is-live [data-finish]")
    page.get_by_role("button", name="Finish visit").click()
    page.get_by_text("This visit is finished").wait_for(timeout=SOON)
    assert VisitItem.objects.get().answer == "ok"
    assert Visit.objects.get().state == "done"


@pytest.mark.parametrize("width", [320, 390, 1440])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_page_can_be_read_everywhere(page, visit, axe, width, theme, settings):
    page.context.add_cookies([{"name": "theme", "value": theme, "url": settings.BASE_URL}])
    page.set_viewport_size({"width": width, "height": 900})
    choose(page, "Not OK")
    page.locator("#c1").set_input_files([photo()])
    settled(page)
    for address in ("", "finish/"):
        page.goto(f"/jobs/visits/{visit.reference}/{address}")
        for fold in page.locator("details:not(.menu) > summary").all():
            fold.click()
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        assert axe(page) == []


def test_everything_goes_by_keyboard(page):
    page.locator("#a1-ok").focus()
    page.keyboard.press("Space")
    page.locator("#a1-ok").press("ArrowRight")
    settled(page)
    assert VisitItem.objects.order_by("pk").last().answer == "not-ok"
