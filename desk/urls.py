"""Addresses of the desk: each family of pages brings its own."""

from django.urls import include, path

FAMILIES = (
    "my_day",
    "table",
    "calls",
    "triage",
    "intake",
    "papers",
    "case_page",
    "decisions",
    "outgoing",
    "lists",
    "help",
)
"""The case page stands after `/cases/log/` and `/cases/triage/`, because its address takes any reference."""

urlpatterns = [path("", include(f"desk.{family}.urls")) for family in FAMILIES]
