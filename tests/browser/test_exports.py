"""Taking a list away in Chromium: the menu by keyboard and without script, the file, and the print-out as a PDF."""

from datetime import timedelta

import pypdfium2
import pytest
from django.test import Client
from django.utils import timezone

from accounts import sessions
from tests.factories import homeowners, units
from tests.factories.cases import make_case, make_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world(defaults):
    world = make_world()
    make_case(world=world, at=timezone.now() - timedelta(days=1))
    return world


def cookie_of(user, settings, *, is_fresh=True):
    client = Client()
    client.force_login(user)
    session = client.session
    if is_fresh:
        sessions.prove(session, at=timezone.now())
        session.save()
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    return {"name": settings.SESSION_COOKIE_NAME, "value": value, "url": settings.BASE_URL}


@pytest.fixture
def as_manager(browser_page, world, settings):
    browser_page.context.add_cookies([cookie_of(world.mo, settings)])
    return browser_page


def test_the_menu_opens_and_takes_the_file_by_keyboard(as_manager):
    page = as_manager
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto("/cases/?mine=all")
    page.locator(".export > summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')").startswith("/cases/export/xlsx/?mine=all")

    with page.expect_download() as taken:
        page.keyboard.press("Enter")

    assert taken.value.suggested_filename.startswith("cases-")
    assert taken.value.suggested_filename.endswith(".xlsx")


def test_without_script_and_proof_the_way_leads_over_the_password(new_context, site, world, settings):
    from tests.factories.accounts import PASSWORD

    page = new_context(base_url=site, java_script_enabled=False).new_page()
    page.context.add_cookies([cookie_of(world.mo, settings, is_fresh=False)])
    page.goto("/homeowners/?q=hana")
    page.locator(".export > summary").click()
    page.get_by_role("link", name="CSV").click()
    page.get_by_label("Password").fill(PASSWORD)
    page.locator("main form button[type=submit]").click()
    assert page.url.endswith("/homeowners/export/?q=hana")

    with page.expect_download() as taken:
        page.get_by_role("link", name="CSV").click()

    text = taken.value.path().read_text(encoding="utf-8-sig")
    assert "Hana Yusof" in text
    assert "Noor" not in text


PAGES = [
    "/cases/?mine=all",
    "/cases/export/?mine=all",
    "/cases/export/print/?mine=all",
    "/reports/",
    "/reports/defect-status/",
    "/reports/incomplete-records/",
    "/homeowners/",
]


@pytest.mark.parametrize("width", [320, 1280])
def test_pages_can_be_read_and_nothing_scrolls_sideways(as_manager, axe, width):
    as_manager.set_viewport_size({"width": width, "height": 900})
    for address in PAGES:
        as_manager.goto(address)
        if as_manager.locator(".export > summary").count():
            as_manager.locator(".export > summary").click()
        assert axe(as_manager) == [], address
        assert as_manager.evaluate("document.documentElement.scrollWidth") <= width, address


def printed(page, path):
    page.pdf(path=path, prefer_css_page_size=True, print_background=False)
    return pypdfium2.PdfDocument(path)


def words_of(document):
    """The letters of each page without the blanks, which are guessed from their places."""
    return ["".join(page.get_textpage().get_text_range().split()) for page in document]


def test_a_long_list_prints_its_heading_and_number_on_each_page(as_manager, world, tmp_path):
    for number in range(120):
        unit = units.make_unit(development=world.development, number=f"B-{number:03}")
        homeowners.make_tenure(unit=unit, homeowner=homeowners.make_homeowner(name=f"Person {number:03}"))
    as_manager.goto("/homeowners/export/print/")

    pages = words_of(printed(as_manager, tmp_path / "list.pdf"))

    assert len(pages) > 2
    for number, words in enumerate(pages, start=1):
        assert "E-mail" in words
        assert "Print" not in words
        assert f"{number}/{len(pages)}" in words
    assert "Person119" in "".join(pages)


CHROME = ["Signout", "Skiptocontent", "Export", "Allfilters", "Workthrough", "Addpictures"]


@pytest.mark.parametrize(
    "address",
    [
        "/cases/?mine=all",
        "/cases/KRM-1/",
        "/my-day/",
        "/units/",
        "/inspections/",
        "/decisions/",
        "/intake/?state=all",
        "/reports/defect-status/",
    ],
)
def test_every_page_prints_without_the_desk_around_it(as_manager, tmp_path, address):
    as_manager.goto(address)

    words = "".join(words_of(printed(as_manager, tmp_path / "page.pdf")))

    assert "".join(as_manager.locator("h1").inner_text().split()) in words
    assert [word for word in CHROME if word in words] == []
    assert "1/" in words
