"""The homeowner's pages: what each person sees, and what their answers do."""

from datetime import UTC, datetime, time, timedelta

import pytest

from cases import facts, talk
from cases.choices import Status
from cases.models import Case
from homeowners import tenures
from homeowners.models import Homeowner
from inspections import visits
from outbox.models import OutgoingMail
from portal.homeowner import case_view
from tests.factories import homeowners
from tests.factories.cases import REPORTED_AT, fresh, make_case, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(defaults):
    return make_world()


@pytest.fixture
def hana(world, client_for):
    return client_for(world.hana.user)


def test_home_names_what_needs_the_homeowner(world, hana):
    make_case(world=world, status=Status.AWAITING_HOMEOWNER)
    page = hana.get("/portal/").content.decode()
    assert "Is it fixed?" in page
    assert "A-12-3" in page


def booked_repair(case, world):
    start = datetime.combine(REPORTED_AT.date() + timedelta(days=4), time(1, tzinfo=UTC))
    visits.book([case], kind="rectification", starts_at=start, ends_at=start + timedelta(hours=3), who="Lim Wei",
                by=world.actor("amira"), at=REPORTED_AT + timedelta(hours=5))  # fmt: skip
    return fresh(case)


def test_a_booked_visit_asks_somebody_to_be_at_home(world):
    case = make_case(world=world, status=Status.WITH_CONTRACTOR)
    assert "nothing for you to do" in case_view.next_words(case)
    words = case_view.next_words(booked_repair(case, world))
    assert "Somebody must be at home: Sat 7 Mar, 09:00-12:00." in words
    assert "nothing for you to do" not in words


def test_the_mail_of_a_visit_names_who_comes(world):
    booked_repair(make_case(world=world, status=Status.WITH_CONTRACTOR), world)
    mail = OutgoingMail.objects.get(kind="visit-booked")
    assert "Lim Wei comes on Sat 7 Mar, 09:00-12:00." in mail.body_text


def test_a_repair_is_called_booked_only_while_it_is(world):
    case = make_case(world=world, status=Status.WITH_CONTRACTOR)
    assert [step.words for step in case_view.progress(case)][2] == "With contractor"
    assert [step.words for step in case_view.progress(booked_repair(case, world))][2] == "Repair booked"
    done = make_case(world=world, status=Status.CLOSED_COMPLETE)
    assert "Repair booked" not in [step.words for step in case_view.progress(done)]


def test_home_without_cases_teaches(world, hana):
    assert "You have the last word" in hana.get("/portal/").content.decode()


@pytest.mark.parametrize("amount", [1, 30])
def test_the_number_of_queries_of_home_does_not_depend_on_the_cases(world, hana, queries, amount):
    for _ in range(amount):
        make_case(world=world)
    with queries(22):
        hana.get("/portal/")


def test_an_internal_note_is_nowhere_in_the_portal(world, hana):
    case = make_case(world=world)
    talk.note(case, words="internal-marker", by=world.actor("amira"), at=REPORTED_AT)
    talk.update(fresh(case), words="visible-marker", by=world.actor("amira"), at=REPORTED_AT + timedelta(hours=1))
    page = hana.get(f"/portal/cases/{case.reference}/").content.decode()
    assert "internal-marker" not in page
    assert "visible-marker" in page


def test_a_neighbour_gets_the_answer_of_a_case_that_does_not_exist(world, client_for):
    case = make_case(world=world)
    noor = client_for(world.noor.user)
    assert noor.get(f"/portal/cases/{case.reference}/").status_code == 404
    assert noor.get("/portal/cases/KRM-9999/").status_code == 404


def test_a_hidden_case_is_not_there(world, hana):
    case = make_case(world=world)
    facts.edit(case, seen_version=case.version, by=world.actor("amira"), at=REPORTED_AT, is_visible=False)
    assert hana.get(f"/portal/cases/{case.reference}/").status_code == 404


