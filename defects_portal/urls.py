"""Addresses of the whole site; each room brings its own pages."""

from importlib.util import find_spec

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from defects_portal import errors, health, specimen, views

ROOMS = [
    "accounts",
    "documents",
    "outbox",
    "units",
    "homeowners",
    "contractors",
    "inspections",
    "cases",
    "desk",
    "portal",
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.home, name="home"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("theme/", views.theme_choose, name="theme_choose"),
    path("language/", views.language_choose, name="set_language"),
    path("specimen/", specimen.specimen, name="specimen"),
    path("specimen/<slug:room>/", specimen.specimen, name="specimen_room"),
    path("inbox/", include("defects_portal.inbox")),
    path("admin/", admin.site.urls),
    *(path("", include(f"{room}.urls")) for room in ROOMS if find_spec(f"{room}.urls")),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
