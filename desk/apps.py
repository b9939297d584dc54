"""The room `desk`."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Registers the room with Django."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "desk"

    def ready(self) -> None:
        """Fill the registry of PDF builders."""
        from desk.papers import case_record, unit_record
        from documents import papers

        papers.register(case_record.KEY, case_record.BUILDER)
        papers.register(unit_record.KEY, unit_record.BUILDER)
