"""The audit under /admin/, to be read only."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from ledger.models import AuditEntry


@admin.register(AuditEntry)
class AuditEntryAdmin(admin.ModelAdmin):
    """Every change, newest first."""

    list_display = ["at", "action", "reference", "actor_name", "actor_role", "channel", "address"]
    list_filter = ["action", "actor_role", "channel"]
    search_fields = ["reference", "actor_name"]
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
