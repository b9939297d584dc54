"""The room `units`."""

from django.apps import AppConfig

from accounts import gate
from ledger import triggers


class UnitsConfig(AppConfig):
    """Registers the room with Django and its append-only table with the ledger, its office with the door."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "units"

    def ready(self) -> None:
        """Handover events decide about cover: they are corrected by new rows only. The door names the office."""
        from units import offices

        gate.office_finders.append(offices.the_only_one)
        triggers.append_only("units_handoverevent")
