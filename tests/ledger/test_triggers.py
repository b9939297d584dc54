"""The database itself keeps append-only tables; run on SQLite and on PostgreSQL."""

from datetime import UTC, datetime

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from ledger import audit, triggers
from ledger.actors import SYSTEM
from ledger.models import AuditEntry

AT = datetime(2026, 3, 3, 12, 14, tzinfo=UTC)

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def entry(db):
    return audit.record("case-edited", by=SYSTEM, at=AT, about="case", about_id=12, new={"phone": "012"}, reason="Told")


def refused(work):
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        work()


def test_a_row_cannot_be_deleted(entry):
    refused(lambda: AuditEntry.objects.filter(pk=entry.pk)._raw_delete("default"))
    refused(entry.delete)

    assert AuditEntry.objects.filter(pk=entry.pk).exists()


@pytest.mark.parametrize("change", [{"action": "x"}, {"at": datetime(2020, 1, 1, tzinfo=UTC)}, {"actor_user_id": 7}])
def test_a_fact_cannot_be_changed(entry, change):
    refused(lambda: AuditEntry.objects.filter(pk=entry.pk).update(**change))


def test_a_fact_cannot_be_changed_beside_a_redaction(entry):
    refused(lambda: AuditEntry.objects.filter(pk=entry.pk).update(reason="", action="x"))


def test_a_person_can_be_redacted(entry):
    AuditEntry.objects.filter(pk=entry.pk).update(new=None, reason="", actor_name="erased")

    entry.refresh_from_db()
    assert (entry.new, entry.reason, entry.actor_name) == (None, "", "erased")


def test_a_row_cannot_be_put_in_the_place_of_another(entry):
    names = [field.column for field in AuditEntry._meta.fields]
    values = ", ".join("'forged'" if name == "action" else name for name in names)
    rows = f"INTO ledger_auditentry ({', '.join(names)}) SELECT {values} FROM ledger_auditentry"
    sql = {
        "sqlite": f"REPLACE {rows}",
        "postgresql": f"INSERT {rows} ON CONFLICT (id) DO UPDATE SET action = 'forged'",
    }[connection.vendor]

    refused(lambda: connection.cursor().execute(sql))


def test_a_table_cannot_be_emptied_at_once(entry):
    sql = {"sqlite": "DELETE FROM ledger_auditentry", "postgresql": "TRUNCATE ledger_auditentry"}[connection.vendor]

    refused(lambda: connection.cursor().execute(sql))


def test_no_append_only_table_lacks_its_triggers():
    assert "ledger_auditentry" in triggers.registered()
    assert triggers.missing() == []


def test_lifted_opens_the_table_and_closes_it_again(entry):
    with triggers.lifted():
        assert "ledger_auditentry" in triggers.missing()
        AuditEntry.objects.filter(pk=entry.pk).update(action="x")

    assert triggers.missing() == []
    refused(entry.delete)


def test_lifted_closes_the_table_after_an_error(entry):
    with pytest.raises(RuntimeError), triggers.lifted():
        raise RuntimeError

    assert triggers.missing() == []


def rebuild(table):
    """What takes triggers away: SQLite makes a new table in many migrations; elsewhere somebody has to drop them."""
    if connection.vendor == "sqlite":
        with connection.schema_editor() as editor:
            editor._remake_table(AuditEntry)
    else:
        connection.cursor().execute(f"DROP TRIGGER {table}_no_delete ON {table}")


@pytest.mark.django_db(transaction=True)
def test_migrate_puts_back_triggers_that_are_gone():
    rebuild("ledger_auditentry")
    assert triggers.missing() == ["ledger_auditentry"]

    call_command("migrate", "ledger", verbosity=0)

    assert triggers.missing() == []


def test_installing_twice_changes_nothing(entry):
    ledger = apps.get_app_config("ledger")
    triggers.install_after_migrate(ledger, using="default")
    triggers.install_after_migrate(ledger, using="default")

    refused(entry.delete)
