"""The room `desk`."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Registers the room with Django."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "desk"
