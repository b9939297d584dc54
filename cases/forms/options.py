"""What a list of cases can be narrowed by, for one person: all choices in one query."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import Cast

from accounts.choices import DESK_ROLES, Role
from accounts.models import User
from cases.models import SavedView
from catalogue.models import Priority, Trade
from contractors.models import Company
from units.models import Block, Development

_TEXT: "CharField[str, str]" = CharField()
ROWS = {"priority": "code", "trade": "code", "view": "query"}
"""What a choice means, where that is not the key of its row."""


@dataclass(frozen=True)
class Option:
    """One choice: as it stands in addresses, in words, and as the row that it means."""

    key: str
    label: str
    row: str
    note: str

    def __str__(self) -> str:
        return self.label


def options(user: User) -> dict[str, list[Option]]:
    """The choices of each kind that this person may see, and the person's saved views, in reading order. One query.

    `note` is the time zone of a development, the development's code of a block, whether a view is the default.
    """
    rows = [_rows(kind, *columns) for kind, columns in _sources(user).items()]
    found: dict[str, list[tuple[str, Option]]] = defaultdict(list)
    for kind, order, key, label, row, note in rows[0].union(*rows[1:], all=True):
        found[kind].append((order, Option(key, label, row, note)))
    return {kind: [option for _order, option in sorted(some, key=_reading)] for kind, some in found.items()}


def _reading(entry: tuple[str, Option]) -> tuple[str, str]:
    """Numbers as numbers: 2 stands before 10."""
    order, option = entry
    return order.zfill(6) if order.isdigit() else order, option.label.casefold()


def _sources(user: User) -> dict[str, tuple[QuerySet[Any], str, str, str, str]]:
    """For each kind: rows, and the columns that order them, name them in addresses, word them, note them."""
    developments = Development.objects.visible_to(user)
    blocks = Block.objects.visible_to(user)
    sources: dict[str, tuple[QuerySet[Any], str, str, str, str]] = {
        "development": (developments, "", "code", "name", "zone"),
        "block": (blocks, "development__name", "pk", "name", "development__code"),
        "priority": (Priority.objects.all(), "order", "code", "label", ""),
        "trade": (Trade.objects.in_use(), "order", "code", "label", ""),
        "view": (SavedView.objects.filter(user=user), "", "pk", "name", "is_default"),
        "contractor": (Company.objects.visible_to(user), "", "slug", "short_name", ""),
    }
    if user.role != Role.OFFICER:
        sources["officer"] = (User.objects.filter(role__in=DESK_ROLES), "", "pk", "name", "")
    return sources


def _rows(kind: str, rows: QuerySet[Any], order: str, key: str, label: str, note: str) -> QuerySet[Any]:
    """Cases refer to rows of the catalogue by their code, to all others by their key."""
    row = ROWS.get(kind, "pk")
    columns = [Cast(F(name), _TEXT) if name else Value("", _TEXT) for name in (order, key, label, row, note)]
    return rows.order_by().values_list(Value(kind, _TEXT), *columns)
