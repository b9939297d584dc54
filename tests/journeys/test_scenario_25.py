"""Domain scenario 25: the tiler chips the bathtub; the owner says so on the page of the repair."""

from datetime import UTC, datetime

import pytest

from cases.models import Case, CaseCount
from tests.factories.cases import fresh
from tests.factories.documents import jpeg, sent
from tests.journeys.repairs import repairs

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 10, 2, 0, tzinfo=UTC)
WORDS = "The tiler chipped my bathtub."


def test_damage_is_a_child_of_the_repair_at_p2_and_no_new_defect(world, clock, sign_in, post_office):
    clock(AT)
    (parent,) = repairs(world, 1, at=AT, to="accept-and-send")
    new = sum(CaseCount.objects.filter(kind="new").values_list("n", flat=True))
    hana = sign_in(world.hana.user).open(f"/portal/cases/{parent.reference}/").follow("Damaged during the repair")
    hana.press("Send", words=WORDS, files={"photos": [sent(jpeg(comment=b"tub"), "tub.jpg")]})
    post_office.run()
    child = Case.objects.for_page().get(damage_of=parent)
    assert (child.priority_id, child.report_item.words) == ("P2", WORDS)
    assert sum(CaseCount.objects.filter(kind="new").values_list("n", flat=True)) == new
    assert child.reference in post_office.to(world.amira, "New P2")["Subject"]
    page = sign_in(world.amira).open(f"/cases/{child.reference}/moves/accept-and-send/")
    assert parent.work_company.name in page.words
    assert fresh(parent).status == "with-contractor"


def test_an_officer_writes_it_down_for_the_owner_who_phones(world, clock, sign_in):
    clock(AT)
    (parent,) = repairs(world, 1, at=AT, to="accept-and-send")
    amira = sign_in(world.amira).open(f"/cases/{parent.reference}/damage/")
    amira.press("Open the case", words=WORDS)
    child = Case.objects.get(damage_of=parent)
    assert child.report_item.report.reporter == world.hana
    assert child.is_visible
