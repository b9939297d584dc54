"""Addresses of visits."""

from django.urls import path

from inspections import views

urlpatterns = [
    path("inspections/", views.visit_list, name="visit_list"),
    path("inspections/book/", views.visit_book, name="visit_book"),
    path("inspections/export/", views.visit_export, name="visit_export"),
    path("inspections/export/<slug:way>/", views.visit_export, name="visit_export_as"),
    path("inspections/calendar/", views.visit_calendar, name="visit_calendar"),
    path("inspections/<reference>/", views.visit_detail, name="visit_detail"),
    path("inspections/<reference>/change/", views.visit_change, name="visit_change"),
    path("inspections/<reference>/cancel/", views.visit_cancel, name="visit_cancel"),
    path("inspections/<reference>/done/", views.visit_done, name="visit_done"),
]
