"""The triggers that count: no verb, form, command or query of today or tomorrow can change a case and forget them.

Installed after every migrate, like those of the ledger (SQLite drops triggers when a table is rebuilt). PostgreSQL
counts once a statement, however many rows it touches; SQLite once a row.
"""

from typing import Any

from django.apps import AppConfig
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone

from cases.counters import upkeep
from cases.counters.keys import CASES, COLUMNS, TABLE, added_up, counted

VERBS = {"INSERT": (("new", 1),), "UPDATE": (("new", 1), ("old", -1)), "DELETE": (("old", -1),)}
"""Which rows each verb adds and takes away."""


def install_after_migrate(sender: AppConfig, using: str = DEFAULT_DB_ALIAS, **_: Any) -> None:
    """Receiver of `post_migrate` for this room; cases from before the triggers are counted at once."""
    here = connections[using]
    if TABLE not in here.introspection.table_names():
        return
    with transaction.atomic(using=using):
        had_all = not missing(here)
        with here.cursor() as cursor:
            for sql in _statements(here.vendor):
                cursor.execute(sql)
        if not had_all:
            upkeep.recount(at=timezone.now(), using=using)


def missing(here: BaseDatabaseWrapper) -> set[str]:
    """The triggers that are not there at this moment."""
    sql = {
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    }[here.vendor]
    with here.cursor() as cursor:
        cursor.execute(sql)
        return {_name(verb) for verb in VERBS} - {name for (name,) in cursor.fetchall()}


def _name(verb: str) -> str:
    return f"{TABLE}_{verb.lower()}"


def _statements(vendor: str) -> list[str]:
    make = {"postgresql": _postgresql, "sqlite": _sqlite}[vendor]
    return [sql for verb in VERBS for sql in make(verb)]


def _postgresql(verb: str) -> list[str]:
    name, rows = _name(verb), VERBS[verb]
    keys = " UNION ALL ".join(counted(f"{when}_cases", sign, "postgresql") for when, sign in rows)
    tables = " ".join(f"{when.upper()} TABLE AS {when}_cases" for when, _sign in rows)
    return [
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN {added_up(keys)}; RETURN NULL; END $$",
        f"DROP TRIGGER IF EXISTS {name} ON {CASES}",
        f"CREATE TRIGGER {name} AFTER {verb} ON {CASES} REFERENCING {tables} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {name}()",
    ]


def _sqlite(verb: str) -> list[str]:
    name, rows = _name(verb), VERBS[verb]
    keys = " UNION ALL ".join(counted(_row(when), sign, "sqlite") for when, sign in rows)
    of, when = "", ""
    if verb == "UPDATE":
        of = f" OF {', '.join(COLUMNS)}"
        when = " WHEN " + " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in COLUMNS)
    return [
        f"DROP TRIGGER IF EXISTS {name}",
        f"CREATE TRIGGER {name} AFTER {verb}{of} ON {CASES} FOR EACH ROW{when} BEGIN {added_up(keys)}; END",
    ]


def _row(when: str) -> str:
    return f"(SELECT {', '.join(f'{when}.{column} AS {column}' for column in COLUMNS)})"
