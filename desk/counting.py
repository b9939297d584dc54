"""Several counts in one query, each with a ceiling."""

from collections.abc import Mapping

from django.db.models import IntegerField, QuerySet, Subquery, Sum, Value

CAP = 10_000
"""Counting stops here, so that a page costs the same however many rows there are."""


def capped(number: int, *, is_least: bool = False) -> str:
    """As "318", "1,204+" (at least so many), "10,000+"."""
    if number > CAP:
        return f"{CAP:,}+"
    return f"{number:,}+" if is_least else f"{number:,}"


class _Count(Subquery):
    """The number of rows of a query, as a value inside another query."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) _counted)"
    output_field = IntegerField()


def counts(
    rows: Mapping[str, QuerySet], *, anchor: QuerySet, held: Mapping[str, QuerySet] | None = None
) -> dict[str, int]:
    """How many rows each of these queries has, up to `CAP` and one more; one query in all.

    `held` are counters of cases (`cases.counters`), whose sum is exact. `anchor` finds one row that is known to exist:
    the database wants to select from something.
    """
    wanted: dict[str, Subquery] = {name: _Count(some.order_by().values("pk")[: CAP + 1]) for name, some in rows.items()}
    for name, counters in (held or {}).items():
        summed = counters.order_by().annotate(whole=Value(1)).values("whole").annotate(sum=Sum("n")).values("sum")
        wanted[name] = Subquery(summed, output_field=IntegerField())
    found = anchor.order_by().values(**wanted).first() or {}
    return {name: found.get(name) or 0 for name in wanted}  # None: rows that cannot exist were not even asked for
