"""What the worker does for this room. Calling twice, late or never is safe: the rows decide."""

from celery import shared_task
from django.utils import timezone

from documents import renditions


@shared_task(name="documents.make_renditions")
def make_renditions(file_id: int) -> None:
    """The sizes of one picture."""
    renditions.make(file_id, at=timezone.now())
