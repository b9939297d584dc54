"""Contractors to look up; the desk's pages change them, with audit."""

from django.contrib import admin

from accounts.admin import ReadOnlyAdmin
from contractors.models import Appointment, Company, Contact


@admin.register(Company)
class CompanyAdmin(ReadOnlyAdmin):
    """Companies."""

    list_display = ("name", "short_name", "kind", "email", "phone")
    list_filter = ("kind",)
    search_fields = ("name", "short_name", "contacts__name")


@admin.register(Contact)
class ContactAdmin(ReadOnlyAdmin):
    """People of the companies."""

    list_display = ("name", "company", "email", "gets_mail", "left_at")
    list_select_related = ("company",)
    search_fields = ("name", "email", "company__name")


@admin.register(Appointment)
class AppointmentAdmin(ReadOnlyAdmin):
    """Who works where."""

    list_display = (
        "company",
        "development",
        "is_main",
        "from_on",
        "until_on",
        "liability_starts_on",
        "liability_months",
    )
    list_filter = ("development", "is_main")
    list_select_related = ("company", "development")
