"""The how-tos: every page opens, the tables are the rules themselves, every desk page leads to its own."""

import re

import pytest
from django.template import Context
from django.test import Client, RequestFactory

from accounts.choices import Role
from cases import moves
from cases.choices import Audience, Status
from cases.words import STEPS
from defects_portal.templatetags import shell
from desk.case_page.acts import ACTS
from desk.help import tables
from desk.help.tasks import TASKS
from tests.desk.case_page.pages import text_of
from tests.factories.cases import make_world

pytestmark = pytest.mark.django_db


def plain(text):
    return re.sub(r"\s+", " ", str(text).replace("'", "&#x27;"))


@pytest.mark.parametrize("slug", TASKS)
def test_every_task_opens_and_its_links_lead_somewhere(slug):
    page = Client().get(f"/help/{slug}/")

    assert page.status_code == 200
    for link in re.findall(r'href="(/help/[^"#]*)', page.content.decode()):
        assert Client().get(link).status_code == 200


def test_the_list_names_every_task():
    page = text_of(Client().get("/help/"))

    assert [task.slug for task in TASKS.values() if plain(task.title) not in page] == []


def test_every_step_of_every_state_is_told_as_its_readers_see_it():
    page = text_of(Client().get("/help/words/"))
    missing = [
        (name, audience)
        for name, step in STEPS.items()
        for audience in (Audience.STAFF, Audience.HOMEOWNER)
        if plain(tables.filled(step.for_audience(audience))) not in page
    ]

    assert missing == []
    assert [label for label, _rows in tables.states()] == [str(status.label) for status in Status]


def test_a_reworded_state_is_reworded_in_the_help(monkeypatch):
    from dataclasses import replace

    monkeypatch.setitem(STEPS, "new", replace(STEPS["new"], homeowner="We have it since {date}"))

    assert "We have it since [day]" in text_of(Client().get("/help/words/"))


def test_every_move_is_told_with_who_what_and_whom():
    rows = {row.name: row for row in tables.move_rows()}
    page = text_of(Client().get("/help/moves/"))

    assert list(rows) == [move.name for move in moves.TABLE]
    for move in moves.TABLE:
        row = rows[move.name]
        assert len(row.needs.split(", ")) >= len(move.needs)
        assert row.may_need_manager == (move.decision is not None)
        assert plain(row.first_sentence) in page
    assert rows["close-out-of-scope"].first_sentence
    assert [str(act.title) for act in ACTS.values() if plain(act.lead) not in page] == []


def test_every_need_and_every_hand_of_a_move_has_its_word():
    assert {need for move in moves.TABLE for need in move.needs} <= set(tables.NEEDS)
    assert {one for move in moves.TABLE for one in move.who} <= set(tables.WHO)


def test_no_brace_is_left_in_a_sentence():
    shown = [row.first_sentence for row in tables.move_rows()]
    shown += [text for _label, rows in tables.states() for row in rows for text in (row.staff, row.homeowner)]

    assert [text for text in shown if "{" in text] == []


def test_staff_keep_their_rail_and_others_get_the_open_frame(defaults, client_for):
    world = make_world()
    staff, owner = client_for(world.amira).get("/help/"), client_for(world.hana.user).get("/help/")

    assert 'href="/my-day/"' in staff.content.decode()
    assert "rail" in staff.context
    assert 'href="/my-day/"' not in owner.content.decode()
    assert "Your guides are here" in text_of(owner)


def test_help_stands_at_the_foot_of_the_rail():
    request = RequestFactory().get("/cases/")
    request.user = type("Somebody", (), {"role": Role.OFFICER})()
    items = shell.rail_items({"request": request})

    assert (items[-1]["url"], items[-1]["is_foot"]) == ("/help/", True)
    assert not any(item["is_foot"] for item in items[:-1])


@pytest.mark.parametrize(
    ("page", "slug"),
    [
        ("/my-day/", "my-day"),
        ("/cases/", "keyboard"),
        ("/cases/log/", "log-a-call"),
        ("/cases/triage/R-1/", "triage"),
        ("/cases/KRM-1/", "accept-and-send"),
        ("/cases/KRM-1/moves/close-out-of-scope/", "not-covered"),
        ("/cases/KRM-1/moves/accept/", "moves"),
        ("/cases/KRM-1/hold/", "hold-or-ask"),
        ("/cases/KRM-1/messages/", "updates"),
        ("/units/KRM/A-1/link/", "report-links"),
        ("/units/KRM/A-1/", "resale"),
        ("/settings/", ""),
    ],
)
def test_the_question_mark_leads_to_the_how_to_of_the_page(page, slug):
    address = shell.help_url(Context({"request": RequestFactory().get(page)}))

    assert address == (f"/help/{slug}/" if slug else "/help/")


def test_every_how_to_of_a_page_exists():
    assert {slug for _pattern, slug in shell.HELP} <= set(TASKS)
