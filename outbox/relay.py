"""Hands rows that wait for a worker to Celery. Requests never do: a broker that is away costs nobody a second.

The database alone says what is due; a message is a hint that may get lost or come twice. An id is handed out again
after a growing pause for as long as its row stays due.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from celery import current_app
from django.db import Error as DatabaseProblem
from kombu import Connection

from outbox.registry import WorkSource, work_sources

logger = logging.getLogger(__name__)

# Ids of one source that are with the workers at the same time.
MOST_AT_ONCE = 50
FIRST_PAUSE, LONGEST_PAUSE = 20.0, 300.0
LONGEST_OUTAGE_PAUSE = 15.0


@dataclass(frozen=True)
class Handed:
    """When a row that is still due is handed out again, and the pause that led there."""

    again_at: float
    pause: float


class Relay:
    """Remembers what it has handed out, and how long the broker or the database have been away."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock = clock
        self.handed: dict[tuple[str, int], Handed] = {}
        self.outage_pause = 0.0

    def tick(self, at: datetime) -> float:
        """Hands out what is due at `at`; says how many seconds to rest before the next tick."""
        try:
            with current_app.connection_for_write() as broker:  # is made by the first message, in bounded time
                count = sum(self._hand_out(source, at, broker) for source in work_sources.values())
        except Exception as error:
            return self._rest(error)
        if self.outage_pause:
            logger.warning("The relay works again; %s rows handed out.", count)
            self.outage_pause = 0.0
        return 1.0

    def _hand_out(self, source: WorkSource, at: datetime, broker: Connection) -> int:
        """The rows of one source; how many messages that took."""
        due = list(source.due(at)[:MOST_AT_ONCE])
        self._forget(source.name, set(due))
        fresh = [row_id for row_id in due if self._is_wanted(source.name, row_id)]
        for row_id in fresh:
            current_app.send_task(source.task, args=[row_id], connection=broker, retry=False)
            self._remember(source.name, row_id)
        return len(fresh)

    def _is_wanted(self, name: str, row_id: int) -> bool:
        """New, or handed out so long ago that the message seems lost."""
        handed = self.handed.get((name, row_id))
        return handed is None or handed.again_at <= self.clock()

    def _remember(self, name: str, row_id: int) -> None:
        handed = self.handed.get((name, row_id))
        pause = min(handed.pause * 2, LONGEST_PAUSE) if handed else FIRST_PAUSE
        self.handed[name, row_id] = Handed(self.clock() + pause, pause)

    def _forget(self, name: str, due: set[int]) -> None:
        """Rows that are due no longer are done, or will come again as new."""
        for key in [key for key in self.handed if key[0] == name and key[1] not in due]:
            del self.handed[key]

    def _rest(self, error: Exception) -> float:
        """Waits longer each time and says so once. Afterwards all is handed out anew: the broker may have forgotten."""
        if not self.outage_pause:
            what = "database" if isinstance(error, DatabaseProblem) else "broker"
            logger.warning("The relay cannot use the %s, so what is due waits: %r", what, error)
        self.handed.clear()
        self.outage_pause = min(max(self.outage_pause * 2, 1.0), LONGEST_OUTAGE_PAUSE)
        return self.outage_pause
