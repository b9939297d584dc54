"""Pictures that a homeowner sent without a message, as one sitting of a person with a telephone."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from cases.choices import EventKind
from cases.models import CaseEvent
from cases.notices import photo_count
from cases.people import first_name

HOMEOWNER_ROLE = "homeowner"

SITTING = timedelta(minutes=15)
"""Pictures that follow each other within this time are one sitting: one alert, one line."""


@dataclass(frozen=True)
class Sitting:
    """Who sent how many pictures, the last of them `at`."""

    name: str
    count: int
    at: datetime

    @property
    def words(self) -> str:
        """As in "3 photos from Hana"."""
        return _("%(photos)s from %(name)s") % {"photos": photo_count(self.count), "name": first_name(self.name)}


def newest(events: Iterable[CaseEvent]) -> Sitting | None:
    """The last sitting of one case, of rows of its diary in the order of time; other rows are passed over."""
    found: Sitting | None = None
    for event in events:
        if event.kind != EventKind.FILE or event.actor_role != HOMEOWNER_ROLE:
            continue
        count = len(event.evidence.get("files", ()))
        goes_on = found and found.name == event.actor_name and event.at - found.at <= SITTING
        found = (
            replace(found, count=found.count + count, at=event.at)
            if found and goes_on
            else Sitting(event.actor_name, count, event.at)
        )
    return found
