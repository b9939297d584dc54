"""`manage.py demo`: deterministic demonstration data."""

from argparse import ArgumentParser
from random import Random
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from defects_portal.demo import bulk, show
from units.models import Development


class Command(BaseCommand):
    """Makes developments, people and 60 cases with stories; more cases without pictures with `--cases`."""

    help = "Makes demonstration data (only with DEBUG on)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Read the number of cases and the seed."""
        parser.add_argument("--cases", type=int, default=show.STORIES, help="cases in all (60 tell stories)")
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--reset", action="store_true", help="empty the database first")

    def handle(self, *args: Any, **options: Any) -> None:
        """Refuses a database that already holds a development, unless told to empty it."""
        if not settings.DEBUG:
            raise CommandError("Demonstration data has known passwords: it is made only with DEBUG on.")
        if options["reset"]:
            show.empty()
        now = timezone.now()
        if not Development.objects.exists():
            count = show.make(now=now, random=Random(options["seed"]))  # noqa: S311
            self.stdout.write(f"{count} cases with stories.")
        missing = options["cases"] - bulk.count()
        if missing > 0:
            bulk.make(missing, now=now, random=Random(options["seed"] + 1))  # noqa: S311
            self.stdout.write(f"{missing} more cases.")
