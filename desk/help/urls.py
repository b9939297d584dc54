"""Addresses of the how-to pages."""

from django.urls import path

from desk.help import views

urlpatterns = [
    path("help/", views.help_list, name="help_list"),
    path("help/<slug:slug>/", views.help_detail, name="help_detail"),
]
