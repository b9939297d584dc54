"""Addresses of the homeowner's pages."""

from django.urls import path

from portal.homeowner import views, views_case, views_repair

urlpatterns = [
    path("portal/", views.portal_home, name="portal_home"),
    path("portal/cases/", views.portal_case_list, name="portal_case_list"),
    path("portal/visits/", views.portal_visit_list, name="portal_visit_list"),
    path("portal/cases/<reference>/", views_case.portal_case, name="portal_case"),
    path("portal/cases/<reference>/messages/", views_case.portal_message, name="portal_message"),
    path("portal/cases/<reference>/answer/", views_case.portal_answer, name="portal_answer"),
    path("portal/cases/<reference>/again/", views_case.portal_reopen, name="portal_reopen"),
    path("portal/cases/<reference>/damage/", views_repair.portal_damage, name="portal_damage"),
    path("portal/cases/<reference>/protest/", views_repair.portal_protest, name="portal_protest"),
]
