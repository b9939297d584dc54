"""Domain scenario 21: of 11 repairs 9 pass; the homeowner signs them on the officer's phone, 2 go back with reasons."""

from datetime import UTC, datetime, timedelta

import pytest

from cases.choices import Status
from cases.models import SignOff
from tests.factories.cases import fresh
from tests.factories.documents import jpeg, sent
from tests.factories.papers import look_into
from tests.journeys.repairs import repairs, states
from tests.mails import text_of

pytestmark = pytest.mark.django_db
DONE = datetime(2026, 3, 10, 1, 0, tzinfo=UTC)
SIGNED = datetime(2026, 3, 10, 3, 9, tzinfo=UTC)


@pytest.fixture
def signed(world, clock, sign_in, post_office):
    """Eleven repairs to check, signed for by Hana on Amira's phone: two are not right."""
    clock(DONE - timedelta(days=1))
    cases = repairs(world, 11, at=DONE - timedelta(days=1), to="report-done")
    clock(SIGNED)
    page = sign_in(world.amira).open("/cases/sign/KRM-A-12-3/")
    ninth, eleventh = cases[8].reference, cases[10].reference
    typed = {
        f"fixed-{ninth}": None,
        f"words-{ninth}": "The shade differs.",
        f"fixed-{eleventh}": None,
        f"words-{eleventh}": "A ridge is left.",
        "name": "Hana Yusof",
    }
    files = {f"photos-{ninth}": [sent(jpeg(comment=b"shade"), "shade.jpg")]}
    page.press("Sign", files=files, **typed)
    post_office.run()
    return cases, page


def test_only_nine_are_closed_and_two_are_back_with_their_first_dates(signed):
    cases, _page = signed
    assert states(cases).count(Status.CLOSED_COMPLETE) == 9
    for case in (cases[8], cases[10]):
        now = fresh(case)
        assert now.status == Status.WITH_CONTRACTOR
        assert (now.received_at, now.work_due_at) == (case.received_at, case.work_due_at)


def test_each_person_gets_one_mail_with_both_groups(signed, world, post_office):
    cases, _page = signed
    mails = [mail for mail in post_office.server.messages if "hana@demo.example" in mail.envelope_to]
    last = text_of(mails[-1])
    for case in cases:
        assert case.reference in last
    assert "The shade differs." in last
    assert "Completed" in last
    assert "More work needed" in last
    assert "/portal/sign-offs/S-1/" in last


def test_one_pdf_lists_both_groups_for_the_homeowner_too(signed, sign_in, world, post_office):
    from django.utils import timezone

    from documents import papers

    for paper_id in papers.due(timezone.now()):
        papers.make(paper_id, at=timezone.now())
    hana = sign_in(world.hana.user).open("/portal/sign-offs/S-1/")
    assert "9 of 11 accepted" in hana.words
    hana.press("Certificate as PDF")
    for paper_id in papers.due(timezone.now()):
        papers.make(paper_id, at=timezone.now())
    answer = hana.client.get(f"{hana.address.split('?')[0]}file/")
    text = look_into(b"".join(answer.streaming_content) if answer.streaming else answer.content).text
    for words in ("Accepted: 9 repairs", "Not accepted: 2 repairs", "The shade differs.", "Hana Yusof"):
        assert words in text
    assert SignOff.objects.get().list_hash[:8] in text
