"""The dashboard: each number opens exactly its rows, whatever is chosen; the queries are few and fixed."""

import re
from copy import copy
from datetime import timedelta
from random import Random

import pytest
from django.utils import timezone
from django.utils.html import strip_tags

from cases.models import Case, ReportItem
from catalogue.models import Trade
from inspections import visits
from tests.factories.accounts import ada
from tests.factories.cases import fresh, make_case, walk
from tests.factories.contractors import make_company
from tests.factories.units import make_development, make_unit

pytestmark = [pytest.mark.database, pytest.mark.django_db]

QUERIES = 12
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
LINK = re.compile(r'<a[^>]*href="([^"]+)"[^>]*>(.*?)</a>', re.DOTALL)


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def mixed(world, now):
    """Forty cases of every kind in two developments with other clocks, four officers' worth of neglect."""
    random = Random(4)
    far = make_development(code="ELM", name="Elm Row", zone="America/St_Johns", default_officer=world.amira)
    home = make_unit(development=far, number="6 Elm")
    case = make_case(world=world, status="with-contractor", at=now - 3 * DAY)
    trades, companies = list(Trade.objects.all()[:4]), [world.company, make_company(name="Other Ltd")]
    for number in range(40):
        set_to(
            copies(case, 1, start=9000 + number)[0],
            **({"development": far, "unit": home} if number % 3 == 0 else {}),
            received_at=now - random.random() * 45 * DAY,
            rectify_due_at=now + (random.random() - 0.4) * 10 * DAY,
            statutory_due_at=random.choice([None, now + (random.random() - 0.2) * 20 * DAY]),
            update_due_at=now + (random.random() - 0.4) * 10 * DAY,
            is_paused=random.random() < 0.3,
            officer=random.choice([world.amira, world.mo, None]),
            trade=random.choice(trades),
            work_company=random.choice(companies),
            **random.choice(
                [
                    {},
                    {},
                    {"status": "to-check"},
                    {"status": "awaiting-homeowner"},
                    closed(now, random),
                    {"status": "new"},
                ]
            ),
        )
    return far


def closed(now, random):
    return {"status": "closed-complete", "closed_at": now - random.random() * 20 * DAY, "ball": "nobody"}


def set_to(case, **facts):
    Case.objects.filter(pk=case.pk).update(**facts)


def copies(case, amount, *, start):
    report = case.report_item.report
    last = report.items.count()
    items = ReportItem.objects.bulk_create(
        ReportItem(report=report, position=last + n, location=case.location, words="Another")
        for n in range(1, amount + 1)
    )
    rows = []
    for number, item in enumerate(items, start=start):
        row = copy(case)
        row.pk, row.report_item, row.reference, row.reference_key = None, item, f"KRM-{number}", f"krm{number}"
        rows.append(row)
    return Case.objects.bulk_create(rows)


def numbers(page):
    """Every link to cases with the number it stands for: the first number of its words."""
    for url, words in LINK.findall(page.content.decode()):
        text = re.sub(
            r"\s+", " ", strip_tags(words.replace("<b", " <b").replace("</b>", "</b> ").replace("</span>", "</span> "))
        )
        bold = re.search(r"<b[^>]*>([\d,]+)</b>", words)
        found = bold or re.fullmatch(r"\s*([\d,]+)\s*", text)
        if url.startswith("/cases/?") and found:
            yield url.replace("&amp;", "&"), int(found[1].replace(",", ""))


def rows_behind(client, url):
    page = client.get(url, follow=True)
    assert page.status_code == 200, url
    return page.context["page"].rows


@pytest.mark.parametrize("query", ["", "?development=KRM", "?development=ELM"])
def test_each_number_opens_exactly_its_rows(manager, mixed, query):
    page = manager.get(f"/dashboard/{query}")
    found = list(numbers(page))

    assert len(found) > 30
    assert sum(n > 0 for _url, n in found) > 15
    wrong = {url: (n, there) for url, n in found if n != (there := len(rows_behind(manager, url)))}
    assert wrong == {}


