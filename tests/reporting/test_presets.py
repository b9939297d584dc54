"""The preset reports: what they count, whose rows they show, pages, files, queries."""

import csv
import io
from copy import copy
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts import sessions
from cases.choices import Status
from cases.models import Case, ReportItem
from catalogue.models import Element
from homeowners.models import Homeowner, Tenure
from inspections import visits
from ledger.models import AuditEntry
from reporting.presets import report as pages
from tests.factories import accounts, homeowners, units
from tests.factories.cases import REPORTED_AT, make_case, make_report

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
KEYS = ["defect-status", "completed-works", "upcoming-inspections", "incomplete-records"]
ALL_TIME = "since=&until="


def signed_in(user):
    client = Client()
    client.force_login(user)
    session = client.session
    sessions.prove(session, at=timezone.now())
    session.save()
    return client


@pytest.fixture
def office(world):
    return signed_in(world.mo)


def figures_of(response):
    assert response.status_code == 200, response
    return {str(figure.words): figure.n for figure in response.context["figures"]}


def first_cells(response):
    assert response.status_code == 200, response
    return [words[0][1] for _url, words in response.context["lines"]]


def lines_of(response):
    assert response.status_code == 200, response
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_defect_status_counts_open_cases_by_state_and_clock(world, office):
    late = make_case(world=world)
    sent = make_case(world=world, status=Status.WITH_CONTRACTOR)
    make_case(world=world, status=Status.CLOSED_COMPLETE)
    Case.objects.update(rectify_due_at=timezone.now() + DAY, statutory_due_at=None)
    Case.objects.filter(pk=late.pk).update(rectify_due_at=timezone.now() - DAY)

    response = office.get("/reports/defect-status/")

    found = figures_of(response)
    assert (found["Open"], found["Over time"], found["New"], found["With contractor"]) == (2, 1, 1, 1)
    assert first_cells(response) == [late.reference, sent.reference]


def test_a_figure_of_the_status_opens_just_its_cases(world, office):
    make_case(world=world)
    make_case(world=world, status=Status.WITH_CONTRACTOR)

    for figure in office.get("/reports/defect-status/").context["figures"]:
        response = office.get(figure.url)
        assert response.context["total"] == figure.n, figure


def test_a_period_is_local_days_and_both_count(world, office):
    case = make_case(world=world)
    received = datetime(2026, 3, 3, 16, 30, tzinfo=UTC)  # half past midnight of the 4th in Kuala Lumpur
    Case.objects.filter(pk=case.pk).update(received_at=received)

    assert first_cells(office.get("/reports/defect-status/?since=2026-03-04&until=2026-03-04")) == [case.reference]
    assert first_cells(office.get("/reports/defect-status/?until=2026-03-03")) == []
    assert first_cells(office.get("/reports/defect-status/?since=2026-03-05")) == []


def test_completed_works_are_those_closed_complete_in_the_period(world, office):
    done = make_case(world=world, status=Status.CLOSED_COMPLETE)
    make_case(world=world)
    Case.objects.filter(pk=done.pk).update(received_at=REPORTED_AT, closed_at=REPORTED_AT + 10 * DAY, cycle=2)

    found = figures_of(office.get(f"/reports/completed-works/?{ALL_TIME}"))
    assert (found["Completed"], found["Homes"], found["Needed more than one round"]) == (1, 1, 1)
    assert found["Days from report to close, on average"] == "10.0"
    assert first_cells(office.get("/reports/completed-works/")) == []  # closed longer ago than the usual 30 days
    Case.objects.filter(pk=done.pk).update(closed_at=timezone.now())
    assert first_cells(office.get("/reports/completed-works/")) == [done.reference]


def book(world, case, days):
    start = (timezone.now() + days * DAY).replace(hour=3, minute=0, second=0, microsecond=0)
    by = world.actor("amira")
    return visits.book(
        [case], kind="initial", starts_at=start, ends_at=start + timedelta(hours=2), who="Amira", by=by,
        at=timezone.now(),
    )  # fmt: skip


