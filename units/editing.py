"""How an administrator changes the set-up of developments: every change is kept in the audit."""

from datetime import datetime
from typing import Any

from django.db import models, transaction

from ledger import audit
from ledger.actors import Actor
from ledger.models import AuditEntry


@transaction.atomic
def save_edit(row: models.Model, *, by: Actor, at: datetime) -> None:
    """Saves a new or changed row and records what was and what is; an unchanged row is left alone."""
    before = columns_of(type(row)._default_manager.filter(pk=row.pk).first())
    after = columns_of(row)
    if before == after:
        return
    row.save()
    changed = [name for name in after if before.get(name) != after[name]]
    audit.record(
        "units.changed" if before else "units.added",
        by=by,
        at=at,
        about=row._meta.model_name or "",
        about_id=row.pk,
        reference=str(row)[:40],
        old={name: before[name] for name in changed} if before else None,
        new={name: after[name] for name in changed},
    )


def added(row: models.Model, *, by: Actor, at: datetime) -> AuditEntry:
    """The entry for a row that was just added in bulk, for `audit.record_all`."""
    about, reference = row._meta.model_name or "", str(row)[:40]
    return audit.entry(
        "units.added", by=by, at=at, about=about, about_id=row.pk, reference=reference, new=columns_of(row)
    )


@transaction.atomic
def remove(row: models.Model, *, by: Actor, at: datetime) -> None:
    """Deletes a row of the set-up (a holiday, a target, a scope) and keeps in the audit what it said."""
    said, about_id = columns_of(row), row.pk
    row.delete()
    about = row._meta.model_name or ""
    audit.record("units.removed", by=by, at=at, about=about, about_id=about_id, reference=str(row)[:40], old=said)


def columns_of(row: models.Model | None) -> dict[str, Any]:
    """The row's stored values by column; empty for no row."""
    if row is None:
        return {}
    kept = [field for field in row._meta.concrete_fields if not field.primary_key and not field.generated]
    return {field.attname: getattr(row, field.attname) for field in kept}