def test_the_tiles_count_what_they_say(manager, world, mixed, now):
    page = manager.get("/dashboard/").context
    open_now = Case.objects.open()

    assert {tile["words"]: tile["n"] for tile in page["tiles"]} == {
        "Decisions waiting": 0,
        "Open cases": open_now.count(),
        "Over time": open_now.overdue(now).count(),
        "Statutory due in 10 days": open_now.exclude(status="awaiting-homeowner")
        .filter(statutory_due_at__lte=now + 10 * DAY)
        .count(),
        "News overdue": open_now.news_due(now).count(),
    }
    assert sum(bar.n for bar in page["bands"]) == open_now.count() == sum(bar.n for bar in page["trades"])
    assert sum(bar.n for bar in page["places"]) == open_now.count()
    assert all(tile["means"].endswith(".") for tile in page["tiles"])


def test_last_week_is_told_from_the_rows(manager, world, now):
    old, gone, new = (make_case(world=world, at=now - DAY) for _ in range(3))
    set_to(old, received_at=now - 20 * DAY)
    set_to(gone, received_at=now - 9 * DAY, status="closed-complete", closed_at=now - 2 * DAY, ball="nobody")
    page = manager.get("/dashboard/").context

    assert [bar.n for bar in page["bands"]] == [1, 0, 0, 1, 0]
    assert [bar.before for bar in page["bands"]] == [0, 1, 1, 0, 0]
    assert page["tiles"][1]["change"] == 0


def test_weeks_hold_what_came_and_what_was_closed(manager, world, mixed):
    rows = manager.get("/dashboard/").context["weeks"]["rows"]

    assert len(rows) == 12
    assert sum(row["new"] for row in rows) == Case.objects.count()
    assert sum(row["closed"] for row in rows) == Case.objects.closed().count()


def test_decisions_and_visits_open_their_lists(manager, world, now):
    case = make_case(world=world, at=now - DAY)
    Case.objects.filter(pk=case.pk).update(priority="P1")
    walk(fresh(case), "close-out-of-scope", world=world, at=now - HOUR, why="Worn by use.")
    other = make_case(world=world, at=now - DAY)
    local = now.astimezone(world.development.tz).replace(hour=10, minute=0)
    facts = {"kind": "initial", "who": "Amira", "by": world.actor("amira"), "at": local - DAY}
    visits.book([fresh(other)], starts_at=local, ends_at=local + HOUR, **facts)
    page = manager.get("/dashboard/?development=KRM")
    today = next(on for on in page.context["visits"] if on["is_today"])

    assert (page.context["waiting"], page.context["visit_count"], today["n"]) == (1, 1, 1)
    assert "oldest today" in page.context["tiles"][0]["note"]
    assert len(manager.get(page.context["decisions_url"]).context["queue"].mine) == 1
    assert len(manager.get("/decisions/?development=ELM").context["queue"].mine) == 0
    days = manager.get(today["url"].split("#")[0]).context["days"]
    assert [len(list(rows)) for _on, rows in days][int(today["url"][-1]) - 1] == 1
    empty = manager.get("/inspections/calendar/?development=ELM").context["days"]
    assert [len(list(rows)) for _on, rows in empty] == [0] * 7


@pytest.mark.parametrize("amount", [1, 300])
def test_the_number_of_queries_is_flat(manager, world, now, queries, amount):
    case = make_case(world=world, at=now - DAY)
    copies(case, amount - 1, start=9000)
    manager.get("/dashboard/")

    with queries(QUERIES):
        page = manager.get("/dashboard/")
    assert page.context["tiles"][1]["n"] == amount


def test_only_the_chosen_development_counts(manager, world, mixed):
    there = manager.get("/dashboard/?development=ELM").context
    both = manager.get("/dashboard/").context

    assert there["tiles"][1]["n"] == Case.objects.open().filter(development=mixed).count() < both["tiles"][1]["n"]
    assert there["places"] == []
    assert manager.get("/dashboard/?development=XYZ").status_code == 404


def test_managers_begin_here_and_nobody_else_sees_it(manager, world, client_for):
    assert manager.get("/")["Location"] == "/dashboard/"
    assert b'href="/my-day/"' in manager.get("/dashboard/").content
    for user in (world.amira, ada(), world.hana.user):
        assert client_for(user).get("/dashboard/").status_code == 403


def test_an_empty_installation_has_a_dashboard_too(manager):
    assert manager.get("/dashboard/").status_code == 200
