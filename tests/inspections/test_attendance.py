"""Arrivals, a closed door, nobody who came."""

from datetime import timedelta

import pytest
from django.db import IntegrityError

from cases.choices import ClockKind
from cases.evidence import MoveRefused
from inspections import attendance, duties, offers
from inspections.choices import VisitState
from inspections.models import Visit, VisitParty
from outbox.models import OutgoingMail
from tests.factories.cases import fresh, make_case, make_world, walk
from tests.factories.documents import make_stored_file
from tests.factories.inspections import HOURS, OPENS, by_company, make_visit

pytestmark = pytest.mark.django_db
CLOSES = OPENS + HOURS
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@pytest.fixture
def world(defaults):
    return make_world()


def closed_door(world, visit, **facts):
    at = visit.starts_at + timedelta(minutes=30)
    proof = {"arrived_at": at - timedelta(minutes=10), "called": "Rang Hana twice, no answer", **facts}
    photos = facts.pop("photos", [make_stored_file()])
    proof["photos"] = photos
    by = world.actor("amira")
    return attendance.nobody_home(visit, seen_version=visit.version, by=by, at=at, **proof)


@pytest.mark.parametrize(
    ("missing", "sentence"),
    [
        ({"photos": []}, "picture of the door"),
        ({"called": " "}, "whom you called"),
        ({"arrived_at": CLOSES}, "not later than now"),
    ],
)
def test_a_closed_door_needs_its_proof(world, missing, sentence):
    visit = make_visit(world=world, cases=[make_case(world=world)])
    with pytest.raises(MoveRefused, match=sentence):
        closed_door(world, visit, **missing)


def test_a_closed_door_without_proof_is_impossible_in_the_database(world):
    visit = make_visit(world=world, cases=[make_case(world=world)])
    with pytest.raises(IntegrityError):
        Visit.objects.filter(pk=visit.pk).update(state="no-access", ended_at=CLOSES)


def test_the_first_closed_door_offers_new_times_and_stops_no_clock(world):
    case = make_case(world=world)
    new = closed_door(world, make_visit(world=world, cases=[case]))
    mail = OutgoingMail.objects.get(kind="nobody-home-1")
    assert "nobody opened" in mail.body_text
    assert "Thu 12 Mar, 09:00-12:00" in mail.body_text
    assert mail.link_slots["slots"]["visit"] == new.pk
    assert not case.holds.exists()
    door = case.attachments.get(caption__startswith="The door")
    assert not door.is_visible


def test_the_second_is_the_final_notice_and_pauses_the_repair_target_only(world):
    case = make_case(world=world, status="with-contractor")
    first = make_visit(world=world, cases=[case], kind="rectification")
    new = closed_door(world, first)
    slot = offers.open_of(new).slots.first()
    offers.choose(new, slot.pk, by=world.actor("hana"), at=CLOSES)
    closed_door(world, Visit.objects.for_page().get(pk=new.pk))
    mail = OutgoingMail.objects.get(kind="nobody-home-2")
    assert mail.subject.startswith("Final notice")
    assert "Thu 26 Mar" in mail.body_text
    assert case.holds.get(ended_at=None).reason == "no-access"
    paused = dict(case.clocks.values_list("kind", "paused_at"))
    assert [kind for kind, since in paused.items() if since] == [ClockKind.RECTIFY]
    assert not OutgoingMail.objects.filter(kind="hold").exists()


def test_two_closed_doors_let_an_officer_close_after_fourteen_days(world):
    case = make_case(world=world)
    no_access = {"reason": "no-access", "words": "Nobody was at home twice; tell us when we may come."}
    new = closed_door(world, make_visit(world=world, cases=[case]))
    with pytest.raises(MoveRefused, match="told twice"):
        walk(fresh(case), "close-other", world=world, at=CLOSES, **no_access)
    offers.choose(new, offers.open_of(new).slots.first().pk, by=world.actor("hana"), at=CLOSES)
    visit = Visit.objects.for_page().get(pk=new.pk)
    closed_door(world, visit)
    with pytest.raises(MoveRefused, match="until Thu 26 Mar"):
        walk(fresh(case), "close-other", world=world, at=visit.starts_at + 13 * DAY, **no_access)
    told = visit.starts_at + 14 * DAY + HOUR
    duties.sweep(at=told)
    duties.sweep(at=told + HOUR)
    assert OutgoingMail.objects.filter(kind="final-over").count() == 1
    walk(fresh(case), "close-other", world=world, at=told, **no_access)
    assert fresh(case).step == "closed-no-access"


def test_nobody_came_needs_an_hour_after_the_window_and_nobody_recorded(world):
    visit = make_visit(world=world, cases=[make_case(world=world)], invited=[by_company(world)])
    by = world.actor("hana")
    with pytest.raises(MoveRefused, match="after Tue 10 Mar, 13:00"):
        attendance.nobody_came(visit, seen_version=1, by=by, at=CLOSES + timedelta(minutes=59))
    attendance.arrived(visit.parties.get(kind="company"), by=world.actor("amira"), at=OPENS)
    with pytest.raises(MoveRefused, match="noted to have been there"):
        attendance.nobody_came(visit, seen_version=1, by=by, at=CLOSES + HOUR)


def test_a_no_show_apologises_with_first_choice_and_tells_the_company(world):
    visit = make_visit(world=world, cases=[make_case(world=world)], invited=[by_company(world)])
    new = attendance.nobody_came(visit, seen_version=1, by=world.actor("hana"), at=CLOSES + HOUR)
    visit.refresh_from_db()
    assert (visit.state, visit.missed_by, visit.recorded_by_name) == ("no-show", "company", "Hana Yusof")
    mails = {mail.recipient: mail for mail in OutgoingMail.objects.filter(kind="nobody-came")}
    assert set(mails) == {"hana@demo.example", "lim@demo.example", "amira@demo.example"}
    assert "We are sorry" in mails["hana@demo.example"].body_text
    assert mails["hana@demo.example"].link_slots["slots"]["visit"] == new.pk
    assert new.parties.get(kind="company").company == world.company


def test_the_officer_corrects_a_no_show_and_the_offered_times_go(world):
    visit = make_visit(world=world, cases=[make_case(world=world)], invited=[by_company(world)])
    new = attendance.nobody_came(visit, seen_version=1, by=world.actor("hana"), at=CLOSES + HOUR)
    words = "Lim was there at ten, the bell is broken."
    attendance.somebody_came(visit, words=words, seen_version=2, by=world.actor("amira"), at=CLOSES + 2 * HOUR)
    assert Visit.objects.get(pk=visit.pk).state == VisitState.BOOKED
    assert Visit.objects.get(pk=new.pk).state == VisitState.CANCELLED
    assert not VisitParty.objects.filter(visit=visit, attendance="absent").exists()
    assert words in OutgoingMail.objects.get(kind="somebody-came").body_text


def test_only_a_person_records_a_no_show(world):
    visit = make_visit(world=world, cases=[make_case(world=world)])
    duties.sweep(at=CLOSES + 5 * HOUR)
    assert Visit.objects.get(pk=visit.pk).state == VisitState.BOOKED
    with pytest.raises(IntegrityError):
        Visit.objects.filter(pk=visit.pk).update(state="no-show", ended_at=CLOSES, missed_by="company")
