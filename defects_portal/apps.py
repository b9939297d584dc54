"""The top room."""

from django.apps import AppConfig
from django.contrib.admin import apps as admin


class DefectsPortalConfig(AppConfig):
    """Holds the commands and tasks that span rooms."""

    default = True
    default_auto_field = "django.db.models.BigAutoField"
    name = "defects_portal"

    def ready(self) -> None:
        """Registers the system checks."""
        from defects_portal import checks  # noqa: F401


class BackOfficeConfig(admin.AdminConfig):
    """Django's admin with our own site."""

    default = False
    default_site = "defects_portal.back_office.Site"