def test_upcoming_inspections_are_booked_and_in_the_next_two_weeks(world, office):
    soon = book(world, make_case(world=world, at=timezone.now() - DAY), 2)
    book(world, make_case(world=world, at=timezone.now() - DAY), 30)
    called_off = book(world, make_case(world=world, at=timezone.now() - DAY), 3)
    visits.cancel(called_off, by=world.actor("amira"), at=timezone.now(), seen_version=1, words="Owner is abroad")

    response = office.get("/reports/upcoming-inspections/")

    assert first_cells(response) == [soon.reference]
    assert (figures_of(response)["Visits"], figures_of(response)["Inspection"]) == (1, 1)


def gap(office, key):
    response = office.get(f"/reports/incomplete-records/?gap={key}")
    return [(words[0][1], url) for url, words in response.context["lines"]], figures_of(response)


GAPS = {
    "picture": ("No photo", {"has_photo": False}),
    "element": ("No building part", {"element": None}),
    "trade": ("Trade not known", {"trade_id": "UNK"}),
    "officer": ("No officer", {"officer": None}),
    "due": ("No repair date", {"rectify_due_at": None}),
}


@pytest.fixture
def whole(world):
    case = make_case(world=world)
    Case.objects.filter(pk=case.pk).update(
        has_photo=True,
        element=Element.objects.first(),
        trade_id="PLB",
        officer=world.amira,
        rectify_due_at=timezone.now(),
    )
    return case


@pytest.mark.parametrize("key", GAPS)
def test_a_case_that_lacks_a_fact_is_named_with_the_page_that_mends_it(world, office, whole, key):
    words, lack = GAPS[key]
    assert gap(office, key)[0] == []
    Case.objects.filter(pk=whole.pk).update(**lack)

    rows, figures = gap(office, key)

    assert rows == [(f"{whole.reference}, {whole.title}", f"/cases/{whole.reference}/edit/")]
    assert figures[words] == 1
    assert office.get(rows[0][1]).status_code == 200


def test_homes_without_handover_or_owner_and_owners_out_of_reach(world, office):
    empty = units.make_unit(development=world.development, number="C-1-1")
    person = homeowners.make_homeowner(name="Nobody Reaches")
    homeowners.make_tenure(unit=world.next_door, homeowner=person, role="joint-owner")

    assert gap(office, "handover")[0] == [("C-1-1", "/units/krm/C-1-1/")]
    assert gap(office, "owner")[0] == [("C-1-1", "/units/krm/C-1-1/")]
    assert gap(office, "contact")[0] == [("Nobody Reaches", f"/homeowners/{person.public_id}/edit/")]
    units.hand_over(empty, REPORTED_AT.date())
    assert gap(office, "handover")[0] == []
    Homeowner.objects.filter(pk=person.pk).update(second_phone="+60123456789")
    assert gap(office, "contact")[0] == []


def test_a_report_whose_sender_is_unknown(world, office):
    report = make_report(world=world)
    type(report).objects.filter(pk=report.pk).update(state="unverified", verified_at=None)

    assert gap(office, "reporter")[0][0][1] == f"/intake/{report.reference}/"


def test_the_file_names_every_gap_of_every_record(world, office):
    units.make_unit(development=world.development, number="C-1-1")

    lines = lines_of(office.get("/reports/incomplete-records/export/csv/"))

    missing = {line["What is missing"] for line in lines if line["Home"] == "C-1-1"}
    assert missing == {"No handover date", "No owner"}
    total = sum(figures_of(office.get("/reports/incomplete-records/")).values())
    assert len(lines) == total


