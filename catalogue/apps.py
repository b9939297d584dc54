"""The room `catalogue`."""

from django.apps import AppConfig

from ledger import triggers


class CatalogueConfig(AppConfig):
    """Registers the room with Django."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "catalogue"

    def ready(self) -> None:
        """What was sent to a homeowner stays as it was: the database itself lets no article be reworded."""
        triggers.append_only("catalogue_guidancearticle", redactable=("is_retired",))
