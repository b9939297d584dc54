"""Addresses of the open pages."""

from django.urls import path

from portal.open_pages import views

urlpatterns = [
    path("emergency/", views.emergency, name="emergency"),
    path("portal/guidance/", views.guidance_list, name="guidance_list"),
    path("portal/guidance/<slug:slug>/", views.guidance_detail, name="guidance_detail"),
]
