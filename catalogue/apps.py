"""The room `catalogue`."""

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    """Registers the room with Django."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "catalogue"
