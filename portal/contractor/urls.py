"""Addresses of the contractor's pages."""

from django.urls import path

from portal.contractor import views

urlpatterns = [path("jobs/", views.job_list, name="job_list")]
