"""The room `inspections`."""

from django.apps import AppConfig


class InspectionsConfig(AppConfig):
    """Registers the room with Django, and as the keeper of visits with cases."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "inspections"

    def ready(self) -> None:
        """Say to the moves of cases what becomes of visits."""
        from cases import bookings
        from inspections import keeping, links, repairs, results, telling
        from ledger import triggers
        from outbox import registry

        bookings.keepers.append(keeping)
        results.repairs.append(repairs.carry)
        registry.link_minters[telling.LINK] = links.mint
        triggers.append_only("inspections_visititem", redactable=("words", "by_name"))
        triggers.append_only("inspections_visittick", redactable=("by_name",))