def test_a_buyer_sees_open_cases_but_not_the_sellers_messages_nor_words(world, client_for):
    case = make_case(world=world)
    talk.update(case, words="for-hana-only", by=world.actor("amira"), at=REPORTED_AT + timedelta(hours=1))
    buyer = homeowners.make_homeowner(name="Bao Buyer", email="buyer@demo.example")
    sold = (REPORTED_AT + timedelta(days=30)).date()
    tenures.transfer(
        world.unit, buyers=[buyer], on=sold, proof="Title", by=world.actor("amira"), at=REPORTED_AT + timedelta(days=30)
    )
    page = client_for(buyer.user).get(f"/portal/cases/{case.reference}/").content.decode()
    assert "for-hana-only" not in page
    assert "dripping from the ceiling" not in page
    assert client_for(world.hana.user).get(f"/portal/cases/{case.reference}/").status_code == 404


def test_yes_closes_the_case_in_the_homeowners_name(world, hana):
    case = make_case(world=world, status=Status.AWAITING_HOMEOWNER)
    answer = {"answer": "yes", "seen_version": case.version, "idempotency_key": "k1"}
    for _press in range(2):
        response = hana.post(f"/portal/cases/{case.reference}/answer/", answer)
        assert response.status_code == 302
    case = fresh(case)
    assert case.status == Status.CLOSED_COMPLETE
    assert case.events.get(move="confirm").evidence["name"] == "Hana Yusof"


def test_no_needs_a_word_and_keeps_what_was_typed(world, hana):
    case = make_case(world=world, status=Status.AWAITING_HOMEOWNER)
    address = f"/portal/cases/{case.reference}/answer/"
    refused = hana.post(address, {"answer": "no", "words": "ab", "seen_version": case.version})
    assert refused.status_code == 422
    assert "a few words are enough" in refused.content.decode()
    taken = hana.post(address, {"answer": "no", "wrong": ["still"], "seen_version": case.version})
    assert taken.status_code == 302
    assert fresh(case).status == Status.TO_CHECK


def test_an_answer_to_an_older_page_is_refused(world, hana):
    case = make_case(world=world, status=Status.AWAITING_HOMEOWNER)
    stale = hana.post(f"/portal/cases/{case.reference}/answer/", {"answer": "yes", "seen_version": case.version - 1})
    assert stale.status_code == 409
    assert fresh(case).status == Status.AWAITING_HOMEOWNER


def test_a_tenant_is_not_asked_for_the_last_word(world, client_for):
    tariq = homeowners.tariq(unit=world.unit)
    case = make_case(world=world, status=Status.AWAITING_HOMEOWNER, person=tariq)
    client = client_for(tariq.user)
    page = client.get(f"/portal/cases/{case.reference}/").content.decode()
    assert "Look and answer" not in page
    client.post(f"/portal/cases/{case.reference}/answer/", {"answer": "yes", "seen_version": case.version})
    assert fresh(case).status == Status.AWAITING_HOMEOWNER


def test_a_reply_reaches_the_officers_queue(world, hana):
    case = make_case(world=world)
    hana.post(f"/portal/cases/{case.reference}/messages/", {"words": "It drips more now."})
    assert fresh(case).has_unread_reply


def test_it_came_back_opens_the_case_again(world, hana):
    case = make_case(world=world, status=Status.CLOSED_COMPLETE)
    hana.post(
        f"/portal/cases/{case.reference}/again/",
        {"words": "The same ceiling drips again.", "seen_version": case.version},
    )
    assert fresh(case).status == Status.IN_REVIEW


def test_a_disabled_persons_pages_are_shut_at_once(world, hana):
    Homeowner.objects.filter(pk=world.hana.pk).update(user=None)
    case = make_case(world=world)
    assert hana.get(f"/portal/cases/{case.reference}/").status_code == 404
    assert Case.objects.count() == 1
