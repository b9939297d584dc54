"""`manage.py check_files`: do rows, files and SHA-256 agree?"""

import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from documents import sanity


class Command(BaseCommand):
    help = "Compares rows, files and SHA-256; prints each difference and ends with 1 when there is one."

    def handle(self, **options: Any) -> None:
        differences = 0
        for difference in sanity.check(at=timezone.now()):
            self.stdout.write(difference.sentence)
            differences += 1
        if differences:
            sys.exit(1)
        self.stdout.write("Rows and files agree.")
