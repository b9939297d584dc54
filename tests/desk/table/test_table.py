"""The table: tiles that open exactly their rows, pages, the way to one case, what is remembered, plans and queries."""

from datetime import timedelta

import pytest
from django.db import connection
from django.http import QueryDict
from django.utils import timezone

from cases import search
from cases.aging import BANDS
from cases.dates import age_in_days
from cases.forms.search import CaseSearchForm
from cases.models import Case
from inspections import visits
from tests.factories.accounts import ada
from tests.factories.cases import fresh
from tests.factories.homeowners import make_tenure
from tests.factories.units import limit_officer, make_development, make_unit
from units import pages

pytestmark = pytest.mark.django_db

TABLE_QUERIES = 8
SEARCH_QUERIES = 10
MARKED_QUERIES = SEARCH_QUERIES + 2
DAY = timedelta(days=1)


def set_to(case, **facts):
    Case.objects.filter(pk=case.pk).update(**facts)


@pytest.mark.parametrize("amount", [1, 30])
def test_the_number_of_queries_is_flat(desk, cases, queries, amount):
    cases(amount)
    desk.get("/cases/?mine=all")

    with queries(TABLE_QUERIES):
        desk.get("/cases/?mine=all")
    with queries(MARKED_QUERIES):
        assert len(desk.get("/cases/?mine=all&q=hana").context["rows"]) == amount
    search.rebuild(at=timezone.now())
    with queries(SEARCH_QUERIES):
        assert len(desk.get("/cases/?mine=all&q=hana").context["rows"]) == amount


@pytest.fixture
def aged(cases, now):
    """Cases of every age, some late, some whose news is due."""
    rows = cases(7)
    for case, days in zip(rows, (0, 1, 2, 8, 20, 28, 60), strict=True):
        set_to(
            case, received_at=now - days * DAY, update_due_at=now + DAY, rectify_due_at=now + DAY, statutory_due_at=None
        )
    set_to(rows[0], rectify_due_at=now - DAY)
    set_to(rows[5], update_due_at=now - DAY)
    set_to(rows[6], update_due_at=now - DAY)
    return rows


@pytest.mark.parametrize("query", ["", "mine=all", "priority=P2&priority=P3", "age=2-7", "clock=over", "q=hana"])
def test_each_tile_opens_exactly_the_rows_that_it_counts(desk, aged, references, query):
    tiles = desk.get(f"/cases/?{query}").context["tiles"]

    for tile in tiles:
        found = references(desk.get(f"/cases/{tile['url']}", follow=True))
        assert len(found) == int(tile["n"]), tile


@pytest.mark.parametrize("query", ["", "mine=all", "state=closed", "state=new&development=KRM&mine=all", "mine=mine"])
def test_without_other_filters_the_tiles_are_exact_however_many(desk, aged, references, monkeypatch, query):
    """The ceiling is for filters that the counters do not hold."""
    monkeypatch.setattr("desk.counting.CAP", 2)
    monkeypatch.setattr("desk.table.tiles.CAP", 2)
    page = desk.get(f"/cases/?{query}").context
    found = "0" if query == "state=closed" else "7"

    assert (page["tiles"][0]["n"], page["count"], [side["n"] for side in page["whose"]]) == (found, found, [found] * 2)
    assert {row["url"]: row["count"] for row in page["rail"]}["/cases/"] == "7"
    assert desk.get("/cases/?age=2-7&age=29%2B").context["count"] == "2"
    assert desk.get("/cases/?clock=news&mine=all").context["count"] == "2"


def test_the_sides_mine_and_all_are_counted_apart(desk, aged, world):
    set_to(aged[0], officer=world.mo)
    set_to(aged[1], officer=None)

    assert [side["n"] for side in desk.get("/cases/").context["whose"]] == ["5", "7"]
    assert [side["n"] for side in desk.get("/cases/?mine=all&age=0-1").context["whose"]] == ["0", "2"]
    assert [side["n"] for side in desk.get("/cases/?mine=all&age=0-1&clock=over").context["whose"]] == ["0", "1"]


def test_a_span_of_days_narrows_and_nonsense_is_refused(desk, aged, now, references):
    day = fresh(aged[3]).received_at.astimezone(aged[3].development.tz).date()
    page = desk.get(f"/cases/?received={day}..{day}")

    assert references(page) == [aged[3].reference]
    assert str(page.context["chips"][0]["words"]).startswith("Received ")
    assert references(desk.get(f"/cases/?state=closed&closed={day}..{day}")) == []
    for wrong in (f"{day}", "x..y", f"{day}..1999-01-01", "0001-01-01..9999-12-31"):
        assert desk.get(f"/cases/?received={wrong}").status_code == 400


