"""Addresses of the reports as they came in."""

from django.urls import path

from desk.intake import views

urlpatterns = [
    path("intake/", views.report_list, name="report_list"),
    path("intake/export/", views.report_export, name="report_export"),
    path("intake/export/<slug:way>/", views.report_export, name="report_export_as"),
    path("intake/<reference>/", views.report_detail, name="intake_detail"),
    path("intake/<reference>/verified/", views.report_verify, name="report_verify"),
    path("intake/<reference>/refused/", views.report_refuse, name="report_refuse"),
]
