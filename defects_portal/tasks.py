"""What beat asks the worker to do."""

from celery import shared_task
from django.utils import timezone

from defects_portal.imports import work
from defects_portal.sweep import sweep as sweep_all


@shared_task(name="defects_portal.tasks.sweep")
def sweep() -> None:
    """Everything that is due now; failures are logged there and tried again at the next tick."""
    sweep_all(at=timezone.now())


@shared_task(name="defects_portal.tasks.import_registers")
def import_registers(run_id: int) -> None:
    """As much of one import as fits into a task; calling twice, late or never is safe: the row decides."""
    work.work(run_id, clock=timezone.now)
