"""Domain scenario 16: waterproofing, tiler, painter: one plan, drying shown as such (no first-time-fix figure)."""

from datetime import UTC, datetime, timedelta

import pytest

from cases.choices import Status
from tests.factories import contractors
from tests.factories.cases import fresh, make_case
from tests.factories.documents import jpeg, sent
from tests.mails import text_of
from works import duties
from works.models import WorkOrder

pytestmark = pytest.mark.django_db

SENT = datetime(2026, 3, 3, 1, 0, tzinfo=UTC)
DAY = timedelta(days=1)
TILER = {
    "scope": "Lay the tiles",
    "dry_days": "0",
    "condition": "Ponding test of 24 hours passed",
    "due_at": "2026-03-25",
}
PAINTER = {"scope": "Paint the ceiling", "dry_days": "7", "condition": "Dry for 7 days", "due_at": "2026-04-08"}


@pytest.fixture
def tiler(world):
    return contractors.siva(development=world.development, parent=world.company)


@pytest.fixture
def painter(world):
    return contractors.otto(development=world.development)


@pytest.fixture
def case(world, tiler, painter, clock, post_office):
    clock(SENT)
    made = make_case(world=world, status=Status.WITH_CONTRACTOR, at=SENT - timedelta(hours=2))
    post_office.run()
    return made


@pytest.fixture
def planned(case, world, tiler, painter, clock, sign_in, post_office):
    """Amira adds the tiler after the waterproofing, and the painter after the tiler and the drying."""
    amira = sign_in(world.amira)
    for person, facts in ((tiler, TILER), (painter, PAINTER)):
        before = WorkOrder.objects.filter(case=case).latest("position")
        amira.open(f"/cases/{case.reference}/work-orders/add/")
        amira.press("Add another company", company=str(person.company.pk), after=str(before.pk), **facts)
    return amira


def orders(case):
    return list(WorkOrder.objects.filter(case=case).order_by("position"))


def states(case):
    return [order.state for order in orders(case)]


def finish(case, place, person, *, at, clock, sign_in, post_office):
    """The company reports its share done on the page of its list, with a picture and a word on the method."""
    clock(at)
    post_office.run()
    order = orders(case)[place]
    line = order.lines.get(until_revision__isnull=True)
    page = sign_in(person.user).open(f"/jobs/lists/{line.list.reference}/{order.reference.lower()}/done/")
    page.press(
        "Report as done",
        method_note="Primer and two coats.",
        files={"photos": [sent(jpeg(comment=bytes([place])), "after.jpg")]},
    )


def test_three_orders_in_sequence_with_their_conditions(planned, case):
    assert [order.after_id for order in orders(case)] == [None, *[order.pk for order in orders(case)[:2]]]
    assert states(case) == ["new", "planned", "planned"]
    page = planned.open(f"/cases/{case.reference}/").words
    for words in ("Ponding test of 24 hours passed", "Dry for 7 days"):
        assert words in page


def test_each_has_its_turn_and_the_painter_only_after_the_drying(
    planned, case, world, tiler, painter, clock, sign_in, post_office
):
    lim = world.company.contacts.get()
    tools = {"clock": clock, "sign_in": sign_in, "post_office": post_office}
    finish(case, 0, lim, at=SENT + DAY, **tools)
    assert states(case) == ["done", "new", "planned"]
    post_office.run()
    assert "Ponding test of 24 hours passed" in text_of(post_office.to(tiler.email))
    finish(case, 1, tiler, at=SENT + 2 * DAY, **tools)
    assert states(case) == ["done", "done", "planned"]
    page = sign_in(world.amira).open(f"/cases/{case.reference}/").words
    assert "Dry untilThu 12 Mar" in page
    home = sign_in(world.hana.user).open(f"/portal/cases/{case.reference}/").words
    assert "drying" in home
    duties.sweep(at=clock(SENT + 8 * DAY))
    assert states(case)[2] == "planned"
    duties.sweep(at=clock(SENT + 9 * DAY))
    assert states(case)[2] == "new"
    post_office.run()
    assert "Dry for 7 days" in text_of(post_office.to(painter.email))
    finish(case, 2, painter, at=SENT + 10 * DAY, **tools)
    assert (fresh(case).status, states(case)) == (Status.TO_CHECK, ["done"] * 3)
    assert "first-time" not in sign_in(world.mo).open("/dashboard/").words.lower()


def test_the_painter_sees_nothing_to_book_before(planned, case, painter, sign_in):
    assert case.title not in sign_in(painter.user).open("/jobs/").words
