"""Visits to look up, for support; the desk's pages book and change them, with mails."""

from django.contrib import admin

from accounts.admin import ReadOnlyAdmin
from inspections.models import Visit


@admin.register(Visit)
class VisitAdmin(ReadOnlyAdmin):
    """Who comes to which home, when."""

    list_display = ("reference", "unit", "kind", "state", "starts_at", "ends_at", "who", "booked_by_name")
    list_filter = ("state", "kind", "unit__development")
    list_select_related = ("unit__development", "unit__block")
    search_fields = ("=number", "unit__number", "who", "cases__reference")
    date_hierarchy = "starts_at"
