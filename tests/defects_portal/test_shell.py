"""The frame of every page: rail, theme, icons, weight, colours."""

import gzip
import hashlib
import json
import re

import pytest
from django.template import engines
from django.test import Client, RequestFactory

from accounts.choices import Role
from accounts.models import User
from defects_portal.samples import refused_form
from defects_portal.templatetags.pieces import age_band, initials, share
from defects_portal.templatetags.shell import rail_items
from tests.conventions.sources import ROOT

STATIC = ROOT / "static"
FRAME = ("vendor/bootstrap.min.css", "css/tokens.css", "css/dark.css", "css/common.css", "icons.svg", "js/shell.js")
ACCENTS = ("teal", "blue", "indigo", "plum", "rust", "slate")
KINDS = ("new", "moving", "booked", "waiting", "late", "done", "note")


def rail_for(role, path="/cases/KRM-2041/", **context):
    request = RequestFactory().get(path)
    request.user = User(name="Somebody", role=role)
    return rail_items({"request": request, **context})


@pytest.mark.parametrize(
    ("role", "sees_settings", "sees_my_day"),
    [(Role.OFFICER, False, True), (Role.MANAGER, False, True), (Role.ADMINISTRATOR, True, False)],
)
def test_the_rail_shows_each_role_its_pages(role, sees_settings, sees_my_day):
    urls = {item["url"] for item in rail_for(role)}

    assert ("/settings/" in urls, "/my-day/" in urls) == (sees_settings, sees_my_day)


@pytest.mark.parametrize("role", [Role.HOMEOWNER, Role.CONTRACTOR])
def test_people_outside_the_office_have_no_rail(role):
    assert rail_for(role) == []


def test_the_rail_marks_where_you_are_and_counts():
    items = {item["url"]: item for item in rail_for(Role.OFFICER, rail=[{"url": "/intake/", "count": 5}])}

    assert items["/cases/"]["is_current"]
    assert not items["/intake/"]["is_current"]
    assert (items["/intake/"]["count"], items["/cases/"]["count"]) == (5, None)


def test_the_theme_is_kept_and_the_visitor_comes_back_to_the_page():
    answer = Client().post("/theme/", {"theme": "dark", "next": "/emergency/?x=1"})

    assert (answer["Location"], answer.cookies["theme"].value) == ("/emergency/?x=1", "dark")
    assert answer.cookies["theme"]["httponly"]


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", ""])
def test_the_theme_leads_to_no_other_site(elsewhere):
    assert Client().post("/theme/", {"theme": "dark", "next": elsewhere})["Location"] == "/"


def test_an_odd_theme_counts_as_automatic():
    assert Client().post("/theme/", {"theme": "<b>"}).cookies["theme"].value == "auto"


@pytest.mark.parametrize("theme", ["auto", "dark", "light"])
def test_paper_is_never_dark(theme):
    request = RequestFactory().get("/", headers={"cookie": f"theme={theme}"})
    sheet = engines["django"].from_string("{% load shell %}{% dark_sheet %}").render({}, request)

    assert re.search(r'media="(screen\b|not all)', sheet)


def test_icons_of_templates_are_in_the_sprite():
    drawn = set(re.findall(r'id="i-([a-z0-9-]+)"', (STATIC / "icons.svg").read_text()))
    texts = {path: path.read_text() for path in (ROOT / "templates").rglob("*.html")}
    named = {(path.name, name) for path, text in texts.items() for name in ICON.findall(text)}

    assert {(where, name) for where, name in named if name not in drawn} == set()


ICON = re.compile(r'(?:\{% icon |\bicon=|\bicon\|default:)"([^"]+)"')


def test_vendored_files_are_those_of_the_manifest():
    for entry in json.loads((STATIC / "vendor" / "MANIFEST.json").read_text()):
        assert entry["licence"] in {"MIT", "ISC", "OFL-1.1"}
        assert hashlib.sha256((STATIC / entry["file"]).read_bytes()).hexdigest() == entry["sha256"], entry["file"]


def test_no_static_file_asks_for_a_source_map():
    files = [path for path in STATIC.rglob("*") if path.suffix in {".css", ".js"}]

    assert [path.name for path in files if "sourceMappingURL" in path.read_text()] == []


@pytest.mark.parametrize(("sheet", "limit"), [("css/portal.css", 100_000), ("css/desk.css", 120_000)])
def test_the_frame_leaves_room_for_pictures(sheet, limit):
    scripts = ("js/submit-once.js", "js/drafts.js", "js/lightbox.js", "js/table.js", "js/composer.js")
    weight = sum(len(gzip.compress((STATIC / name).read_bytes(), 6)) for name in (*FRAME, *scripts, sheet))

    assert weight < limit


def test_a_refused_form_links_each_error_to_its_field():
    page = (
        engines["django"]
        .from_string("{% load crispy_forms_filters %}{{ form|crispy }}")
        .render({"form": refused_form()})
    )
    targets = re.findall(r'<li><a href="#([^"]+)"', page)

    assert len(targets) == 4
    assert [target for target in targets if f'id="{target}"' not in page] == []


def test_only_fields_that_may_stay_empty_say_so():
    page = (
        engines["django"]
        .from_string("{% load crispy_forms_filters %}{{ form|crispy }}")
        .render({"form": refused_form()})
    )

    assert len(re.findall(r'class="opt"', page)) == 3
    assert "asteriskField" not in page


@pytest.mark.parametrize(("days", "band"), [(0, 0), (1, 0), (2, 1), (7, 1), (8, 2), (14, 2), (15, 3), (28, 3), (29, 4)])
def test_ages_fall_into_the_bands_of_the_dashboard(days, band):
    assert age_band(days) == band


@pytest.mark.parametrize(("per_cent", "length"), [(None, 0), (-5, 0), (50, 20), (100, 40), (250, 40)])
def test_a_bar_stays_inside_its_track(per_cent, length):
    assert share(per_cent, 40) == length


def test_initials_of_any_name():
    assert [initials(name) for name in ("Hana Yusof", "Cher", "", "Nurul Huda binti Mohd")] == ["HY", "C", "?", "NM"]


def colours(sheet, accent):
    """The custom properties of one theme with one accent."""
    rules = re.findall(
        r":root(\.accent-[a-z]+)?(?:, [^{]*)? \{(.*?)\n?\}", (STATIC / "css" / sheet).read_text(), re.DOTALL
    )
    found = {}
    for extra, body in rules:
        if extra in {"", f".accent-{accent}"}:
            found.update(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6})", body))
    return found


def contrast(one, other):
    def light(colour):
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("accent", ACCENTS)
@pytest.mark.parametrize("sheet", ["tokens.css", "dark.css"])
def test_every_accent_can_be_read_in_both_themes(sheet, accent):
    theme = colours(sheet, accent)
    grounds = ("surface", "surface-2", "canvas")
    pairs = [
        ("accent", "on-accent"),
        ("accent-strong", "accent-soft"),
        *(("accent-strong", ground) for ground in grounds),
    ]
    pairs += [(ink, ground) for ink in ("ink", "ink-2", "ink-3") for ground in grounds]
    pairs += [(f"{kind}-ink", f"{kind}-bg") for kind in KINDS]

    assert [pair for pair in pairs if contrast(theme[pair[0]], theme[pair[1]]) < 4.5] == []
