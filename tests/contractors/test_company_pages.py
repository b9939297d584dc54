"""The register of contractors."""

from datetime import date

import pytest
from django.utils import timezone

from contractors.appointments import companies_of
from contractors.models import Appointment, Company, Contact
from tests.factories.accounts import ada, amira, mo
from tests.factories.catalogue import make_trade
from tests.factories.contractors import lim, make_appointment, make_company, make_contact, otto
from tests.factories.homeowners import hana
from tests.factories.units import limit_officer, make_development

pytestmark = pytest.mark.django_db
LIST_QUERIES = 6
PAGE_QUERIES = 8


@pytest.fixture
def site():
    return make_development(code="KRM")


@pytest.fixture
def contact(site):
    return lim(development=site)


@pytest.fixture
def desk(client_for):
    return client_for(amira())


def text(response):
    assert response.status_code == 200, response
    return response.content.decode()


def pages(contact):
    row = contact.company.appointments.get()
    return [
        "edit/", "contacts/add/", f"contacts/{contact.public_id}/", f"contacts/{contact.public_id}/left/",
        "appointments/add/", f"appointments/{row.public_id}/", f"appointments/{row.public_id}/end/",
    ]  # fmt: skip


def test_the_register_is_the_offices(contact, client_for):
    manager, administrator = client_for(mo()), client_for(ada())
    strangers = [client_for(contact.user), client_for(hana().user)]
    for path in ("/contractors/", "/contractors/lim/"):
        assert manager.get(path).status_code == administrator.get(path).status_code == 200
        assert [client.get(path).status_code for client in strangers] == [403, 403]
    for part in ["add/", *(f"lim/{part}" for part in pages(contact))]:
        path = f"/contractors/{part}"
        assert manager.get(path).status_code == 200, path
        assert [client.get(path).status_code for client in [administrator, *strangers]] == [403, 403, 403], path


def test_a_company_of_another_development_is_missing(contact, client_for):
    officer = amira()
    limit_officer(officer, make_development())
    client = client_for(officer)
    for part in ["", *pages(contact)]:
        assert client.get(f"/contractors/lim/{part}").status_code == 404, part
        if part:
            assert client.post(f"/contractors/lim/{part}").status_code == 404, part
    assert "Lim" not in text(client.get("/contractors/"))


def test_a_limited_officer_appoints_only_to_the_own_developments(contact, client_for, site):
    officer, elsewhere = amira(), make_development(code="TJM", name="Tanjong")
    limit_officer(officer, site)
    client = client_for(officer)
    assert "Tanjong" not in text(client.get("/contractors/lim/appointments/add/"))
    answer = client.post("/contractors/lim/appointments/add/", {"development": elsewhere.pk, "from_on": "2026-03-11"})
    assert "Select a valid choice" in text(answer)


def test_rows_of_another_company_are_missing(contact, desk):
    other = otto(development=make_development())
    row = other.company.appointments.get()
    for part in (
        f"contacts/{other.public_id}/",
        f"appointments/{row.public_id}/",
        f"appointments/{row.public_id}/end/",
    ):
        assert desk.get(f"/contractors/lim/{part}").status_code == 404


@pytest.mark.parametrize("words", ["lim", "CONSTRUCTION sdn", "lim wei", "lim@demo"])
def test_finds_a_company_by_its_names_and_people(contact, desk, words):
    otto()
    found = text(desk.get("/contractors/", {"q": words}))
    assert "Lim Construction Sdn Bhd" in found
    assert "Otto Kitchens" not in found


def test_filters_by_kind_and_says_when_none_fits(contact, desk):
    otto()
    assert "Otto Kitchens" not in text(desk.get("/contractors/", {"kind": "main"}))
    assert "No company fits" in text(desk.get("/contractors/", {"kind": "third-party"}))
    assert desk.get("/contractors/", {"q": "x" * 2000}).status_code == 400


def test_the_page_tells_where_for_what_and_until_when(site, contact, desk):
    row = contact.company.appointments.get()
    Appointment.objects.filter(pk=row.pk).update(liability_starts_on=date(2024, 1, 1), liability_months=12)
    row.trades.add(make_trade(code="WPF", label="Waterproofing"))
    make_appointment(company=contact.company, development=make_development(name="Tanjong"), until_on=date(2025, 1, 1))
    page = text(desk.get("/contractors/lim/"))
    now, before = page.split("Before and to come", 1)
    for words in ("Kerinci Residences", "Main contractor", "Waterproofing", "until Wed 1 Jan 2025 (12 months)"):
        assert words in now
    assert "Tanjong" in before
    assert "Signs in" in page


