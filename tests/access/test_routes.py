"""ROUTE x ROLE against `routes.txt`, which is written by hand from the design pages (house style, section 7).

Not your page: 403. Not your row: 404, as if it did not exist. An unknown visitor goes to the sign-in page ("in").
A line holds method, address, one answer a role, and what is sent. Everything sent is taken back afterwards.
"""

import re
from collections import Counter
from dataclasses import dataclass
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from django.core import management
from django.db import transaction
from django.test import override_settings
from django.urls import resolve

from cases.models import Attachment, Case, CaseEvent, Message, Report, ReportDraft
from defects_portal.models import ImportRun
from documents.models import StoredFile
from homeowners.models import Homeowner, Tenure
from inspections.models import Visit
from outbox.models import OutgoingMail
from tests.access import scene as making
from tests.access.scene import ROLES
from tests.conventions.test_marked_views import all_routes, is_ours

pytestmark = pytest.mark.django_db  # each test is a savepoint in the transaction of `scene`

TABLE = Path(__file__).with_name("routes.txt")
DOOR = "/sign-in/"
REFUSED = {"in", "403", "404"}
TOLD = (
    Attachment,
    CaseEvent,
    Homeowner,
    ImportRun,
    Message,
    OutgoingMail,
    Report,
    ReportDraft,
    StoredFile,
    Tenure,
    Visit,
)


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    method: str
    path: str
    answers: dict
    body: str

    def __str__(self):
        return f"{self.method} {self.path}"


def read_table():
    rows = []
    for line in TABLE.read_text().splitlines():
        if line and not line.startswith("#"):
            method, path, *rest = line.split()
            answers, body = rest[: len(ROLES)], "".join(rest[len(ROLES) :])
            rows.append(Row(method, path, dict(zip(ROLES, answers, strict=True)), body))
    return rows


ROWS = read_table()


@pytest.fixture(scope="module")
def scene(django_db_setup, django_db_blocker, tmp_path_factory):
    """Built once; every request is taken back, so that each meets the same world."""
    media = tmp_path_factory.mktemp("media")
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(MEDIA_ROOT=media):
            management.call_command("install_defaults", verbosity=0)
            made = making.build()
        made.media = media
        made.cookies = {role: SimpleCookie(client.cookies) for role, client in made.clients.items()}
        yield made
        transaction.set_rollback(True)


@pytest.fixture
def knock(scene, own_folders, settings):
    """`knock(role, row)`: the answer as the table writes it."""
    settings.MEDIA_ROOT = scene.media

    def ask(role, row):
        client = scene.clients[role]
        path = row.path.format(**scene.names)
        body = dict(parse_qsl(row.body.format(**scene.names)))
        with transaction.atomic():
            before = state() if row.answers[role] in REFUSED and row.method == "POST" else None
            response = client.post(path, body) if row.method == "POST" else client.get(path)
            changed = before is not None and state() != before
            transaction.set_rollback(True)
        client.cookies = SimpleCookie()
        client.cookies.update(scene.cookies[role])
        return "changed something!" if changed else words_of(response)

    return ask


def state():
    """What a refused request must leave as it was."""
    return [model.objects.count() for model in TOLD], sorted(Case.objects.values_list("pk", "status", "version"))


def words_of(response):
    to_door = response.status_code == 302 and response["Location"].partition("?")[0] == DOOR
    return "in" if to_door else str(response.status_code)


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_each_role_gets_the_answer_of_the_table(knock, row):
    found = {role: knock(role, row) for role in ROLES}
    assert {role: answer for role, answer in found.items() if answer != row.answers[role]} == {}


def pattern_of(path, names):
    """The route that an address of the table meets."""
    return resolve(path.format(**names).partition("?")[0]).route


def test_every_page_of_ours_stands_in_the_table(scene):
    ours = {pattern for pattern, view in all_routes() if is_ours(pattern, view)}
    assert sorted(ours - {pattern_of(row.path, scene.names) for row in ROWS}) == []


def test_a_page_without_a_line_for_sending_takes_nothing(scene, knock):
    takes = {pattern_of(row.path, scene.names) for row in ROWS if row.method == "POST"}
    shown = {pattern_of(row.path, scene.names): row for row in ROWS if row.method == "GET"}
    wrong = []
    for pattern, row in shown.items():
        for role in ("off", "adm", "own", "main") if pattern not in takes and not pattern.startswith("admin/") else ():
            sent = Row("POST", row.path, {role: "404"}, "")
            answer = knock(role, sent)
            if answer not in {"403", "404", "405", row.answers[role]}:
                wrong.append(f"{role} {sent}: {answer}")
    assert wrong == []


