"""Addresses of the desk: each family of pages brings its own."""

from importlib.util import find_spec

from django.urls import include, path

FAMILIES = ("my_day", "table", "calls", "triage", "intake", "case_page", "decisions", "outgoing")
"""The case page stands after `/cases/log/` and `/cases/triage/`, because its address takes any reference."""


def ready(family: str) -> bool:
    """Whether the family's pages are there yet."""
    return bool(find_spec(f"desk.{family}") and find_spec(f"desk.{family}.urls"))


urlpatterns = [path("", include(f"desk.{family}.urls")) for family in FAMILIES if ready(family)]
