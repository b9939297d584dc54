"""The rows that every installation starts with, written once a session and copied from table to table for each test.

Hundreds of tests stand on them; the command that writes them is proved in tests/catalogue and tests/units.
"""

from django.apps import apps
from django.core import management
from django.core.management.color import no_style
from django.db import IntegrityError, connection, transaction

from ledger import triggers

PREFIX = "kept_"


def keep():
    """Runs the command on the empty database, copies what it wrote, takes it away again; returns the models."""
    models = [model for model in apps.get_models(include_auto_created=True) if not has_rows(model)]
    management.call_command("install_defaults", verbosity=0)
    written = [model for model in models if has_rows(model)]
    with triggers.lifted(), transaction.atomic():
        for model in written:
            run(f"DROP TABLE IF EXISTS {kept(model)}")
            run(f"CREATE TABLE {kept(model)} AS SELECT * FROM {table(model)}")
            run(f"DELETE FROM {table(model)}")
    return written


def put(models):
    """The rows of `models` as the command wrote them; where others stand in their way, by the command itself."""
    try:
        with transaction.atomic():
            for model in models:
                columns = ", ".join(quoted(field.column) for field in model._meta.local_concrete_fields)
                run(f"INSERT INTO {table(model)} ({columns}) SELECT {columns} FROM {kept(model)}")
            for sql in connection.ops.sequence_reset_sql(no_style(), models):
                run(sql)
    except IntegrityError:
        management.call_command("install_defaults", verbosity=0)


def has_rows(model):
    """Whether the table holds anything."""
    return model._base_manager.exists()


def kept(model):
    """The table that the rows wait in."""
    return quoted(PREFIX + model._meta.db_table)


def table(model):
    """The model's own table."""
    return quoted(model._meta.db_table)


def quoted(name):
    """A name as SQL takes it."""
    return connection.ops.quote_name(name)


def run(sql):
    """One statement, for its effect."""
    with connection.cursor() as cursor:
        cursor.execute(sql)
