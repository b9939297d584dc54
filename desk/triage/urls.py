"""Address of the triage sheet."""

from django.urls import path

from desk.triage import views

urlpatterns = [path("cases/triage/<reference>/", views.triage_sheet, name="triage_sheet")]
