"""How an administrator changes the catalogue: every change is counted and kept in the audit; nothing is deleted."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from catalogue.models import DefectType, Element, Entry, SlaTarget, Trade
from ledger import audit
from ledger.actors import Actor


class StillNeeded(Exception):
    """A row cannot be retired yet; carries the sentence why."""


@transaction.atomic
def save_edit(row: Entry | SlaTarget, *, by: Actor, at: datetime) -> None:
    """Saves a new or changed row, raises its revision and records old and new; an unchanged row is left alone."""
    before = columns_of(type(row)._default_manager.filter(pk=row.pk).first())
    if before == columns_of(row):
        return
    if isinstance(row, Entry) and before:
        row.revision += 1
    row.save()
    after = columns_of(row)
    changed = [name for name in after if before.get(name) != after[name]]
    audit.record(
        "catalogue-changed" if before else "catalogue-added",
        by=by,
        at=at,
        about=row._meta.model_name or "",
        about_id=row.pk,
        reference=row.code if isinstance(row, Entry) else str(row),
        old={name: before[name] for name in changed} if before else None,
        new={name: after[name] for name in changed},
    )


@transaction.atomic
def retire(row: Entry, *, by: Actor, at: datetime) -> None:
    """Takes a row out of every choice; records that point to it keep it. Raises StillNeeded for a trade in use."""
    if isinstance(row, Trade):
        refuse_needed_trade(row)
    row.is_retired = True
    save_edit(row, by=by, at=at)


def restore(row: Entry, *, by: Actor, at: datetime) -> None:
    """Offers a retired row again."""
    row.is_retired = False
    save_edit(row, by=by, at=at)


def refuse_needed_trade(trade: Trade) -> None:
    """Raises StillNeeded while elements or kinds of fault that are offered lead to this trade."""
    kinds = DefectType.objects.in_use().filter(default_trade=trade).values_list("code", flat=True)
    elements = Element.objects.for_trade(trade.code).values_list("code", flat=True)
    needed_by = [*kinds, *elements]
    if needed_by:
        raise StillNeeded(
            _("%(trade)s is still the trade of %(rows)s. Give them another trade or retire them first.")
            % {"trade": trade.label, "rows": ", ".join(needed_by[:5])}
        )


def columns_of(row: Entry | SlaTarget | None) -> dict[str, Any]:
    """The row's stored values by column; empty for no row."""
    if row is None:
        return {}
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if field.name != "id"}
