"""What beat asks the worker to do."""

from celery import shared_task
from django.utils import timezone

from defects_portal.sweep import sweep as sweep_all


@shared_task(name="defects_portal.tasks.sweep")
def sweep() -> None:
    """Everything that is due now; failures are logged there and tried again at the next tick."""
    sweep_all(at=timezone.now())
