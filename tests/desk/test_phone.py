"""The call page and the triage sheet in a browser, at a phone's width."""

import pytest

from cases.models import Case
from homeowners.models import Tenure
from tests.factories.cases import a_fault, make_report

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = 390


def test_after_the_caller_is_chosen_the_hands_go_on_at_the_next_field(world, browser_as):
    page = browser_as(world.amira)
    page.goto("/cases/log/?find=Hana")
    assert page.evaluate("document.activeElement.name") == "find"
    page.get_by_role("link", name="Hana Yusof").click()
    page.wait_for_url("**/cases/log/?who=*")
    assert page.evaluate("document.activeElement.name") == "identity"
    page.keyboard.press("Space")
    assert page.get_by_role("checkbox").first.is_checked()
    assert page.get_by_role("link", name="+60 12-345 6789").is_visible()


def test_the_focus_goes_on_without_script_too(world, client_for):
    who = Tenure.objects.get(homeowner=world.hana).pk
    page = client_for(world.amira).get("/cases/log/", {"who": who}).content.decode()
    assert page.count(" autofocus") == 1
    assert 'id="id_identity_0" autofocus' in page


def test_the_sheet_keeps_its_edges_on_a_phone(world, browser_as, axe):
    report = make_report(world=world, faults=[a_fault(kind="STIFF", tile="door") for _ in range(3)])
    page = browser_as(world.amira)
    page.goto(f"/cases/triage/{report.reference}/")
    assert page.locator("tbody tr:has(.t-n)").count() == Case.objects.count() == 3
    assert page.locator("td.t-n:visible").count() == 0
    boxes = [button.bounding_box() for button in page.locator(".dock .btn").all()]
    assert all(box["x"] >= 12 and box["x"] + box["width"] <= PHONE - 12 for box in boxes)
    assert axe(page) == []
