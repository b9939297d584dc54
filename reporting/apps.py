"""The room `reporting`."""

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    """Registers the room with Django."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "reporting"
