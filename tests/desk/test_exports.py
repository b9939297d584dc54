"""Every list as CSV, workbook and print-out: the rows of its page, text that stays text, who asked, who may."""

import csv
import io
import zipfile
from datetime import timedelta

import openpyxl
import pytest
from django.test import Client
from django.utils import timezone

from accounts import sessions, sheets
from accounts.models import User
from cases.models import Case, DecisionRequest, Report
from contractors.models import Company
from documents.sheets_out.safety import FORMULA
from homeowners.models import Homeowner
from inspections import visits
from ledger.models import AuditEntry
from outbox.models import OutgoingMail
from tests.factories import accounts, contractors, homeowners, units
from tests.factories.cases import a_fault, make_case, make_report
from tests.factories.outbox import make_mail
from units.models import Unit

pytestmark = pytest.mark.django_db

NAUGHTY = "=cmd|' /C calc'!A0"
DAY = timedelta(days=1)
LISTS = {
    "/cases/": "mine=all",
    "/intake/": "state=all",
    "/decisions/": "",
    "/outgoing/": "",
    "/inspections/": "",
    "/units/": "",
    "/homeowners/": "",
    "/contractors/": "",
    "/settings/": "",
}
OF_PEOPLE = {"/homeowners/", "/settings/"}


def export_of(listing):
    return "/settings/users/export/" if listing == "/settings/" else f"{listing}export/"


@pytest.fixture
def full(world):
    """A row in each list, a formula in every free text."""
    at = timezone.now() - DAY
    case = make_case(world=world, at=at)
    make_report(world=world, at=at)
    start = (timezone.now() + DAY).replace(hour=3, minute=0)
    amira = world.actor("amira")
    visits.book(
        [case], kind="initial", starts_at=start, ends_at=start + timedelta(hours=2), who=NAUGHTY, by=amira, at=at
    )
    DecisionRequest.objects.create(
        case=case, kind="settlement", why=NAUGHTY, seen_version=1, author_name=NAUGHTY, author_role="officer",
        author_user_id=world.amira.pk, asked_at=at,
    )  # fmt: skip
    make_mail(about_id=case.pk, about_reference=case.reference, subject=NAUGHTY, recipient_name=NAUGHTY)
    Case.objects.update(fault=NAUGHTY)
    Report.objects.update(reporter_name=NAUGHTY)
    Homeowner.objects.filter(pk=world.hana.pk).update(name=NAUGHTY, phone="+60123456789")
    Unit.objects.filter(pk=world.unit.pk).update(floor=NAUGHTY)
    Company.objects.update(name=NAUGHTY, address=NAUGHTY)
    User.objects.filter(pk=world.mo.pk).update(name=NAUGHTY)
    return world


def client_of(user, *, is_fresh=True):
    client = Client()
    client.force_login(user)
    if is_fresh:
        session = client.session
        sessions.prove(session, at=timezone.now())
        session.save()
    return client


@pytest.fixture
def office(full):
    """Somebody who may open every list."""
    return client_of(accounts.ada())


def lines_of(response):
    assert response.status_code == 200, response
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def book_of(response):
    assert response.status_code == 200, response
    return openpyxl.load_workbook(io.BytesIO(response.content)), response.content


@pytest.mark.parametrize("listing", LISTS)
def test_no_cell_of_a_csv_starts_a_formula(office, listing):
    lines = lines_of(office.get(f"{export_of(listing)}csv/?{LISTS[listing]}"))

    cells = [cell for line in lines for cell in line.values()]
    assert f"'{NAUGHTY}" in cells
    assert [cell for cell in cells if FORMULA.match(cell)] == []


@pytest.mark.parametrize("listing", LISTS)
def test_no_cell_of_a_workbook_is_a_formula(office, listing):
    book, content = book_of(office.get(f"{export_of(listing)}xlsx/?{LISTS[listing]}"))

    cells = [cell for sheet in book for row in sheet for cell in row]
    assert NAUGHTY in [cell.value for cell in cells]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d", "b"}
    assert b"<f>" not in b"".join(map(zipfile.ZipFile(io.BytesIO(content)).read, ["xl/worksheets/sheet1.xml"]))


@pytest.mark.parametrize("listing", LISTS)
def test_a_print_out_names_filter_day_and_person(office, listing):
    response = office.get(f"{export_of(listing)}print/?{LISTS[listing]}")

    words = response.content.decode()
    facts = {label: value for label, value, _is_filter in response.context["facts"]}
    assert len(response.context["lines"]) == response.context["rows"] > 0
    assert (facts["By"], facts["Rows"]) == ("Ada Wong", str(response.context["rows"]))
    assert f"{timezone.localtime():%Y-%m-%d}" in facts["Made"]
    assert "&#x27; /C calc" in words or "calc" not in words


