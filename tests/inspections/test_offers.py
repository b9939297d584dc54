"""Times offered, chosen, asked for, gone."""

from datetime import timedelta

import pytest

from cases.evidence import MoveRefused
from inspections import duties, offers, visits
from inspections.choices import Answer, OfferState, VisitState
from inspections.models import OfferedSlot, Visit, VisitOffer
from outbox.models import OutgoingMail
from tests.factories.cases import REPORTED_AT, fresh, make_case, make_world, walk
from tests.factories.inspections import HOURS, OPENS, make_offer, make_visit

pytestmark = pytest.mark.django_db
AT = REPORTED_AT + timedelta(hours=3)
LATER = AT + timedelta(hours=1)


@pytest.fixture
def world(defaults):
    return make_world()


def slots_of(visit):
    return list(OfferedSlot.objects.filter(offer__visit=visit, offer__state="open"))


def test_the_homeowner_reads_three_times_and_the_visit_is_not_booked_yet(world):
    case = make_case(world=world)
    visit = make_offer(world=world, cases=[case])
    mail = OutgoingMail.objects.get(kind="visit-offered")
    assert (visit.state, fresh(case).visit_kind, mail.recipient) == ("offered", "", world.hana.email)
    assert "Thu 5 Mar, 09:00-12:00" in mail.body_text
    assert "Fri 6 Mar, 14:00-17:00" in mail.body_text
    assert mail.link_slots["slots"]["visit"] == visit.pk


def test_choosing_books_and_tells_with_the_entry_for_the_calendar(world):
    case = make_case(world=world)
    visit = make_offer(world=world, cases=[case])
    slot = slots_of(visit)[1]
    offers.choose(visit, slot.pk, by=world.actor("hana"), at=LATER, door="guard", door_note="Ring twice")
    visit.refresh_from_db()
    assert (visit.state, visit.starts_at, visit.door) == (VisitState.BOOKED, slot.starts_at, "guard")
    assert fresh(case).step == "inspection-booked"
    assert visit.parties.get(kind="homeowner").answer == Answer.ACCEPTED
    mail = OutgoingMail.objects.filter(kind="visit-booked").get(recipient=world.hana.email)
    assert "method=REQUEST" in mail.context["parts"][0]["kind"]


def test_of_two_who_answer_one_offer_the_first_wins(world):
    visit = make_offer(world=world, cases=[make_case(world=world)])
    first, second = slots_of(visit)[:2]
    stale = Visit.objects.for_page().get(pk=visit.pk)
    offers.choose(visit, first.pk, by=world.actor("hana"), at=LATER)
    with pytest.raises(offers.Answered, match="A time is booked already: Thu 5 Mar, 09:00-12:00"):
        offers.choose(stale, second.pk, by=world.actor("hana"), at=LATER)
    assert Visit.objects.get(pk=visit.pk).starts_at == first.starts_at


@pytest.mark.parametrize(
    ("windows", "sentence"),
    [
        ([(1, 9), (1, 10)], "at least 3"),
        ([(1, 8), (1, 9), (1, 10)], "two different half-days"),
        ([(1, 9), (2, 9), (40, 9)], "within 10 working days"),
    ],
)
def test_an_offer_that_is_no_choice_is_refused(world, windows, sentence):
    day = OPENS.replace(hour=0)
    slots = [(day + timedelta(days=on, hours=hour), day + timedelta(days=on, hours=hour + 2)) for on, hour in windows]
    with pytest.raises(MoveRefused, match=sentence):
        make_offer(world=world, cases=[make_case(world=world)], slots=slots, at=AT + timedelta(days=5))


