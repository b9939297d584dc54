"""The room `works`."""

from django.apps import AppConfig


class WorksConfig(AppConfig):
    """Registers the room with Django."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "works"
