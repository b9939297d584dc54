"""Pictures of every page with the demonstration's people, to be held beside the mockups. Asked for by name:

    SCREENSHOTS=folder python -m pytest tests/browser/screens.py

Writes `<page>-<width>-<theme>.png`; a page that answers with an error fails.
"""

import os
from pathlib import Path
from random import Random

import pytest
from django.utils import timezone

from accounts import links
from accounts.models import User
from cases.choices import Status
from cases.links import ACTION, LIVES, PATHS, PHOTOS
from cases.models import Case, DecisionRequest, Report
from defects_portal.demo import show
from documents import renditions
from homeowners.models import Tenure
from inspections.models import Visit
from outbox.models import OutgoingMail
from units import report_links

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


def all_pages():
    """The addresses by who opens them; each leads to a row that shows much."""
    return {
        "amira@demo.example": desk_pages() | register_pages(),
        "mo@demo.example": manager_pages(),
        "ada@demo.example": {"settings": "/settings/", "account": "/account/"},
        "hana@demo.example": portal_pages(),
        "lim@demo.example": {"jobs": "/jobs/"},
        "": open_pages(),
    }


def case(status):
    """The newest case of the demonstration's first development in this state."""
    return Case.objects.filter(development__code="KRM", status=status).order_by("-pk").first()


def desk_pages():
    new, checked, closed = case(Status.NEW), case(Status.TO_CHECK), case(Status.CLOSED_COMPLETE)
    long = Report.objects.filter(items__case__status=Status.NEW, development__code="KRM").order_by("-pk").first()
    caller = Tenure.objects.filter(homeowner__email="hana@demo.example").first()
    return {
        "my-day": "/my-day/",
        "table": "/cases/",
        "table-all": "/cases/?mine=all",
        "find": "/find/?q=hana",
        "case-new": f"/cases/{new.reference}/",
        "case-to-check": f"/cases/{checked.reference}/",
        "case-closed": f"/cases/{closed.reference}/",
        "confirm-send": f"/cases/{new.reference}/moves/accept-and-send/",
        "confirm-refusal": f"/cases/{new.reference}/moves/close-out-of-scope/",
        "edit": f"/cases/{new.reference}/edit/",
        "files": f"/cases/{checked.reference}/files/",
        "update": f"/cases/{new.reference}/messages/?kind=update",
        "call": "/cases/log/",
        "call-known": f"/cases/log/?who={caller.pk}",
        "intake": "/intake/",
        "report": f"/intake/{long.reference}/",
        "triage": f"/cases/triage/{long.reference}/",
        "outgoing": "/outgoing/",
        "mail": f"/outgoing/{OutgoingMail.objects.filter(kind='receipt').first().pk}/",
    }


def register_pages():
    home = Tenure.objects.get(homeowner__email="hana@demo.example", unit__number="A-12-3")
    return {
        "visits": "/inspections/",
        "visit": f"/inspections/{Visit.objects.first().reference}/",
        "units": "/units/",
        "unit": f"/units/{home.unit.development.code}/{home.unit.number}/",
        "homeowners": "/homeowners/",
        "homeowner": f"/homeowners/{home.homeowner.public_id}/",
        "contractors": "/contractors/",
    }


def manager_pages():
    asked = DecisionRequest.objects.filter(state="waiting").first()
    return {
        "my-day-manager": "/my-day/",
        "decisions": "/decisions/",
        "decision": f"/decisions/{asked.public_id}/",
    }


def portal_pages():
    mine = Case.objects.filter(report_item__report__reporter__email="hana@demo.example", is_visible=True)
    asked = mine.filter(status=Status.AWAITING_HOMEOWNER).first()
    closed = mine.filter(status__startswith="closed").first()
    found = {
        "portal-home": "/portal/",
        "portal-report-1": "/portal/report/",
        "portal-cases": "/portal/cases/",
        "portal-visits": "/portal/visits/",
        "portal-receipt": f"/portal/reports/{mine.first().report_item.report.reference}/",
    }
    found |= {f"portal-case-{row.status}": f"/portal/cases/{row.reference}/" for row in mine}
    if asked:
        found["portal-confirm"] = f"/portal/cases/{asked.reference}/answer/"
    if closed:
        found["portal-again"] = f"/portal/cases/{closed.reference}/again/"
    return found


def open_pages():
    home = Tenure.objects.filter(homeowner__email="hana@demo.example").first().unit
    return {
        "sign-in": "/sign-in/",
        "link-report": f"/report/{report_links.token(home)}/",
        "emergency": "/emergency/",
        "guidance": "/portal/guidance/",
    } | link_pages()


def link_pages():
    """What opens behind the links of a mail."""
    asked, refused = case(Status.AWAITING_HOMEOWNER), case(Status.CLOSED_OUT_OF_SCOPE)
    rows = {
        "link-yes": (ACTION, asked, "confirm"),
        "link-no": (ACTION, asked, "not-right"),
        "link-disagree": (ACTION, refused, "reopen"),
        "link-photos": (PHOTOS, asked, "photos"),
    }
    return {name: link_address(*row) for name, row in rows.items()}


def link_address(purpose, row, action):
    at = timezone.now()
    owner = Tenure.objects.filter(unit=row.unit, role="owner", until_on=None).first().homeowner
    facts = {"homeowner": owner.pk, "case": row.pk, "action": action, "name": owner.name}
    subject = f"homeowner:{owner.pk}"
    expires = at + LIVES[purpose]
    raw = links.mint(
        purpose, subject=subject, audience=owner.email, expires_at=expires, single_use=False, at=at, facts=facts
    )
    return f"{PATHS[purpose]}{raw}/"


def report_steps(page):
    """Steps 2 and 3 of a report that is being written, by tapping there."""
    page.goto("/portal/report/")
    tap(page, "Master bathroom")
    tap(page, "Ceiling")
    tap(page, "Water is leaking")
    page.get_by_role("heading", name="Do this now").first.wait_for()
    page.fill("[name=words]", "A drop falls from the ceiling after rain.")
    step_2 = page.url
    tap(page, "Next")
    page.get_by_role("heading", name="Is this everything?").wait_for()
    return {"portal-report-2": step_2, "portal-report-3": page.url}


def tap(page, name):
    page.get_by_role("button", name=name, exact=True).locator("visible=true").last.click()


def take(page, name, address):
    """One page in all widths and both themes."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        for theme in THEMES:
            page.emulate_media(color_scheme=theme)
            answer = page.goto(address, wait_until="networkidle")
            assert answer.ok, (address, answer.status)
            page.screenshot(path=Path(FOLDER) / f"{name}-{width}-{theme}.png", full_page=True)