def test_another_day_goes_to_the_officer_and_nothing_can_be_chosen_meanwhile(world):
    visit = make_offer(world=world, cases=[make_case(world=world)])
    slot = slots_of(visit)[0]
    by = world.actor("hana")
    offers.propose_other(visit, on=OPENS.date(), half="afternoon", words="I work nights", by=by, at=LATER)
    mail = OutgoingMail.objects.get(kind="visit-asked")
    assert mail.recipient == world.amira.email
    assert "Tue 10 Mar, afternoon" in mail.body_text
    with pytest.raises(offers.Answered, match="You asked for another day"):
        offers.choose(visit, slot.pk, by=by, at=LATER)


def test_new_times_end_the_old_ones(world):
    visit = make_offer(world=world, cases=[make_case(world=world)])
    old = slots_of(visit)[0]
    new = [(start + timedelta(days=1), end + timedelta(days=1)) for start, end in offers.preset(world.development, AT)]
    offers.offer_again(visit, slots=new, words="", seen_version=1, by=world.actor("amira"), at=LATER)
    with pytest.raises(MoveRefused, match="Choose one of the times"):
        offers.choose(visit, old.pk, by=world.actor("hana"), at=LATER)
    assert VisitOffer.objects.filter(visit=visit, state=OfferState.OPEN).count() == 1


def test_a_booked_visit_holds_until_the_home_takes_another_time(world):
    visit = make_visit(world=world, cases=[make_case(world=world)])
    slots = offers.preset(world.development, AT)
    offers.offer_again(visit, slots=slots, words="", seen_version=1, by=world.actor("amira"), at=LATER)
    assert Visit.objects.get(pk=visit.pk).starts_at == OPENS
    offers.choose(visit, slots_of(visit)[0].pk, by=world.actor("hana"), at=LATER)
    assert Visit.objects.get(pk=visit.pk).starts_at == slots[0][0]
    assert OutgoingMail.objects.filter(kind="visit-changed", recipient=world.hana.email).exists()


def test_a_time_at_which_the_home_is_booked_meanwhile_is_refused(world):
    one, two = make_case(world=world), make_case(world=world)
    visit = make_offer(world=world, cases=[one])
    slot = slots_of(visit)[0]
    other = make_visit(world=world, cases=[two], starts_at=slot.starts_at)
    with pytest.raises(MoveRefused, match=other.reference):
        offers.choose(visit, slot.pk, by=world.actor("hana"), at=LATER)
    assert VisitOffer.objects.get(visit=visit).state == OfferState.OPEN


def test_a_case_that_closes_takes_its_offer_with_it(world):
    case = make_case(world=world)
    visit = make_offer(world=world, cases=[case])
    walk(fresh(case), "close-other", world=world, at=LATER)
    assert Visit.objects.get(pk=visit.pk).state == VisitState.CANCELLED
    assert VisitOffer.objects.get(visit=visit).state == OfferState.WITHDRAWN
    assert "times that we had offered no longer hold" in OutgoingMail.objects.latest("pk").body_text


def test_without_an_answer_the_officer_is_told_once(world):
    visit = make_offer(world=world, cases=[make_case(world=world)])
    over = VisitOffer.objects.get(visit=visit).until
    assert duties.sweep(at=over) == 0
    duties.sweep(at=over + timedelta(minutes=1))
    assert OutgoingMail.objects.filter(kind="visit-lapsed").count() == 1
    assert VisitOffer.objects.get(visit=visit).state == OfferState.LAPSED


def test_a_home_is_never_booked_twice_in_one_window(world):
    one, two = make_case(world=world), make_case(world=world)
    first = make_visit(world=world, cases=[one])
    with pytest.raises(MoveRefused, match=f"another visit then: {first.reference}"):
        make_visit(world=world, cases=[two], starts_at=OPENS + timedelta(hours=2), anyway=True)
    make_visit(world=world, cases=[two], starts_at=OPENS + HOURS)
    with pytest.raises(MoveRefused, match="another visit then"):
        visits.change(
            first, starts_at=OPENS + HOURS, ends_at=OPENS + HOURS * 2 - timedelta(hours=2), who="", words="",
            seen_version=1, by=world.actor("amira"), at=LATER,
        )  # fmt: skip
