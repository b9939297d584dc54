"""Addresses of the files of cases, the same for staff, homeowners and contractors."""

from django.urls import path

from cases import views

urlpatterns = [
    path("cases/files/<uuid:public_id>/<slug:size>/", views.case_file, name="case_file"),
    path("files/kept/<uuid:public_id>/", views.kept_file, name="kept_file"),
    path("files/upload/", views.file_upload, name="file_upload"),
]
