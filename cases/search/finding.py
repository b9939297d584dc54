"""From typed words to cases. Never more than `CAP`, so that a page costs the same however many cases there are."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils import timezone

from cases.models import Case, CaseParty, SearchMark
from cases.search import index
from cases.search.references import key_of
from cases.search.terms import Terms, readings
from cases.search.texts import gather
from homeowners.models import Homeowner, Tenure
from units.models import Unit

CAP = 10_000
"""So many of the newest cases that fit are looked at; the person is asked for another word then."""

READ_MARKED = 40
"""So many cases, marked last, are read themselves: what somebody just typed is found though no worker runs."""


@dataclass(frozen=True)
class Found:
    """The keys of the cases that fit; `is_cut` when there are more than were looked at."""

    keys: frozenset[int]
    is_cut: bool = False


def find(text: str) -> Found | None:
    """The cases whose words fit, whoever may see them (the caller filters by that); None for an empty text.

    Words of three characters and more are looked up in the trigram index. Where only shorter ones are typed (two
    Chinese characters too), they are the beginning of a home's number, a reference or a person's name.
    """
    if not text.strip():
        return None
    keys: set[int] = set()
    ways = readings(text)
    for terms in ways:
        keys.update(index.candidates(terms, most=CAP + 1) if terms.long else _beginning(terms))
    is_cut = len(keys) > CAP
    some = set(sorted(keys, reverse=True)[:CAP])
    return Found(frozenset(_with_marked(some, ways)), is_cut)


def matching(text: str) -> Q:
    """Cases that `find` finds, as a condition; everything for an empty text."""
    found = find(text)
    return Q() if found is None else Q(pk__in=sorted(found.keys))


def _with_marked(keys: set[int], ways: list[Terms]) -> set[int]:
    """Cases whose kept words are out of date count by their words as they are now."""
    marked = list(SearchMark.objects.order_by("-stamp").values_list("pk", flat=True)[:READ_MARKED])
    by_words = [terms for terms in ways if terms.long]
    if not marked or not by_words:
        return keys
    now = {key: words.text() for key, words in gather(marked, at=timezone.now()).items()}
    exact = _beginnings(ways)
    fitting = {key for key, text in now.items() if any(terms.fit(text) for terms in by_words)}
    return (keys - now.keys()) | fitting | (exact & now.keys())


def _beginnings(ways: list[Terms]) -> set[int]:
    return {key for terms in ways if not terms.long for key in _beginning(terms)}


def _beginning(terms: Terms) -> set[int]:
    """Cases where each of these short words begins the home's number, the reference or the name of a person."""
    found: set[int] | None = None
    for word in terms.short:
        here = {key for rows in _exact(word) for key in rows.order_by().values_list("pk", flat=True)[: CAP + 1]}
        found = here if found is None else found & here
    return found or set()


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
