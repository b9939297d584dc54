"""The report in Chromium: few taps, with and without a script, by keyboard, on a bad line; nothing typed is lost."""

import io

import pytest
from PIL import Image
from playwright.sync_api import expect

from cases.models import Attachment, Case, DraftItem, DraftPhoto, Report
from documents import renditions
from documents.models import StoredFile
from tests.factories import cases as make
from tests.factories import documents
from tests.rig.looks import fits, looks
from units import report_links

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WORDS = "A drop falls from the ceiling after rain."
SIZES = [(390, 844), (1440, 900)]


@pytest.fixture
def world(defaults):
    return make.make_world()


@pytest.fixture
def link(world):
    return f"/report/{report_links.token(world.unit)}/"


@pytest.fixture
def scriptless(new_context, site, client_for, settings):
    """`scriptless(user)`: a page of a browser that runs no script."""

    def sign_in(user=None, size=SIZES[0]):
        viewport = {"width": size[0], "height": size[1]}
        context = new_context(base_url=site, viewport=viewport, java_script_enabled=False)
        if user:
            value = client_for(user).cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": site}])
        page = context.new_page()
        page.set_default_timeout(30_000)
        return page

    return sign_in


class Taps:
    """Counts what the hand does; typing aside."""

    def __init__(self, page):
        self.page = page
        self.count = 0

    def open(self, address):
        self.page.goto(address)
        self.count += 1

    def button(self, name):
        self.page.get_by_role("button", name=name, exact=True).locator("visible=true").last.click()
        self.count += 1

    def photos(self, *files):
        """Two taps: the camera tile, and "Done" in the telephone's own picker."""
        self.page.set_input_files("input[type=file]", list(files))
        self.count += 2


def photo(name="ceiling.jpg", content=None, mime="image/jpeg"):
    return {"name": name, "mimeType": mime, "buffer": content or documents.jpeg()}


def three():
    close = documents.jpeg(size=(600, 500))
    lying = documents.heic(orientation=6, gps=documents.KLANG)
    return [photo(), photo("close.jpg", close), photo("IMG_3.HEIC", lying, "image/heic")]


def to_leak(page, start="/portal/report/"):
    """Step 2 with a leak of the ceiling chosen."""
    taps = Taps(page)
    taps.open(start)
    taps.button("Master bathroom")
    taps.button("Ceiling")
    taps.button("Water is leaking")
    page.get_by_role("heading", name="Do this now").first.wait_for()
    return taps


@pytest.mark.parametrize("size", SIZES, ids=lambda size: str(size[0]))
def test_eight_taps_from_the_link_to_a_sent_report_with_three_photos(browser_as, world, size):
    page = browser_as(world.hana.user)
    page.set_viewport_size({"width": size[0], "height": size[1]})
    taps = to_leak(page)
    taps.photos(*three())
    page.locator(".shot .ok").nth(2).wait_for()
    page.fill("[name=words]", WORDS)
    taps.button("Next")
    page.get_by_role("heading", name="Is this everything?").wait_for()
    taps.button("Send report")
    page.get_by_role("heading", name="We have your report").wait_for()

    assert taps.count <= 8
    report = Report.objects.get()
    assert page.get_by_text(report.reference, exact=True).is_visible()
    assert report.items.get().words == WORDS
    assert Attachment.objects.filter(report_item__report=report).count() == 3


@pytest.mark.parametrize("size", SIZES, ids=lambda size: str(size[0]))
def test_no_script_and_no_tap_more(scriptless, world, size):
    page = scriptless(world.hana.user, size)
    taps = to_leak(page)
    taps.photos(*three())
    page.fill("[name=words]", WORDS)
    taps.button("Next")
    taps.button("Send report")
    page.get_by_role("heading", name="We have your report").wait_for()

    assert taps.count <= 8
    assert Attachment.objects.filter(report_item__report=Report.objects.get()).count() == 3


def test_a_stranger_reports_by_the_link_without_a_script(scriptless, link):
    page = scriptless()
    taps = to_leak(page, link)
    taps.photos(photo())
    taps.button("Next")
    taps.button("Send report")
    expect(page.get_by_role("alert")).to_contain_text("Tell us your name.")
    page.fill("[name=reporter_name]", "Tom Lee")
    page.fill("[name=reporter_phone]", "012-345 6780")
    page.get_by_text("I rent this home").click()
    taps.button("Send report")
    page.get_by_role("heading", name="We have your report").wait_for()

    report = Report.objects.get()
    assert (report.is_verified, report.claimed_role) == (False, "tenant")
    assert Attachment.objects.filter(report_item__report=report).count() == 1


