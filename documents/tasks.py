"""What the worker does for this room. Calling twice, late or never is safe: the rows decide."""

from celery import shared_task
from django.utils import timezone

from documents import papers, renditions


@shared_task(name="documents.make_renditions")
def make_renditions(file_id: int) -> None:
    """The sizes of one picture."""
    renditions.make(file_id, at=timezone.now())


@shared_task(name="documents.make_paper")
def make_paper(paper_id: int) -> None:
    """One PDF."""
    papers.make(paper_id, at=timezone.now())
