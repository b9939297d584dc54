"""Append-only tables: the database itself refuses to delete or change their rows, on SQLite and on PostgreSQL.

Rooms name their tables in `apps.ready()`; `post_migrate` installs the triggers, each time anew, because SQLite drops
them when a migration rebuilds a table. Erasing a person's data is an UPDATE of the redactable columns, nothing else.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.apps import AppConfig
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

_tables: dict[str, tuple[str, ...]] = {}

POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION ledger_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND to_jsonb(OLD) - TG_ARGV = to_jsonb(NEW) - TG_ARGV THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$
"""


def append_only(table: str, redactable: Sequence[str] = ()) -> None:
    """From the next migrate on, rows of `table` are never deleted, and only `redactable` columns may change."""
    _tables[table] = tuple(redactable)


def registered() -> dict[str, tuple[str, ...]]:
    """Every append-only table with its redactable columns."""
    return dict(_tables)


def install(tables: Sequence[str], *, using: str = DEFAULT_DB_ALIAS) -> None:
    """Puts the triggers on `tables`; triggers that are there already are replaced."""
    connection = connections[using]
    statements = [sql for table in tables for sql in _removal(connection, table) + _creation(connection, table)]
    _run(connection, statements)


def missing(*, using: str = DEFAULT_DB_ALIAS) -> list[str]:
    """Append-only tables that lack a trigger at this moment."""
    connection = connections[using]
    names = _installed(connection)
    return [table for table in _tables if not names.issuperset(_names(connection, table))]


@contextmanager
def lifted(*, using: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """Takes all triggers away for the time of the block: for emptying a database that holds no real data."""
    connection = connections[using]
    guarded = [table for table in _tables if table not in missing(using=using)]
    _run(connection, [sql for table in guarded for sql in _removal(connection, table)])
    try:
        yield
    finally:
        install(guarded, using=using)


def install_after_migrate(sender: AppConfig, using: str, **_: Any) -> None:
    """Receiver of `post_migrate`: the append-only tables of the room that was just migrated."""
    own = {model._meta.db_table for model in sender.get_models(include_auto_created=True)}
    connection = connections[using]
    existing = set(connection.introspection.table_names()) if own & _tables.keys() else set()
    install([table for table in _tables if table in own & existing], using=using)


def _run(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for sql in statements:
            cursor.execute(sql)


def _names(connection: BaseDatabaseWrapper, table: str) -> list[str]:
    """The triggers of one table. SQLite needs one more: REPLACE would delete a row without asking."""
    verbs = ("delete", "update", "truncate" if connection.vendor == "postgresql" else "replace")
    return [f"{table}_no_{verb}" for verb in verbs]


def _installed(connection: BaseDatabaseWrapper) -> set[str]:
    sql = {
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return {name for (name,) in cursor.fetchall()}


def _removal(connection: BaseDatabaseWrapper, table: str) -> list[str]:
    on = f' ON "{table}"' if connection.vendor == "postgresql" else ""
    return [f'DROP TRIGGER IF EXISTS "{name}"{on}' for name in _names(connection, table)]


def _creation(connection: BaseDatabaseWrapper, table: str) -> list[str]:
    if connection.vendor == "postgresql":
        return _postgresql(connection, table)
    return _sqlite(connection, table)


def _postgresql(connection: BaseDatabaseWrapper, table: str) -> list[str]:
    no_delete, no_update, no_truncate = _names(connection, table)
    columns = ", ".join(f"'{column}'" for column in _tables[table])
    return [
        POSTGRESQL_FUNCTION,
        _postgresql_trigger(no_delete, "DELETE", table, "ROW"),
        _postgresql_trigger(no_update, "UPDATE", table, "ROW", columns),
        _postgresql_trigger(no_truncate, "TRUNCATE", table, "STATEMENT"),
    ]


def _postgresql_trigger(name: str, verb: str, table: str, each: str, arguments: str = "") -> str:
    return (
        f'CREATE TRIGGER "{name}" BEFORE {verb} ON "{table}" '
        f"FOR EACH {each} EXECUTE FUNCTION ledger_refuse_change({arguments})"
    )


def _sqlite(connection: BaseDatabaseWrapper, table: str) -> list[str]:
    no_delete, no_update, no_replace = _names(connection, table)
    with connection.cursor() as cursor:
        columns = [column.name for column in connection.introspection.get_table_description(cursor, table)]
        key = connection.introspection.get_primary_key_column(cursor, table)
    fixed = [column for column in columns if column not in _tables[table]]
    changed = " OR ".join(f'OLD."{column}" IS NOT NEW."{column}"' for column in fixed)
    taken = f'EXISTS (SELECT 1 FROM "{table}" WHERE "{key}" = NEW."{key}")'  # noqa: S608 - names of our own tables
    return [
        _sqlite_trigger(no_delete, "DELETE", table),
        _sqlite_trigger(no_update, "UPDATE", table, f"WHEN {changed}"),
        _sqlite_trigger(no_replace, "INSERT", table, f"WHEN {taken}"),
    ]


def _sqlite_trigger(name: str, verb: str, table: str, when: str = "") -> str:
    return (
        f'CREATE TRIGGER "{name}" BEFORE {verb} ON "{table}" FOR EACH ROW {when} '
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    )
