"""Copies rows inside the database: what hangs together stays together, what must be unique becomes new.

Reads columns from the models, so a new column or table of a room is copied too. Of each column: keys are moved on,
times made earlier, UUIDs derived, and in words the labels of the place are replaced. What one row alone must obey is
checked by the database; that a copy's keys lead somewhere follows from the pattern's, and is not looked up row by row
where the database lets us choose: that took half of the time.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.color import no_style
from django.db import connection, models
from django.db.models import Max, Min

from cases.counters import upkeep
from cases.models import Case
from ledger.models import Counter

OTHER_ROOMS = {"ledger", "outbox", "documents"}
"""History, mails and files of the pattern are its own."""
COUNTED = {"cases.CaseCount", "cases.CountCheck"}
"""Written by the database itself as cases come."""

Model = type[models.Model]


@dataclass
class Rows:
    """The rows of a pattern: for each model the first and the last key."""

    ranges: dict[Model, tuple[int, int]] = field(default_factory=dict)

    def count(self, model: Model) -> int:
        """So far the keys of one copy are from those of the next."""
        low, high = self.ranges[model]
        return high - low + 1


@contextmanager
def noticed() -> Iterator[Rows]:
    """Notices which rows are made in the block. Nobody else writes meanwhile."""
    before = {model: _last(model) for model in _numbered()}
    rows = Rows()
    yield rows
    for model, last in before.items():
        keys = model._base_manager.filter(pk__gt=last).aggregate(low=Min("pk"), high=Max("pk"))
        if keys["low"] is not None:
            rows.ranges[model] = (keys["low"], keys["high"])
    for model in _hanging():
        parent: Any = model._meta.pk.related_model
        low, high = rows.ranges.get(parent, (1, 0))
        if model._base_manager.filter(pk__gte=low, pk__lte=high).exists():
            rows.ranges[model] = (low, high)


def copy(rows: Rows, number: int, *, labels: Mapping[str, str], earlier: timedelta) -> None:
    """The copy with this number, from 1: one statement a table. Call it in a transaction."""
    with connection.cursor() as cursor, _no_triggers(cursor) as were_off:
        for model in _parents_first(rows):
            cursor.execute(*_statement(rows, model, _Copy(number, labels, int(earlier.total_seconds()))))
        for sql in connection.ops.sequence_reset_sql(no_style(), [m for m in rows.ranges if _is_numbered(m)]):
            cursor.execute(sql)
        if were_off and Case in rows.ranges:
            low, high = (key + rows.count(Case) * number for key in rows.ranges[Case])
            upkeep.count(low, high)


@contextmanager
def _no_triggers(cursor: Any) -> Iterator[bool]:
    """No trigger of PostgreSQL fires in this transaction meanwhile, if the role may ask for that; answers whether so.

    Among them are those that look up foreign keys, and those that count cases.
    """
    cursor.execute("SELECT current_setting('is_superuser') = 'on'" if connection.vendor == "postgresql" else "SELECT 0")
    is_allowed = bool(cursor.fetchone()[0])
    if is_allowed:
        cursor.execute("SET LOCAL session_replication_role = replica")
    yield is_allowed
    if is_allowed:
        cursor.execute("SET LOCAL session_replication_role = origin")


def _parents_first(rows: Rows) -> list[Model]:
    """While a row lacks its parent, SQLite looks through whole tables whenever a parent comes."""
    left, sorted_ones = list(rows.ranges), []
    while left:
        free = [model for model in left if not _parents(model) & (set(left) - {model})]
        sorted_ones += free or left
        left = [model for model in left if model not in sorted_ones]
    return sorted_ones


def _parents(model: Model) -> set[Model]:
    return {one.related_model for one in model._meta.local_concrete_fields if one.is_relation}  # type: ignore[misc]


def copy_counter(name: str, other: str) -> None:
    """The copy's references go on where those of the pattern do."""
    Counter.objects.create(name=other, value=Counter.objects.get(name=name).value)


@dataclass(frozen=True)
class _Copy:
    number: int
    labels: Mapping[str, str]
    seconds: int


def _models() -> list[Model]:
    """The tables of the rooms, from the lowest up."""
    homes = Path(settings.BASE_DIR)
    rooms = [room for room in apps.get_app_configs() if Path(room.path).parent == homes]
    return [
        model
        for room in rooms
        if room.label not in OTHER_ROOMS
        for model in room.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model._meta.label not in COUNTED
    ]


def _is_numbered(model: Model) -> bool:
    return isinstance(model._meta.pk, models.AutoField)


def _numbered() -> list[Model]:
    return [model for model in _models() if _is_numbered(model)]


def _hanging() -> list[Model]:
    """Tables whose key is that of another row."""
    return [model for model in _models() if isinstance(model._meta.pk, models.OneToOneField)]


def _last(model: Model) -> int:
    return model._base_manager.aggregate(last=Max("pk"))["last"] or 0


def _statement(rows: Rows, model: Model, copy: _Copy) -> tuple[str, list[Any]]:
    quote = connection.ops.quote_name
    meta = model._meta
    columns = {one.column: _value(rows, model, one, copy) for one in meta.local_concrete_fields if not one.generated}
    low, high = rows.ranges[model]
    names = ", ".join(map(quote, columns))
    values = ", ".join(sql for sql, _given in columns.values())
    given = [value for _sql, some in columns.values() for value in some]
    table, key = quote(meta.db_table), quote(meta.pk.column)
    sql = f"INSERT INTO {table} ({names}) SELECT {values} FROM {table} WHERE {key} BETWEEN %s AND %s"  # noqa: S608
    return sql, [*given, low, high]


def _value(rows: Rows, model: Model, one: Any, copy: _Copy) -> tuple[str, list[Any]]:
    """The column's value in the copy, with its parameters."""
    column = connection.ops.quote_name(one.column)
    if one.is_relation:
        return _key(rows, one, column, copy)
    if isinstance(one, models.AutoField) or (one.unique and isinstance(one, models.IntegerField)):
        return f"{column} + %s", [rows.count(model) * copy.number]
    if isinstance(one, models.UUIDField):
        return _uuid(column), [f":{copy.number}"]
    if isinstance(one, models.DateTimeField):
        return _earlier(column), [f"-{copy.seconds} seconds"]
    if isinstance(one, models.CharField | models.TextField) and not one.choices:
        return _renamed(column, copy.labels)
    return column, []


def _key(rows: Rows, one: Any, column: str, copy: _Copy) -> tuple[str, list[Any]]:
    """A row of the pattern becomes that of the copy; other rows are shared."""
    other = one.related_model._meta.concrete_model
    if other not in rows.ranges or not one.target_field.primary_key:
        return column, []
    low, high = rows.ranges[other]
    step = rows.count(other) * copy.number
    return f"CASE WHEN {column} BETWEEN %s AND %s THEN {column} + %s ELSE {column} END", [low, high, step]


def _uuid(column: str) -> str:
    if connection.vendor == "postgresql":
        return f"md5({column}::text || %s)::uuid"
    return f"md5({column} || %s)"


def _earlier(column: str) -> str:
    """On SQLite the fraction of the second stays as it is written."""
    if connection.vendor == "postgresql":
        return f"{column} + %s::interval"
    return f"strftime('%%Y-%%m-%%d %%H:%%M:%%S', {column}, %s) || substr({column}, 20)"


def _renamed(column: str, labels: Mapping[str, str]) -> tuple[str, list[Any]]:
    sql, given = column, []
    for old, new in labels.items():
        sql = f"replace({sql}, %s, %s)"
        given += [old, new]
    return sql, given