def test_by_keyboard_alone(browser_as, world):
    page = browser_as(world.hana.user)
    page.goto("/portal/report/")
    tab_to(page, "Kitchen")
    page.keyboard.press("Enter")
    page.wait_for_url("**/1/")
    tab_to(page, "Sink or tap")
    page.keyboard.press("Enter")
    page.locator("#kinds:focus").wait_for()
    tab_to(page, "Loose or wobbly")
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Loose or wobbly")).to_have_attribute("aria-pressed", "true")
    page.wait_for_load_state("networkidle")
    assert focused(page) == "Loose or wobbly"
    tab_to(page, "Next")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Is this everything?").wait_for()
    tab_to(page, "Mornings", key="value", value="mornings")
    page.keyboard.press("Space")
    tab_to(page, "Send report")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="We have your report").wait_for()

    assert Report.objects.get().access_wishes == "Mornings"


def tab_to(page, name, key="", value=""):
    for _ in range(80):
        page.keyboard.press("Tab")
        found = page.evaluate(f"document.activeElement.{key} ?? ''") == value if key else focused(page) == name
        if found and page.evaluate("getComputedStyle(document.activeElement).visibility") == "visible":
            return
    raise AssertionError(f"{name} cannot be reached by keyboard")


def focused(page):
    return page.evaluate("document.activeElement.innerText ?? ''").strip()


def test_enter_beside_the_tiles_goes_on_and_chooses_nothing(browser_as, world):
    page = browser_as(world.hana.user)
    to_leak(page)
    page.get_by_text("Drops", exact=True).click()
    page.locator("[name=q-how-much]:checked").press("Enter")
    page.get_by_role("heading", name="Is this everything?").wait_for()

    item = DraftItem.objects.get()
    assert (item.element_tile, item.defect_type_id, item.answers) == ("ceiling", "LEAK", {"how-much": "drops"})


def test_what_follows_from_a_choice_appears_without_leaving_the_page(browser_as, world):
    page = browser_as(world.hana.user)
    page.goto("/portal/report/")
    Taps(page).button("Master bathroom")
    page.fill("[name=words]", "Not yet saved")
    page.set_input_files("input[type=file]", photo())
    page.locator(".shot .ok").wait_for()
    page.evaluate("window.sameVisit = true")
    Taps(page).button("Ceiling")
    Taps(page).button("Water is leaking")
    page.get_by_role("heading", name="Do this now").first.wait_for()
    page.get_by_text("Yes", exact=True).first.click()
    page.get_by_role("heading", name="This may be dangerous: call us now").wait_for()

    assert page.evaluate("window.sameVisit")
    assert page.input_value("[name=words]") == "Not yet saved"
    assert page.locator(".shot .ok").count() == 1
    assert page.locator("[name=q-near-power]:checked").count() == 1


def test_the_draft_is_there_after_a_reload_and_after_signing_out(browser_as, world):
    page = browser_as(world.hana.user)
    to_leak(page)
    with page.expect_response("**/save/"):
        page.locator("[name=words]").press_sequentially(WORDS)
    page.set_input_files("input[type=file]", photo())
    page.locator(".shot .ok").wait_for()
    page.wait_for_load_state("networkidle")
    page.reload()
    assert page.input_value("[name=words]") == WORDS
    assert page.locator(".shot .ok").count() == 1

    page = browser_as(world.hana.user)
    page.goto("/portal/report/")
    page.get_by_role("link", name="Go on with it").click()
    expect(page.get_by_text(WORDS)).to_be_visible()
    expect(page.get_by_text("1 photo", exact=True)).to_be_visible()


def test_a_session_that_ended_while_typing_costs_nothing(browser_as, world, client_for, settings):
    page = browser_as(world.hana.user)
    to_leak(page)
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.fill("[name=words]", WORDS)
    Taps(page).button("Next")
    page.wait_for_url("**/sign-in/**")

    value = client_for(world.hana.user).cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": settings.BASE_URL}])
    page.goto(page.url.partition("next=")[2])
    assert page.input_value("[name=words]") == WORDS


def test_a_photo_that_failed_is_tried_again(browser_as, world):
    page = browser_as(world.hana.user)
    to_leak(page)
    page.route("**/photos/", lambda route: route.abort())
    page.set_input_files("input[type=file]", photo())
    page.get_by_text("Waiting for signal").wait_for()
    page.unroute("**/photos/")
    page.get_by_role("button", name="Try again: ceiling.jpg").click()
    page.locator(".shot .ok").wait_for()

    assert DraftPhoto.objects.count() == 1


