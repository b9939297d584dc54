"""Django's flush, as the transactional tests need it: past the append-only triggers, and with the cache emptied."""

from django.core.cache import cache
from django.core.management.commands.flush import Command as Flush

from cases.models import CaseCount
from ledger import triggers


class Command(Flush):
    def handle(self, **options):
        with triggers.lifted():
            super().handle(**options)
        CaseCount.objects.all().delete()  # SQLite deletes row by row, and the counters counted that
        cache.clear()  # the cache's table is no model's, so flush does not know it
