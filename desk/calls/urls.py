"""Addresses of the call page."""

from django.urls import path

from desk.calls import views

urlpatterns = [path("cases/log/", views.call_log, name="call_log")]
