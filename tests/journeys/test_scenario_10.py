"""Domain scenario 10: the contractor's period is over, the home's is not: repaired at the developer's cost."""

from datetime import UTC, date, datetime

import pytest

from cases.models import Case
from contractors.models import Appointment
from tests.factories import contractors
from tests.journeys.acting import describe, send
from tests.mails import text_of
from works.models import WorkOrder

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 9, 1, 2, 0, tzinfo=UTC)
ENDED = date(2025, 5, 1)
LEAK = {"room": "Master bathroom", "part": "Ceiling", "kind": "Water is leaking", "words": "Water drips at night."}
OF_OURS = ("budget", "cost", "Lim", "contractor's period", "upstream")


@pytest.fixture
def otto(world):
    """A direct contractor; Lim's twelve months from practical completion are over."""
    Appointment.objects.filter(company=world.company).update(liability_starts_on=ENDED, liability_months=12)
    return contractors.otto(development=world.development)


@pytest.fixture
def case(world, otto, clock, sign_in, post_office):
    clock(NOW)
    send(describe(sign_in(world.hana.user), **LEAK))
    post_office.run()
    return Case.objects.get()


@pytest.fixture
def sent(case, world, otto, sign_in, post_office):
    """Amira accepts it and sends it to the direct contractor under a budget code."""
    amira = sign_in(world.amira).open(f"/cases/{case.reference}/moves/accept-and-send/")
    amira.press("Confirm", company=str(otto.company.pk), budget_code="AC-2041")
    post_office.run()
    return amira


def test_the_officer_reads_that_the_home_is_covered_and_the_contractor_is_not(case, world, sign_in):
    page = sign_in(world.amira).open(f"/cases/{case.reference}/").words
    assert "Covered" in page
    duty = page[page.index("The contractor's own duty") :]
    assert "Cover ended" in duty
    assert "own period ended on Fri 1 May 2026: developer's cost." in duty


def test_the_case_proceeds_and_the_budget_code_stands_on_the_work_order(sent, case, otto):
    order = WorkOrder.objects.get(case=case)
    assert (order.company, order.budget_code) == (otto.company, "AC-2041")
    assert "Budget codeAC-2041" in sent.open(f"/cases/{case.reference}/").words
    rows = sent.client.get("/work-orders/export/csv/")
    assert "AC-2041" in b"".join(rows).decode()


def test_the_homeowner_reads_what_everybody_reads(sent, case, world, sign_in, post_office):
    home = sign_in(world.hana.user).open(f"/portal/cases/{case.reference}/")
    told = text_of(post_office.to(world.hana, case.title))
    assert [fact for fact in OF_OURS for page in (home.words, told) if fact.lower() in page.lower()] == []


def test_the_contractor_reads_no_budget_code_and_no_figure_of_gaps_exists(sent, otto, world, post_office, sign_in):
    assert "AC-2041" not in text_of(post_office.to("otto@demo.example"))
    assert "AC-2041" not in sign_in(otto.user).open("/jobs/").html
    assert "gap" not in sign_in(world.mo).open("/dashboard/").words.lower()