def test_tiles_count_the_bands_of_the_workflow(desk, aged):
    tiles = {str(tile["words"]): tile["n"] for tile in desk.get("/cases/").context["tiles"]}

    assert tiles == {
        "Open, mine": "7", "0-1 days": "2", "2-7 days": "1", "8-14 days": "1", "15-28 days": "2", "29+ days": "1",
        "Over time": "1", "News due": "2",
    }  # fmt: skip


def test_a_band_is_counted_in_days_of_the_home(world, cases, now):
    """Just before and after local midnight, in two zones: row and band say the same age."""
    near, far = cases(2)
    london = make_development(code="ELM", zone="Europe/London", default_officer=world.amira)
    set_to(far, development=london, unit=make_unit(development=london, number="6 Elm"))
    for hours in range(0, 60, 5):
        for case in (near, far):
            set_to(case, received_at=now - timedelta(hours=hours))
            row = fresh(case)
            form = CaseSearchForm(QueryDict("mine=all"), user=world.amira, at=now)
            assert form.is_valid()
            fits = {band for band in BANDS if Case.objects.filter(form.of_age(band), pk=case.pk).exists()}
            low, high = BANDS[fits.pop()]
            assert fits == set()
            assert low <= age_in_days(row, now) <= (high or 999)


def test_pages_go_forward_and_back_without_gap_or_repeat(desk, cases, copies, references):
    copies(cases()[0], 94)
    seen, address, backwards = [], "/cases/?mine=all", []
    while address:
        response = desk.get(address)
        seen.append(references(response))
        address = response.context["neighbours"]["next"] and f"/cases/{response.context['neighbours']['next']}"
    while response.context["neighbours"]["previous"]:
        response = desk.get(f"/cases/{response.context['neighbours']['previous']}")
        backwards.append(references(response))

    assert [len(page) for page in seen] == [40, 40, 15]
    assert len({reference for page in seen for reference in page}) == 95
    assert backwards == [seen[1], seen[0]]
    assert response.context["page"].first == 1


@pytest.mark.parametrize("sort", ["age", "next"])
def test_pages_of_other_orders_too_with_rows_that_have_no_date(desk, cases, copies, references, sort):
    case = cases()[0]
    made = copies(case, 60)
    Case.objects.filter(pk__in=[row.pk for row in made[:30]]).update(next_on=None)
    first = desk.get(f"/cases/?mine=all&sort={sort}")
    second = desk.get(f"/cases/{first.context['neighbours']['next']}")
    back = desk.get(f"/cases/{second.context['neighbours']['previous']}")

    assert len({*references(first), *references(second)}) == 61
    assert references(back) == references(first)


def test_the_most_urgent_clock_stands_on_top_and_closed_ones_newest_first(desk, cases, references, now):
    late, later, closed, just = cases(4)
    set_to(late, clock_due_at=now - DAY)
    set_to(later, clock_due_at=now + DAY)
    for case, days in ((closed, 9), (just, 1)):
        set_to(case, status="closed-complete", closed_at=now - days * DAY, clock_due_at=now - days * DAY, ball="nobody")

    assert references(desk.get("/cases/")) == [late.reference, later.reference]
    assert references(desk.get("/cases/?state=closed")) == [just.reference, closed.reference]


@pytest.mark.parametrize("spelling", ["{l}-{n}", "{l}{n}", "{l} / 0{n}", "#{n}"])
def test_a_reference_in_any_punctuation_goes_to_its_case(desk, cases, spelling):
    case = cases()[0]
    letters, number = case.reference.lower().split("-")
    words = spelling.format(l=letters, n=number)

    for address in ("/cases/", "/find/"):
        response = desk.get(address, {"q": words})
        if words.startswith("#"):
            assert response.status_code in {200, 302}
        else:
            assert response.url == f"/cases/{case.reference}/"


@pytest.mark.parametrize("spelling", ["V-{n}", "v{n}", "v / 0{n}"])
def test_a_visit_in_any_punctuation_is_opened(desk, cases, world, now, spelling):
    start = now + DAY
    visit = visits.book(
        cases(),
        kind="initial",
        starts_at=start,
        ends_at=start + timedelta(hours=2),
        who="Amira",
        by=world.amira.actor(),
        at=now,
    )

    response = desk.get("/find/", {"q": spelling.format(n=visit.number)})

    assert response.url == f"/inspections/{visit.reference}/"


