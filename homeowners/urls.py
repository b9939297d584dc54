"""Addresses of the registers of homes and people."""

from django.urls import path

from homeowners.views import exports, holders, homes, link_papers, people

HOME = "units/<str:code>/<str:number>/"

urlpatterns = [
    path("units/", homes.unit_list, name="unit_list"),
    path("units/export/", exports.unit_export, name="unit_export"),
    path("units/export/<slug:way>/", exports.unit_export, name="unit_export_as"),
    path("units/report-cards/", link_papers.link_cards, name="link_cards"),
    path(HOME, homes.unit_detail, name="unit_detail"),
    path(f"{HOME}link/", homes.unit_link, name="unit_link"),
    path(f"{HOME}link/pdf/", link_papers.unit_link_pdf, name="unit_link_pdf"),
    path(f"{HOME}people/add/", holders.tenure_add, name="tenure_add"),
    path(f"{HOME}people/end/", holders.tenure_end, name="tenure_end"),
    path(f"{HOME}resale/", holders.unit_transfer, name="unit_transfer"),
    path("homeowners/", people.homeowner_list, name="homeowner_list"),
    path("homeowners/export/", exports.homeowner_export, name="homeowner_export"),
    path("homeowners/export/<slug:way>/", exports.homeowner_export, name="homeowner_export_as"),
    path("homeowners/<uuid:public_id>/", people.homeowner_detail, name="homeowner_detail"),
    path("homeowners/<uuid:public_id>/edit/", people.homeowner_edit, name="homeowner_edit"),
]
