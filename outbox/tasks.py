"""What the relay asks the workers to do."""

from celery import shared_task
from django.utils import timezone

from outbox import delivery


@shared_task(name="outbox.tasks.deliver")
def deliver(mail_id: int) -> None:
    """Sends this mail, and on the same connection what else is due. A hint only: the database says what is due."""
    delivery.drain(timezone.now(), first=mail_id)
