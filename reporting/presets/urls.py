"""Addresses of the preset reports."""

from django.urls import path

from reporting.presets import views

urlpatterns = [
    path("reports/", views.preset_list, name="preset_list"),
    path("reports/<slug:key>/", views.preset_detail, name="preset_detail"),
    path("reports/<slug:key>/export/", views.preset_export, name="preset_export"),
    path("reports/<slug:key>/export/<slug:way>/", views.preset_export, name="preset_export_as"),
]
