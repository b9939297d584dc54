"""The room `contractors`."""

from django.apps import AppConfig


class ContractorsConfig(AppConfig):
    """Registers the room with Django."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "contractors"
