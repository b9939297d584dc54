"""The one way to write an audit entry."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

from ledger.actors import Actor
from ledger.models import AuditEntry

BATCH = 500

Watcher = Callable[[Sequence[AuditEntry]], None]
_watchers: dict[str, list[Watcher]] = defaultdict(list)


def watch(about: str, watcher: Watcher) -> None:
    """Has `watcher` called with the new entries about this kind of row, in the transaction of the change.

    For upper rooms that keep something derived from rows of lower ones: every change is recorded here, so nothing is
    missed. Called once by the room's `apps.ready()`.
    """
    if watcher not in _watchers[about]:
        _watchers[about].append(watcher)


def record(
    action: str,
    *,
    by: Actor,
    at: datetime,
    about: str,
    about_id: int,
    reference: str = "",
    old: Any = None,
    new: Any = None,
    reason: str = "",
) -> AuditEntry:
    """Appends who changed what from `old` to `new`, when, from where and why.

    `about` names the kind of row ("case", "user"), `about_id` its key. Values are anything JSON can hold, dates and
    lazy texts included. Never pass a secret or the body of a message: entries outlive both.
    """
    row = entry(
        action, by=by, at=at, about=about, about_id=about_id, reference=reference, old=old, new=new, reason=reason
    )
    row.save(force_insert=True)
    _tell_watchers([row])
    return row


def record_all(entries: Iterable[AuditEntry]) -> None:
    """Appends many entries that `entry` made, in their order: for bulk work, where each change still has its own."""
    _tell_watchers(AuditEntry.objects.bulk_create(entries, batch_size=BATCH))


def _tell_watchers(rows: Iterable[AuditEntry]) -> None:
    about: dict[str, list[AuditEntry]] = defaultdict(list)
    for row in rows:
        about[row.about].append(row)
    for kind, found in about.items():
        for watcher in _watchers.get(kind, ()):
            watcher(found)


def entry(
    action: str,
    *,
    by: Actor,
    at: datetime,
    about: str,
    about_id: int,
    reference: str = "",
    old: Any = None,
    new: Any = None,
    reason: str = "",
) -> AuditEntry:
    """An entry as `record` writes it, not yet written."""
    return AuditEntry(
        at=at,
        action=action,
        actor_user_id=by.user_id,
        actor_party_id=by.party_id,
        actor_name=by.name[:150],
        actor_role=by.role,
        channel=by.channel,
        address=by.address[:64],
        about=about,
        about_id=about_id,
        reference=reference,
        old=old,
        new=new,
        reason=str(reason),
    )
