"""Each filter: a case that it keeps and one that it leaves out; only known fields count."""

from datetime import timedelta

import pytest

from accounts.choices import Role
from cases.models import Attachment, Case
from catalogue.models import Trade
from documents.models import StoredFile
from tests.factories.cases import make_case
from tests.factories.documents import make_stored_file
from tests.factories.units import limit_officer, make_block, make_development, make_unit

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def set_to(case, **facts):
    Case.objects.filter(pk=case.pk).update(**facts)


FILTERS = {
    "state=in-review": ({"status": "in-review"}, {}),
    "state=closed": ({"status": "closed-complete", "closed_at": 0, "ball": "nobody"}, {}),
    "priority=P1": ({"priority_id": "P1"}, {"priority_id": "P3"}),
    "age=29%2B": ({"received_at": -40 * DAY}, {}),
    "age=0-1": ({}, {"received_at": -3 * DAY}),
    "clock=over": ({"rectify_due_at": -DAY}, {"rectify_due_at": DAY}),
    "clock=news": ({"update_due_at": -DAY}, {"update_due_at": DAY}),
    "clock=statutory": ({"statutory_due_at": 5 * DAY}, {"statutory_due_at": 20 * DAY}),
    "clock=paused": ({"is_paused": True}, {}),
    "cover=ends-30": ({"cover_ends_on": 10 * DAY}, {"cover_ends_on": 90 * DAY}),
    "clock=today": ({"clock_due_at": timedelta(minutes=2)}, {"clock_due_at": 2 * DAY}),
    "cover=ends-10": ({"cover_ends_on": 9 * DAY}, {"cover_ends_on": 12 * DAY}),
    "cover=covered": ({"cover_status": "covered"}, {"cover_status": "expired"}),
    "cover=expired": ({"cover_status": "expired"}, {"cover_status": "covered"}),
    "cover=unclear": ({"cover_status": "unclear"}, {"cover_status": "covered"}),
    "ball=homeowner": ({"ball": "homeowner"}, {"ball": "officer"}),
    "photo=yes": ({"has_photo": True}, {"has_photo": False}),
    "photo=no": ({"has_photo": False}, {"has_photo": True}),
    "reopened=1": ({"cycle": 2}, {}),
    "safety=1": ({"is_safety": True}, {"is_safety": False}),
    "vulnerable=1": ({"is_vulnerable": True}, {"is_vulnerable": False}),
    "replies=1": ({"has_unread_reply": True}, {}),
}


@pytest.mark.parametrize("query", FILTERS)
def test_a_filter_keeps_what_fits_and_leaves_out_the_rest(desk, cases, references, now, query):
    inside, outside = cases(2)
    for case, facts in zip((inside, outside), FILTERS[query], strict=True):
        values = {name: now + value if isinstance(value, timedelta) else value for name, value in facts.items()}
        values |= {"closed_at": now} if "closed_at" in facts else {}
        values |= {"cover_ends_on": values["cover_ends_on"].date()} if "cover_ends_on" in facts else {}
        set_to(case, **values)

    assert references(desk.get(f"/cases/?{query}")) == [inside.reference]


def test_video(desk, cases, references):
    inside, outside = cases(2)
    for case, kind in ((inside, "video"), (outside, "image")):
        file = make_stored_file()
        StoredFile.objects.filter(pk=file.pk).update(kind=kind)
        Attachment.objects.create(case=case, file=file, added_at=case.opened_at, added_by_name="x", added_by_role="x")

    assert references(desk.get("/cases/?video=yes")) == [inside.reference]
    assert references(desk.get("/cases/?video=no")) == [outside.reference]


def test_alike_cases_are_a_filter_with_its_chip(desk, cases, references, client_for, world):
    first, second = cases()[0], cases()[0]
    query = f"mine=all&like=place:{first.reference_key}"

    page = desk.get(f"/cases/?{query}")

    assert set(references(page)) == {first.reference, second.reference}
    assert [chip["words"] for chip in page.context["chips"]] == [f"Same place as {first.reference_key.upper()}"]
    limit_officer(world.amira, make_development(code="TJM"))
    assert references(client_for(world.amira).get(f"/cases/?{query}")) == []


def test_the_panel_of_all_filters_sends_what_it_has_no_field_for(desk, cases):
    cases()

    page = desk.get("/cases/?mine=all&state=new&sort=age&q=hana")

    assert set(page.context["kept"]) == {("mine", "all"), ("sort", "age"), ("q", "hana")}


def test_trade(desk, cases, references):
    inside, outside = cases(2)
    other = Trade.objects.exclude(code=outside.trade_id).first()
    set_to(inside, trade=other)

    assert references(desk.get("/cases/", {"trade": other.code})) == [inside.reference]


def test_contractor_and_contractor_overdue(desk, cases, references, world, now):
    inside, _outside, early = cases(3)
    sent = {"status": "with-contractor", "work_company": world.company}
    set_to(inside, **sent, work_due_at=now - DAY)
    set_to(early, **sent, work_due_at=now + DAY)

    assert set(references(desk.get("/cases/", {"contractor": world.company.slug}))) == {
        inside.reference,
        early.reference,
    }
    assert references(desk.get("/cases/?contractor_late=1")) == [inside.reference]


