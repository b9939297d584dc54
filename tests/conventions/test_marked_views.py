"""Every page of ours says who may open it; the pages of others stand in a literal list."""

import re
from functools import cache

import pytest
from django.urls import URLPattern, get_resolver

from tests.conventions.sources import ROOMS, ROOT

THIRD_PARTY = ROOT / "tests" / "conventions" / "third_party_routes.txt"


def routes(resolver, prefix=""):
    """(pattern, view) of every route."""
    for entry in resolver.url_patterns:
        pattern = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield pattern, entry.callback
        else:
            yield from routes(entry, pattern)


def module_of(view):
    """Where the view was written."""
    return getattr(getattr(view, "view_class", view), "__module__", "")


def is_ours(pattern, view):
    """Also a page of allauth's that we have wrapped in a mark of ours; never the admin, whatever our site overrides."""
    if pattern.startswith("admin/"):
        return False
    return module_of(view).split(".")[0] in ROOMS or hasattr(view, "access_mark")


@cache
def all_routes():
    return list(routes(get_resolver()))


def test_every_view_of_ours_is_marked():
    unmarked = [
        pattern for pattern, view in all_routes() if is_ours(pattern, view) and not hasattr(view, "access_mark")
    ]

    assert unmarked == []


def test_public_views_give_a_reason():
    reasons = {
        pattern: view.access_mark for pattern, view in all_routes() if isinstance(getattr(view, "access_mark", 0), str)
    }

    assert {pattern: reason for pattern, reason in reasons.items() if len(reason.split()) < 2} == {}


def line_of(pattern, view):
    """A route as the list writes it; the pages that the admin makes for each table are one line a table."""
    parts = pattern.split("/")
    if parts[0] == "admin" and len(parts) > 3 and parts[1] in ROOMS:
        return "/".join(parts[:3]) + "/*"
    return re.sub(r"\(\?P<app_label>.*?\)", "<room>", pattern)


def test_pages_of_others_are_those_of_the_list():
    routed = {line_of(pattern, view) for pattern, view in all_routes() if not is_ours(pattern, view)}

    assert sorted(routed) == THIRD_PARTY.read_text().splitlines()


@pytest.mark.parametrize("handler", ["handler400", "handler403", "handler404", "handler500"])
def test_error_pages_are_ours(handler):
    from defects_portal import urls

    assert module_of(getattr(urls, handler)) == "defects_portal.errors"
