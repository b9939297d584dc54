"""What is said on site of a repair becomes the act of its company's work order; what a visit does to its clocks."""

from datetime import timedelta
from uuid import uuid4

import pytest

from accounts.models import User
from cases.choices import Status
from inspections import attendance, findings, offers, results
from inspections.findings import Act
from inspections.models import Visit
from outbox.models import OutgoingMail
from tests.factories import contractors
from tests.factories.cases import fresh, make_case, make_world
from tests.factories.documents import make_stored_file
from tests.factories.inspections import OPENS, by_company, make_offer, make_visit
from tests.factories.works import contractor, order_of, say
from works.models import WorkClock, WorkOrder

pytestmark = pytest.mark.django_db
AT = OPENS + timedelta(minutes=30)
BEFORE = OPENS - timedelta(days=1)
METHOD = "Joint cut out and sealed anew, dried for two days"


@pytest.fixture
def world(defaults):
    return make_world()


@pytest.fixture
def lim(world):
    return User.objects.get(email="lim@demo.example").actor(channel="portal")


@pytest.fixture
def case(world):
    return make_case(world=world, status=Status.WITH_CONTRACTOR)


@pytest.fixture
def visit(world, case):
    return repair(world, case)


def repair(world, *cases, **facts):
    return make_visit(
        world=world, cases=list(cases), kind="rectification", at=BEFORE, invited=[by_company(world)], **facts
    )


def found(world, visit, case, verdict, *, by, photos=1, **facts):
    side = world.company.pk if by.role == "contractor" else None
    findings.answer(visit, case, verdict, act=Act(uuid4(), by, AT, side), **facts)
    for _number in range(photos):
        findings.keep_shot(visit, case, make_stored_file(), act=Act(uuid4(), by, AT, side))


def finish(visit, by):
    return results.finish(visit, words="", seen_version=visit.version, by=by, at=AT)


def mails_since(count):
    return [mail.recipient for mail in OutgoingMail.objects.order_by("pk")[count:]]


def running(case, kind):
    return WorkClock.objects.filter(order__case=case, kind=kind, stopped_at__isnull=True)


def test_ok_is_the_companys_done_with_its_pictures_and_one_mail_to_the_home(world, case, visit, lim):
    found(world, visit, case, "ok", by=lim, words=METHOD, photos=2)
    before = OutgoingMail.objects.count()
    assert finish(visit, lim) == []
    order = WorkOrder.objects.get(case=case)
    assert (order.state, order.method_note, fresh(case).status) == ("done", METHOD, Status.TO_CHECK)
    assert set(case.attachments.filter(role="after").values_list("is_visible", flat=True)) == {True}
    assert visit.shots.filter(attachment__role="after").count() == case.attachments.filter(role="after").count() == 2
    assert mails_since(before).count(world.hana.email) == 1


def test_a_refused_repair_says_why_keeps_everything_and_the_home_still_reads_that_we_came(world, case, visit, lim):
    """Wet work, and nothing said of how it was repaired."""
    found(world, visit, case, "ok", by=lim)
    before = OutgoingMail.objects.count()
    [sentence] = finish(visit, lim)
    assert "how it was repaired" in sentence
    assert (Visit.objects.get(pk=visit.pk).state, fresh(case).status) == ("done", Status.WITH_CONTRACTOR)
    assert order_of(case).state not in {"done", "waiting"}
    assert visit.shots.get().attachment.case_id == case.pk
    assert mails_since(before).count(world.hana.email) == 1


def test_the_first_of_two_companies_is_done_and_the_home_reads_that_we_came(world, case, visit, lim):
    from works import orders

    siva = contractors.siva(development=world.development, parent=world.company)
    orders.send(case, company=siva.company, due_at=AT + timedelta(days=9), by=world.actor("amira"), at=BEFORE)
    found(world, visit, case, "ok", by=lim, words=METHOD)
    before = OutgoingMail.objects.count()
    assert finish(visit, lim) == []
    assert WorkOrder.objects.get(case=case, company=world.company).state == "done"
    assert fresh(case).status == Status.WITH_CONTRACTOR
    assert mails_since(before).count(world.hana.email) == 1


@pytest.mark.parametrize(
    ("why", "state", "waits"),
    [("parts", "waiting", "parts"), ("no-access", "no-access", "access"), ("more-work", "new", "")],
)
def test_not_ok_says_what_it_waits_for(world, case, visit, lim, why, state, waits):
    found(world, visit, case, "not-ok", by=lim, why=why, words="Hinge is on order")
    assert finish(visit, lim) == []
    order = order_of(case)
    assert (order.state, order.waits_for, fresh(case).status) == (state, waits, Status.WITH_CONTRACTOR)
    assert not visit.shots.get().attachment.is_visible


def test_the_office_reports_it_for_the_company_under_its_own_name(world, case, visit):
    found(world, visit, case, "ok", by=world.actor("amira"), words=METHOD)
    assert finish(visit, world.actor("amira")) == []
    assert WorkOrder.objects.get(case=case).state == "done"
    assert case.events.filter(evidence__proof=visit.reference, evidence__said_by="Amira Rahman").exists()


def test_another_companys_order_is_not_touched(world, case, lim):
    otto = contractors.otto(development=world.development).company
    WorkOrder.objects.filter(case=case).update(company=otto)
    visit = repair(world, case)
    found(world, visit, case, "ok", by=lim, words=METHOD)
    finish(visit, lim)
    assert (order_of(case).state, fresh(case).status) == ("new", Status.WITH_CONTRACTOR)


def test_an_agreed_time_is_a_date_given_and_the_end_asks_for_the_pictures(world, case, lim):
    say("accept", order_of(case), by=lim, at=BEFORE - timedelta(days=2))
    given = {"kind": "rectification", "at": BEFORE, "invited": [by_company(world)]}
    offered = make_offer(world=world, cases=[case], **given)
    assert running(case, "date").exists()
    offers.choose(offered, offers.open_of(offered).slots.first().pk, by=world.actor("hana"), at=BEFORE)
    assert not running(case, "date").exists()
    offered.refresh_from_db()
    at = offered.starts_at + timedelta(minutes=30)
    findings.answer(offered, case, "not-ok", act=Act(uuid4(), lim, at, world.company.pk), why="more-work")
    assert not running(case, "evidence").exists()
    results.finish(offered, words="", seen_version=offered.version, by=lim, at=at)
    assert running(case, "evidence").get().started_at == at


def test_a_closed_door_puts_the_order_of_the_company_that_stood_there_to_no_access(world, case, visit, lim):
    proof = {"arrived_at": OPENS, "called": "Rang Hana twice, no answer", "photos": [make_stored_file()]}
    attendance.nobody_home(visit, seen_version=visit.version, by=lim, at=AT, **proof)
    order = order_of(case)
    assert (order.state, order.waits_for) == ("no-access", "access")
    assert "Rang Hana twice" in order.words


def test_what_the_office_records_of_a_door_says_nothing_for_the_company(world, case, visit):
    proof = {"arrived_at": OPENS, "called": "Rang Hana twice, no answer", "photos": [make_stored_file()]}
    attendance.nobody_home(visit, seen_version=visit.version, by=world.actor("amira"), at=AT, **proof)
    assert order_of(case).state == "new"


def test_a_visit_that_is_no_repair_says_nothing_of_orders(world, case, lim):
    say("accept", order_of(case), by=contractor(world.company.contacts.get()), at=BEFORE)
    make_visit(world=world, cases=[case], kind="joint", at=BEFORE, invited=[by_company(world)])
    assert running(case, "date").exists()
