"""Stored files under /admin/: to be read; failed pictures can be tried again. Neither bytes nor places are shown."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from documents import renditions
from documents.choices import FileState
from documents.models import StoredFile


@admin.register(StoredFile)
class StoredFileAdmin(admin.ModelAdmin):
    """What was kept, from whom, and which pictures could not be prepared and why."""

    list_display = ["original_name", "kind", "state", "failure", "size", "stored_at", "stored_by_name"]
    list_filter = ["state", "kind"]
    search_fields = ["original_name", "sha256", "public_id"]
    show_full_result_count = False
    fields = ["original_name", "kind", "mime", "size", "sha256", "captured_at", "captured_from", "state", "failure"]
    actions = ["try_again"]

    @admin.action(description=_("Try again to prepare the pictures"))
    def try_again(self, request: HttpRequest, queryset: QuerySet[StoredFile]) -> None:
        """Hands failed pictures to the worker once more."""
        user: Any = request.user  # an account, which stands on a higher floor
        failed = list(queryset.filter(state=FileState.FAILED))
        for file in failed:
            renditions.retry(file, by=user.actor(), at=timezone.now())
        count = len(failed)
        words = ngettext("%(count)s picture is tried again.", "%(count)s pictures are tried again.", count)
        self.message_user(request, words % {"count": count}, messages.SUCCESS)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
