"""Addresses of the files and PDFs of cases, the same for staff, homeowners and contractors."""

from django.urls import path

from cases import views
from cases.papers import views as papers

urlpatterns = [
    path("cases/files/<uuid:public_id>/<slug:size>/", views.case_file, name="case_file"),
    path("files/kept/<uuid:public_id>/", views.kept_file, name="kept_file"),
    path("files/upload/", views.file_upload, name="file_upload"),
    path("papers/<uuid:public_id>/", papers.paper_detail, name="paper_detail"),
    path("papers/<uuid:public_id>/file/", papers.paper_file, name="paper_file"),
    path("papers/<uuid:public_id>/retry/", papers.paper_retry, name="paper_retry"),
    path("files/videos/", views.video_begin, name="video_begin"),
    path("files/videos/<uuid:public_id>/", views.video_piece, name="video_piece"),
]
