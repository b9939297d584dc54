"""The desk's pages of visits."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine

from desk.my_day import others
from inspections import attendance, findings
from inspections.findings import Act
from inspections.models import Visit, VisitOffer
from tests.factories.cases import REPORTED_AT, fresh, make_case, make_world
from tests.factories.documents import jpeg, sent
from tests.factories.inspections import HOURS, OPENS, by_company, make_offer, make_visit
from tests.factories.videos import make_video
from tests.inspections.calendars import read

pytestmark = pytest.mark.django_db
AT = REPORTED_AT + timedelta(hours=3)
WINDOW = {"on": "2026-03-10", "opens": "09:00", "closes": "12:00"}


@pytest.fixture
def world(defaults):
    return make_world()


@pytest.fixture
def desk(world, client_for):
    return client_for(world.amira)


def slots_sent(*days, hours=("09:00", "12:00")):
    rows = {"slots-TOTAL_FORMS": len(days), "slots-INITIAL_FORMS": 0}
    for number, (day, opens, closes) in enumerate(days):
        rows |= {f"slots-{number}-on": day, f"slots-{number}-opens": opens, f"slots-{number}-closes": closes}
    return rows


THREE = slots_sent(("2026-03-05", "09:00", "12:00"), ("2026-03-06", "14:00", "17:00"), ("2026-03-09", "09:00", "12:00"))


@time_machine.travel(AT, tick=False)
def test_book_now_in_one_form_with_a_contractor_and_a_colleague(world, desk):
    case = make_case(world=world)
    sent_form = {"case": case.reference, "kind": "joint", "cases": [case.reference], **WINDOW}
    parties = {"companies": [f"company-{world.company.pk}"], "staff": [world.mo.pk], "clear": "The shelf"}
    assert desk.post("/inspections/book/", sent_form | parties).status_code == 302
    visit = Visit.objects.get()
    assert visit.who == f"{world.company.name} and Mo Tan"
    assert set(visit.parties.values_list("kind", flat=True)) == {"homeowner", "company", "staff"}
    assert "The shelf" in desk.get(f"/inspections/{visit.reference}/").content.decode()


@time_machine.travel(AT, tick=False)
def test_a_double_booking_is_warned_of_and_booked_by_the_tick_only(world, desk):
    make_visit(world=world, cases=[make_case(world=world)], invited=[by_company(world)])
    case = make_case(world=world, unit=world.next_door, person=world.noor)
    form = {"case": case.reference, "kind": "initial", "cases": [case.reference], **WINDOW}
    form["companies"] = [f"company-{world.company.pk}"]
    warned = desk.post("/inspections/book/", form)
    assert warned.status_code == 422
    assert "has another visit then: V-1, A-12-3" in warned.content.decode()
    assert 'type="checkbox" name="anyway"' in " ".join(warned.content.decode().split())
    assert Visit.objects.count() == 1
    assert desk.post("/inspections/book/", form | {"anyway": "on"}).status_code == 302


@time_machine.travel(AT, tick=False)
def test_no_tick_books_one_home_twice(world, desk):
    make_visit(world=world, cases=[make_case(world=world)])
    case = make_case(world=world)
    form = {"case": case.reference, "kind": "initial", "cases": [case.reference], "who": "Amira", **WINDOW}
    refused = desk.post("/inspections/book/", form | {"anyway": "on"})
    assert refused.status_code == 422
    assert "This home has another visit then: V-1" in refused.content.decode()


@time_machine.travel(AT, tick=False)
def test_times_are_offered_and_offered_anew_and_withdrawn(world, desk):
    case = make_case(world=world)
    page = desk.get(f"/inspections/offer/?case={case.reference}").content.decode()
    assert 'value="2026-03-05"' in page
    form = {"case": case.reference, "kind": "initial", "cases": [case.reference], "who": "Amira"}
    assert desk.post("/inspections/offer/", form | slots_sent(("2026-03-05", "09:00", "12:00"))).status_code == 422
    assert desk.post("/inspections/offer/", form | THREE).status_code == 302
    visit = Visit.objects.get()
    assert desk.get(f"/inspections/{visit.reference}/offer/").status_code == 200
    assert desk.post(f"/inspections/{visit.reference}/offer/", THREE | {"seen_version": 1}).status_code == 302
    assert VisitOffer.objects.count() == 2
    words = {"words": "The inspector is ill this week.", "seen_version": 2}
    assert desk.post(f"/inspections/{visit.reference}/withdraw/", words).status_code == 302
    assert Visit.objects.get().state == "cancelled"


def test_nobody_home_by_the_page_with_its_proof(world, desk):
    visit = make_visit(world=world, cases=[make_case(world=world)])
    with time_machine.travel(OPENS + timedelta(minutes=40), tick=False):
        proof = {"seen_version": 1, "arrived": "09:10", "called": "Rang Hana, no answer"}
        without = desk.post(f"/inspections/{visit.reference}/nobody-home/", proof)
        assert without.status_code == 422
        photo = sent(jpeg(comment=b"door"), "door.jpg")
        answer = desk.post(f"/inspections/{visit.reference}/nobody-home/", proof | {"photos": [photo]})
        assert answer.status_code == 302, answer.content.decode()
        assert "Rang Hana, no answer" in desk.get(f"/inspections/{visit.reference}/").content.decode()
    visit.refresh_from_db()
    assert (visit.state, visit.attempt, visit.arrived_at) == ("no-access", 1, OPENS + timedelta(minutes=10))


def test_the_officer_corrects_a_no_show_by_the_page(world, desk):
    visit = make_visit(world=world, cases=[make_case(world=world)])
    over = OPENS + HOURS + timedelta(hours=1)
    attendance.nobody_came(visit, seen_version=1, by=world.actor("hana"), at=over)
    with time_machine.travel(over, tick=False):
        words = {"words": "We were there at ten, the bell is broken.", "seen_version": 2}
        assert desk.post(f"/inspections/{visit.reference}/correct/", words).status_code == 302
    assert Visit.objects.get(pk=visit.pk).state == "booked"


def numbers(response):
    return [visit.number for visit, _cases, _kind in response.context["rows"]]


@time_machine.travel(AT, tick=False)
def test_the_list_is_narrowed_by_person_company_kind_state_and_video(world, desk):
    one, two = make_case(world=world), make_case(world=world, unit=world.next_door, person=world.noor)
    make_visit(world=world, cases=[one], kind="joint", invited=[by_company(world)])
    filmed = make_visit(world=world, cases=[two], starts_at=OPENS + timedelta(days=1))
    make_offer(world=world, cases=[fresh(two)])
    act = Act(uuid4(), world.actor("amira"), filmed.starts_at)
    findings.keep_shot(filmed, two, make_video(), act=act)
    for query, found in {
        "": [1, 2],
        "q=Hana": [1],
        "q=lim": [1],
        "q=V-2": [2],
        f"q={two.reference}": [2],
        "q=A-12-4": [2],
        "kind=joint": [1],
        "state=offered": [3],
        "state=all&video=on": [2],
        "development=XXX": [],
    }.items():
        assert numbers(desk.get(f"/inspections/?{query}")) == found, query


@time_machine.travel(AT, tick=False)
def test_the_list_goes_on_page_by_page(world, desk):
    for number in range(41):
        opens = OPENS + timedelta(days=number)
        make_visit(world=world, cases=[make_case(world=world)], starts_at=opens)
    first = desk.get("/inspections/")
    assert numbers(first) == list(range(1, 41))
    assert numbers(desk.get(f"/inspections/{first.context['next']}")) == [41]


@time_machine.travel(AT, tick=False)
@pytest.mark.parametrize("view", ["month", "week", "agenda"])
def test_the_calendar_shows_a_visit_on_its_homes_own_day(world, desk, view):
    night = OPENS.replace(hour=0, minute=30)
    make_visit(world=world, cases=[make_case(world=world)], starts_at=night)
    page = desk.get(f"/inspections/calendar/?view={view}&on=2026-03-10")
    held = [on.isoformat() for on, rows in page.context["days"] if rows]
    assert held == ["2026-03-10"]
    assert "V-1" in page.content.decode()


@pytest.mark.parametrize("view", ["month", "week", "agenda"])
@pytest.mark.parametrize("amount", [1, 20])
@time_machine.travel(AT, tick=False)
def test_the_calendar_asks_a_constant_number_of_queries(world, desk, queries, view, amount):
    for number in range(amount):
        opens = OPENS + timedelta(hours=4 * number)
        make_visit(world=world, cases=[make_case(world=world)], starts_at=opens)
    with queries(5):
        desk.get(f"/inspections/calendar/?view={view}&on=2026-03-10")


def test_a_nonsense_day_shows_this_week(desk):
    for text in ("2026-02-31", "9999-12-31", "x" * 2000, "0001-01-01"):
        assert desk.get("/inspections/calendar/", {"on": text, "view": "month"}).status_code == 200


@time_machine.travel(AT, tick=False)
def test_the_own_calendar_by_its_private_address(world, desk, client, client_for):
    make_visit(world=world, cases=[make_case(world=world)], invited=[by_company(world)])
    for user in (world.amira, world.hana.user, world.company.contacts.first().user):
        made = client_for(user).post("/inspections/feed/", {"act": "make"})
        address = made.context["address"]
        feed = client.get("/inspections/feed/" + address.rsplit("/", 1)[-1])
        assert feed["Content-Type"].startswith("text/calendar")
        assert len(read(feed.content.decode()).all("VEVENT")) == 1, user
        client_for(user).post("/inspections/feed/", {"act": "end"})
        assert client.get("/inspections/feed/" + address.rsplit("/", 1)[-1]).status_code == 404


def test_the_own_account_leads_to_the_calendar(world, client_for):
    for user in (world.amira, world.hana.user, world.company.contacts.get().user):
        assert 'href="/inspections/feed/"' in client_for(user).get("/account/").content.decode()


def test_the_page_of_a_case_leads_to_both_ways_of_a_visit(world, client_for):
    case = make_case(world=world)
    text = client_for(world.amira).get(f"/cases/{case.reference}/").content.decode()
    assert f'href="/inspections/book/?case={case.reference}"' in text
    assert f'href="/inspections/offer/?case={case.reference}"' in text


def test_a_day_shows_only_the_visits_that_take_time(world):
    offered = make_offer(world=world, cases=[make_case(world=world)])
    on = offered.starts_at - timedelta(hours=1)
    assert others.visits(world.amira, on) == []
    make_visit(world=world, cases=[make_case(world=world)], starts_at=offered.starts_at)
    assert len(others.visits(world.amira, on)) == 1
