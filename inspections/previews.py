"""Who will be told before it is done: the real act, carried out and undone."""

from datetime import datetime

from cases.rehearsal import rehearse
from cases.told import Told
from inspections import visits
from inspections.models import Visit
from ledger.actors import Actor

ANY_FINDING = "---"
"""The finding is in no mail, so a rehearsal needs none."""


def of_finish(visit: Visit, *, by: Actor, at: datetime) -> list[Told]:
    """The mails of *It took place*, one a person; none while the visit has not begun."""
    trial = Visit.objects.get(pk=visit.pk)
    rehearsal = rehearse(
        lambda mailing: visits.finish(
            trial, finding=ANY_FINDING, seen_version=trial.version, by=by, at=at, mailing=mailing
        ),
        by=by,
        at=at,
    )
    return list(rehearsal.letters)
