"""Addresses of the ledger of mails."""

from django.urls import path

from desk.outgoing import views

urlpatterns = [
    path("outgoing/", views.mail_list, name="mail_list"),
    path("outgoing/export/", views.mail_export, name="mail_export"),
    path("outgoing/export/<slug:way>/", views.mail_export, name="mail_export_as"),
    path("outgoing/<int:mail_id>/", views.mail_detail, name="mail_detail"),
    path("outgoing/<int:mail_id>/retry/", views.mail_retry, name="mail_retry"),
]
