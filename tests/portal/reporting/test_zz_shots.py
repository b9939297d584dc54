import pytest
from datetime import date
from tests.factories import units as make_units, homeowners as people
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OUT="/tmp/h-reporting/shots/"
def test_shots(browser_as, world, axe):
    old = make_units.make_unit(development=world.development, number="B-1")
    make_units.hand_over(old, date(2020, 7, 24)); people.make_tenure(unit=old, homeowner=world.hana)
    page = browser_as(world.hana.user)
    page.goto("/portal/report/"); page.screenshot(path=OUT+"homes.png", full_page=True); print(axe(page))
    page.get_by_role("link", name="B-1").click()
    page.get_by_role("button", name="Living room").click()
    page.get_by_role("button", name="Wall").click()
    page.get_by_role("button", name="Paint peels").click()
    page.get_by_role("heading", name="About your cover").wait_for(); page.wait_for_timeout(600)
    page.screenshot(path=OUT+"cover.png", full_page=True); print(axe(page))
    page.get_by_role("button", name="Next").last.click(); page.get_by_role("heading", name="Is this everything?").wait_for()
    page.locator("summary", has_text="Remove").click()
    page.screenshot(path=OUT+"cover3.png", full_page=True); print(axe(page))
