"""The register of homes: who may open it, finding, one home, and who comes and goes."""

from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from documents.models import Paper
from homeowners.choices import TenureRole
from homeowners.models import Homeowner, Tenure
from homeowners.tenures import homes_of
from ledger.models import AuditEntry
from tests.factories.accounts import ada, amira, lim, mo
from tests.factories.homeowners import farid, hana, make_homeowner, make_management_body, make_tenure, noor, tariq
from tests.factories.units import hand_over, limit_officer, make_block, make_development, make_unit
from units import report_links
from units.calendars import local_day

pytestmark = pytest.mark.django_db
PAGES = ("", "link/", "people/add/", "people/end/", "resale/")


@pytest.fixture
def home():
    development = make_development(code="KRM")
    unit = make_unit(block=make_block(development=development), number="A-12-3", floor="12")
    hana(unit=unit)
    return unit


@pytest.fixture
def desk(client_for):
    return client_for(amira())


@pytest.fixture
def today(home):
    from django.utils import timezone

    return local_day(timezone.now(), home.development.tz)


def text(response):
    assert response.status_code == 200, response
    return response.content.decode()


@pytest.mark.parametrize("part", PAGES)
def test_the_pages_of_a_home_are_the_offices(home, client_for, part):
    for stranger in (home.tenures.get().homeowner.user, lim()):
        assert client_for(stranger).get(f"/units/krm/a123/{part}").status_code == 403
    assert client_for(mo()).get(f"/units/krm/a123/{part}").status_code == 200
    assert client_for(ada()).get(f"/units/krm/a123/{part}").status_code == (403 if part else 200)


@pytest.mark.parametrize("part", PAGES)
def test_a_home_of_another_development_is_missing(home, client_for, part):
    officer = amira()
    limit_officer(officer, make_development())
    client = client_for(officer)
    assert client.get(f"/units/krm/a123/{part}").status_code == 404
    assert client.post(f"/units/krm/a123/{part or 'resale/'}").status_code == 404
    assert client.get(f"/units/krm/none/{part}").status_code == 404
    assert "A-12-3" not in text(client.get("/units/"))
    answer = client.get("/units/?development=KRM")
    assert answer.status_code == 400
    assert "A-12-3" not in answer.content.decode()


def test_nobody_is_asked_to_sign_in_first(home, client):
    assert client.get("/units/").status_code == 302


@pytest.mark.parametrize("words", ["a-12", "A12 3", "a/12", "hana", "YUSOF", "012-345 6789", "hana@demo"])
def test_finds_a_home_by_number_or_by_who_holds_it(home, desk, words):
    noor(unit=make_unit(development=home.development, number="B-1-1"))
    page = text(desk.get("/units/", {"q": words}))
    assert "A-12-3" in page
    assert "B-1-1" not in page


def test_a_former_owner_does_not_find_the_home(home, desk):
    farid(unit=home)
    assert "No home fits" in text(desk.get("/units/", {"q": "farid"}))


def test_filters_by_development(home, desk):
    make_unit(development=make_development(code="TJM", name="Tanjong"), number="Z-9")
    page = text(desk.get("/units/", {"development": "KRM"}))
    assert "A-12-3" in page
    assert "Z-9" not in page


@pytest.mark.parametrize(
    ("query", "status"), [({"q": "x" * 2000}, 400), ({"development": "nonsense"}, 400), ({"after": "rubbish"}, 200)]
)
def test_odd_questions_are_answered(home, desk, query, status):
    assert desk.get("/units/", query).status_code == status


@pytest.mark.parametrize("number", ["%00", "a%00", "%F0%9F%98%80", "..", "%2e%2e"])
def test_odd_addresses_are_missing(home, desk, number):
    assert desk.get(f"/units/krm/{number}/").status_code == 404


@pytest.mark.parametrize("part", [*PAGES, "pdf/"])
def test_homes_whose_numbers_hold_the_same_characters_have_pages_of_their_own(home, desk, part):
    numbers = ("A-12-3", "A-1-23", "A/1/23", "a~1")
    homes = [home, *(make_unit(development=home.development, number=number) for number in numbers[1:])]
    for unit in homes:
        url = f"/units/krm/{unit.address_part}/{part}"
        answer = desk.post(url, {"idempotency_key": str(uuid4())}) if part == "pdf/" else desk.get(url)
        if part == "pdf/":
            assert Paper.objects.latest("pk").subject_id == unit.pk
        else:
            assert answer.context_data["unit"] == unit
    assert [desk.get(f"/units/krm/{text}/").status_code for text in ("a123", "A1.23", "A-12-3", "a-1-2-3")] == [
        404, 404, 200, 404
    ]  # fmt: skip
    for listing in ("/units/", "/units/?q=A-12-3"):
        assert 'href="/units/krm/A-12-3/"' in text(desk.get(listing))


