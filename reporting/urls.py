"""Addresses of figures: each family of pages brings its own."""

from django.urls import include, path

FAMILIES = ("dashboard", "presets")

urlpatterns = [path("", include(f"reporting.{family}.urls")) for family in FAMILIES]
