"""The top room."""

from django.apps import AppConfig


class DefectsPortalConfig(AppConfig):
    """Holds the commands and tasks that span rooms."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "defects_portal"

    def ready(self) -> None:
        """Registers the system checks."""
        from defects_portal import checks  # noqa: F401
