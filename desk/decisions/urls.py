"""Addresses of the decisions."""

from django.urls import path

from desk.decisions import views

urlpatterns = [
    path("decisions/", views.decision_list, name="decision_list"),
    path("decisions/export/", views.decision_export, name="decision_export"),
    path("decisions/export/<slug:way>/", views.decision_export, name="decision_export_as"),
    path("escalations/", views.decision_list, name="escalation_list"),
    path("decisions/<uuid:public_id>/", views.decision_detail, name="decision_detail"),
]
