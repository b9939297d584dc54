"""Addresses where the portal asks for PDFs."""

from django.urls import path

from portal.papers import views

urlpatterns = [
    path("portal/cases/<str:reference>/pdf/", views.portal_case_pdf, name="portal_case_pdf"),
    path("portal/reports/<str:reference>/pdf/", views.portal_report_pdf, name="portal_report_pdf"),
]
