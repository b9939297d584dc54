"""What is noted on site: once for each key, the newest of each side, nothing lost that comes late."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction

from cases.choices import Channel
from cases.evidence import MoveRefused
from cases.models import Case
from inspections import findings, presence, visits
from inspections.findings import Act
from inspections.models import Visit, VisitFound, VisitItem, VisitParty, VisitShot
from outbox.models import OutgoingMail
from tests.factories.cases import a_fault, make_case, make_world
from tests.factories.documents import make_stored_file
from tests.factories.inspections import OPENS, by_company, make_visit

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
AT = OPENS + 30 * MINUTE


@pytest.fixture
def world(defaults):
    return make_world()


@pytest.fixture
def case(world):
    return make_case(world=world)


@pytest.fixture
def visit(world, case):
    return make_visit(world=world, cases=[case], invited=[by_company(world)])


def act(world, *, at=AT, said_at=None, company=None, key=None):
    return Act(key or uuid4(), world.actor("amira"), at, company and company.pk, said_at)


def test_an_act_sent_twenty_times_is_one_answer(world, visit, case):
    same = act(world)
    for _number in range(20):
        findings.answer(visit, case, "ok", act=same)
    assert VisitItem.objects.count() == 1


@pytest.mark.parametrize(("verdict", "why"), [("", ""), ("perhaps", ""), ("not-ok", ""), ("not-ok", "tired")])
def test_an_answer_needs_its_reason(world, visit, case, verdict, why):
    with pytest.raises(MoveRefused):
        findings.answer(visit, case, verdict, act=act(world), why=why)


def test_the_newest_by_the_phones_clock_counts_whichever_came_first(world, visit, case):
    late = act(world, at=AT + 9 * MINUTE, said_at=AT)
    findings.answer(visit, case, "ok", act=act(world, at=AT + 5 * MINUTE))
    findings.answer(visit, case, "not-ok", why="parts", act=late)
    assert findings.answers_of(visit)[case.pk, None].answer == "ok"


def test_each_side_has_its_own_answer_and_a_company_reads_no_other(world, visit, case):
    findings.answer(visit, case, "not-ok", why="parts", act=act(world))
    findings.answer(visit, case, "ok", act=act(world, company=world.company))
    own = findings.answers_of(visit, [world.company.pk])
    assert {side: row.answer for (_case, side), row in own.items()} == {world.company.pk: "ok"}
    assert len(findings.answers_of(visit)) == 2


@pytest.mark.parametrize("minutes", [-8 * 24 * 60, 10])
def test_a_phone_whose_clock_is_wrong_is_not_believed(world, minutes):
    assert act(world, said_at=AT + minutes * MINUTE).made_at == AT


def test_nothing_is_noted_before_people_can_be_there(world, visit, case):
    with pytest.raises(MoveRefused, match="not begun"):
        findings.answer(visit, case, "ok", act=act(world, at=OPENS - timedelta(hours=3)))


@pytest.mark.database
def test_an_answer_is_never_changed_or_taken_away(world, visit, case):
    row = findings.answer(visit, case, "ok", act=act(world))
    for change in (lambda: VisitItem.objects.filter(pk=row.pk).update(answer="unseen"), row.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_a_picture_sent_twice_is_one(world, visit, case):
    same = act(world)
    kept = [findings.keep_shot(visit, case, make_stored_file(), act=same) for _number in range(2)]
    assert kept[0] == kept[1]
    assert VisitShot.objects.count() == 1


def test_a_picture_that_comes_after_the_end_goes_onto_the_case_hidden(world, visit, case):
    visits.finish(visit, finding="Dry", seen_version=visit.version, by=world.actor("amira"), at=AT)
    shot = findings.keep_shot(Visit.objects.get(), case, make_stored_file(), act=act(world, at=AT + 9 * MINUTE))
    shot.refresh_from_db()
    assert (shot.attachment.case, shot.attachment.is_visible) == (case, False)


def test_a_visit_with_a_video_is_found(world, visit, case):
    findings.keep_shot(visit, case, make_stored_file(), act=act(world))
    assert not Visit.objects.with_video().exists()
    film = make_stored_file()
    type(film).objects.filter(pk=film.pk).update(kind="video")
    findings.keep_shot(visit, case, film, act=act(world))
    assert Visit.objects.with_video().get() == visit


def test_a_new_defect_is_a_case_hidden_from_the_resident_and_on_the_visit(world, visit, case):
    before = OutgoingMail.objects.count()
    same = act(world)
    found = findings.new_defect(visit, a_fault(words="Loose socket behind the door", photos=1), act=same)
    again = findings.new_defect(visit, a_fault(words="Loose socket behind the door"), act=same)
    assert found == again
    assert VisitFound.objects.count() == 1
    new = found.case
    assert (new.is_visible, new.report_item.report.channel) == (False, Channel.STAFF)
    assert not Case.objects.visible_to(world.hana.user).filter(pk=new.pk).exists()
    assert new in visit.cases.all()
    mails = OutgoingMail.objects.order_by("pk")[before:]
    assert all(mail.recipient != world.hana.email for mail in mails)


def test_people_are_ticked_in_and_a_wrong_tick_is_taken_back(world, visit):
    party = visit.parties.get(kind="company")
    presence.say(party, is_here=True, act=act(world, at=AT + 9 * MINUTE, said_at=AT), name="Wei Ming")
    party = VisitParty.objects.get(pk=party.pk)
    assert (party.attended_at, party.attendance, party.name) == (AT, "there", f"Wei Ming ({world.company.short_name})")
    presence.say(party, is_here=False, act=act(world, at=AT + 10 * MINUTE))
    party = VisitParty.objects.get(pk=party.pk)
    assert (party.attended_at, party.attendance) == (None, "")


def test_act_times_are_kept_with_both_clocks(world, visit, case):
    row = findings.answer(visit, case, "ok", act=replace(act(world), said_at=AT - 5 * MINUTE))
    assert (row.made_at, row.at) == (AT - 5 * MINUTE, AT)
