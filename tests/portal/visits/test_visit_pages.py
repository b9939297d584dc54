"""The homeowner's page of a visit, signed in and by the link of a mail."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
import time_machine
from django.test import Client

from cases.choices import Status
from inspections import links, offers
from inspections.models import OfferedSlot, Visit, VisitOffer
from outbox.models import OutgoingMail
from tests.factories.cases import REPORTED_AT, fresh, make_case, make_world, walk
from tests.factories.inspections import HOURS, OPENS, by_company, make_offer, make_visit

pytestmark = pytest.mark.django_db
AT = REPORTED_AT + timedelta(hours=3)
LATER = AT + timedelta(hours=1)


@pytest.fixture
def world(defaults):
    return make_world()


def link_of(person, visit, action="slots", at=AT):
    with time_machine.travel(at, tick=False):
        slot = {"purpose": "visit", "visit": visit.pk, "action": action, "homeowner": person.pk, "name": person.name}
        url = links.mint(SimpleNamespace(recipient=person.email), slot)
    return "/portal/" + url.partition("/portal/")[2]


def first_slot(visit):
    return OfferedSlot.objects.filter(offer__visit=visit).order_by("starts_at").first()


def choice(visit, **facts):
    return {"act": "choose", "slot": first_slot(visit).pk, "door": "guard", "door_note": "Ring first", **facts}


def test_the_link_shows_on_get_and_books_by_post(world):
    visit = make_offer(world=world, cases=[make_case(world=world)])
    address = link_of(world.hana, visit)
    with time_machine.travel(LATER, tick=False):
        page = Client().get(address)
        assert "When may we come?" in page.content.decode()
        assert Visit.objects.get(pk=visit.pk).state == "offered"
        assert Client().post(address, choice(visit)).status_code == 302
        assert "Thu 5 Mar, 09:00-12:00" in Client().get(address).content.decode()
    visit.refresh_from_db()
    assert (visit.state, visit.door, visit.door_note) == ("booked", "guard", "Ring first")


def test_the_second_of_two_reads_what_was_chosen(world):
    visit = make_offer(world=world, cases=[make_case(world=world)])
    address = link_of(world.hana, visit)
    with time_machine.travel(LATER, tick=False):
        offers.choose(visit, first_slot(visit).pk, by=world.actor("hana"), at=LATER)
        second = Client().post(address, choice(visit))
    assert second.status_code == 409 or second.status_code == 422
    assert "A time is booked already: Thu 5 Mar, 09:00-12:00" in second.content.decode()


def test_a_link_dies_with_the_home_and_with_time(world):
    visit = make_offer(world=world, cases=[make_case(world=world)])
    address = link_of(world.hana, visit)
    with time_machine.travel(AT + timedelta(days=31), tick=False):
        assert Client().get(address).status_code == 404
    world.hana.tenures.update(until_on=AT.date())
    with time_machine.travel(LATER, tick=False):
        assert Client().get(address).status_code == 404
        assert Client().post(address, choice(visit)).status_code == 404
    assert Visit.objects.get(pk=visit.pk).state == "offered"


def test_a_link_offers_only_its_own_act(world):
    visit = make_visit(world=world, cases=[make_case(world=world)])
    with time_machine.travel(OPENS + HOURS + timedelta(hours=1), tick=False):
        over = OPENS + HOURS
        assert Client().post(link_of(world.hana, visit, "slots", over), {"act": "nobody-came"}).status_code == 404
        answered = Client().post(link_of(world.hana, visit, "came", over), {"act": "nobody-came", "seen_version": 1})
    assert answered.status_code == 302
    assert Visit.objects.get(pk=visit.pk).state == "no-show"


def test_another_day_by_the_page_and_a_day_without_a_half_keeps_what_was_typed(world, client_for):
    visit = make_offer(world=world, cases=[make_case(world=world)])
    client = client_for(world.hana.user)
    with time_machine.travel(LATER, tick=False):
        wrong = client.post(f"/portal/visits/{visit.reference}/", {"act": "other", "on": "2026-03-12"})
        assert wrong.status_code == 422
        assert 'value="2026-03-12"' in wrong.content.decode()
        sent = {"act": "other", "on": "2026-03-12", "half": "afternoon", "words": "After the nap"}
        assert client.post(f"/portal/visits/{visit.reference}/", sent).status_code == 302
        page = client.get(f"/portal/visits/{visit.reference}/").content.decode()
    assert "You asked for Thu 12 Mar, afternoon" in page
    assert VisitOffer.objects.get(visit=visit).asked_words == "After the nap"


def test_the_home_page_asks_for_a_time_and_the_list_shows_it(world, client_for):
    visit = make_offer(world=world, cases=[make_case(world=world)])
    client = client_for(world.hana.user)
    with time_machine.travel(LATER, tick=False):
        for path in ("/portal/", "/portal/visits/", f"/portal/cases/{visit.cases.get().reference}/"):
            assert f"/portal/visits/{visit.reference}/" in client.get(path).content.decode(), path


def test_a_neighbour_finds_no_such_visit(world, client_for):
    visit = make_offer(world=world, cases=[make_case(world=world)])
    with time_machine.travel(LATER, tick=False):
        assert client_for(world.noor.user).get(f"/portal/visits/{visit.reference}/").status_code == 404
        assert client_for(world.noor.user).post(f"/portal/visits/{visit.reference}/", choice(visit)).status_code == 404
    assert Visit.objects.get(pk=visit.pk).state == "offered"


def test_a_link_after_the_case_closed_says_so(world):
    case = make_case(world=world)
    visit = make_offer(world=world, cases=[case])
    address = link_of(world.hana, visit)
    walk(fresh(case), "close-other", world=world, at=LATER)
    with time_machine.travel(LATER, tick=False):
        page = Client().post(address, choice(visit))
    assert page.status_code in {409, 422}
    assert "no longer hold" in page.content.decode()


def test_a_company_replaced_meanwhile_does_not_stop_the_home(world):
    visit = make_offer(world=world, cases=[make_case(world=world)], invited=[by_company(world)])
    world.company.appointments.update(until_on=REPORTED_AT.date())
    offers.choose(visit, first_slot(visit).pk, by=world.actor("hana"), at=LATER)
    assert Visit.objects.get(pk=visit.pk).state == "booked"
    assert not OutgoingMail.objects.filter(kind="visit-booked", recipient="lim@demo.example").exists()


def test_nobody_came_leads_a_signed_in_person_to_the_new_times(world, client_for):
    visit = make_visit(world=world, cases=[make_case(world=world)])
    with time_machine.travel(OPENS + HOURS + timedelta(hours=1), tick=False):
        client = client_for(world.hana.user)
        shown = client.get(f"/portal/visits/{visit.reference}/").content.decode()
        assert "Did someone come?" in shown
        answer = client.post(f"/portal/visits/{visit.reference}/", {"act": "nobody-came", "seen_version": 1})
        page = client.get(answer["Location"]).content.decode()
    assert "When may we come?" in page


def test_the_page_says_what_is_done_how_long_and_which_time_is_chosen(world, client_for):
    visit = make_offer(world=world, cases=[make_case(world=world)], minutes=60)
    with time_machine.travel(LATER, tick=False):
        text = client_for(world.hana.user).get(f"/portal/visits/{visit.reference}/").content.decode()
    assert "Inspection, about 1 hour." in text
    assert f'<span data-slot="{first_slot(visit).pk}">Thu 5 Mar, 09:00-12:00</span>' in text
    assert text.count("hidden>") >= 2


def test_damage_by_a_repair_is_told_from_its_visit_once_they_came(world, client_for):
    case = make_case(world=world, status=Status.WITH_CONTRACTOR)
    visit = make_visit(world=world, cases=[case], kind="rectification", invited=[by_company(world)])
    address, door = f"/portal/visits/{visit.reference}/", f"/portal/cases/{case.reference}/damage/"
    with time_machine.travel(LATER, tick=False):
        assert door not in client_for(world.hana.user).get(address).content.decode()
    with time_machine.travel(OPENS + HOURS, tick=False):
        assert door in client_for(world.hana.user).get(address).content.decode()
        assert door not in Client().get(link_of(world.hana, visit, at=LATER)).content.decode()