def test_the_page_of_a_home_tells_who_when_and_since(home, desk):
    tariq(unit=home)
    farid(unit=home)
    hand_over(home, date(2024, 3, 15))
    page = text(desk.get("/units/KRM/A-12-3/"))
    for words in ("Hana Yusof", "since Mon 3 Mar 2025", "+60 12-345 6789", "Tariq Aziz", "Tenant", "Fri 15 Mar 2024"):
        assert words in page
    now, before = page.split("People before")
    assert "Farid Omar" in before
    assert "Farid Omar" not in now
    assert "+60 14-555 6666" not in page


def test_an_officer_may_change_and_an_administrator_only_reads(home, desk, client_for):
    assert "Record a resale" in text(desk.get("/units/krm/a123/"))
    page = text(client_for(ada()).get("/units/krm/a123/"))
    assert "Record a resale" not in page
    assert "people/end/" not in page


def test_an_empty_home_and_a_common_area_have_pages(desk):
    make_unit(development=make_development(code="KRM"), number="B-1-1")
    assert "Nobody holds this home" in text(desk.get("/units/krm/b11/"))
    body, area = make_management_body(development=make_development(code="TJM"))
    page = text(desk.get("/units/tjm/lobby/"))
    assert "Kerinci JMB" in page
    assert "Record a resale" not in page


def resale(**facts):
    return {
        "on": "2026-03-11", "proof": "Solicitor's letter of 2 Mar 2026", "verified_how": "solicitor",
        "name": "Noor Said", "email": "noor@demo.example", "phone": "013-333 4444", "idempotency_key": "k1", **facts,
    }  # fmt: skip


def test_a_resale_moves_the_home_to_the_buyers(home, desk):
    tariq(unit=home)
    seller = home.tenures.owners().get().homeowner
    facts = resale(second_name="Salmah Said", second_email="noor@demo.example")
    answer = desk.post("/units/krm/a123/resale/", facts)

    assert answer.status_code == 302
    assert answer.url == "/units/krm/A-12-3/"
    now = {row.homeowner.name: row.role for row in home.tenures.in_force(date(2026, 3, 11)).select_related("homeowner")}
    assert now == {"Noor Said": "owner", "Salmah Said": "joint-owner"}
    assert Homeowner.objects.get(name="Noor Said").phone == "+60133334444"
    assert Homeowner.objects.get(name="Salmah Said").user == Homeowner.objects.get(name="Noor Said").user
    assert not seller.tenures.in_force(date(2026, 3, 11)).exists()
    assert AuditEntry.objects.filter(action="tenure.end", actor_name="Amira Rahman").count() == 2
    assert "The resale on Wed 11 Mar 2026 is recorded." in text(desk.get(answer.url))


def test_the_seller_loses_the_home_with_the_next_request(home, desk, today):
    from django.utils import timezone

    seller = home.tenures.get().homeowner.user
    assert homes_of(seller, timezone.now())
    desk.post("/units/krm/a123/resale/", resale(on=today.isoformat()))
    assert not homes_of(seller, timezone.now())


def test_a_double_press_sells_once(home, desk):
    first = desk.post("/units/krm/a123/resale/", resale())
    again = desk.post("/units/krm/a123/resale/", resale())
    assert first.url == again.url
    assert Tenure.objects.count() == 2


@pytest.mark.parametrize(
    ("part", "facts", "sentence"),
    [
        ("resale/", resale(proof=""), "This field is required."),
        ("resale/", resale(on="2024-01-01"), "An owner of today began after that day."),
        ("resale/", resale(on="0202-03-03"), "Check the year."),
        ("resale/", resale(phone="ask my wife"), "is not a phone number"),
        ("resale/", resale(email="amira@demo.example"), "belongs to an office or contractor account"),
        ("resale/", resale(second_phone="013-1"), "Give the joint buyer"),
        ("people/add/", {"role": "owner"}, "This field is required."),
        ("people/add/", {"role": "management-body"}, "Select a valid choice"),
        ("people/end/", {"tenure": "999999"}, "Select a valid choice"),
    ],
)
def test_a_rejected_form_names_the_field_and_keeps_what_was_typed(home, desk, part, facts, sentence):
    answer = text(desk.post(f"/units/krm/a123/{part}", {**facts, "reason": "typed & kept", "evidence": "typed & kept"}))
    assert sentence in answer
    for value in {"Solicitor&#x27;s letter of 2 Mar 2026"} & {facts.get("proof", "").replace("'", "&#x27;")}:
        assert value in answer
    if part != "resale/":
        assert "typed &amp; kept" in answer
    assert Homeowner.objects.count() == 1
    assert {row.homeowner.name for row in home.tenures.all() if row.until_on is None} == {"Hana Yusof"}


def test_a_refused_press_may_be_sent_again_with_the_same_key(home, desk):
    desk.post("/units/krm/a123/resale/", resale(on="2024-01-01"))
    assert desk.post("/units/krm/a123/resale/", resale()).status_code == 302