@pytest.mark.parametrize("key", KEYS)
def test_an_officer_of_another_development_sees_and_takes_nothing(world, key):
    make_case(world=world)
    book(world, make_case(world=world, at=timezone.now() - DAY), 2)
    olga = accounts.make_user(role="officer", name="Olga", email="olga@demo.example")
    units.limit_officer(olga, units.make_development(code="SIN", name="Sinar"))
    client = signed_in(olga)

    response = client.get(f"/reports/{key}/?{ALL_TIME}")

    assert first_cells(response) == []
    assert set(figures_of(response).values()) <= {0, "-"}
    assert lines_of(client.get(f"/reports/{key}/export/csv/?{ALL_TIME}")) == []
    assert client.get(f"/reports/{key}/?development=KRM").status_code == 400


def test_pages_follow_each_other_without_a_gap(world, office, monkeypatch):
    monkeypatch.setattr(pages.page_of, "__kwdefaults__", {"size": 2})
    for _number in range(5):
        make_case(world=world)
    Case.objects.update(received_at=REPORTED_AT)  # all at one moment: the key decides

    seen, address = [], "?since="
    while address:
        response = office.get(f"/reports/defect-status/{address}")
        seen += first_cells(response)
        address = response.context["next"]

    assert seen == list(Case.objects.order_by("received_at", "pk").values_list("reference", flat=True))


@pytest.mark.parametrize("after", ["x", "-1", "9" * 30, "999999"])
def test_a_mark_that_was_not_made_here_gives_the_first_page(world, office, after):
    case = make_case(world=world)

    assert first_cells(office.get(f"/reports/defect-status/?after={after}")) == [case.reference]


@pytest.mark.parametrize(
    "query", ["since=2026-13-01", "since=0001-01-01", "until=9999-12-31", "since=2026-03-02&until=2026-03-01"]
)
def test_a_wrong_period_is_named_and_exports_nothing(world, office, query):
    assert office.get(f"/reports/defect-status/?{query}").status_code == 400
    assert office.get(f"/reports/defect-status/export/csv/?{query}").status_code == 404


@pytest.mark.parametrize("key", KEYS)
def test_the_file_holds_the_rows_of_the_page_for_the_same_period(world, office, key):
    make_case(world=world, status=Status.CLOSED_COMPLETE)
    book(world, make_case(world=world, at=timezone.now() - DAY), 2)
    for query in (ALL_TIME, "", "development=KRM"):
        response = office.get(f"/reports/{key}/?{query}")
        lines = lines_of(office.get(f"/reports/{key}/export/csv/?{response.context['query']}"))
        shown = first_cells(response)
        taken = [next(iter(line.values())) for line in lines]
        assert (set(shown) <= set(taken)) if key == "incomplete-records" else (shown == taken)
    assert AuditEntry.objects.filter(action="handed-out", reference=key).count() == 3


def multiply(case, amount):
    item = case.report_item
    items = ReportItem.objects.bulk_create(
        ReportItem(report=item.report, position=100 + n, location=case.location, words="x") for n in range(amount)
    )
    rows = []
    for number, one in enumerate(items):
        row = copy(case)
        row.pk, row.report_item = None, one
        row.reference, row.reference_key = f"KRM-{9000 + number}", f"krm{9000 + number}"
        rows.append(row)
    Case.objects.bulk_create(rows)


@pytest.mark.parametrize("key", KEYS)
def test_queries_do_not_grow_with_the_rows(world, office, key, django_assert_max_num_queries):
    case = make_case(world=world)
    book(world, case, 2)
    address = f"/reports/{key}/?{ALL_TIME}"
    office.get(address)
    with django_assert_max_num_queries(24) as few:
        office.get(address)
    multiply(Case.objects.for_page().get(pk=case.pk), 30)
    with django_assert_max_num_queries(24) as many:
        office.get(address)

    assert len(many) == len(few)


def test_an_owner_who_left_is_not_missed(world, office):
    person = homeowners.make_homeowner(name="Gone Long Ago")
    tenure = homeowners.make_tenure(unit=world.next_door, homeowner=person, role="joint-owner")
    Tenure.objects.filter(pk=tenure.pk).update(until_on=tenure.from_on, ended_at=timezone.now(), end_reason="Sold")

    assert gap(office, "contact")[0] == []
