"""The room `units`."""

from django.apps import AppConfig

from accounts import gate
from ledger import triggers


class UnitsConfig(AppConfig):
    """Registers the room: its append-only table, its office for the door, its panel on a person's page."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "units"

    def ready(self) -> None:
        """Handover events decide about cover: they are corrected by new rows only. The door names the office."""
        from units import offices, panels

        gate.office_finders.append(offices.the_only_one)
        triggers.append_only("units_handoverevent")
        panels.register()