def test_a_limited_officer_reads_no_home_out_of_scope_beside_a_person(client_for, cases, world):
    cases()
    other = make_development(code="TJM")
    make_tenure(unit=make_unit(development=other, number="Z-9-9"), homeowner=world.hana)
    everybody = client_for(world.amira)
    assert everybody.get("/cases/?q=hana").context["people"][0]["note"] == "A-12-3, Z-9-9"
    limit_officer(world.amira, other)

    assert client_for(world.amira).get("/cases/?q=hana").context["people"][0]["note"] == "Z-9-9"


def test_a_reference_out_of_scope_leads_nowhere(client_for, cases, world, references):
    case = cases()[0]
    limit_officer(world.amira, make_development(code="TJM"))
    client = client_for(world.amira)

    response = client.get("/find/", {"q": case.reference}, follow=True)

    assert references(response) == []


def test_find_looks_through_all_cases_and_shows_homes_and_people(desk, cases, world):
    case = cases()[0]
    set_to(case, officer=world.mo)

    response = desk.get("/find/?q=hana", follow=True)

    assert [row["reference"] for row in response.context["rows"]] == [case.reference]
    assert [hit["words"] for hit in response.context["people"]] == ["Hana Yusof"]
    assert [hit["words"] for hit in desk.get("/find/?q=A-12", follow=True).context["homes"]] == ["A-12-3", "A-12-4"]
    assert desk.get("/find/").url == "/cases/"


def test_filters_are_remembered_until_cleared_but_words_are_not(desk, cases):
    cases()
    desk.get("/cases/?mine=all&priority=P2&q=hana")

    assert desk.get("/cases/").url == "/cases/?mine=all&priority=P2"
    assert desk.get("/cases/?clear").url == "/cases/"
    assert desk.get("/cases/").status_code == 200


def test_a_colleague_at_the_same_machine_has_other_filters(desk, client_for, cases, world):
    cases()
    desk.get("/cases/?priority=P2")
    colleague = client_for(world.mo)
    colleague.cookies.update(desk.cookies)
    colleague.force_login(world.mo)

    assert colleague.get("/cases/").status_code == 200


def test_taking_the_last_filter_off_clears_it(desk, cases):
    cases()
    chip = desk.get("/cases/?priority=P2").context["chips"][0]

    desk.get(f"/cases/{chip['url']}")

    assert desk.get("/cases/").status_code == 200


def test_a_form_with_empty_fields_is_shown_under_a_tidy_address(desk, cases):
    cases()

    assert desk.get("/cases/?q=&clock=&photo=&priority=P2").url == "/cases/?priority=P2"


def test_the_administrator_reads_and_has_no_ticks(client_for, cases, world):
    cases()
    page = client_for(ada()).get("/cases/").content.decode()

    assert "KRM-" in page
    assert "data-tick-all" not in page
    assert client_for(ada(email="b@demo.example")).get("/cases/ticked/").status_code == 403


def test_names_are_of_those_who_hold_the_home(desk, cases, world):
    cases()

    assert desk.get("/cases/").context["rows"][0]["person"] == "Hana Yusof"


def test_an_empty_table_teaches(desk, world):
    page = desk.get("/cases/?mine=all").content.decode()
    assert "Open cases stand here" in page
    assert "No case fits all of these filters" in desk.get("/cases/?priority=P1").content.decode()
    assert "Search the closed ones too" in desk.get("/cases/?q=zzz").content.decode()


PLANS = {
    "": "mine",
    "mine=all": "open",
    "mine=all&sort=age": "by_age",
    "mine=all&sort=next": "by_next",
    "mine=all&state=closed": "closed",
}


@pytest.mark.database
@pytest.mark.parametrize("query", PLANS)
def test_the_order_of_the_list_comes_from_an_index(world, cases, copies, query):
    """However many cases there are, a page reads its forty rows and no more."""
    made = copies(cases()[0], 400)
    old = [row.pk for row in made[:300]]
    Case.objects.filter(pk__in=old).update(status="closed-complete", closed_at=timezone.now(), ball="nobody")
    form = CaseSearchForm(QueryDict(query), user=world.amira)
    assert form.is_valid()
    rows = form.filter(Case.objects.visible_to(world.amira))
    order = pages._order(
        form.order, descending=form.newest_first, backwards=False, may_lack=pages._may_lack(rows, form.order)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_bitmapscan = off")

    plan = rows.order_by(*order).values("pk")[:41].explain()

    assert f"cases_case_{PLANS[query]}" in plan
    assert "TEMP B-TREE" not in plan
    assert "Sort Key" not in plan
