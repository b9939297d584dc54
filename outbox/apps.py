"""The room `outbox`."""

from django.apps import AppConfig


class OutboxConfig(AppConfig):
    """Names the work that the relay hands out."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "outbox"

    def ready(self) -> None:
        """Mails of this room; pictures, videos and PDFs of the room below, which cannot reach up to the relay."""
        from documents import papers, renditions, videos
        from outbox import delivery, registry

        registry.add_work_source("mails", due=delivery.hints, task="outbox.tasks.deliver")
        registry.add_work_source("pictures", due=renditions.due, task="documents.make_renditions")
        registry.add_work_source("papers", due=papers.due, task="documents.make_paper")
        registry.add_work_source("videos", due=videos.due, task="documents.make_playable")
