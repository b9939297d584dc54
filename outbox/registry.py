"""What upper rooms bring: the outbox knows neither cases nor tokens, it only asks by name.

Rooms fill these in `apps.ready()`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from outbox.models import OutgoingMail


@dataclass(frozen=True)
class WorkSource:
    """Rows that wait for a worker: `due(at)` names them, the Celery task `task` takes one id."""

    name: str
    due: Callable[[datetime], Sequence[int]]
    task: str


# purpose -> the absolute address behind a link slot, with its token minted now
link_minters: "dict[str, Callable[[OutgoingMail, dict[str, Any]], str]]" = {}

# purpose -> (plain text, html) of a mail that holds a secret, made now
body_renderers: "dict[str, Callable[[OutgoingMail], tuple[str, str]]]" = {}

# everything that the relay hands to the workers
work_sources: dict[str, WorkSource] = {}


def add_work_source(name: str, *, due: Callable[[datetime], Sequence[int]], task: str) -> None:
    """Has the relay hand the ids that `due(at)` returns to the Celery task `task`."""
    work_sources[name] = WorkSource(name, due, task)
