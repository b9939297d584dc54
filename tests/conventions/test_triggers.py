"""Append-only tables are guarded by the database itself, on whichever database the tests run."""

import pytest
from django.apps import apps
from django.core.management import call_command

from ledger import triggers

pytestmark = [pytest.mark.database, pytest.mark.django_db]

# What the design calls append-only. A table is added here when it is made.
APPEND_ONLY = {
    "cases_caseevent",
    "ledger_auditentry",
}


def made():
    """The tables of the models that exist."""
    return {model._meta.db_table for model in apps.get_models()}


def test_the_append_only_tables_of_the_design_are_registered():
    assert (APPEND_ONLY & made()) - set(triggers.registered()) == set()


def test_every_registered_table_exists():
    assert set(triggers.registered()) - made() == set()


def test_every_append_only_table_has_its_triggers():
    assert triggers.missing() == []


def test_triggers_come_back_after_a_migration_rebuilt_the_table():
    with triggers.lifted():
        assert set(triggers.missing()) == set(triggers.registered())
    call_command("migrate", verbosity=0)

    assert triggers.missing() == []
