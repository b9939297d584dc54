"""How a report goes from the first word to the last, with the times and the cover that a development has set.

Nothing is promised here that is not in the rows: targets, working hours, policy, days to confirm and to appeal.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from catalogue.choices import Clock, PriorityCode, TargetUnit
from catalogue.models import Target
from portal.open_pages import cover_words
from units import policies, targets
from units.models import Development
from units.targets import TargetBook
from units.wording import length

Words = str | Promise
MINUTES_AN_HOUR = 60

URGENCIES: dict[str, tuple[Words, Words]] = {
    PriorityCode.P1: (
        gettext_lazy("Danger to people or to the home"),
        gettext_lazy("Water that cannot be stopped, a shock, a smell of gas, a home that cannot be locked."),
    ),
    PriorityCode.P2: (
        gettext_lazy("Urgent"),
        gettext_lazy("A leak that is held for now, no power or water in a part of the home, a stain that grows."),
    ),
    PriorityCode.P3: (
        gettext_lazy("Most things"),
        gettext_lazy("Something does not work or does not look right, and nothing gets worse meanwhile."),
    ),
    PriorityCode.P4: (
        gettext_lazy("Small things that can wait"),
        gettext_lazy("Thin cracks and marks that are put right together in one visit, before your cover ends."),
    ),
    PriorityCode.P0: (gettext_lazy("A question"), gettext_lazy("Papers, keys, how something works.")),
}
"""How urgent, as homeowners say it; they never read the office's own classes."""

SAID: dict[str, Words] = {
    Clock.ACKNOWLEDGE: gettext_lazy("A person answers you within {time}."),
    Clock.CONTACT: gettext_lazy("Somebody comes to you within {time}."),
    Clock.MAKE_SAFE: gettext_lazy("The danger is removed within {time}."),
    Clock.INSPECT: gettext_lazy("We look at it within {time}."),
    Clock.DECIDE: gettext_lazy("After we have looked at it, we tell you what we do within {time}."),
    Clock.RECTIFY: gettext_lazy("We aim to have it repaired and checked within {time}."),
    Clock.UPDATE: gettext_lazy("Until it is finished, you hear from us at least every {time}."),
}
OTHERWISE: dict[tuple[str, str], Words] = {
    (PriorityCode.P3, Clock.CONTACT): gettext_lazy("We offer you times for a visit within {time}."),
    (PriorityCode.P0, Clock.RECTIFY): gettext_lazy("We aim to settle it within {time}."),
}
"""Where a clock means something else for this urgency (domain 6.3)."""

AT_ONCE = (Clock.ACKNOWLEDGE, Clock.CONTACT, Clock.MAKE_SAFE)
"""What the emergency page names."""


@dataclass(frozen=True)
class Urgency:
    """How quickly we answer one sort of report."""

    title: str
    examples: str
    lines: list[str]
    is_danger: bool


def context(development: Development, *, at: datetime) -> dict[str, Any]:
    """Everything that the page of one development prints; a fixed number of queries."""
    book = targets.book(development)
    today = at.astimezone(development.tz).date()
    policy = policies.in_force(development, on=today)
    return {
        "development": development,
        "office": development,
        "urgencies": urgencies(book),
        "first_answer": span(book.targets.get((PriorityCode.P3, Clock.ACKNOWLEDGE))),
        "confirm_days": days(policies.reply_days(policy)),
        "appeal_days": days(policies.appeal_days(policy, development)),
        "cover": cover_words.of(policy),
    }


def urgencies(book: TargetBook) -> list[Urgency]:
    """The sorts of report for which anything is promised, the most urgent first."""
    rows = [
        Urgency(str(title), str(examples), lines(book.targets, code), code == PriorityCode.P1)
        for code, (title, examples) in URGENCIES.items()
    ]
    return [row for row in rows if row.lines]


def lines(book: Mapping[targets.Key, Target], priority: str, clocks: tuple[str, ...] = tuple(SAID)) -> list[str]:
    """A sentence for each target of this urgency, in the order of events."""
    return [
        str(OTHERWISE.get((priority, clock), SAID[clock])).format(time=span(book[priority, clock]))
        for clock in clocks
        if (priority, clock) in book
    ]


def at_once(book: TargetBook) -> list[str]:
    """What happens after an emergency call."""
    return lines(book.targets, PriorityCode.P1, AT_ONCE)


def span(target: Target | None) -> str:
    """As "4 hours, day and night" or "1 working day"; nothing for no target."""
    if target is None:
        return ""
    words = _hours(target.amount) if target.unit == TargetUnit.MINUTES else length(target.amount, target.unit)
    if target.around_the_clock and target.unit == TargetUnit.MINUTES and target.clock != Clock.UPDATE:
        return _("{time}, day and night").format(time=words)
    return words


def _hours(minutes: int) -> str:
    if minutes % MINUTES_AN_HOUR:
        return length(minutes, TargetUnit.MINUTES)
    hours = minutes // MINUTES_AN_HOUR
    return ngettext("{n} hour", "{n} hours", hours).format(n=hours)


def days(count: int) -> str:
    """As "30 days"."""
    return length(count, TargetUnit.DAYS)
