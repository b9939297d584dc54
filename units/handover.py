"""Recording handovers. A wrong row is answered by a new one; nothing is edited or deleted."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from ledger import audit
from ledger.actors import Actor
from ledger.models import AuditEntry
from units.models import Development, HandoverEvent, Unit

Place = Unit | Development


class CorrectionRefused(ValueError):
    """The row cannot be corrected; carries a sentence for the person."""


@transaction.atomic
def record(
    place: Place, *, kind: str, on: date, by: Actor, at: datetime, is_deemed: bool = False, note: str = ""
) -> HandoverEvent:
    """Adds a dated fact of a unit, or of a whole development. Cover changes with it: reassess the open cases."""
    event = HandoverEvent(kind=kind, on=on, is_deemed=is_deemed, note=note, **_place(place))
    return _add(event, "handover.recorded", by=by, at=at)


@transaction.atomic
def record_all(events: Sequence[HandoverEvent], *, by: Actor, at: datetime) -> None:
    """Adds many new facts at once, each with its own entry in the audit."""
    for event in events:
        event.recorded_at, event.recorded_by_name, event.recorded_by_id = at, by.name, by.user_id
    stored = HandoverEvent.objects.bulk_create(events)
    audit.record_all(_entry(row, "handover.recorded", by=by, at=at, old=None) for row in stored)


@transaction.atomic
def correct(
    event: HandoverEvent, *, on: date, reason: str, by: Actor, at: datetime, is_deemed: bool = False, note: str = ""
) -> HandoverEvent:
    """Puts another date in the place of a wrong one. CorrectionRefused without a reason, or when done already."""
    row = HandoverEvent(kind=event.kind, on=on, is_deemed=is_deemed, note=note or event.note)
    return _replace(event, row, "handover.corrected", reason=reason, by=by, at=at)


@transaction.atomic
def withdraw(event: HandoverEvent, *, reason: str, by: Actor, at: datetime) -> HandoverEvent:
    """Takes away what never happened. CorrectionRefused as for `correct`."""
    row = HandoverEvent(kind=event.kind, on=event.on, is_withdrawal=True)
    return _replace(event, row, "handover.withdrawn", reason=reason, by=by, at=at)


def _replace(
    event: HandoverEvent, row: HandoverEvent, action: str, *, reason: str, by: Actor, at: datetime
) -> HandoverEvent:
    if not reason.strip():
        raise CorrectionRefused(_("Say why the date is corrected."))
    if event.is_withdrawal:
        raise CorrectionRefused(_("This row only withdraws another one; record the event again."))
    row.corrects, row.reason = event, reason.strip()
    row.unit_id, row.development_id = event.unit_id, event.development_id
    try:
        with transaction.atomic():
            return _add(row, action, by=by, at=at, old=event)
    except IntegrityError as taken:  # two people corrected the same row: the one-to-one column lets one pass
        raise CorrectionRefused(_("This date was corrected already; reload to see the newer one.")) from taken


def _add(
    row: HandoverEvent, action: str, *, by: Actor, at: datetime, old: HandoverEvent | None = None
) -> HandoverEvent:
    row.recorded_at, row.recorded_by_name, row.recorded_by_id = at, by.name, by.user_id
    row.save(force_insert=True)
    audit.record_all([_entry(row, action, by=by, at=at, old=old)])
    return row


def _entry(row: HandoverEvent, action: str, *, by: Actor, at: datetime, old: HandoverEvent | None) -> AuditEntry:
    about, about_id = ("unit", row.unit_id) if row.unit_id else ("development", row.development_id)
    return audit.entry(
        action,
        by=by,
        at=at,
        about=about,
        about_id=about_id or 0,
        reference=_reference(row),
        old=_fact(old) if old else None,
        new=_fact(row),
        reason=row.reason,
    )


def _place(place: Place) -> dict[str, Place]:
    return {"unit": place} if isinstance(place, Unit) else {"development": place}


def _reference(row: HandoverEvent) -> str:
    return row.unit.number if row.unit else row.development.code if row.development else ""


def _fact(row: HandoverEvent) -> dict[str, object]:
    return {"kind": row.kind, "on": row.on, "is_deemed": row.is_deemed, "is_withdrawal": row.is_withdrawal}
