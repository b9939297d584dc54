"""The room `works`."""

from django.apps import AppConfig


class WorksConfig(AppConfig):
    """Registers the room with Django, as a follower of the moves of cases, and its append-only table."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "works"

    def ready(self) -> None:
        """Say to the moves of cases what becomes of work orders."""
        from cases import followers
        from ledger import triggers
        from works import following

        followers.followers.append(following)
        triggers.append_only("works_promise", redactable=("words", "made_by_name"))
