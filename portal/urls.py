"""Addresses of the people outside the office: each family of pages brings its own."""

from django.urls import include, path

FAMILIES = ("visits", "homeowner", "reporting", "actions", "signing", "contractor", "papers", "open_pages")

urlpatterns = [path("", include(f"portal.{family}.urls")) for family in FAMILIES]
