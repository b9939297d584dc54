"""The day: what stands in which queue, in which order, and what leaves it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cases import decisions, talk, workflow
from cases.models import Case, Notice
from desk.my_day import queues
from inspections import visits
from tests.factories.accounts import ada, make_user
from tests.factories.cases import a_fault, fresh, make_report
from tests.factories.units import limit_officer, make_development

pytestmark = pytest.mark.django_db
DAY_QUERIES = 23
DAY = timedelta(days=1)


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def cases(world, now):
    def make(amount=1):
        report = make_report(world=world, at=now - DAY, faults=[a_fault() for _ in range(amount)])
        Case.objects.filter(report_item__report=report).update(update_due_at=now + DAY)
        return [fresh(case) for case in Case.objects.filter(report_item__report=report).order_by("pk")]

    return make


def set_to(case, **facts):
    Case.objects.filter(pk=case.pk).update(**facts)


def stands(key, user, now):
    return set(queues.in_order(key, user, now).values_list("reference", flat=True))


IN = {
    "new": {},
    "replies": {"has_unread_reply": True},
    "to-check": {"status": "to-check"},
    "updates": {"update_due_at": -DAY},
    "contractor": {"status": "with-contractor", "work_due_at": -DAY, "work_company": True},
    "visits": {"visit_starts_at": DAY / 24, "visit_ends_at": DAY / 12},
}


@pytest.mark.parametrize("key", IN)
def test_each_queue_holds_its_cases_and_no_others(world, cases, now, key):
    inside, outside = cases(2)
    set_to(outside, status="in-review")
    facts = {name: now + value if isinstance(value, timedelta) else value for name, value in IN[key].items()}
    facts |= {"work_company": world.company} if "work_company" in facts else {}
    set_to(inside, **facts)

    assert stands(key, world.amira, now) == {inside.reference}


def test_the_page_shows_every_queue_with_its_number(desk, cases, now, world):
    rows = cases(8)
    set_to(rows[0], status="to-check", reports_done_at=now)
    talk.reply(rows[1], words="Friday 9 is fine but please ring my mother.", by=world.actor("hana"), at=now)
    set_to(rows[2], update_due_at=now - 3 * DAY)
    set_to(rows[3], status="with-contractor", work_company=world.company, work_due_at=now - DAY, ball="contractor")

    response = desk.get("/my-day/")
    page = response.content.decode()
    tiles = {str(tile["words"]): tile["n"] for tile in response.context["tiles"]}

    assert tiles == {
        "New": "6",
        "Replies": "1",
        "To check": "1",
        "Updates due": "1",
        "Contractor overdue": "1",
        "Visits today": "0",
    }
    assert len(response.context["panels"]["new"]["lines"]) == 5
    assert "“Friday 9 is fine but please ring my mother.”" in page
    assert "3 days late" in page
    assert f"/cases/{rows[2].reference}/?queue=updates" in page
    assert "Work through 6" in page
    assert {row["url"]: row["count"] for row in response.context["rail"]}["/my-day/"] == "10"


def test_emergencies_stand_on_top_of_every_queue(desk, cases, now):
    late, emergency = cases(2)
    set_to(late, priority="P3", clock_due_at=now - 9 * DAY)
    set_to(emergency, priority="P1", clock_due_at=now + 9 * DAY)

    lines = desk.get("/my-day/").context["panels"]["new"]["lines"]

    assert [line["reference"] for line in lines] == [emergency.reference, late.reference]


def test_an_officers_day_is_the_own_cases_and_those_of_nobody(world, cases, now):
    own, nobodys, others = cases(3)
    set_to(nobodys, officer=None)
    set_to(others, officer=world.mo)

    assert stands("new", world.amira, now) == {own.reference, nobodys.reference}
    assert stands("new", world.mo, now) == {own.reference, nobodys.reference, others.reference}


def test_nothing_of_another_development(world, cases, now, client_for):
    cases()
    limit_officer(world.amira, make_development(code="TJM"))

    response = client_for(world.amira).get("/my-day/")

    assert {tile["n"] for tile in response.context["tiles"]} == {"0"}
    assert "Nothing waits for you" in response.content.decode()


def test_the_walk_knows_its_place_and_both_neighbours(world, cases, now):
    first, second, third = cases(3)
    for number, case in enumerate((first, second, third)):
        set_to(case, clock_due_at=now + number * DAY, priority="P3")

    place = queues.place("new", second, user=world.amira, at=now)

    assert (place.words, place.previous, place.next) == ("2 of 3 in New", first.reference, third.reference)
    assert queues.place("new", first, user=world.amira, at=now).previous == ""
    assert queues.place("new", third, user=world.amira, at=now).next == ""
    set_to(second, status="in-review")
    gone = queues.place("new", second, user=world.amira, at=now)
    assert (gone.words, gone.next) == ("2 in New", first.reference)


def test_visits_of_this_day_at_the_home(desk, cases, world, now):
    case = cases()[0]
    zone = world.development.tz
    noon = now.astimezone(zone).replace(hour=12, minute=0, second=0, microsecond=0)
    start = max(noon, now.astimezone(zone) + timedelta(minutes=5))
    if start.date() != noon.date():
        pytest.skip("five minutes before local midnight no visit of today can be booked")
    book = {"kind": "initial", "who": "Amira", "by": world.actor("amira"), "at": now}
    today = visits.book([case], starts_at=start, ends_at=start + timedelta(minutes=30), **book)
    tomorrow = now + DAY - timedelta(minutes=10)
    visits.book([fresh(case)], starts_at=tomorrow, ends_at=tomorrow + DAY / 24, **book)

    shown = desk.get("/my-day/").context["visits"]

    assert [visit["url"] for visit in shown] == [f"/inspections/{today.reference}/"]


def test_an_answered_decision_stands_until_the_officer_goes_on(desk, cases, world, now):
    case = cases()[0]
    set_to(case, cover_status="unclear")
    case = fresh(case)
    facts = {"company_id": world.company.pk, "due_at": (now + 9 * DAY).isoformat(), "why": "The pipe was hidden."}
    workflow.move(case, "accept-and-send", by=world.actor("amira"), at=now, seen_version=case.version, **facts)
    request = case.decisions.get()
    assert desk.get("/my-day/").context["answered"] == []
    decisions.send_back(request, remarks="Ask for a picture first.", by=world.mo.actor(), at=now)

    shown = desk.get("/my-day/").context["answered"]
    assert [(row["reference"], row["note"]) for row in shown] == [(case.reference, "Ask for a picture first.")]

    talk.note(fresh(case), words="Asked for it.", by=world.actor("amira"), at=now + timedelta(minutes=1))
    assert desk.get("/my-day/").context["answered"] == []


def test_managers_see_how_many_decisions_wait(client_for, cases, world, now):
    case = cases()[0]
    set_to(case, cover_status="unclear")
    facts = {"company_id": world.company.pk, "due_at": (now + 9 * DAY).isoformat(), "why": "The pipe was hidden."}
    workflow.move(fresh(case), "accept-and-send", by=world.actor("amira"), at=now, seen_version=case.version, **facts)

    assert "1 decision waits for a manager." in client_for(world.mo).get("/my-day/").content.decode()
    assert "waits for a manager" not in client_for(world.amira).get("/my-day/").content.decode()


@pytest.fixture
def letter(world, cases, now):
    """Hana has no e-mail address any more; the office writes to her."""
    case = cases()[0]
    world.hana.prefers_letter = True
    world.hana.save()
    talk.update(case, words="We come on Friday.", by=world.actor("amira"), at=now)
    return Notice.objects.get(channel="letter")


def test_letters_and_calls_to_make_are_done_once(desk, letter):
    page = desk.get("/my-day/").content.decode()
    assert "Letters and calls to make" in page
    assert "We come on Friday." in page

    desk.post(f"/my-day/letters/{letter.pk}/done/", {"idempotency_key": "k"})

    letter.refresh_from_db()
    assert letter.done_by_name == "Amira Rahman"
    assert "Letters and calls to make" not in desk.get("/my-day/").content.decode()
    assert desk.post(f"/my-day/letters/{letter.pk}/done/").status_code == 404
    assert desk.get(f"/my-day/letters/{letter.pk}/done/").status_code == 405


def test_a_letter_out_of_sight_is_missing(client_for, letter, world):
    stranger = make_user(name="Bea Clarke")
    limit_officer(stranger, make_development(code="ELM"))
    client = client_for(stranger)

    assert client.post(f"/my-day/letters/{letter.pk}/done/").status_code == 404
    assert client.post(f"/my-day/letters/{2**70}/done/").status_code == 404
    assert client_for(world.mo).post(f"/my-day/letters/{letter.pk}/done/").status_code == 302


@pytest.mark.parametrize("amount", [1, 30])
def test_the_number_of_queries_is_flat(desk, cases, queries, amount, world, now):
    for case in cases(amount)[: amount // 2 + 1]:
        set_to(case, update_due_at=now - DAY, has_unread_reply=True)

    with queries(DAY_QUERIES):
        desk.get("/my-day/")


def test_who_works_cases_has_a_day(client_for, world):
    assert client_for(ada()).get("/my-day/").status_code == 403
    assert client_for(world.hana.user).get("/my-day/").status_code == 403


def test_the_end_of_a_walk_says_all_done_or_what_was_skipped(desk, cases):
    first, second = cases(2)
    assert "The end of New: 2 still wait." in desk.get("/my-day/?done=new").content.decode()
    for case in (first, second):
        set_to(case, status="in-review")

    assert "All done: nothing more in New." in desk.get("/my-day/?done=new").content.decode()
    assert desk.get("/my-day/?done=nonsense").context["walked"] == ""


def test_a_walk_goes_case_by_case_by_links_and_buttons_alone(desk, cases, now):
    first, last = cases(2)
    for number, case in enumerate((first, last)):
        set_to(case, clock_due_at=now + number * DAY, priority="P3")

    page = desk.get(f"/cases/{first.reference}/?queue=new").content.decode()
    assert "1 of 2 in New" in page
    assert f'href="/cases/{last.reference}/?queue=new" rel="next"' in page
    assert "Save and next" in page
    end = desk.get(f"/cases/{last.reference}/?queue=new").content.decode()
    assert 'href="/my-day/?done=new" rel="next"' in end
    assert "Save, then done" in end

    note = {"kind": "note", "words": "Looked at it.", "queue": "new", "then": "next", "idempotency_key": "k"}
    assert desk.post(f"/cases/{first.reference}/messages/", note).url == f"/cases/{last.reference}/?queue=new"
