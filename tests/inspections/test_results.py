"""A visit ends: where what was found goes, who reads of it, what is missing."""

from datetime import timedelta
from uuid import uuid4

import pytest

from accounts.models import User
from cases.choices import Status
from cases.evidence import MoveRefused, StaleCase
from inspections import findings, results
from inspections.findings import Act
from inspections.models import Visit, VisitShot
from outbox.models import OutgoingMail
from tests.factories.cases import fresh, make_case, make_world
from tests.factories.documents import make_stored_file
from tests.factories.inspections import OPENS, by_company, make_visit

pytestmark = pytest.mark.django_db
AT = OPENS + timedelta(minutes=30)


@pytest.fixture
def world(defaults):
    return make_world()


def say(world, visit, case, verdict, *, photos=0, company=None, by=None, **facts):
    def act():
        return Act(uuid4(), by or world.actor("amira"), AT, company and company.pk)

    findings.answer(visit, case, verdict, act=act(), **facts)
    for _number in range(photos):
        findings.keep_shot(visit, case, make_stored_file(), act=act())


def finish(world, visit, *, words="", by=None, **facts):
    return results.finish(visit, words=words, seen_version=visit.version, by=by or world.actor("amira"), at=AT, **facts)


def test_at_a_check_not_ok_goes_back_with_its_words_and_ok_waits_to_be_signed(world):
    good, bad = (make_case(world=world, status=Status.TO_CHECK) for _number in range(2))
    visit = make_visit(world=world, cases=[good, bad], kind="check", at=AT - timedelta(days=1))
    say(world, visit, good, "ok", photos=1)
    say(world, visit, bad, "not-ok", why="more-work", words="Edge still open")
    before = OutgoingMail.objects.count()
    assert finish(world, visit) == []
    assert [fresh(case).status for case in (good, bad)] == [Status.TO_CHECK, Status.WITH_CONTRACTOR]
    mails = list(OutgoingMail.objects.order_by("pk")[before:])
    assert len({mail.recipient for mail in mails}) == len(mails)
    assert any("Edge still open" in mail.body_text for mail in mails)


def test_the_homeowner_reads_that_we_came_and_never_the_finding(world):
    case = make_case(world=world)
    visit = make_visit(world=world, cases=[case])
    say(world, visit, case, "not-ok", why="more-work", words="Owner drilled into the pipe", photos=1)
    before = OutgoingMail.objects.count()
    finish(world, visit, words="Take legal advice")
    mails = OutgoingMail.objects.order_by("pk")[before:]
    assert [mail.recipient for mail in mails] == [world.hana.email]
    assert not any("drilled" in mail.body_text or "legal" in mail.body_text for mail in mails)
    assert not VisitShot.objects.get().attachment.is_visible
    assert "Owner drilled" in Visit.objects.get(pk=visit.pk).finding


def test_each_case_keeps_only_its_own_finding_in_its_diary(world):
    first, second = make_case(world=world), make_case(world=world)
    visit = make_visit(world=world, cases=[first, second])
    say(world, visit, first, "ok", words="Dry as a bone")
    say(world, visit, second, "not-ok", why="parts", words="Hinge is missing")
    finish(world, visit)
    notes = [case.events.filter(reason="visit-done").get().note for case in (first, second)]
    assert ["Dry as a bone" in note for note in notes] == [True, False]


def test_the_office_outweighs_the_company(world):
    case = make_case(world=world, status=Status.TO_CHECK)
    visit = make_visit(world=world, cases=[case], kind="check", at=AT - timedelta(days=1), invited=[by_company(world)])
    say(world, visit, case, "not-ok", why="more-work", words="Wet")
    say(world, visit, case, "ok", company=world.company)
    assert [said.verdict for said in results.said_of(visit, [case])] == ["not-ok"]


def test_a_repair_without_its_picture_is_named_and_not_passed_on(world):
    case = make_case(world=world, status=Status.WITH_CONTRACTOR)
    visit = make_visit(
        world=world, cases=[case], kind="rectification", at=AT - timedelta(days=1), invited=[by_company(world)]
    )
    by = User.objects.get(email="lim@demo.example").actor(channel="portal")
    say(world, visit, case, "ok", company=world.company, by=by)
    [sentence] = finish(world, visit, by=by, cases=[case])
    assert "A picture of the repaired place is missing" in sentence
    assert (Visit.objects.get(pk=visit.pk).state, fresh(case).status) == ("done", Status.WITH_CONTRACTOR)


def test_nothing_seen_and_nothing_said_ends_no_visit(world):
    visit = make_visit(world=world, cases=[make_case(world=world)])
    with pytest.raises(MoveRefused, match="Answer at least one item"):
        finish(world, visit)
    assert Visit.objects.get(pk=visit.pk).state == "booked"


def test_a_visit_is_ended_once(world):
    visit = make_visit(world=world, cases=[make_case(world=world)])
    stale = Visit.objects.get(pk=visit.pk)
    finish(world, visit, words="All dry")
    with pytest.raises(StaleCase):
        finish(world, stale, words="All dry")