def test_a_company_is_added_once_and_leads_to_its_page(desk, site):
    facts = {"name": "Nova Paint", "short_name": "Nova", "kind": "sub", "phone": "03-5550 0177", "idempotency_key": "k"}
    first, again = desk.post("/contractors/add/", facts), desk.post("/contractors/add/", facts)
    assert first.url == again.url == "/contractors/nova/"
    assert Company.objects.get().phone == "+60355500177"


def test_a_company_a_contact_and_an_appointment_are_changed(site, contact, desk):
    trade = make_trade(code="PNT", label="Painting")
    row = contact.company.appointments.get()
    posts = [
        ("edit/", {"name": "Lim & Sons", "short_name": "Lim", "kind": "direct"}),
        ("contacts/add/", {"name": "Lim Hua", "email": "hua@demo.example", "may_sign_in": "on"}),
        (f"contacts/{contact.public_id}/", {"name": "Lim Wei Jie", "email": contact.email, "may_sign_in": "on"}),
        (f"appointments/{row.public_id}/", {"starts_on": "2024-01-01", "months": "24"}),
        ("appointments/add/", {"development": site.pk, "trades": [trade.pk], "from_on": "2026-03-11"}),
    ]
    for part, facts in posts:
        assert desk.post(f"/contractors/lim/{part}", facts).url == "/contractors/lim/", part
    page = text(desk.get("/contractors/lim/"))
    for words in (
        "Lim &amp; Sons",
        "Lim Hua",
        "Lim Wei Jie",
        "Painting",
        "until Thu 1 Jan 2026 (24 months)",
        "changed a contact",
    ):
        assert words in page
    assert Contact.objects.get(name="Lim Hua").user is not None


def test_ending_the_work_and_leaving_end_the_access_with_the_next_request(site, contact, desk):
    user, row = contact.user, contact.company.appointments.get()
    today = timezone.now().astimezone(site.tz).date()
    assert companies_of(user, timezone.now())
    desk.post(f"/contractors/lim/appointments/{row.public_id}/end/", {"on": today.isoformat(), "reason": "Over"})
    assert not companies_of(user, timezone.now())

    make_appointment(company=contact.company, development=site)
    assert companies_of(user, timezone.now())
    desk.post(f"/contractors/lim/contacts/{contact.public_id}/left/", {"reason": "New job"})
    assert not companies_of(user, timezone.now())
    assert desk.get(f"/contractors/lim/contacts/{contact.public_id}/").status_code == 404


@pytest.mark.parametrize(
    ("part", "facts", "sentence"),
    [
        ("edit/", {"name": "", "short_name": "kept", "kind": "main"}, "This field is required."),
        ("edit/", {"name": "Taken", "short_name": "kept", "kind": "main"}, "There is already a company of this name."),
        ("edit/", {"name": "x", "short_name": "kept", "kind": "main", "phone": "ring"}, "is not a phone number"),
        ("contacts/add/", {"name": "kept", "may_sign_in": "on"}, "To sign in, the person needs an e-mail address."),
        ("contacts/add/", {"name": "kept", "email": "lim@demo.example"}, "already a contact here"),
        ("appointments/add/", {"is_main": "on", "liability_months": "999"}, "less than or equal to 240"),
        ("appointments/add/", {"from_on": "0026-03-11"}, "Check the year."),
    ],
)
def test_a_rejected_form_names_the_field_and_keeps_what_was_typed(contact, desk, part, facts, sentence):
    make_company(name="Taken")
    answer = text(desk.post(f"/contractors/lim/{part}", facts))
    assert sentence in answer
    for value in {"kept", "999", "0026-03-11"} & set(facts.values()):
        assert f'value="{value}"' in answer


def test_a_second_main_contractor_is_refused_at_its_field(site, contact, desk):
    make_company(name="Nova", short_name="Nova", slug="nova")
    facts = {"development": site.pk, "is_main": "on", "from_on": "2026-03-11"}
    assert "has a main contractor already" in text(desk.post("/contractors/nova/appointments/add/", facts))


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_asks_the_same_number_of_queries_however_many_companies(desk, queries, site, count):
    for _number in range(count):
        company = make_company()
        make_appointment(company=company, development=site)
        make_appointment(company=company, development=make_development())
    with queries(LIST_QUERIES):
        desk.get("/contractors/")


@pytest.mark.parametrize("count", [1, 30])
def test_the_page_asks_the_same_number_of_queries_however_many_people(contact, desk, queries, count):
    for number in range(count):
        make_contact(company=contact.company, name=f"Worker {number}", signs_in=True)
        row = make_appointment(company=contact.company, development=make_development(), parent=make_company())
        row.trades.add(make_trade())
    with queries(PAGE_QUERIES):
        desk.get("/contractors/lim/")
