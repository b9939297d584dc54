"""Addresses where the desk asks for PDFs."""

from django.urls import path

from desk.papers import views

urlpatterns = [
    path("cases/<str:reference>/pdf/", views.case_pdf, name="case_pdf"),
    path("units/<str:code>/<str:number>/pdf/", views.unit_pdf, name="unit_pdf"),
    path("intake/<str:reference>/pdf/", views.report_pdf, name="intake_pdf"),
]
