"""`manage.py sweep`: everything that is due now."""

import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from defects_portal.sweep import sweep


class Command(BaseCommand):
    help = "Does everything that is due now: outbox, reminders, clocks. Safe to run twice at once."

    def handle(self, **options: Any) -> None:
        failed = sweep(at=timezone.now())
        if failed:
            self.stderr.write(f"Failed: {', '.join(failed)}. The log holds the reason; the next sweep tries again.")
            sys.exit(1)
