"""Templates fetch nothing. (All tests render our pages while queries are refused: `tests/rig/silence.py`.)"""

import re

import pytest
from django.template import engines

from tests.conventions.sources import ROOT, name
from tests.rig.silence import THIRD_PARTY_FOLDERS, SilentTemplate, SilentTemplates

TEMPLATES = sorted(
    path
    for path in (ROOT / "templates").rglob("*")
    if path.suffix in {".html", ".txt"} and path.relative_to(ROOT / "templates").parts[0] not in THIRD_PARTY_FOLDERS
)
TAG = re.compile(r"\{[{%](.*?)[%}]\}", re.DOTALL)
FETCHING = re.compile(
    r"\.(all|filter|exclude|exists|order_by|aggregate)\b"
    r"|(\.(?!paginator)\w+|s)\.count\b"  # rows.count, case.messages.count; a plain number may be item.count
)
INLINE = re.compile(r"<script(?![^>]*\bsrc=)[^>]*>|<style\b|\sstyle=|\son[a-z]+=|javascript:", re.IGNORECASE)
FOR_MAIL_AND_PRINT = {"outbox", "pdf"}  # no page of the site: mail programs need their styles inside


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_a_template_calls_no_queryset(path):
    found = [tag.strip() for tag in TAG.findall(path.read_text()) if FETCHING.search(tag)]

    assert found == []


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_a_page_has_no_inline_script_or_style(path):
    if FOR_MAIL_AND_PRINT & set(path.parts) or path.name.startswith("mail"):
        return

    assert INLINE.findall(path.read_text()) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_a_template_compiles(path):
    engines["django"].get_template(str(path.relative_to(ROOT / "templates")))


def test_pages_are_rendered_in_silence():
    assert isinstance(engines["django"], SilentTemplates)
    assert isinstance(engines["django"].get_template("errors/404.html"), SilentTemplate)
