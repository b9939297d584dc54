"""Pictures of every page with the demonstration's people, to be held beside the mockups. Asked for by name:

    SCREENSHOTS=folder python -m pytest tests/browser/screens.py

Writes `<page>-<width>-<theme>.png`; a page that answers with an error fails.
"""

import os
from pathlib import Path
from random import Random

import pytest
from django.utils import timezone

from accounts.models import User
from defects_portal.demo import show
from documents import renditions
from tests.browser.pages import all_pages, report_steps

FOLDER = os.environ.get("SCREENSHOTS", "")
WIDTHS = (390, 768, 1440)
THEMES = ("light", "dark")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.timeout(3600),
    pytest.mark.skipif(not FOLDER, reason="SCREENSHOTS names no folder"),
]


@pytest.fixture
def demo(db):
    """The demonstration with all its pictures made."""
    at = timezone.now()
    show.make(now=at, random=Random(1))
    while due := renditions.due(at):
        for file_id in due:
            renditions.make(file_id, at=at)


def test_every_page_has_its_picture_taken(demo, browser_as):
    for email, pages in all_pages().items():
        page = browser_as(User.objects.get(email=email) if email else None)
        for name, address in pages.items():
            take(page, name, address)
    report = browser_as(User.objects.get(email="hana@demo.example"))
    for name, address in report_steps(report).items():
        take(report, name, address)


def take(page, name, address):
    """One page in all widths and both themes."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        for theme in THEMES:
            page.emulate_media(color_scheme=theme)
            answer = page.goto(address, wait_until="networkidle")
            assert answer.ok, (address, answer.status)
            page.screenshot(path=Path(FOLDER) / f"{name}-{width}-{theme}.png", full_page=True)
