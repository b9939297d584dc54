"""A PDF is asked for, made and saved, with and without script."""

import pytest
from django.utils import timezone

from documents import papers
from documents.models import Paper
from tests.browser.walking import AMIRA, HANA
from tests.factories.cases import make_case

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(180)]


@pytest.mark.parametrize("runs_scripts", [True, False], ids=["script", "bare"])
def test_the_home_asks_for_its_record_and_saves_it(walker, post, lived_in, runs_scripts):
    case = make_case(world=lived_in, at=timezone.now())
    post.deliver()
    hana = walker(runs_scripts=runs_scripts)
    hana.open(f"/portal/cases/{case.reference}/")
    hana.sign_in_by_code(post, HANA)
    hana.press("This case as PDF")
    hana.sees("We are making your PDF.")

    assert papers.make(Paper.objects.get().pk, at=timezone.now())

    hana.sees("Your PDF is ready.")
    with hana.page.expect_download() as saved:
        hana.page.get_by_role("link", name="Save the PDF").click()
    assert saved.value.suggested_filename == f"{case.reference} record.pdf"


def test_the_office_finds_the_papers_of_a_case_and_the_cards(walker, lived_in, size):
    case = make_case(world=lived_in, at=timezone.now())
    amira = walker(size)
    amira.open(f"/cases/{case.reference}/pdf/")
    amira.sign_in_by_password(AMIRA)
    amira.sees("Record for the office")
    amira.page.get_by_role("button", name="Make the PDF").first.click()
    amira.sees("We are making your PDF.")
    papers.fail(papers.take(Paper.objects.get().pk, timezone.now()), "paper-too-slow")
    amira.sees("takes longer to make than we allow")
    amira.press("Try again")
    amira.sees("We are making your PDF.")
    amira.open("/units/report-cards/")
    amira.sees("Ten cards a page")
