"""Addresses of the people outside the office: each family of pages brings its own."""

from importlib.util import find_spec

from django.urls import include, path

FAMILIES = ("homeowner", "reporting", "actions", "contractor", "open_pages")


def ready(family: str) -> bool:
    """Whether the family's pages are there yet."""
    return bool(find_spec(f"portal.{family}") and find_spec(f"portal.{family}.urls"))


urlpatterns = [path("", include(f"portal.{family}.urls")) for family in FAMILIES if ready(family)]
