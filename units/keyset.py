"""Pages of a long list that stay fast: the address names the row after which (or before which) the page begins."""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.http import QueryDict

PER_PAGE = 50
_KEYS_END = 2**63


@dataclass(frozen=True)
class Page:
    """The rows of one page, and the query strings of the neighbours ("" where there is none)."""

    rows: list[Any]
    previous: str
    next: str


def page(rows: QuerySet, *, by: Sequence[str], query: QueryDict, size: int = PER_PAGE) -> Page:
    """The page that `query` asks for by `after` or `before`, in ascending order of `by` (texts, then the key).

    One query. A mark that was not made here gives the first page; all other keys of `query` stay in the links.
    """
    after, before = _read(query.get("after", ""), by), _read(query.get("before", ""), by)
    backwards = before is not None and after is None
    found = rows.order_by(*(f"-{name}" if backwards else name for name in by))
    if mark := after or before:
        found = found.filter(_beyond(by, mark, "lt" if backwards else "gt"))
    some = list(found[: size + 1])
    has_more, shown = len(some) > size, some[:size]
    if backwards:
        shown.reverse()
    has_previous, has_next = (has_more, True) if backwards else (after is not None, has_more)
    return Page(
        rows=shown,
        previous=_link(query, "before", shown[0], by) if shown and has_previous else "",
        next=_link(query, "after", shown[-1], by) if shown and has_next else "",
    )


def _beyond(by: Sequence[str], mark: list[Any], sign: str) -> Q:
    """Rows behind the mark: (a > x) or (a = x and b > y) or ..."""
    condition, equal = Q(pk__in=()), Q()
    for name, value in zip(by, mark, strict=True):
        condition |= equal & Q(**{f"{name}__{sign}": value})
        equal &= Q(**{name: value})
    return condition


def _link(query: QueryDict, key: str, row: Model, by: Sequence[str]) -> str:
    kept = query.copy()
    kept.pop("after", None)
    kept.pop("before", None)
    text = json.dumps([_value(row, name) for name in by], ensure_ascii=False)
    kept[key] = base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")
    return f"?{kept.urlencode()}"


def _value(row: Any, name: str) -> Any:
    for part in name.split("__"):
        row = getattr(row, part)
    return row


def _read(mark: str, by: Sequence[str]) -> list[Any] | None:
    try:
        values = json.loads(base64.urlsafe_b64decode(mark + "=" * (-len(mark) % 4)))
    except (ValueError, binascii.Error):
        return None
    if not isinstance(values, list) or len(values) != len(by):
        return None
    *texts, key = values
    fits = type(key) is int and abs(key) < _KEYS_END and all(_is_text(text) for text in texts)
    return values if fits else None


def _is_text(value: Any) -> bool:
    """Text that both databases can compare: no NUL, no half of a surrogate pair."""
    return isinstance(value, str) and "\0" not in value and not any("\ud800" <= sign <= "\udfff" for sign in value)
