"""What a report is made of: figures on top, rows below, and the sheet that leaves the house."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.functional import Promise

from accounts.models import User
from documents.sheets_out.sheet import Part, Sheet
from reporting.presets.forms import PeriodForm

PER_PAGE = 50
LARGEST = 2**63 - 1


@dataclass(frozen=True)
class Figure:
    """A number with its words; `url` opens exactly its rows where a page shows just those."""

    n: Any
    words: Any
    url: str = ""
    kind: str = ""
    is_current: bool = False


@dataclass(frozen=True)
class Report:
    """One report for one person at one moment. `shown` is the part on the page, ordered by `by` and then by key."""

    sheet: Sheet
    figures: list[Figure]
    shown: Part
    by: str
    url_of: Callable[[Any], str]
    is_newest_first: bool = False


@dataclass(frozen=True)
class Preset:
    """A report that everybody asks for. `period` says what its two days mean, "" when it has none.

    `usual` gives the first and last day that are asked for when the address names none.
    """

    key: str
    title: str | Promise
    sentence: str | Promise
    period: str | Promise
    make: Callable[[User, PeriodForm, datetime, str], Report]
    usual: Callable[[datetime], dict[str, str]] = lambda _at: {}


def page_of(report: Report, after: str, *, size: int = PER_PAGE) -> tuple[list[Any], int | None]:
    """The rows behind the row with the key `after` (the first ones for anything else), and the mark of the next page.

    Two queries and those of the fetch, however long the list is.
    """
    rows = report.shown.rows
    mark = int(after) if after.isdecimal() and int(after) <= LARGEST else None
    start = rows.model._default_manager.filter(pk=mark).values_list(report.by, flat=True).first() if mark else None
    if mark and start is not None:
        rows = rows.filter(_behind(report, start, mark))
    keys = list(rows.values_list("pk", flat=True)[: size + 1])
    found = report.shown.fetch(keys[:size])
    more = keys[size - 1] if len(keys) > size else None
    return [found[key] for key in keys[:size] if key in found], more


def _behind(report: Report, start: Any, mark: int) -> Q:
    sign = "lt" if report.is_newest_first else "gt"
    return Q(**{f"{report.by}__{sign}": start}) | Q(**{report.by: start, f"pk__{sign}": mark})


def in_order(rows: QuerySet, by: str, *, is_newest_first: bool = False) -> QuerySet:
    """Sorted as `page_of` reads."""
    way = "-" if is_newest_first else ""
    return rows.order_by(f"{way}{by}", f"{way}pk") if by != "pk" else rows.order_by(f"{way}pk")
