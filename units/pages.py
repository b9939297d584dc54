"""Pages of a list in the order of time that stay fast: the address names the row after (or before) which one begins.

`keyset` does the same for lists in the order of words.
"""

import base64
import binascii
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, Model, Q, QuerySet
from django.http import QueryDict

from units.among import among_first
from units.sane_days import YEARS

PER_PAGE = 40
_MOST = 2**63 - 1


@dataclass(frozen=True)
class Mark:
    """The row at the edge of a page: its time (None: it has none), its key, its place in the list."""

    moment: datetime | None
    key: int
    place: int


@dataclass(frozen=True)
class Page:
    """The rows of one page, the place of the first of them, and the marks of the neighbours ("" where none is)."""

    rows: list[Any]
    first: int
    previous: str
    next: str

    @property
    def last(self) -> int:
        """The place of the last row."""
        return self.first + len(self.rows) - 1


def page(
    rows: QuerySet, *, by: str, query: QueryDict, whole: QuerySet, newest_first: bool = False, size: int = PER_PAGE
) -> Page:
    """The page that `query` asks for by `after` or `before`, sorted by the moment `by`, then by key. One query.

    `rows` say which, `whole` how they are fetched (select_related and so on): the page's keys are picked first, by an
    index, before anything is joined. Rows without the moment come last. A mark that was not made here gives the first
    page.
    """
    after, before = read(query.get("after", "")), read(query.get("before", ""))
    backwards = before is not None and after is None
    mark = after or before
    way = {"descending": newest_first != backwards, "backwards": backwards, "may_lack": _may_lack(rows, by)}
    found = rows.filter(_beyond(by, mark, **way)) if mark else rows
    order = _order(by, **way)
    keys = found.order_by(*order).values("pk")[: size + 1]
    some = list(whole.filter(among_first(keys)).order_by(*order))
    has_more, shown = len(some) > size, some[:size]
    if backwards:
        shown.reverse()
    first = _first(mark, len(shown), backwards=backwards)
    return Page(
        rows=shown,
        first=first,
        previous=_mark(shown[0], by, first) if shown and (has_more if backwards else after is not None) else "",
        next=_mark(shown[-1], by, first + len(shown) - 1) if shown and (backwards or has_more) else "",
    )


def ordered(rows: QuerySet, *, by: str, newest_first: bool = False) -> QuerySet:
    """All the rows in the order in which `page` shows them."""
    may_lack = _may_lack(rows, by)
    return rows.order_by(*_order(by, descending=newest_first, backwards=False, may_lack=may_lack))


def _may_lack(rows: QuerySet, by: str) -> bool:
    return rows.model._meta.get_field(by).null and by not in NEVER_EMPTY


def _first(mark: Mark | None, count: int, *, backwards: bool) -> int:
    if mark is None:
        return 1
    return max(mark.place - count, 1) if backwards else mark.place + 1


def _order(by: str, *, descending: bool, backwards: bool, may_lack: bool) -> list[Any]:
    """Plain columns where no row lacks the moment, so that an index in this order serves; else those rows last."""
    moment: Any = f"-{by}" if descending else by
    if may_lack:
        column = F(by)
        order = column.desc if descending else column.asc
        moment = order(nulls_first=True) if backwards else order(nulls_last=True)
    return [moment, "-pk" if descending else "pk"]


NEVER_EMPTY = ("clock_due_at",)
"""`cases.steps` gives every case one: the nearest promise, or its closing."""


def _beyond(by: str, mark: Mark, *, descending: bool, backwards: bool, may_lack: bool) -> Q:
    """The rows behind the mark: the range first, because an index can use it."""
    sign = "lt" if descending else "gt"
    behind = Q(**{f"pk__{sign}": mark.key})
    if mark.moment is None:
        without = Q(**{f"{by}__isnull": True}) & behind
        return without | Q(**{f"{by}__isnull": False}) if backwards else without
    reached = Q(**{f"{by}__{sign}e": mark.moment}) & (Q(**{f"{by}__{sign}": mark.moment}) | behind)
    return reached | Q(**{f"{by}__isnull": True}) if not backwards and may_lack else reached


def _mark(row: Model, by: str, place: int) -> str:
    moment = getattr(row, by)
    text = json.dumps([moment.isoformat() if moment else None, row.pk, place])
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read(mark: str) -> Mark | None:
    """A mark out of an address; None for anything that was not made here."""
    try:
        moment, key, place = json.loads(base64.urlsafe_b64decode(mark + "=" * (-len(mark) % 4)))
        when = datetime.fromisoformat(moment) if moment is not None else None
    except (ValueError, TypeError, binascii.Error, RecursionError):
        return None
    fits = type(key) is int and type(place) is int and 0 < key < _MOST and 0 < place < _MOST
    return Mark(when, key, place) if fits and (when is None or (when.tzinfo and when.year in YEARS)) else None
