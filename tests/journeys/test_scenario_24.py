"""Domain scenario 24: the same leak returns five weeks after it was signed for."""

from datetime import UTC, datetime, timedelta

import pytest

from cases.choices import Status
from cases.models import Case
from tests.factories.cases import fresh
from tests.factories.documents import jpeg, sent
from tests.journeys.repairs import repairs

pytestmark = pytest.mark.django_db
DONE = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
BACK = DONE + timedelta(days=35)


@pytest.fixture
def back(world, clock, sign_in, post_office):
    """Hana signed, and says five weeks later that it came back, with a picture."""
    clock(DONE)
    (case,) = repairs(world, 1, at=DONE - timedelta(hours=1))
    Case.objects.filter(pk=case.pk).update(priority_id="P3", cover_ends_on=(BACK + timedelta(days=90)).date())
    hana = sign_in(world.hana.user).open("/portal/sign/")
    hana.press("Sign and send")
    clock(BACK)
    hana = sign_in(world.hana.user).open(f"/portal/cases/{case.reference}/").follow("It came back")
    hana.press("Send", words="The crack opened again.", files={"photos": [sent(jpeg(comment=b"again"), "again.jpg")]})
    post_office.run()
    return case


def test_it_is_cycle_two_with_its_first_date_and_the_new_picture(back):
    case = fresh(back)
    assert (case.status, case.cycle, case.received_at) == (Status.IN_REVIEW, 2, back.received_at)
    assert case.attachments.filter(cycle=2, role="before").count() == 1
    reopened = case.events.get(move="reopen")
    assert reopened.evidence["closed_by"] == case.events.get(move="confirm").pk


def test_the_officer_is_offered_the_same_contractor_and_a_higher_priority(back, world, sign_in):
    amira = sign_in(world.amira).open(f"/cases/{back.reference}/moves/accept-and-send/")
    assert "It came back: raise the priority from P3 to P2" in amira.words
    amira.press("Confirm, send 2 e-mails")
    case = fresh(back)
    assert (case.status, case.priority_id, case.work_company) == ("with-contractor", "P2", world.company)
