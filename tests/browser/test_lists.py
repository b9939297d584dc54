"""The company's pages in a browser: looked at whole, by axe and by eye; and without scripts."""

import pytest
from django.utils import timezone

from tests.factories.lists import make_list
from tests.portal.contractor.conftest import link_of

pytestmark = pytest.mark.django_db(transaction=True)

PAGES = ["", "WO-1/done/", "WO-1/date/", "WO-1/not-ours/", "date/?home=A-12-3", "sheet/", "paper/"]


@pytest.fixture
def link(lived_in):
    at = timezone.now()
    made = make_list(
        world=lived_in, count=3, at=at, reported_at=at, photos=1, access="Ring first, the baby sleeps until 10:00."
    )
    return link_of(made)


@pytest.mark.parametrize("width", [320, 390, 1440])
def test_no_page_of_the_list_is_at_fault(walker, axe, link, width, site):
    person = walker((width, 900))
    faults = []
    for theme in ("light", "dark"):
        person.page.context.add_cookies([{"name": "theme", "value": theme, "url": site}])
        for path in PAGES:
            person.page.goto(f"{link}{path}")
            faults += [f"{theme} {width} {path}: {fault}" for fault in axe(person.page)]
            wide = person.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
            faults += [f"{theme} {width} {path}: scrolls sideways"] if wide else []
    assert faults == []


def test_accepting_all_takes_two_taps_without_scripts(walker, link):
    person = walker((390, 844), runs_scripts=False)
    person.page.goto(link)
    person.page.get_by_role("button", name="Accept all 3 new").click()
    assert "3 items accepted" in person.page.content()
