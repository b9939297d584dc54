"""The import pages in a real browser: readable by everybody on a phone and at a desk, and without JavaScript."""

import os
from pathlib import Path

import pytest
from django.utils import timezone

from accounts import sessions
from defects_portal.imports import work
from defects_portal.models import ImportRun
from tests import samples
from tests.factories import accounts, homeowners, units
from units.models import Unit

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]

LOOKS = [(390, "dark"), (1440, "light")]


@pytest.fixture
def look(axe):
    """`look(page, name)`: notes what is wrong with the page as it stands."""
    faults = {}

    def note(page, name):
        width = page.viewport_size["width"]
        faults[name] = axe(page)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            faults[name].append("scrolls sideways")
        if os.environ.get("SHOTS"):
            page.screenshot(path=Path(os.environ["SHOTS"]) / f"{name}-{width}.png", full_page=True)

    yield note
    assert faults == {name: [] for name in faults}


@pytest.fixture
def ada(client_for):
    user = accounts.ada()
    krm = units.make_development(code="KRM", name="Kerinci Residences")
    home = units.make_unit(development=krm, number="A-12-10")
    homeowners.make_tenure(unit=home, homeowner=homeowners.make_homeowner(name="Farid Omar"))
    return user


def prove(page, client_for, user, settings):
    """Signed in, and asked a moment ago."""
    client = client_for(user)
    session = client.session
    sessions.prove(session, at=timezone.now())
    session.save()
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": settings.BASE_URL}])


def send(page):
    page.goto("/settings/import/")
    page.get_by_label("File", exact=True).set_input_files(samples.path("handover-list.csv"))
    page.get_by_role("button", name="Send and look").click()
    page.get_by_role("button", name="Check the file").wait_for()


@pytest.mark.parametrize("width_and_scheme", LOOKS, ids=str)
def test_a_list_goes_in_step_by_step(browser_page, client_for, settings, ada, look, width_and_scheme):
    width, scheme = width_and_scheme
    page = browser_page
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    prove(page, client_for, ada, settings)
    page.goto("/settings/import/")
    look(page, f"import-start-{scheme}")
    send(page)
    look(page, f"import-columns-{scheme}")
    page.get_by_role("button", name="Check the file").click()
    page.get_by_text("Being checked").first.wait_for()
    look(page, f"import-progress-{scheme}")
    run = ImportRun.objects.get()
    work.work(run.pk, clock=timezone.now)
    page.get_by_role("heading", name="Not taken").wait_for()  # the page looks again by itself
    look(page, f"import-checked-{scheme}")
    page.get_by_role("button", name="Import", exact=True).click()
    page.get_by_text("Being entered").first.wait_for()
    work.work(run.pk, clock=timezone.now)
    page.get_by_text("Entered", exact=True).first.wait_for()
    look(page, f"import-done-{scheme}")
    assert Unit.objects.count() == 7


def test_without_scripts(site, new_context, client_for, settings, ada):
    page = new_context(base_url=site, java_script_enabled=False, viewport={"width": 390, "height": 844}).new_page()
    prove(page, client_for, ada, settings)
    send(page)
    page.get_by_role("button", name="Check the file").click()
    work.work(ImportRun.objects.get().pk, clock=timezone.now)
    page.get_by_role("link", name="Look again").click()
    page.get_by_role("button", name="Import", exact=True).click()
    work.work(ImportRun.objects.get().pk, clock=timezone.now)
    page.get_by_role("link", name="Look again").click()
    page.get_by_role("link", name="Rows to mend").wait_for()
    assert Unit.objects.count() == 7
