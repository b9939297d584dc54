"""What the worker does for this room. Calling twice, late or never is safe: the rows decide."""

from celery import shared_task
from django.utils import timezone

from cases import search


@shared_task(name="cases.tasks.rebuild_search")
def rebuild_search(case_id: int) -> None:
    """The words of all cases that are marked; the key is only the hint that there are some."""
    search.rebuild(at=timezone.now())
