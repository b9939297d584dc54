"""Compare-and-set on the version that a person saw: of two editors one wins, the other is told."""

from typing import Any

from django.db.models import F

from cases.evidence import StaleCase
from cases.models import Case, CaseEvent


def nothing_told(case: Case, *, seen_version: int, seen_event: int) -> None:
    """StaleCase when the case changed, or when something was told to the homeowner after that row of the diary.

    Takes the row before it looks: of two people at once the second waits, and then sees what the first one told.
    """
    taken = Case.objects.filter(pk=case.pk, version=seen_version).update(version=F("version"))
    if not taken or CaseEvent.objects.filter(case=case, pk__gt=seen_event, is_visible=True).exists():
        raise StaleCase


COLUMNS = tuple(field.attname for field in Case._meta.concrete_fields)


def as_it_is(case: Case) -> None:
    """Bring a case that was read before this transaction up to date, and hold it until the transaction ends.

    For acts that need no version: what they derive must not come from a state that is over.
    """
    Case.objects.filter(pk=case.pk).update(version=F("version"))
    for name, value in Case.objects.filter(pk=case.pk).values(*COLUMNS).get().items():
        setattr(case, name, value)


def write(case: Case, changes: dict[str, Any], *, seen_version: int) -> None:
    """Store changed columns under the next version; StaleCase when somebody else was faster."""
    won = Case.objects.filter(pk=case.pk, version=seen_version).update(version=F("version") + 1, **changes)
    if not won:
        raise StaleCase
    case.version = seen_version + 1
    for name, value in changes.items():
        setattr(case, name, value)
