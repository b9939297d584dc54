"""What becomes of a case's booked visits when a move takes them away. Visits stand in a room above, which says so here.

A row of undo names one visit: `how` (cancelled, left to the other cases it is for, or merely offered times
withdrawn), `starts_at`, `ends_at` (ISO).
"""

from datetime import datetime
from typing import Any, Protocol

from django.utils.translation import gettext as _

from cases.models import Case
from cases.people import Recipient
from ledger.actors import Actor
from outbox.wire import Part
from units.wording import window

Undo = list[dict[str, Any]]

CANCELLED, LEFT, WITHDRAWN = "cancelled", "left", "withdrawn"


class Keeper(Protocol):
    """A room that keeps visits."""

    def take_off(self, case: Case, *, by: Actor, at: datetime) -> Undo:
        """Nobody comes for the case any more; answers what `put_back` needs. Tells nobody: the move's mail does."""

    def put_back(self, case: Case, undo: Undo, *, by: Actor, at: datetime) -> Undo:
        """The move was a mistake: what it took off is booked again while its time is ahead; answers what ended."""

    def parts(self, case: Case, undo: Undo, person: Recipient, *, at: datetime) -> list[Part]:
        """For the mail of the move to this person: that the entries leave the calendar."""


keepers: list[Keeper] = []
"""Filled by the rooms above in their `apps.ready()`."""


def take_off(case: Case, *, by: Actor, at: datetime) -> Undo:
    """The move that was just written takes the case's visits away."""
    return [row for keeper in keepers for row in keeper.take_off(case, by=by, at=at)]


def put_back(case: Case, undo: Undo, *, by: Actor, at: datetime) -> Undo:
    """*Correct* of that move; answers the visits that ended because they do not fit what it went back to."""
    return [row for keeper in keepers for row in keeper.put_back(case, undo, by=by, at=at)]


def parts(case: Case, undo: Undo, person: Recipient, *, at: datetime) -> list[Part]:
    """What the mail of the move holds for this person's calendar."""
    return [part for keeper in keepers for part in keeper.parts(case, undo, person, at=at)] if undo else []


def sentence(case: Case, undo: Undo) -> str:
    """For the mail of the move: which visit does not take place for this case."""
    words = {
        CANCELLED: _("The visit booked for %(when)s is cancelled."),
        LEFT: _("We no longer come for this on %(when)s."),
        WITHDRAWN: _("The times that we had offered no longer hold."),
    }
    return " ".join(words[row["how"]] % {"when": _window(case, row)} for row in undo)


def _window(case: Case, row: dict[str, Any]) -> str:
    start, end = (datetime.fromisoformat(row[name]) for name in ("starts_at", "ends_at"))
    return window(start, end, case.development.tz)
