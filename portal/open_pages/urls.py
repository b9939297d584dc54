"""Addresses of the open pages."""

from django.urls import path

from portal.open_pages import views

urlpatterns = [
    path("emergency/", views.emergency, name="emergency"),
    path("portal/guidance/", views.guidance_list, name="guidance_list"),
    path("portal/guidance/how-it-works/", views.process_list, name="process_list"),
    path("portal/guidance/how-it-works/<slug:code>/", views.process_detail, name="process_detail"),
    path("portal/guidance/<slug:slug>/", views.guidance_detail, name="guidance_detail"),
    path("portal/guidance/<slug:slug>/<int:revision>/", views.guidance_revision, name="guidance_revision"),
]