def rows_of_page(client, listing, query):
    """The rows that the list shows, in words that its export has too, over all its pages."""
    context = client.get(f"{listing}?{query}").context
    return {
        "/cases/": lambda: [row["reference"] for row in context["rows"]],
        "/intake/": lambda: [row.reference for row in context["reports"]],
        "/decisions/": lambda: [row["reference"] for row in context["queue"].asked + context["queue"].mine],
        "/outgoing/": lambda: [row["subject"] for row in context["rows"]],
        "/inspections/": lambda: [visit.reference for visit, _cases, _kind in context["rows"]],
        "/units/": lambda: [row.number for row in context["page"].rows],
        "/homeowners/": lambda: [row.email for row in context["page"].rows],
        "/contractors/": lambda: [row.short_name for row in context["page"].rows],
        "/settings/": lambda: [row.email for row in context["users"]],
    }[listing]()


NAMED = {
    "/cases/": "Reference", "/intake/": "Report", "/decisions/": "Case", "/outgoing/": "Subject",
    "/inspections/": "Visit", "/units/": "Home", "/homeowners/": "E-mail", "/contractors/": "Short name",
    "/settings/": "E-mail",
}  # fmt: skip
FILTERS = [
    ("/cases/", "mine=all"),
    ("/cases/", "mine=all&sort=age&state=open&state=closed"),
    ("/cases/", "mine=all&q=dripping"),
    ("/cases/", "mine=all&priority=P0"),
    ("/cases/", "mine=all&state=nonsense"),
    ("/intake/", ""),
    ("/intake/", "state=all"),
    ("/decisions/", ""),
    ("/outgoing/", ""),
    ("/outgoing/", "state=sent"),
    ("/outgoing/", "q=%3Dcmd"),
    ("/inspections/", ""),
    ("/inspections/", "state=cancelled"),
    ("/inspections/", "kind=nonsense"),
    ("/units/", ""),
    ("/units/", "q=a-12-3"),
    ("/units/", "development=XXX"),
    ("/homeowners/", ""),
    ("/homeowners/", "q=noor"),
    ("/contractors/", ""),
    ("/contractors/", "kind=sub"),
    ("/settings/", ""),
    ("/settings/", "role=officer&state=enabled"),
]


@pytest.mark.parametrize(("listing", "query"), FILTERS)
def test_the_file_holds_the_rows_of_the_page_in_its_order(office, listing, query):
    shown = [] if "nonsense" in query and listing == "/cases/" else rows_of_page(office, listing, query)
    lines = lines_of(office.get(f"{export_of(listing)}csv/?{query}"))

    assert [line[NAMED[listing]].removeprefix("'") for line in lines] == shown


def test_the_table_exports_all_pages_and_an_officer_the_own_cases(full):
    case = Case.objects.first()
    Case.objects.exclude(pk=case.pk).update(officer=full.mo)
    amira = client_of(full.amira)

    assert [line["Reference"] for line in lines_of(amira.get("/cases/export/csv/"))] == [case.reference]
    assert len(lines_of(amira.get("/cases/export/csv/?mine=all"))) == Case.objects.count() > 1


@pytest.mark.parametrize("listing", [listing for listing in LISTS if listing not in {"/settings/", "/contractors/"}])
def test_an_officer_of_another_development_gets_none_of_it(full, listing):
    other = accounts.make_user(role="officer", name="Olga", email="olga@demo.example")
    units.limit_officer(other, units.make_development(code="SIN", name="Sinar"))

    assert lines_of(client_of(other).get(f"{export_of(listing)}csv/?{LISTS[listing]}")) == []


def test_a_filter_value_of_another_development_opens_nothing(full):
    other = accounts.make_user(role="officer", name="Olga", email="olga@demo.example")
    units.limit_officer(other, units.make_development(code="SIN", name="Sinar"))

    assert lines_of(client_of(other).get("/cases/export/csv/?mine=all&development=KRM")) == []


@pytest.mark.parametrize("listing", LISTS)
@pytest.mark.parametrize("way", ["csv/", "xlsx/", ""])
def test_files_ask_once_more_who_it_is(full, listing, way):
    response = client_of(accounts.ada(), is_fresh=False).get(f"{export_of(listing)}{way}?{LISTS[listing]}")

    query = f"%3F{LISTS[listing]}".replace("=", "%3D") if LISTS[listing] else ""
    assert response.status_code == 302
    assert response["Location"] == f"/account/confirm/?next={export_of(listing).replace('/', '%2F')}{query}"
    assert not AuditEntry.objects.filter(action="handed-out").exists()


