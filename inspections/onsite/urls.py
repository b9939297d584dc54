"""Addresses of the page on site: one family in two rooms."""

from django.urls import URLPattern, path

from inspections.onsite.door import DESK, JOBS
from inspections.onsite.views import pages as views
from inspections.onsite.views.acts import ACTS

ACT_NAMES = ("photo", *ACTS)


def family(stem: str, name: str, room: str) -> list[URLPattern]:
    """The page, its acts, its videos, its end."""
    here = {"room": room}
    posts = [
        path(f"{stem}{act}/", views.visit_act, {**here, "act": act}, name=f"{name}_{act.replace('-', '_')}")
        for act in ACT_NAMES
    ]
    return [
        path(stem, views.visit_on_site, here, name=name),
        path(f"{stem}film/", views.visit_film, here, name=f"{name}_film"),
        path(f"{stem}film/<uuid:public_id>/", views.visit_film_piece, here, name=f"{name}_film_piece"),
        path(f"{stem}finish/", views.visit_finish, here, name=f"{name}_finish"),
        *posts,
    ]


urlpatterns = [
    path("inspections/shots/<uuid:public_id>/", views.visit_shot, name="visit_shot"),
    *family("inspections/<reference>/on-site/", "visit_on_site", DESK),
    *family("jobs/visits/<reference>/", "job_visit", JOBS),
]