def test_no_two_pages_share_a_name():
    from django.urls import get_resolver

    def names(resolver):
        for entry in resolver.url_patterns:
            if hasattr(entry, "url_patterns"):
                yield from names(entry) if not getattr(entry, "namespace", None) else ()
            elif entry.name:
                yield entry.name

    assert [name for name, times in Counter(names(get_resolver())).items() if times > 1] == []


FOREIGN = [
    ("oth", "/cases/KRM-1/", "/cases/KRM-999/"),
    ("oth", "/units/krm/a123/", "/units/krm/z999/"),
    ("oth", "/intake/{report}/", "/intake/R-999/"),
    ("oth", "/inspections/{visit}/", "/inspections/V-999/"),
    ("oth", "/outgoing/{mail}/", "/outgoing/999999/"),
    ("nei", "/portal/cases/KRM-1/", "/portal/cases/KRM-999/"),
    ("for", "/portal/cases/KRM-1/", "/portal/cases/KRM-999/"),
    ("ten", "/portal/cases/KRM-1/", "/portal/cases/KRM-999/"),
    ("own", "/portal/cases/KRM-5/", "/portal/cases/KRM-999/"),
    ("nei", "/cases/files/{before}/list/", "/cases/files/00000000-0000-4000-8000-000000000000/list/"),
    ("co", "/cases/files/{before}/list/", "/cases/files/00000000-0000-4000-8000-000000000000/list/"),
]


@pytest.mark.parametrize(("role", "foreign", "missing"), FOREIGN)
def test_a_foreign_row_is_answered_word_for_word_like_a_missing_one(scene, role, foreign, missing):
    pages = [scene.clients[role].get(path.format(**scene.names)) for path in (foreign, missing)]
    assert [page.status_code for page in pages] == [404, 404]
    assert plain(pages[0], foreign.format(**scene.names)) == plain(pages[1], missing)


def plain(page, path):
    """The text of a page without what differs at every call."""
    text = page.content.decode().replace(path, "PATH")
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"|nonce="[^"]*"', "", text)


LISTS = {
    "oth": [
        "/my-day/",
        "/cases/?mine=everybody",
        "/cases/?q=A-12-3&mine=everybody",
        "/cases/?q=Hana&mine=everybody",
        "/cases/?q=KRM-1&mine=everybody",
        "/cases/log/?find=Hana",
        "/cases/log/?who={tenure}",
        "/intake/",
        "/intake/?state=all",
        "/decisions/",
        "/outgoing/",
        "/inspections/",
        "/inspections/?state=all",
        "/inspections/calendar/",
        "/units/",
        "/units/?q=A-12",
        "/homeowners/",
        "/homeowners/?q=Hana",
        "/contractors/",
        "/contractors/?q=Lim",
    ],
    "nei": ["/portal/", "/portal/cases/", "/portal/cases/?done=1", "/portal/visits/", "/portal/report/"],
    "for": ["/portal/", "/portal/cases/", "/portal/cases/?done=1", "/portal/visits/", "/portal/report/"],
    "bod": ["/portal/", "/portal/cases/", "/portal/visits/"],
    "sub": ["/jobs/"],
    "co": ["/jobs/"],
}
MARKS = ("A-12-3", "Hana Yusof", "hana@", "KRM-", "Kerinci Residences", "Water is dripping", "Lim Construction")
NOT_A_LEAK = dict.fromkeys(("nei", "bod", "sub", "co"), ("Kerinci Residences",))  # they are of that place


@pytest.mark.parametrize(("role", "path"), [(role, path) for role, paths in LISTS.items() for path in paths])
def test_lists_searches_choices_and_totals_hold_nothing_foreign(scene, role, path):
    page = scene.clients[role].get(path.format(**scene.names), follow=True)
    asked = path.partition("?")[2]
    text = re.sub(r'(value|href|content)="[^"]*"', "", page.content.decode()) if asked else page.content.decode()
    allowed = (*NOT_A_LEAK.get(role, ()), *(mark for mark in MARKS if mark.split()[0] in asked))
    assert [mark for mark in MARKS if mark in text and mark not in allowed] == []
