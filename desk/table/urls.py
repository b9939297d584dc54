"""Addresses of the case table and of finding."""

from django.urls import path

from desk.table import views, views_acts, views_export, views_saved, views_ticked

urlpatterns = [
    path("cases/", views.case_list, name="case_list"),
    path("cases/export/", views_export.case_export, name="case_export"),
    path("cases/export/<slug:way>/", views_export.case_export, name="case_export_as"),
    path("cases/ticked/", views_ticked.case_send_ticked, name="case_send_ticked"),
    path("cases/ticked/<slug:act>/", views_acts.case_act_ticked, name="case_act_ticked"),
    path("cases/views/save/", views_saved.case_view_save, name="case_view_save"),
    path("cases/views/delete/", views_saved.case_view_delete, name="case_view_delete"),
    path("find/", views.find, name="find"),
]
