"""The room `homeowners`."""

from django.apps import AppConfig


class HomeownersConfig(AppConfig):
    """Registers the room with Django."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "homeowners"
