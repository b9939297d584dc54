"""The top room."""

from django.apps import AppConfig
from django.contrib.admin import apps as admin


class DefectsPortalConfig(AppConfig):
    """Holds the commands and tasks that span rooms."""

    default = True
    default_auto_field = "django.db.models.BigAutoField"
    name = "defects_portal"

    def ready(self) -> None:
        """Registers the system checks, and imports as work that the relay hands out."""
        from defects_portal import checks  # noqa: F401
        from defects_portal.imports import work
        from outbox import registry

        registry.add_work_source("imports", due=work.due, task="defects_portal.tasks.import_registers")


class BackOfficeConfig(admin.AdminConfig):
    """Django's admin with our own site."""

    default = False
    default_site = "defects_portal.back_office.Site"
