"""The register of people."""

import pytest

from homeowners.choices import TenureRole
from homeowners.models import Homeowner
from tests.factories.accounts import ada, amira, lim, mo
from tests.factories.homeowners import farid, hana, make_homeowner, make_tenure, noor
from tests.factories.units import limit_officer, make_development, make_unit

pytestmark = pytest.mark.django_db
LIST_QUERIES = 7
PERSON_QUERIES = 6


@pytest.fixture
def person():
    return hana(unit=make_unit(development=make_development(code="KRM"), number="A-12-3"))


@pytest.fixture
def desk(client_for):
    return client_for(amira())


def text(response):
    assert response.status_code == 200, response
    return response.content.decode()


def contact(**facts):
    return {
        "name": "Hana Yusof", "email": "hana@demo.example", "phone": "012-345 6789", "second_phone": "",
        "language": "en",
        "note": "", "reason": "Told by phone", **facts,
    }  # fmt: skip


def test_the_register_is_the_offices(person, client_for):
    address = f"/homeowners/{person.public_id}/"
    for stranger in (person.user, lim()):
        for path in ("/homeowners/", address, f"{address}edit/"):
            assert client_for(stranger).get(path).status_code == 403
    manager, administrator = client_for(mo()), client_for(ada())
    for path in ("/homeowners/", address):
        assert manager.get(path).status_code == administrator.get(path).status_code == 200
    assert manager.get(f"{address}edit/").status_code == 200
    assert administrator.get(f"{address}edit/").status_code == 403


def test_a_person_of_another_development_is_missing(person, client_for):
    officer = amira()
    limit_officer(officer, make_development())
    client = client_for(officer)
    for part in ("", "edit/"):
        assert client.get(f"/homeowners/{person.public_id}/{part}").status_code == 404
    assert client.post(f"/homeowners/{person.public_id}/edit/", contact()).status_code == 404
    assert "Hana" not in text(client.get("/homeowners/"))


def test_a_limited_officer_sees_only_the_homes_of_the_own_development(person, client_for):
    there = make_unit(development=make_development(code="TJM"), number="Z-9")
    make_tenure(unit=there, homeowner=person, role=TenureRole.TENANT)
    officer = amira()
    limit_officer(officer, there.development)
    client = client_for(officer)
    for path in ("/homeowners/", f"/homeowners/{person.public_id}/"):
        answer = text(client.get(path))
        assert "Z-9" in answer
        assert "A-12-3" not in answer


def test_finds_people_and_says_when_nobody_fits(person, desk):
    noor()
    found = text(desk.get("/homeowners/", {"q": "012 345"}))
    assert "Hana Yusof" in found
    assert "Noor Said" not in found
    assert "Nobody fits" in text(desk.get("/homeowners/", {"q": "zebra"}))
    assert "Noor Said" not in text(desk.get("/homeowners/", {"development": "KRM"}))


def test_the_pages_of_the_list_follow_each_other_and_lead_back(desk):
    for number in range(120):
        make_homeowner(name=f"Person {number:03}")
    first = text(desk.get("/homeowners/", {"q": "person"}))
    assert "Person 049" in first
    assert "Person 050" not in first

    def link(html, rel):
        return html.split(f'rel="{rel}"')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")

    second = text(desk.get("/homeowners/" + link(first, "next")))
    third = text(desk.get("/homeowners/" + link(second, "next")))
    assert "Person 050" in second
    assert "Person 119" in third
    assert 'rel="next"' not in third
    back = text(desk.get("/homeowners/" + link(third, "prev")))
    assert [f"Person {number:03}" in back for number in (49, 50, 99, 100)] == [False, True, True, False]
    assert 'rel="prev"' not in text(desk.get("/homeowners/" + link(back, "prev")))


def test_the_page_tells_homes_now_and_before_and_how_to_reach(person, desk):
    former = farid(unit=make_unit(development=make_development(code="TJM"), number="Z-9"))
    page = text(desk.get(f"/homeowners/{person.public_id}/"))
    for words in ("A-12-3", "+60 12-345 6789", "hana@demo.example", "Signs in with"):
        assert words in page
    assert "Z-9" in text(desk.get(f"/homeowners/{former.public_id}/")).partition("Before and to come")[2]


def test_contact_is_changed_with_the_reason_on_record(person, desk):
    answer = desk.post(f"/homeowners/{person.public_id}/edit/", contact(phone="019-876 5432", is_vulnerable="on"))
    person.refresh_from_db()
    assert answer.url == f"/homeowners/{person.public_id}/"
    assert (person.phone, person.is_vulnerable) == ("+60198765432", True)
    page = text(desk.get(answer.url))
    assert "Told by phone" in page
    assert "phone: +60123456789 → +60198765432" in page
    assert "Needs care" in page


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"name": ""}, "This field is required."),
        ({"phone": "ask my wife"}, "is not a phone number"),
        ({"second_phone": "12"}, "is not a phone number"),
        ({"email": "amira@demo.example"}, "belongs to an office or contractor account"),
        ({"email": "nonsense"}, "Enter a valid email address."),
    ],
)
def test_a_rejected_contact_names_the_field_and_keeps_what_was_typed(person, desk, facts, sentence):
    page = text(desk.post(f"/homeowners/{person.public_id}/edit/", contact(note="typed & kept", **facts)))
    assert sentence in page
    assert "typed &amp; kept" in page
    assert Homeowner.objects.get().name == "Hana Yusof"


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_asks_the_same_number_of_queries_however_many_people(desk, queries, count):
    development = make_development(code="KRM")
    for number in range(count):
        person = make_homeowner(name=f"Owner {number}", email=f"o{number}@demo.example")
        make_tenure(unit=make_unit(development=development, number=f"A-{number}"), homeowner=person)
        make_tenure(unit=make_unit(development=development, number=f"B-{number}"), homeowner=person)
    with queries(LIST_QUERIES):
        desk.get("/homeowners/")


@pytest.mark.parametrize("count", [1, 30])
def test_the_page_of_a_person_asks_the_same_number_of_queries_however_many_homes(person, desk, queries, count):
    for number in range(count):
        make_tenure(unit=make_unit(development=make_development(), number=f"B-{number}"), homeowner=person)
    with queries(PERSON_QUERIES):
        desk.get(f"/homeowners/{person.public_id}/")
