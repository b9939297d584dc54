"""`manage.py prepare`: brings an installation to the state of this code. Safe to run again."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from units.models import Development


class Command(BaseCommand):
    help = "Migrations, cache table, default data and, without DEBUG, the static files."

    def add_arguments(self, parser: CommandParser) -> None:
        """Adds --demo."""
        parser.add_argument("--demo", action="store_true", help="demo data too, when there is no development yet")

    def handle(self, **options: Any) -> None:
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
        call_command("install_defaults", verbosity=0)
        if not settings.DEBUG:
            call_command("collectstatic", interactive=False, verbosity=0)
        if options["demo"] and settings.DEBUG and not Development.objects.exists():
            self.stdout.write("Making the demo data ...")
            call_command("demo")
