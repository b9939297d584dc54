"""Every page of the demonstration can be read by everybody: no axe fault, no sideways scrolling, nothing blocked.

A page is looked at by day on a desk and by night on the narrowest phone (quality.md 19 and 30).
"""

from random import Random

import pytest
from django.utils import timezone

from accounts.models import User
from defects_portal.demo import show
from tests.browser.pages import all_pages, report_steps
from tests.browser.walking import Walker

LOOKS = (("light", 1280), ("dark", 320))
WHOLE = 6000
"""Pixels: the page as a whole, so that no bar that sticks to the edge covers what a reader would scroll to."""

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(600)]


@pytest.fixture
def demo(db, settings):
    """The demonstration; its pictures wait for a worker."""
    settings.ZEAL_ALLOWLIST = [{"model": "*"}]  # the preview of a visit's end acts for each of its cases, and undoes it
    show.make(now=timezone.now(), random=Random(1))


@pytest.mark.parametrize("is_staff", [True, False], ids=["desk", "outside"])
def test_every_page_can_be_read_by_everybody(demo, browser_as, axe, is_staff):
    for email, pages in all_pages().items():
        user = User.objects.filter(email=email).first()
        if bool(user and user.role in {"officer", "manager", "administrator"}) == is_staff:
            look(browser_as(user), pages, axe)
    if not is_staff:
        page = browser_as(User.objects.get(email="hana@demo.example"))
        look(page, report_steps(page), axe)


def look(page, pages, axe):
    walker = Walker(page, axe)
    for scheme, width in LOOKS:
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": WHOLE})
        for address in pages.values():
            walker.open(address)
    assert walker.complaints == []
