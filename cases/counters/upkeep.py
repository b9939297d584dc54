"""Keeping the numbers few and right: rows of one key become one, and all are counted anew once a day."""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import DEFAULT_DB_ALIAS, connections, transaction

from cases.counters.keys import CASES, KEPT_DAYS, KEY, TABLE, added_up, counted, no_day
from cases.models import CaseCount, CountCheck
from ledger import audit
from ledger.actors import SYSTEM
from ledger.models import AuditEntry

logger = logging.getLogger(__name__)

MANY = 1000
"""So many more rows than keys are worth folding."""

CHECKED_EVERY = timedelta(days=1)
KEPT_CHECKS = timedelta(days=90)


def start() -> None:
    """Called once by the room's `apps.ready()`: where a development changes its zone, days do too."""
    audit.watch("development", _if_zone)


def _if_zone(entries: Iterable[AuditEntry]) -> None:
    if any(entry.old and "zone" in entry.old for entry in entries):
        CountCheck.objects.all().delete()


def sweep(*, at: datetime) -> None:
    """Fold when there are many rows, check once a day. Safe to run twice at once."""
    if _is_long():
        fold(at=at)
    if not CountCheck.objects.filter(checked_at__gt=at - CHECKED_EVERY).exists():
        check(at=at)


def check(*, at: datetime) -> int:
    """Counts all cases anew and corrects what differs; answers how many keys did. A difference is audited."""
    with transaction.atomic():
        corrected = recount(at=at)
        row = CountCheck.objects.create(checked_at=at, corrected=corrected)
        CountCheck.objects.filter(checked_at__lt=at - KEPT_CHECKS).delete()
        if corrected:
            logger.warning("The counters of cases differed from the cases in %d keys; they are corrected.", corrected)
            what = {"keys": corrected}
            audit.record("counters.corrected", by=SYSTEM, at=at, about="counters", about_id=row.pk, new=what)
    return corrected


def recount(*, at: datetime, using: str = DEFAULT_DB_ALIAS) -> int:
    """Appends what the counters lack or have too much; one statement, so that it sees cases and counters as one."""
    here = connections[using]
    is_there = f"SELECT {KEY}, -n AS n FROM {TABLE}"  # noqa: S608 - names of our own
    with here.cursor() as cursor:
        cursor.execute(added_up(_folded(f"{counted(CASES, 1, here.vendor)} UNION ALL {is_there}", at, here.vendor)))
        return max(cursor.rowcount, 0)


def count(first: int, last: int) -> None:
    """Counts the cases from one key to another: rows that somebody put in while the triggers were off."""
    here = connections[DEFAULT_DB_ALIAS]
    rows = f"(SELECT * FROM {CASES} WHERE id BETWEEN {int(first)} AND {int(last)})"  # noqa: S608 - names of our own
    with here.cursor() as cursor:
        cursor.execute(added_up(counted(rows, 1, here.vendor)))


def fold(*, at: datetime) -> None:
    """One row a key; days that nobody asks for singly any more become one. Readers see sums of before or of after."""
    here = connections[DEFAULT_DB_ALIAS]
    with transaction.atomic(), here.cursor() as cursor:
        if here.vendor == "postgresql":
            # A row that another fold took meanwhile is not returned, so nothing doubles.
            gone = f"WITH gone AS (DELETE FROM {TABLE} RETURNING *)"  # noqa: S608 - names of our own
            rest = added_up(_folded("SELECT * FROM gone", at, here.vendor))
            cursor.execute(f"{gone} {rest}")
            return
        last = CaseCount.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        old = f"FROM {TABLE} WHERE id <= {int(last)}"
        cursor.execute(added_up(_folded(f"SELECT * {old}", at, here.vendor)))
        cursor.execute(f"DELETE {old}")


def _is_long() -> bool:
    rows = CaseCount.objects.count()
    if rows < MANY:
        return False
    return rows > MANY + 2 * CaseCount.objects.values(*KEY.split(", ")).order_by().distinct().count()


def _folded(keys: str, at: datetime, vendor: str) -> str:
    """The keys with old days as one."""
    floors = {kind: (at - timedelta(days=days)).date().isoformat() for kind, days in KEPT_DAYS.items()}
    whens = " ".join(
        f"WHEN kind = '{kind}' AND day < '{floor}' THEN {no_day(vendor)}" for kind, floor in floors.items()
    )
    columns = KEY.removesuffix(", day")
    return f"SELECT {columns}, CASE {whens} ELSE day END AS day, n FROM ({keys}) f"  # noqa: S608
