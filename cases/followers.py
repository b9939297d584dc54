"""What hangs on a case in rooms above and follows its moves: work orders. Those rooms say so here.

What `follow` answers is kept with the diary row of the move: what `put_back` needs when that move was a mistake.
"""

from datetime import datetime
from typing import Any, Protocol

from cases.models import Case
from ledger.actors import Actor

Undo = list[dict[str, Any]]
Evidence = dict[str, Any]


class Follower(Protocol):
    """A room whose rows go with the state of a case."""

    def follow(self, case: Case, move: str, evidence: Evidence, *, by: Actor, at: datetime) -> Undo:
        """The move is written in the case's columns; do what it means for the own rows. Tells nobody: the move does."""

    def put_back(self, case: Case, undo: Undo, *, by: Actor, at: datetime) -> None:
        """The move was a mistake and the case's columns are what they were before it: the own rows too."""

    def pause(self, case: Case, *, at: datetime) -> None:
        """A hold that pauses the repair target begins."""

    def resume(self, case: Case, *, at: datetime) -> None:
        """It ended."""

    def redate(self, case: Case, due: datetime, *, by: Actor, at: datetime) -> None:
        """The contractor's date of the case was changed."""


followers: list[Follower] = []
"""Filled by the rooms above in their `apps.ready()`."""


def follow(case: Case, move: str, evidence: Evidence, *, by: Actor, at: datetime) -> Undo:
    """Called by every move once its columns are written."""
    return [row for follower in followers for row in follower.follow(case, move, evidence, by=by, at=at)]


def put_back(case: Case, undo: Undo, *, by: Actor, at: datetime) -> None:
    """*Correct* of that move."""
    for follower in followers:
        follower.put_back(case, undo, by=by, at=at)


def redate(case: Case, due: datetime, *, by: Actor, at: datetime) -> None:
    """*Change date* of the contractor's date."""
    for follower in followers:
        follower.redate(case, due, by=by, at=at)


def pause(case: Case, *, at: datetime) -> None:
    """The repair target waits."""
    for follower in followers:
        follower.pause(case, at=at)


def resume(case: Case, *, at: datetime) -> None:
    """The repair target goes on."""
    for follower in followers:
        follower.resume(case, at=at)


def companies(undo: Undo) -> set[int]:
    """The companies whose part of the case the move changed."""
    return {row["company"] for row in undo if row.get("company")}
