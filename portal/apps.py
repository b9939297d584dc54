"""The room `portal`."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Registers the room with Django."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "portal"

    def ready(self) -> None:
        """Fill the registry of PDF builders."""
        from cases.papers import RESIDENT_RECORD
        from documents import papers
        from portal.papers import record

        papers.register(RESIDENT_RECORD, record.BUILDER)
