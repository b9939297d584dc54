"""Addresses of the import pages."""

from django.urls import path

from defects_portal.imports import views

urlpatterns = [
    path("settings/import/", views.import_list, name="import_list"),
    path("settings/import/<uuid:public_id>/", views.import_detail, name="import_detail"),
    path("settings/import/<uuid:public_id>/check/", views.import_check, name="import_check"),
    path("settings/import/<uuid:public_id>/begin/", views.import_begin, name="import_begin"),
    path("settings/import/<uuid:public_id>/stop/", views.import_stop, name="import_stop"),
    path("settings/import/<uuid:public_id>/errors/", views.import_errors, name="import_errors"),
]
