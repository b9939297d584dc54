"""From typed words to cases. Never more than `CAP`, so that a page costs the same however many cases there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils import timezone

from cases.models import Case, CaseParty, SearchMark
from cases.search import index
from cases.search.references import key_of
from cases.search.terms import Terms, readings
from cases.search.texts import gather
from homeowners.models import Homeowner, Tenure
from units.among import among
from units.models import Unit

CAP = 10_000
"""So many of the newest cases that fit are looked at; the person is asked for another word then."""

READ_MARKED = 40
"""So many cases, marked last, are read themselves: what somebody just typed is found though no worker runs."""


Statement = tuple[str, Sequence[Any]]
"""A query with its values."""


@dataclass(frozen=True)
class Found:
    """The keys of the cases that fit; `is_cut` when there are more than were looked at."""

    keys: frozenset[int]
    is_cut: bool = False


def find(text: str) -> Found | None:
    """The cases whose words fit, whoever may see them (the caller filters by that); None for an empty text.

    Words of three characters and more are looked up in the trigram index. Where only shorter ones are typed (two
    Chinese characters too), they are the beginning of a home's number, a reference or a person's name. One query; two
    more while words of cases are out of date.
    """
    if not text.strip():
        return None
    ways = readings(text)
    fitting, marked = _look_up(ways)
    keys: set[int] = set().union(*fitting)
    some = set(sorted(keys, reverse=True)[:CAP])
    return Found(frozenset(_with_marked(some, marked, ways, fitting)), len(keys) > CAP)


def matching(text: str) -> Q:
    """Cases that `find` finds, as a condition; everything for an empty text."""
    found = find(text)
    return Q() if found is None else among(found.keys)


def _look_up(ways: list[Terms]) -> tuple[list[set[int]], list[int]]:
    """For each reading the newest cases that fit it, and the cases marked last. One query."""
    marks = SearchMark.objects.order_by("-stamp").values("pk")[:READ_MARKED].query.sql_with_params()
    parts = [index.candidates(terms, most=CAP + 1) if terms.long else _beginning(terms) for terms in ways]
    parts.append(marks)
    sql = " UNION ALL ".join(f"SELECT {way} AS way, part.* FROM ({sql}) part" for way, (sql, _) in enumerate(parts))  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, [value for _sql, values in parts for value in values])
        found: list[set[int]] = [set() for _ in parts]
        for way, key in cursor.fetchall():
            found[way].add(key)
    return found[:-1], sorted(found[-1])


def _with_marked(keys: set[int], marked: list[int], ways: list[Terms], fitting: list[set[int]]) -> set[int]:
    """Cases whose kept words are out of date count by their words as they are now."""
    by_words = [terms for terms in ways if terms.long]
    if not marked or not by_words:
        return keys
    now = {key: words.text() for key, words in gather(marked, at=timezone.now()).items()}
    exact = {key for terms, some in zip(ways, fitting, strict=True) if not terms.long for key in some}
    fresh = {key for key, text in now.items() if any(terms.fit(text) for terms in by_words)}
    return (keys - now.keys()) | fresh | (exact & now.keys())


def _beginning(terms: Terms) -> Statement:
    """Cases where each of these short words begins the home's number, the reference or the name of a person."""
    words: list[str] = []
    values: list[Any] = []
    for word in terms.short:
        parts = [rows.order_by().values("pk")[: CAP + 1].query.sql_with_params() for rows in _exact(word)]
        words.append(" UNION ".join(f"SELECT hit.* FROM ({sql}) hit" for sql, _values in parts))  # noqa: S608
        values += [value for _sql, some in parts for value in some]
    return " INTERSECT ".join(f"SELECT fit.* FROM ({sql}) fit" for sql in words), values  # noqa: S608


def _exact(word: str) -> list[QuerySet[Case]]:
    people = Homeowner.objects.filter(_begins("search_name", word)).order_by().values("pk")
    yesterday = timezone.now().date() - timedelta(days=1)  # somewhere it still is; a day too many hides nothing
    held = Tenure.objects.filter(Q(until_on=None) | Q(until_on__gt=yesterday), homeowner__in=people)
    homes = Unit.objects.filter(_begins("number_key", key_of(word)))
    return [
        Case.objects.filter(_begins("reference_key", key_of(word))),
        Case.objects.filter(unit__in=homes.order_by().values("pk")),
        Case.objects.filter(unit__in=held.order_by().values("unit")),
        Case.objects.filter(pk__in=CaseParty.objects.filter(homeowner__in=people, until=None).values("case")),
    ]


def _begins(column: str, word: str) -> Q:
    """By the column's index: PostgreSQL has one for LIKE, SQLite compares bytes."""
    if connection.vendor == "postgresql":
        return Q(**{f"{column}__startswith": word})
    return Q(**{f"{column}__gte": word, f"{column}__lt": f"{word}\U0010ffff"})
