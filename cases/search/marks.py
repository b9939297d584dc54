"""Which cases' words are out of date, and building them again."""

import time
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet

from cases.models import Case, CaseSearch, SearchMark
from cases.search.texts import Gathered, gather

BATCH = 100
"""Cases whose words are gathered at once."""


def touch(cases: Iterable[int] | QuerySet[Case, Any]) -> None:
    """Mark these cases: their words changed. Keys or a queryset; one statement. Call it in the change's transaction."""
    rows = cases if isinstance(cases, QuerySet) else Case.objects.filter(pk__in=sorted(set(cases)))
    chosen, values = rows.order_by().values("pk").query.sql_with_params()
    table = connection.ops.quote_name(SearchMark._meta.db_table)
    sql = (
        f"INSERT INTO {table} (case_id, stamp) SELECT chosen.*, %s FROM ({chosen}) AS chosen WHERE 1 = 1 "  # noqa: S608
        "ON CONFLICT (case_id) DO UPDATE SET stamp = excluded.stamp"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [time.time_ns(), *values])


def is_due() -> list[int]:
    """For the relay: the case that was marked first, as a hint that there is work; nothing when all is built."""
    return list(SearchMark.objects.order_by("stamp").values_list("pk", flat=True)[:1])


def rebuild(*, at: datetime, seconds: float = 20.0) -> int:
    """Build the words of marked cases again, oldest mark first, for at most so many seconds; answers how many.

    Two at once do no harm: a row is written only by the one who takes its mark away as it was when the words were
    read, so words that changed meanwhile keep their mark.
    """
    ends, built = time.monotonic() + seconds, 0
    while time.monotonic() < ends:
        marks = dict(SearchMark.objects.order_by("stamp").values_list("pk", "stamp")[:BATCH])
        if not marks:
            break
        built += sum(_write(key, marks[key], words) for key, words in gather(list(marks), at=at).items())
    return built


def build(case_ids: Sequence[int], *, at: datetime) -> None:
    """The words of cases that were just made in bulk and nobody else knows yet; no mark is read or left."""
    _keep(gather(case_ids, at=at))


@transaction.atomic
def _write(case_id: int, stamp: int, words: Gathered) -> bool:
    if not SearchMark.objects.filter(pk=case_id, stamp=stamp).delete()[0]:
        return False
    _keep({case_id: words})
    return True


def _keep(found: dict[int, Gathered]) -> None:
    rows = [CaseSearch(case_id=key, text=words.text(), stale_on=words.stale_on) for key, words in found.items()]
    CaseSearch.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["case"], update_fields=["text", "stale_on"], batch_size=BATCH
    )


def turn(*, at: datetime) -> None:
    """Mark the cases of homes that other people hold from today on."""
    touch(Case.objects.filter(pk__in=CaseSearch.objects.filter(stale_on__lte=at.date()).values("pk")))
