"""Conditions on the keys of rows, said so that the database answers them fast."""

import json
from collections.abc import Collection
from typing import Any

from django.db.models import BooleanField, F, Func, Q, QuerySet, Subquery


def among(keys: Collection[int]) -> Q:
    """Rows with these keys, however many: sent as one value.

    A statement that lists thousands of them takes the database ten times as long to read as to answer.
    """
    return Q(_Among(F("pk"), keys=tuple(sorted(keys)))) if keys else Q(pk__in=())


def among_first(keys: QuerySet[Any, Any]) -> Q:
    """Rows whose key a query of a few keys gives, looked up one by one.

    Of `IN (SELECT ...)` PostgreSQL believes that it may as well join all tables whole first, when there are many.
    """
    return Q(_AmongFirst(F("pk"), _Keys(keys)))


class _Condition(Func):
    """True or false of a row."""

    output_field = BooleanField()
    conditional = True


class _Among(_Condition):
    def __init__(self, key: F, *, keys: tuple[int, ...]) -> None:
        super().__init__(key)
        self.keys = list(keys)

    def as_sqlite(self, compiler: Any, connection: Any, **_: Any) -> tuple[str, list[Any]]:
        """The keys as JSON."""
        key, given = compiler.compile(self.source_expressions[0])
        return f"{key} IN (SELECT value FROM json_each(%s))", [*given, json.dumps(self.keys)]  # noqa: S608

    def as_postgresql(self, compiler: Any, connection: Any, **_: Any) -> tuple[str, list[Any]]:
        """The keys as an array."""
        key, given = compiler.compile(self.source_expressions[0])
        return f"{key} = ANY(%s::bigint[])", [*given, f"{{{','.join(map(str, self.keys))}}}"]


class _Keys(Subquery):
    empty_result_set_value = NotImplemented  # where there can be none, nothing is asked


class _AmongFirst(_Condition):
    arg_joiner = " IN "
    template = "%(expressions)s"

    def as_postgresql(self, compiler: Any, connection: Any, **_: Any) -> tuple[str, Any]:
        """The few keys as an array that is made before anything else."""
        return self.as_sql(compiler, connection, template="%(expressions)s)", arg_joiner=" = ANY(ARRAY")
