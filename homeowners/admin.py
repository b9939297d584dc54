"""People and tenures to look up; the desk's pages change them, with proof and audit."""

from django.contrib import admin

from accounts.admin import ReadOnlyAdmin
from homeowners.models import Homeowner, Tenure


@admin.register(Homeowner)
class HomeownerAdmin(ReadOnlyAdmin):
    """People."""

    list_display = ("name", "email", "phone", "language", "is_body")
    list_filter = ("is_body", "language", "prefers_letter")
    search_fields = ("search_name", "email", "phone")


@admin.register(Tenure)
class TenureAdmin(ReadOnlyAdmin):
    """Who holds what."""

    list_display = ("unit", "homeowner", "role", "from_on", "until_on", "verified_how")
    list_filter = ("role", "verified_how")
    list_select_related = ("unit", "homeowner")
    search_fields = ("unit__number", "homeowner__search_name")
