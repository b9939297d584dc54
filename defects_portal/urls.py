"""Addresses of the whole site; each room brings its own pages."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from defects_portal import errors, health, specimen, views

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
    path("", include("accounts.urls")),
    path("", include("defects_portal.imports.urls")),
    path("", include("homeowners.urls")),
    path("", include("contractors.urls")),
    path("", include("cases.urls")),
    path("", include("inspections.urls")),
    path("", include("desk.urls")),
    path("", include("portal.urls")),
    path("", include("reporting.urls")),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
