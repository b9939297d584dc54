"""Addresses of visits for homeowners."""

from django.urls import path

from portal.visits import views

urlpatterns = [
    path("portal/visits/link/<token>/", views.visit_link, name="visit_link"),
    path("portal/visits/<reference>/", views.portal_visit, name="portal_visit"),
]
