"""`manage.py relay`: the process between the database and the workers."""

import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections
from django.utils import timezone

from outbox.relay import Relay


class Command(BaseCommand):
    requires_system_checks = []  # it serves no page, and it starts again and again under a supervisor
    help = "Hands mails and pictures that are due to the workers, until it is told to stop."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="One round, then end.")

    def handle(self, **options: Any) -> None:
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        relay, rest = Relay(), 0.0
        while not stop.wait(rest):
            close_old_connections()  # one that broke is made anew
            rest = relay.tick(timezone.now())
            if options["once"]:
                break
