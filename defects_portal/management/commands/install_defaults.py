"""`manage.py install_defaults`: the data every installation starts with."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from catalogue import defaults as catalogue
from inspections import checklists
from units import defaults as units


class Command(BaseCommand):
    help = "Adds locations, trades, defect types, targets, guidance, policies, checklists where missing. Changes none."

    @transaction.atomic
    def handle(self, **options: Any) -> None:
        catalogue.install_defaults()
        units.install_defaults()
        checklists.install_defaults()
        if options["verbosity"]:
            self.stdout.write("Default data is in place.")
