"""Several cases in one confirmed action: ticked rows, a triage sheet (workflow.md sections 3 and 4).

Each row stands for itself: a refused one keeps its sentence, the others go through; every person gets one mail.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from cases.evidence import MoveRefused
from cases.mailing import Mailing
from cases.models import Case, CaseEvent
from ledger.actors import Actor

Act = Callable[[Mailing], CaseEvent | None]


@dataclass(frozen=True)
class Outcome:
    """What became of one row."""

    case: Case
    event: CaseEvent | None = None
    refusal: MoveRefused | None = None


@transaction.atomic
def carry_out(
    rows: Sequence[tuple[Case, Act]], *, by: Actor, at: datetime, mailing: Mailing | None = None
) -> list[Outcome]:
    """Do every act that can be done, then send one mail a person; `mailing` keeps the mails unsent for a rehearsal."""
    whole = mailing or Mailing(by=by, at=at)
    outcomes = [_row(case, act, whole, by=by, at=at) for case, act in rows]
    whole.told.sort(key=lambda told: told.key)
    if mailing is None:
        whole.send()
    return outcomes


def _row(case: Case, act: Act, whole: Mailing, *, by: Actor, at: datetime) -> Outcome:
    part = Mailing(by=by, at=at)
    try:
        with transaction.atomic():
            event = act(part)
    except MoveRefused as refusal:
        return Outcome(case, refusal=refusal)
    whole.add(part.told)
    return Outcome(case, event=event)