@pytest.mark.parametrize("listing", LISTS)
def test_paper_asks_only_for_registers_of_people(full, listing):
    response = client_of(accounts.ada(), is_fresh=False).get(f"{export_of(listing)}print/?{LISTS[listing]}")

    assert response.status_code == (302 if listing in OF_PEOPLE else 200)


@pytest.mark.parametrize("way", ["csv", "xlsx", "print"])
def test_every_hand_out_is_written_down(full, way):
    office = client_of(full.amira)
    office.get(f"/cases/export/{way}/?mine=all&priority=P2", REMOTE_ADDR="10.1.2.3")

    entry = AuditEntry.objects.get(action="handed-out")
    assert (entry.actor_user_id, entry.address, entry.reference) == (full.amira.pk, "10.1.2.3", "cases")
    assert (entry.new["as"], entry.new["rows"]) == (way, Case.objects.filter(priority="P2").count())
    assert (entry.new["filter"]["Whose"], entry.new["filter"]["State"]) == ("All", "Any open state")
    assert "P2" in entry.new["filter"]["Priority"]


def test_choosing_hands_nothing_out(office):
    response = office.get("/cases/export/?mine=all")

    assert b"/cases/export/xlsx/?mine=all" in response.content
    assert not AuditEntry.objects.filter(action="handed-out").exists()


def test_a_workbook_that_would_be_too_long_says_what_to_do(office, monkeypatch):
    monkeypatch.setattr(sheets, "MOST_IN_WORKBOOK", 1)

    response = office.get("/homeowners/export/xlsx/")

    assert response.status_code == 422
    assert b"Narrow the filter, or take the CSV" in response.content
    assert len(lines_of(office.get("/homeowners/export/csv/"))) > 1


def test_a_print_out_that_is_cut_says_so(office, monkeypatch):
    monkeypatch.setattr(sheets, "MOST_ON_PAPER", 1)

    response = office.get("/homeowners/export/print/")

    assert len(response.context["lines"]) == 1
    assert b"Only the first 1 of" in response.content


def test_a_way_that_does_not_exist(office):
    assert office.get("/cases/export/pdf/").status_code == 404


def test_files_are_not_kept_by_any_cache(office):
    response = office.get("/cases/export/csv/")

    assert "no-store" in response["Cache-Control"]
    assert response["Content-Disposition"].startswith('attachment; filename="cases-')


def test_a_mail_leaves_without_its_words_and_a_person_without_the_notes(full, office):
    OutgoingMail.objects.update(body_text="Secret words")
    Homeowner.objects.update(note="Shouts on the phone")

    for listing in ("/outgoing/", "/homeowners/"):
        text = b"".join(office.get(f"{export_of(listing)}csv/").streaming_content).decode()
        assert "Secret words" not in text
        assert "Shouts" not in text


def test_columns_of_the_cases_have_types(office):
    book, _content = book_of(office.get("/cases/export/xlsx/?mine=all"))
    rows, about = book.worksheets
    first = dict(zip([cell.value for cell in rows[1]], rows[2], strict=True))

    assert {name: first[name].data_type for name in ("Received", "Age in days", "Cover ends", "Safety", "Room")} == {
        "Received": "d", "Age in days": "n", "Cover ends": "d", "Safety": "b", "Room": "s",
    }  # fmt: skip
    case = Case.objects.for_page().get(reference=first["Reference"].value)
    local = case.received_at.astimezone(case.development.tz).replace(tzinfo=None, second=0, microsecond=0)
    assert first["Received"].value == local
    facts = {row[0].value: row[1].value for row in about.iter_rows()}
    assert (facts["By"], facts["Whose"], facts["Rows"]) == ("Ada Wong", "All", str(Case.objects.count()))


MANY = 30


def fill(listing, world):
    for number in range(MANY):
        unit = units.make_unit(development=world.development, number=f"B-{number}")
        person = homeowners.make_homeowner(name=f"Person {number}", email=f"p{number}@demo.example")
        homeowners.make_tenure(unit=unit, homeowner=person)
        company = contractors.make_company(name=f"Company {number}")
        contractors.make_appointment(company=company, development=world.development)
    if listing == "/cases/":
        make_report(world=world, at=timezone.now() - DAY, faults=[a_fault() for _ in range(MANY)])


@pytest.mark.parametrize("listing", ["/cases/", "/units/", "/homeowners/", "/contractors/"])
def test_queries_do_not_grow_with_the_rows(full, listing, django_assert_max_num_queries):
    office = client_of(accounts.ada())
    address = f"{export_of(listing)}csv/?{LISTS[listing]}"
    lines_of(office.get(address))
    with django_assert_max_num_queries(100) as few:
        lines_of(office.get(address))
    fill(listing, full)
    with django_assert_max_num_queries(100) as many:
        assert len(lines_of(office.get(address))) >= MANY

    assert len(many) == len(few) <= 16
