"""The room `homeowners`."""

from django.apps import AppConfig


class HomeownersConfig(AppConfig):
    """Registers the room with Django."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "homeowners"

    def ready(self) -> None:
        """Fill the registry of PDF builders."""
        from documents import papers
        from homeowners import papers as own

        papers.register(own.LETTER, own.LETTER_BUILDER)
        papers.register(own.CARDS, own.CARDS_BUILDER)
