"""What a confirm panel shows: the real act, carried out and undone, so that the preview cannot differ from the deed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from cases.choices import EventKind
from cases.evidence import MoveRefused
from cases.mailing import Mailing, Told
from cases.models import CaseEvent
from ledger.actors import Actor


@dataclass(frozen=True)
class Rehearsal:
    """Who would be told what; or why it would be refused; or that a manager would decide."""

    letters: tuple[Told, ...] = ()
    refusal: MoveRefused | None = None
    needs_manager: bool = False

    @property
    def is_silent(self) -> bool:
        """Nobody will be told."""
        return self.refusal is None and not self.letters


class _Undo(Exception):
    """Ends the rehearsal; the database forgets it."""


def rehearse(act: Callable[[Mailing], CaseEvent | None], *, by: Actor, at: datetime) -> Rehearsal:
    """Carry out `act` with a mailing, take down what would be told, and undo everything."""
    mailing = Mailing(by=by, at=at)
    needs_manager = False
    try:
        with transaction.atomic():
            event = act(mailing)
            mailing.finish()
            needs_manager = event is not None and event.kind == EventKind.DECISION_ASKED
            raise _Undo
    except _Undo:
        return Rehearsal(tuple(mailing.letters()), needs_manager=needs_manager)
    except MoveRefused as refusal:
        return Rehearsal(refusal=refusal)
