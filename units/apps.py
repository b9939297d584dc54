"""The room `units`."""

from django.apps import AppConfig

from ledger import triggers


class UnitsConfig(AppConfig):
    """Registers the room with Django and its append-only table with the ledger."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "units"

    def ready(self) -> None:
        """Handover events decide about cover: they are corrected by new rows only."""
        triggers.append_only("units_handoverevent")