def test_development_and_block(desk, cases, references, world):
    here, there = cases(2)
    other = make_development(code="TJM", default_officer=world.amira)
    tower = make_block(development=other, name="Tower Z")
    set_to(there, development=other, unit=make_unit(development=other, block=tower, number="Z-1"))

    assert references(desk.get("/cases/?development=TJM")) == [there.reference]
    assert references(desk.get("/cases/", {"block": tower.pk})) == [there.reference]
    assert references(desk.get("/cases/?development=KRM")) == [here.reference]
    assert len(references(desk.get("/cases/?development=KRM&development=TJM"))) == 2


def test_mine_is_what_an_officer_sees_first_and_all_what_a_manager_does(desk, client_for, cases, references, world):
    mine, others = cases(2)
    set_to(others, officer=world.mo)

    assert references(desk.get("/cases/")) == [mine.reference]
    assert len(references(desk.get("/cases/?mine=all"))) == 2
    manager = client_for(world.mo)
    assert len(references(manager.get("/cases/"))) == 2
    assert references(manager.get("/cases/?mine=mine")) == [others.reference]
    assert references(manager.get("/cases/", {"officer": world.amira.pk})) == [mine.reference]


@pytest.mark.parametrize("words", ["hana", "YUSOF", "A-12-3", "a123", "hana@demo", "345 6789", "r-{number}"])
def test_words_find_home_person_mail_phone_and_report(desk, cases, references, world, words):
    case = cases()[0]
    make_case(world=world, unit=world.next_door, person=world.noor)
    found = words.format(number=case.report_item.report.number)

    response = desk.get("/cases/", {"q": found})

    if found.startswith("r-"):
        assert response.url == f"/intake/R-{case.report_item.report.number}/"
    else:
        assert references(response) == [case.reference]


def test_a_search_goes_through_all_officers_cases(desk, cases, references, world):
    case = cases()[0]
    set_to(case, officer=world.mo)

    assert references(desk.get("/cases/?q=hana")) == [case.reference]
    assert references(desk.get("/cases/?q=hana&mine=mine")) == []


@pytest.mark.parametrize(
    "query",
    ["assigned_to__password=x", "officer__password__startswith=pbkdf2", "pk=1", "id__gt=0", "status=closed-other"],
)
def test_fields_that_are_no_filters_do_nothing(desk, cases, references, query):
    case = cases()[0]

    assert references(desk.get(f"/cases/?mine=all&{query}")) == [case.reference]


@pytest.mark.parametrize(
    "query", ["state=sold", "age=1", "clock=x", "development=ZZZ", "block=1 OR 1", "sort=officer", "priority=P9"]
)
def test_wrong_values_are_named_and_show_nothing(desk, cases, query):
    cases()

    response = desk.get(f"/cases/?{query}")

    assert response.status_code == 400
    assert "rows" not in response.context
    assert "filters do not exist" in response.content.decode()


def test_an_officer_cannot_ask_for_a_colleague_by_key(desk, cases, world):
    cases()

    assert desk.get("/cases/", {"officer": world.mo.pk}).status_code == 400


def test_a_limited_officer_sees_neither_rows_nor_counts_nor_choices_of_others(client_for, cases, references, world):
    cases()
    elsewhere = make_development(code="TJM", name="Tanjong Mews")
    limit_officer(world.amira, elsewhere)
    client = client_for(world.amira)

    response = client.get("/cases/?mine=all")

    assert references(response) == []
    assert {tile["n"] for tile in response.context["tiles"]} == {"0"}
    assert [side["n"] for side in response.context["whose"]] == ["0", "0"]
    assert world.development.name not in response.content.decode()
    assert client.get("/cases/?development=KRM").status_code == 400
    assert references(client.get("/cases/?q=hana&mine=all")) == []


NAUGHTY = [
    "'; DROP TABLE cases_case; --",
    "<script>alert(1)</script>",
    "%_\\",
    "ﷺ" * 20,
    "{{ 7*7 }}",
    "\u202etest",
    "😀",
    "0",
]


@pytest.mark.parametrize("words", NAUGHTY)
def test_naughty_words_are_only_words(desk, cases, words):
    cases()

    response = desk.get("/cases/", {"q": words})

    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()
    assert response.context["find"] == words.strip()


@pytest.mark.parametrize(
    "query",
    [
        "q=" + "x" * 2000,
        "q=%00",
        "state=" + "&state=".join(["x"] * 1000),
        "&".join(f"k{n}=1" for n in range(1000)),
        "page=1000000",
        "after=1000000&before=zzz",
        "after=WzEsMSwxXQ",
        "after=WyIwMDAxLTAxLTAxVDAwOjAwOjAwKzE0OjAwIiwxLDFd",
        "mine=all&after=" + "W" * 5000,
    ],
)
def test_the_bounds_hold(desk, cases, query):
    cases()

    assert desk.get(f"/cases/?{query}").status_code in {200, 400}


def test_the_table_is_the_offices(client_for, cases, world):
    case = cases()[0]

    assert client_for(world.hana.user).get("/cases/").status_code == 403
    assert client_for(world.hana.user).get("/find/?q=KRM").status_code == 403
    assert case.officer.role == Role.OFFICER
