"""Addresses of the report: each step twice, by account and by the link of a home."""

from django.urls import path

from portal.reporting import steps, videos, views
from portal.reporting.doors import by_account, by_link

urlpatterns = [
    path("portal/report/", views.report_start, name="report_start"),
    path("portal/report/<uuid:key>/", by_account(steps.review, keep=steps.review_keep), name="report_review"),
    path("portal/report/<uuid:key>/save/", by_account(steps.review_save, is_page=False), name="report_review_save"),
    path("portal/report/<uuid:key>/discard/", by_account(steps.discard), name="report_discard"),
    path("portal/report/<uuid:key>/photos/<uuid:public_id>/", by_account(steps.photo), name="report_photo"),
    path("portal/report/<uuid:key>/<int:number>/", by_account(steps.fault, keep=steps.fault_keep), name="report_fault"),
    path("portal/report/<uuid:key>/<int:number>/room/", by_account(steps.room), name="report_room"),
    path(
        "portal/report/<uuid:key>/<int:number>/save/",
        by_account(steps.fault_save, is_page=False),
        name="report_fault_save",
    ),
    path(
        "portal/report/<uuid:key>/<int:number>/photos/",
        by_account(steps.photo_add, is_page=False),
        name="report_photo_add",
    ),
    path(
        "portal/report/<uuid:key>/<int:number>/videos/",
        by_account(videos.video_begin, is_page=False),
        name="report_video_begin",
    ),
    path(
        "portal/report/<uuid:key>/<int:number>/videos/<uuid:public_id>/",
        by_account(videos.video_piece, is_page=False),
        name="report_video_piece",
    ),
    path("portal/reports/<str:reference>/", views.report_detail, name="report_detail"),
    path("report/<str:token>/", views.link_start, name="link_report_start"),
    path("report/<str:token>/review/", by_link(steps.review), name="link_report_review"),
    path("report/<str:token>/save/", by_link(steps.review_save, is_page=False), name="link_report_review_save"),
    path("report/<str:token>/discard/", by_link(steps.discard), name="link_report_discard"),
    path("report/<str:token>/sent/", views.link_receipt, name="link_report_receipt"),
    path("report/<str:token>/photos/<uuid:public_id>/", by_link(steps.photo), name="link_report_photo"),
    path("report/<str:token>/<int:number>/", by_link(steps.fault), name="link_report_fault"),
    path("report/<str:token>/<int:number>/room/", by_link(steps.room), name="link_report_room"),
    path(
        "report/<str:token>/<int:number>/save/",
        by_link(steps.fault_save, is_page=False),
        name="link_report_fault_save",
    ),
    path(
        "report/<str:token>/<int:number>/photos/",
        by_link(steps.photo_add, is_page=False),
        name="link_report_photo_add",
    ),
    path(
        "report/<str:token>/<int:number>/videos/",
        by_link(videos.video_begin, is_page=False),
        name="link_report_video_begin",
    ),
    path(
        "report/<str:token>/<int:number>/videos/<uuid:public_id>/",
        by_link(videos.video_piece, is_page=False),
        name="link_report_video_piece",
    ),
]
