"""Who takes part: companies, colleagues, the home; who is told, who is booked twice, who may read a phone number."""

from datetime import timedelta

import pytest

from accounts.models import User
from cases.choices import Status
from cases.evidence import MoveRefused
from inspections import contacts, taking_part, visits
from inspections.conflicts import Doubled
from inspections.models import Visit, VisitParty
from inspections.taking_part import Invited
from outbox.models import OutgoingMail
from tests.factories.cases import REPORTED_AT, fresh, make_case, make_world, walk
from tests.factories.inspections import OPENS, by_company, make_offer, make_visit

pytestmark = pytest.mark.django_db
AT = REPORTED_AT + timedelta(hours=3)


@pytest.fixture
def world(defaults):
    return make_world()


def neighbours(world):
    return make_case(world=world, unit=world.next_door, person=world.noor)


def lim(world):
    return User.objects.get(email="lim@demo.example")


def test_everybody_who_takes_part_is_told_in_their_own_words(world):
    invited = [by_company(world), Invited(user=world.mo)]
    make_visit(world=world, cases=[make_case(world=world)], kind="joint", who="", invited=invited)
    mails = {mail.recipient: mail for mail in OutgoingMail.objects.filter(kind="visit-booked")}
    assert set(mails) == {"hana@demo.example", "lim@demo.example", "mo@demo.example"}
    assert "Please be at" in mails["lim@demo.example"].body_text
    calendar = mails["lim@demo.example"].context["parts"][0]["text"]
    assert "hana" not in calendar.lower()


def test_who_comes_is_named_by_the_parties_when_nobody_wrote_it(world):
    contact = world.company.contacts.first()
    visit = make_visit(
        world=world, cases=[make_case(world=world)], who="", invited=[by_company(world, contact=contact)]
    )
    assert visit.who == f"{contact.name} ({world.company.short_name})"


def test_a_company_booked_twice_is_named_and_may_be_booked_knowingly(world):
    first = make_visit(world=world, cases=[make_case(world=world)], invited=[by_company(world)])
    with pytest.raises(Doubled, match=f"{world.company.name} has another visit then: {first.reference}, A-12-3"):
        make_visit(world=world, cases=[neighbours(world)], invited=[by_company(world)])
    make_visit(world=world, cases=[neighbours(world)], invited=[by_company(world)], anyway=True)
    assert Visit.objects.count() == 2


def test_a_colleague_booked_twice_is_named(world):
    make_visit(world=world, cases=[make_case(world=world)], invited=[Invited(user=world.amira)])
    with pytest.raises(Doubled, match="Amira"):
        make_visit(world=world, cases=[neighbours(world)], invited=[Invited(user=world.amira)])


def test_a_company_that_is_not_appointed_here_is_refused(world):
    world.company.appointments.update(until_on=REPORTED_AT.date())
    with pytest.raises(MoveRefused, match="does not work at"):
        make_visit(world=world, cases=[make_case(world=world)], invited=[by_company(world)])


def test_the_quorum_needs_the_required_only(world):
    invited = [by_company(world, has_agreed=False), Invited(user=world.mo, is_required=False, has_agreed=False)]
    visit = make_visit(world=world, cases=[make_case(world=world)], invited=invited)
    assert not taking_part.is_complete(visit)
    VisitParty.objects.filter(visit=visit, kind="company").update(answer="accepted", answered_at=AT)
    assert taking_part.is_complete(visit)


def test_a_contractor_sees_the_visits_of_the_own_company_while_it_is_appointed(world):
    seen = make_visit(world=world, cases=[make_case(world=world)], invited=[by_company(world)])
    make_visit(world=world, cases=[neighbours(world)])
    assert list(Visit.objects.visible_to(lim(world))) == [seen]
    world.company.appointments.update(until_on=REPORTED_AT.date())
    assert not Visit.objects.visible_to(lim(world)).exists()


def test_the_phone_of_the_home_stands_only_between_an_agreed_visit_and_the_closure(world):
    case = make_case(world=world, status=Status.WITH_CONTRACTOR)
    asked = lambda: contacts.contact_for(world.company, world.unit, AT)  # noqa: E731
    assert asked() is None
    offered = make_offer(world=world, cases=[case], kind="rectification", invited=[by_company(world)])
    assert asked() is None
    visits.write(offered, 1, states=["offered"], state="booked")
    assert asked().name == "Hana Yusof"
    walk(fresh(case), "close-complete", world=world, at=offered.starts_at + timedelta(hours=1))
    assert asked() is None


def test_no_other_company_reads_the_phone_of_the_home(world):
    from tests.factories import contractors

    make_visit(world=world, cases=[make_case(world=world)], invited=[by_company(world)])
    other = contractors.otto(development=world.development).company
    assert contacts.contact_for(other, world.unit, AT) is None
    world.company.appointments.update(until_on=REPORTED_AT.date())
    assert contacts.contact_for(world.company, world.unit, AT) is None


def test_the_contractor_hears_that_a_move_took_the_visit_away(world):
    case = make_case(world=world)
    make_visit(world=world, cases=[case], invited=[by_company(world)], starts_at=OPENS)
    walk(fresh(case), "close-other", world=world, at=AT + timedelta(hours=1))
    off = OutgoingMail.objects.get(kind="visit-cancelled", recipient="lim@demo.example")
    assert "method=CANCEL" in off.context["parts"][0]["kind"]
    home = OutgoingMail.objects.get(kind="close-other", recipient="hana@demo.example")
    assert "method=CANCEL" in home.context["parts"][0]["kind"]


def test_many_homes_are_asked_at_once(world, queries):
    cases = [make_case(world=world, status=Status.WITH_CONTRACTOR), neighbours(world)]
    for number, case in enumerate(cases):
        invited, starts_at = [by_company(world)], OPENS + number * timedelta(days=1)
        make_visit(world=world, cases=[case], kind="joint", invited=invited, starts_at=starts_at)
    for units in ([world.unit], [world.unit, world.next_door]):
        with queries(4):
            found = contacts.contacts_for([(world.company, unit) for unit in units], AT)
        assert len(found) == len(units)
    assert {person.name for person in found.values()} == {"Hana Yusof", "Noor Said"}
