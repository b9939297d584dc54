"""Accounts in Django's admin: to look up. Changes go through /settings/, whose verbs end sessions and write audit."""

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class ReadOnlyAdmin(admin.ModelAdmin):
    """Shows, changes nothing."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """People are added on /settings/."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Changed there too."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Disabled, never deleted."""
        return False


@admin.register(User)
class UserAdmin(ReadOnlyAdmin):
    """People, with the link to the page where they are changed."""

    list_display = ["name", "email", "role", "is_active", "last_login"]
    list_filter = ["role", "is_active"]
    search_fields = ["name", "email", "phone"]
    readonly_fields = ["change"]
    fields = ["name", "email", "phone", "role", "is_active", ("date_joined", "invited_at", "disabled_at"), "change"]

    @admin.display(description=_("change"))
    def change(self, user: User) -> SafeString:
        """The way to the verbs."""
        return format_html('<a href="{}">{}</a>', reverse("user_detail", args=[user.pk]), _("Open in settings"))
