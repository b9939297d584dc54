"""The room `documents`."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Registers the room with Django."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "documents"
