"""What the worker does for this room. Calling twice, late or never is safe: the rows decide."""

from celery import shared_task
from django.utils import timezone

from documents import examination, papers, renditions, videos


@shared_task(name="documents.make_renditions")
def make_renditions(file_id: int) -> None:
    """The sizes of one picture, or of a moment of one video."""
    renditions.make(file_id, at=timezone.now())


@shared_task(name="documents.make_paper")
def make_paper(paper_id: int) -> None:
    """One PDF."""
    papers.make(paper_id, at=timezone.now())


@shared_task(name="documents.make_playable", soft_time_limit=None, time_limit=examination.COPY_SECONDS + 60)
def make_playable(file_id: int) -> None:
    """The copy of one video that people play."""
    videos.make(file_id, at=timezone.now())
