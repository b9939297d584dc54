"""Names, phones and homes stand in lower rooms, which do not know cases: their changes are heard through the audit."""

from collections.abc import Callable, Iterable

from django.db.models import Q

from cases.models import Case, CaseParty
from cases.search.marks import touch
from homeowners.models import Tenure
from ledger import audit
from ledger.models import AuditEntry

SHOWN = {"name", "short_name", "code", "number", "email", "phone", "second_phone", "block_id"}
"""Columns of those rows that stand in a case's words."""


def start() -> None:
    """Called once by the room's `apps.ready()`."""
    audit.watch("homeowner", lambda entries: _if_shown(entries, _of_people))
    audit.watch("unit", lambda entries: touch(Case.objects.filter(unit__in=_keys(entries))))  # also their tenures
    audit.watch("block", lambda entries: _if_shown(entries, lambda keys: Q(unit__block__in=keys)))
    audit.watch("development", lambda entries: _if_shown(entries, lambda keys: Q(development__in=keys)))
    audit.watch("company", lambda entries: _if_shown(entries, lambda keys: Q(work_company__in=keys)))


def _keys(entries: Iterable[AuditEntry]) -> list[int]:
    return [entry.about_id for entry in entries]


def _if_shown(entries: Iterable[AuditEntry], of: Callable[[list[int]], Q]) -> None:
    """A new row has no case yet; of a changed one only what cases show counts."""
    changed = [entry for entry in entries if entry.old and SHOWN & {*entry.old, *(entry.new or {})}]
    if changed:
        touch(Case.objects.filter(of(_keys(changed))))


def _of_people(keys: list[int]) -> Q:
    held = Tenure.objects.filter(homeowner__in=keys).order_by().values("unit")
    return Q(unit__in=held) | Q(pk__in=CaseParty.objects.filter(homeowner__in=keys).values("case"))
