"""The room `inspections`."""

from django.apps import AppConfig


class InspectionsConfig(AppConfig):
    """Registers the room with Django."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "inspections"
