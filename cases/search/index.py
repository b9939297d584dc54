"""The trigram index of the words: GIN with pg_trgm on PostgreSQL, an FTS5 table kept in step by triggers on SQLite.

Installed after every migrate, like the append-only triggers (SQLite drops triggers when a table is rebuilt). Where
PostgreSQL may not have the extension everything is found all the same, only slower, and the next migrate tries again.
"""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.apps import AppConfig
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Q

from cases.search.terms import Terms

logger = logging.getLogger(__name__)

TABLE = "cases_casesearch"
FTS = "cases_casesearch_words"
GIN = "cases_casesearch_trigrams"

_REMOVE = f"INSERT INTO {FTS} ({FTS}, rowid, text) VALUES ('delete', old.case_id, old.text);"  # noqa: S608
_ADD = f"INSERT INTO {FTS} (rowid, text) VALUES (new.case_id, new.text);"  # noqa: S608
_TRIGGERS = {
    f"{FTS}_added": f"AFTER INSERT ON {TABLE} BEGIN {_ADD} END",
    f"{FTS}_removed": f"AFTER DELETE ON {TABLE} BEGIN {_REMOVE} END",
    f"{FTS}_changed": f"AFTER UPDATE OF case_id, text ON {TABLE} BEGIN {_REMOVE} {_ADD} END",
}


def install_after_migrate(sender: AppConfig, using: str = DEFAULT_DB_ALIAS, **_: Any) -> None:
    """Receiver of `post_migrate` for this room."""
    here = connections[using]
    if TABLE in here.introspection.table_names():
        install(here)


def install(here: BaseDatabaseWrapper) -> None:
    """Makes the index where it is missing; says so in the log where the database refuses."""
    {"postgresql": _install_gin, "sqlite": _install_fts}[here.vendor](here)


@contextmanager
def aside() -> Iterator[None]:
    """No index of words while very many cases come; made anew afterwards, which takes a tenth of the time.

    Only PostgreSQL, and not inside a transaction. Broken off, the next migrate makes the index.
    """
    if connection.vendor != "postgresql" or connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute(f"DROP INDEX IF EXISTS {GIN}")
        cursor.execute("SET maintenance_work_mem = '512MB'")
        try:
            yield
        finally:
            install(connection)
            cursor.execute("RESET maintenance_work_mem")


def _install_gin(here: BaseDatabaseWrapper) -> None:
    try:
        with transaction.atomic(using=here.alias), here.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 0")  # a million cases take more than a page may
            cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
            cursor.execute(f"CREATE INDEX IF NOT EXISTS {GIN} ON {TABLE} USING gin (text gin_trgm_ops)")
    except DatabaseError as error:
        logger.warning(
            "Search has no trigram index: the database refused pg_trgm (%s). Cases are found, but slowly; let an "
            "administrator run CREATE EXTENSION pg_trgm in this database, then migrate again.",
            str(error).splitlines()[0],
        )


def _install_fts(here: BaseDatabaseWrapper) -> None:
    options = f"text, content='{TABLE}', content_rowid='case_id', tokenize='trigram case_sensitive 1'"
    with transaction.atomic(using=here.alias), here.cursor() as cursor:
        is_new = FTS not in here.introspection.table_names(cursor)
        cursor.execute(f"CREATE VIRTUAL TABLE IF NOT EXISTS {FTS} USING fts5({options})")
        for name, body in _TRIGGERS.items():
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
            cursor.execute(f"CREATE TRIGGER {name} {body}")
        if is_new:
            cursor.execute(f"INSERT INTO {FTS} ({FTS}) VALUES ('rebuild')")  # noqa: S608


def candidates(terms: Terms, *, most: int) -> tuple[str, Sequence[Any]]:
    """A query (with its values) of the newest cases whose words fit, at most so many; `terms.long` is not empty."""
    return {"postgresql": _by_gin, "sqlite": _by_fts}[connection.vendor](terms, most)


def _by_gin(terms: Terms, most: int) -> tuple[str, Sequence[Any]]:
    from cases.models import CaseSearch

    wanted = Q()
    for word in (*terms.long, *(f" {word}" for word in terms.short)):
        wanted &= Q(text__contains=word)
    return CaseSearch.objects.filter(wanted).order_by("-pk").values("pk")[:most].query.sql_with_params()


def _by_fts(terms: Terms, most: int) -> tuple[str, Sequence[Any]]:
    match = " AND ".join(f'"{word}"' for word in terms.long)  # normalised: no quotes in a word
    sql = f"SELECT words.rowid AS id FROM {FTS} AS words"  # noqa: S608 - names of our own
    values: list[Any] = [match]
    if terms.short:
        sql += f" JOIN {TABLE} AS kept ON kept.case_id = words.rowid"
    sql += f" WHERE words.{FTS} MATCH %s"
    for word in terms.short:
        sql += " AND instr(kept.text, %s)"
        values.append(f" {word}")
    return f"{sql} ORDER BY words.rowid DESC LIMIT %s", [*values, most]
