"""Addresses of the register of contractors."""

from django.urls import path

from contractors import views

COMPANY = "contractors/<slug:slug>/"

urlpatterns = [
    path("contractors/", views.company_list, name="company_list"),
    path("contractors/add/", views.company_add, name="company_add"),
    path("contractors/export/", views.company_export, name="company_export"),
    path("contractors/export/<slug:way>/", views.company_export, name="company_export_as"),
    path(COMPANY, views.company_detail, name="company_detail"),
    path(f"{COMPANY}edit/", views.company_edit, name="company_edit"),
    path(f"{COMPANY}contacts/add/", views.contact_add, name="contact_add"),
    path(f"{COMPANY}contacts/<uuid:public_id>/", views.contact_edit, name="contact_edit"),
    path(f"{COMPANY}contacts/<uuid:public_id>/left/", views.contact_leave, name="contact_leave"),
    path(f"{COMPANY}appointments/add/", views.appointment_add, name="appointment_add"),
    path(f"{COMPANY}appointments/<uuid:public_id>/", views.appointment_edit, name="appointment_edit"),
    path(f"{COMPANY}appointments/<uuid:public_id>/end/", views.appointment_end, name="appointment_end"),
]