def holder(**facts):
    return {
        "role": "tenant", "name": "Tariq Aziz", "email": "tariq@demo.example", "phone": "", "from_on": "2026-03-11",
        "evidence": "Tenancy agreement of 1 Mar 2026", "verified_how": "tenancy", "letter_on": "", **facts,
    }  # fmt: skip


def test_a_tenant_a_joint_owner_and_a_representative_are_added(home, desk):
    desk.post("/units/krm/a123/people/add/", holder())
    desk.post("/units/krm/a123/people/add/", holder(role="joint-owner", name="Aziz Osman", email=""))
    desk.post(
        "/units/krm/a123/people/add/", holder(role="representative", name="Rita", email="", letter_on="2026-03-01")
    )
    rows = home.tenures.in_force(date(2026, 3, 11)).select_related("homeowner")
    assert {row.homeowner.name: row.role for row in rows} == {
        "Hana Yusof": "owner", "Tariq Aziz": "tenant", "Aziz Osman": "joint-owner", "Rita": "representative",
    }  # fmt: skip


def test_a_representative_without_letter_is_refused_at_its_field(home, desk):
    page = text(desk.post("/units/krm/a123/people/add/", holder(role="representative")))
    assert "A representative needs a letter of authority" in page
    assert home.tenures.count() == 1


def test_a_person_who_is_known_is_not_entered_twice(home, desk):
    known = tariq()
    desk.post("/units/krm/a123/people/add/", holder(name="Encik Tariq Aziz"))
    assert home.tenures.get(role=TenureRole.TENANT).homeowner == known


def test_the_other_half_of_a_couple_is_a_person_of_its_own(home, desk):
    desk.post("/units/krm/a123/people/add/", holder(role="joint-owner", name="Aziz Osman", email="hana@demo.example"))
    couple = Homeowner.objects.filter(email="hana@demo.example")
    assert couple.count() == 2
    assert len({person.user_id for person in couple}) == 1


def test_somebody_leaves(home, desk, today):
    tenant = tariq(unit=home)
    row = tenant.tenures.get()
    facts = {"tenure": row.pk, "on": today.isoformat(), "reason": "Moved out"}
    assert f'value="{row.pk}" ' in text(desk.get(f"/units/krm/a123/people/end/?who={row.pk}"))
    desk.post("/units/krm/a123/people/end/", facts)
    row.refresh_from_db()
    assert (row.until_on, row.end_reason, row.ended_by_name) == (today, "Moved out", "Amira Rahman")


def test_a_tenure_of_another_home_is_no_choice(home, desk):
    row = noor(unit=make_unit(development=home.development, number="A-12-4")).tenures.get()
    page = text(desk.post("/units/krm/a123/people/end/", {"tenure": row.pk, "on": "2026-03-11", "reason": "x"}))
    assert "Select a valid choice" in page
    row.refresh_from_db()
    assert row.until_on is None


def test_the_report_link_is_printed_and_can_be_ended(home, desk, settings):
    settings.BASE_URL = "https://defects.example"
    old = report_links.token(home)
    assert f"https://defects.example/report/{old}/" in text(desk.get("/units/krm/a123/link/"))
    answer = desk.post("/units/krm/a123/link/", {"reason": "Letter lost", "idempotency_key": "k"})
    desk.post("/units/krm/a123/link/", {"reason": "Letter lost", "idempotency_key": "k"})
    home.refresh_from_db()
    assert answer.status_code == 302
    assert home.link_version == 2
    assert old not in text(desk.get("/units/krm/a123/link/"))


def test_what_is_typed_is_text(home, desk):
    nasty = "<script>alert(1)</script>"
    desk.post("/units/krm/a123/people/add/", holder(name=nasty, evidence=nasty))
    for page in ("/units/", "/units/krm/a123/", "/homeowners/"):
        assert nasty not in text(desk.get(page))
        assert "&lt;script&gt;" in text(desk.get(page))


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_asks_the_same_number_of_queries_however_many_homes(desk, queries, count):
    development = make_development(code="KRM")
    for number in range(count):
        unit = make_unit(
            development=development, number=f"A-{number}", block=make_block(development=development, name=f"{number}")
        )
        make_tenure(unit=unit, homeowner=make_homeowner(name=f"Owner {number}"))
        make_tenure(unit=unit, homeowner=make_homeowner(name=f"Tenant {number}"), role=TenureRole.TENANT)
    with queries(LIST_QUERIES):
        desk.get(reverse("unit_list"))


@pytest.mark.parametrize("count", [1, 30])
def test_the_page_of_a_home_asks_the_same_number_of_queries_however_many_people(home, desk, queries, count):
    for number in range(count):
        make_tenure(unit=home, homeowner=make_homeowner(name=f"Tenant {number}"), role=TenureRole.TENANT)
        hand_over(home, date(2024, 1, number % 28 + 1))
    with queries(PAGE_QUERIES):
        desk.get("/units/krm/a123/")


LIST_QUERIES = 7
PAGE_QUERIES = 11
