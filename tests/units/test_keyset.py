"""Pages of a long list by the row they begin after."""

import base64
import json

import pytest
from django.http import QueryDict

from homeowners.models import Homeowner
from tests.factories.homeowners import make_homeowner
from units import keyset

pytestmark = [pytest.mark.django_db, pytest.mark.database]
BY = ("search_name", "pk")


def page(query="", size=3):
    return keyset.page(Homeowner.objects.all(), by=BY, query=QueryDict(query.lstrip("?")), size=size)


def names(found):
    return [person.name for person in found.rows]


def mark(*values):
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


@pytest.fixture
def people():
    return [make_homeowner(name=name) for name in ("Ada", "Ben", "Ben", "Ben", "Cho", "陈伟明", "சிவ")]


def test_walks_forward_and_back_through_equal_names_without_loss(people):
    first = page()
    second = page(first.next)
    third = page(second.next)
    walked = [person.pk for found in (first, second, third) for person in found.rows]
    assert sorted(walked) == sorted(person.pk for person in people)
    assert (first.previous, third.next) == ("", "")
    assert names(page(third.previous)) == names(second)
    assert names(page(page(third.previous).previous)) == names(first)


def test_a_row_entered_meanwhile_moves_nothing(people):
    first = page()
    make_homeowner(name="Aaron")
    assert names(page(first.next)) == ["Ben", "Cho", "சிவ"]


def test_other_questions_of_the_address_stay(people):
    found = page("q=b+c&after=&development=KRM")
    assert found.next.startswith("?q=b+c&development=KRM&after=")


def test_one_query(people, queries):
    with queries(1):
        names(page(page_two := f"after={mark('ada', 1)}"))
    assert page_two


@pytest.mark.parametrize(
    "text",
    [
        "x", "====", "%00", mark(), mark("a"), mark(1, 2), mark("a", "b"), mark("a", True), mark("a", 2**63),
        mark(["a"], 1), mark("a\0", 1), mark("\ud800", 1), mark(None, 1),
        base64.urlsafe_b64encode(b"\xff\xfe").decode(), "a" * 1900,
    ],
)  # fmt: skip
def test_a_mark_that_was_not_made_here_gives_the_first_page(people, text):
    assert names(page(f"after={text}")) == ["Ada", "Ben", "Ben"]
    assert names(page(f"before={text}")) == ["Ada", "Ben", "Ben"]


def test_nothing_there_has_no_neighbours():
    found = page()
    assert (found.rows, found.previous, found.next) == ([], "", "")