def test_a_tile_tapped_without_a_line_is_kept(browser_as, world):
    page = browser_as(world.hana.user)
    page.goto("/portal/report/")
    Taps(page).button("Master bathroom")
    page.get_by_role("button", name="Ceiling").wait_for()
    page.wait_for_load_state("networkidle")
    page.context.set_offline(True)
    Taps(page).button("Ceiling")
    expect(page.get_by_role("button", name="Ceiling")).to_have_attribute("aria-pressed", "true")
    page.context.set_offline(False)

    page.get_by_role("heading", name="What do you see?").wait_for()
    assert DraftItem.objects.get().element_tile == "ceiling"


def test_a_removed_photo_stays_removed(browser_as, world):
    page = browser_as(world.hana.user)
    to_leak(page)
    page.set_input_files("input[type=file]", [photo(), photo("close.jpg", documents.jpeg(size=(600, 500)))])
    page.locator(".shot .ok").nth(1).wait_for()
    with page.expect_response("**/save/"):
        page.get_by_role("button", name="Remove ceiling.jpg").click()
    page.wait_for_load_state("networkidle")
    page.reload()

    assert page.locator(".shot .ok").count() == 1
    assert [file.original_name for file in StoredFile.objects.all()] == ["close.jpg"]


def test_a_lying_heic_with_a_place_in_it_is_shown_upright_and_without_the_place(browser_as, world):
    page = browser_as(world.hana.user)
    to_leak(page)
    lying = documents.heic(size=(640, 480), orientation=6, gps=documents.KLANG)
    page.set_input_files("input[type=file]", photo("IMG_3.HEIC", lying, "image/heic"))
    page.locator(".shot .ok").wait_for()
    Taps(page).button("Next")
    page.get_by_role("heading", name="Is this everything?").wait_for()
    upright(page, page.locator(".defect img").get_attribute("src"))
    Taps(page).button("Send report")
    page.get_by_role("heading", name="We have your report").wait_for()

    file = StoredFile.objects.get()
    assert file.gps
    for rendition in file.renditions.all():
        renditions.make(rendition.pk, at=documents.AT)
    upright(page, page.locator(".need img").get_attribute("src"))


def upright(page, address):
    served = page.request.get(address)
    picture = Image.open(io.BytesIO(served.body()))

    assert picture.height > picture.width
    assert not picture.getexif()
    assert b"GPS" not in served.body()


def test_several_defects_in_one_sitting_are_one_report(browser_as, world):
    page = browser_as(world.hana.user)
    to_leak(page)
    Taps(page).button("Next")
    page.get_by_role("link", name="Add another defect").click()
    Taps(page).button("Kitchen")
    expect(page.get_by_text("Master bathroom, ceiling: Water is leaking")).to_be_visible()
    page.fill("[name=words]", "The tap drips all night.")
    Taps(page).button("Next")
    page.get_by_text("2 defects in A-12-3").wait_for()
    Taps(page).button("Send report")
    page.get_by_role("heading", name="Your 2 defects").wait_for()

    assert Case.objects.filter(report_item__report=Report.objects.get()).count() == 2


def test_every_step_can_be_read_and_nothing_scrolls_sideways(browser_as, axe, world, link):
    page = browser_as(world.hana.user)
    page.goto("/portal/report/")
    look(page, axe)
    Taps(page).button("Master bathroom")
    look(page, axe)
    Taps(page).button("Next")
    look(page, axe)
    to_leak(page)
    for summary in page.locator(".more-tiles summary, .guide summary").all():
        summary.click()
    page.set_input_files("input[type=file]", [photo(), photo("bad.jpg", b"no picture")])
    page.locator(".shot .ok").wait_for()
    look(page, axe)
    page.fill("[name=words]", "Unbreakable" * 30)
    Taps(page).button("Next")
    page.get_by_role("heading", name="Is this everything?").wait_for()
    look(page, axe)
    Taps(page).button("Send report")
    page.get_by_role("heading", name="We have your report").wait_for()
    look(page, axe)
    page.goto("/report/ended/")
    look(page, axe)
    page.context.clear_cookies()
    to_leak(page, link)
    Taps(page).button("Next")
    Taps(page).button("Send report")
    look(page, axe)
    page.fill("[name=reporter_name]", "Tom Lee")
    page.fill("[name=reporter_phone]", "012-345 6780")
    Taps(page).button("Send report")
    page.wait_for_url("**/sent/")
    look(page, axe)


def look(page, axe):
    page.wait_for_load_state("networkidle")
    for width, _is_read in looks(page, (320, 1280)):
        assert fits(page), (page.url, width)
        assert axe(page) == [], (page.url, width)
