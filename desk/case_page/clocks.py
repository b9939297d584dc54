"""The clocks of a case as bars with words. Reads rows at hand, asks nothing."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.choices import CLOSED_STATES, ClockKind, HoldKind
from cases.models import Case, Clock, Hold
from cases.people import first_name
from units.wording import day, length, when

SOON = 75
"""Per cent of the time gone from which a bar turns amber."""
A_DAY = timedelta(days=1)
ORDER = (ClockKind.ACKNOWLEDGE, ClockKind.UPDATE, ClockKind.RECTIFY, ClockKind.STATUTORY)

Row = dict[str, Any]


def of_case(case: Case) -> list[Clock]:
    """The clocks of the case's present cycle; one query."""
    return list(Clock.objects.filter(case=case, cycle=case.cycle).order_by("kind", "sequence"))


def rows(case: Case, clocks: Sequence[Clock], *, person: str, at: datetime) -> list[Row]:
    """A bar for each promise: of the many promises of news only the last, and none for news of a closed case."""
    last = {clock.kind: clock for clock in clocks}
    shown = [last[kind] for kind in ORDER if kind in last]
    return [
        row(case, clock, person=person, at=at)
        for clock in shown
        if clock.kind != ClockKind.UPDATE or case.status not in CLOSED_STATES
    ]


def row(case: Case, clock: Clock, *, person: str, at: datetime) -> Row:
    """One bar as `components/due.html` takes it."""
    state, words = _standing(case, clock, at)
    return {
        "label": _label(clock, person),
        "words": words,
        "state": state,
        "used": 100 if clock.stopped_at else _used(clock, at),
        "note": _note(case, clock, at),
    }


def _label(clock: Clock, person: str) -> str:
    if clock.kind == ClockKind.UPDATE:
        return _("Next news to %(name)s") % {"name": first_name(person)} if person else _("Next news")
    if clock.kind == ClockKind.STATUTORY:
        days = (clock.first_due_at - clock.started_at) // A_DAY  # it ends with its last day
        return _("Statutory repair, %(length)s") % {"length": length(days, "days")}
    return str(clock.get_kind_display())


def _used(clock: Clock, at: datetime) -> int:
    """Per cent of the time that is gone; a paused clock stands where it stood."""
    whole = (clock.due_at - clock.started_at).total_seconds()
    gone = ((clock.paused_at or at) - clock.started_at).total_seconds() - clock.paused_seconds
    return 100 if whole <= 0 else max(0, round(100 * gone / (whole - clock.paused_seconds or 1)))


def _standing(case: Case, clock: Clock, at: datetime) -> tuple[str, str]:
    if clock.stopped_at:
        return ("done", _("Met")) if clock.is_met else ("late", _("Missed"))
    if clock.paused_at:
        return "paused", _("Paused")
    if clock.due_at < at:
        return "late", _("%(length)s over") % {"length": span(at - clock.due_at)}
    words = _("%(length)s left") % {"length": span(clock.due_at - at)}
    if clock.kind == ClockKind.UPDATE:
        words = day(clock.due_at.astimezone(case.development.tz).date())
    return ("soon" if _used(clock, at) >= SOON else "ok"), words


def span(length_of_time: timedelta) -> str:
    """As "4 days", "5 hours", "20 minutes"."""
    minutes = int(length_of_time.total_seconds() // 60)
    if minutes >= 48 * 60:
        return ngettext("%(n)d day", "%(n)d days", minutes // 1440) % {"n": minutes // 1440}
    if minutes >= 60:
        return ngettext("%(n)d hour", "%(n)d hours", minutes // 60) % {"n": minutes // 60}
    return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}


def _note(case: Case, clock: Clock, at: datetime) -> str:
    zone = case.development.tz
    due = when(clock.due_at, zone)
    if clock.stopped_at:
        return _("Due %(due)s, done %(done)s") % {"due": due, "done": when(clock.stopped_at, zone)}
    notes = [_("By %(due)s") % {"due": due}]
    if clock.kind == ClockKind.RECTIFY:
        notes[0] = _("%(priority)s, by %(due)s") % {"priority": case.priority_id, "due": due}
    if clock.kind == ClockKind.STATUTORY:
        notes.append(_("a hold never pauses it"))
    paused = paused_days(clock, at)
    if paused:
        notes.append(ngettext("%(n)d day paused", "%(n)d days paused", paused) % {"n": paused})
    if clock.due_at != clock.first_due_at and clock.kind != ClockKind.STATUTORY:
        first = day(clock.first_due_at.astimezone(zone).date())
        notes.append(_("first promised %(day)s") % {"day": first})
    return "; ".join(notes)


def paused_days(clock: Clock, at: datetime) -> int:
    """Whole days that this clock stood still, the running pause included."""
    running = (at - clock.paused_at).total_seconds() if clock.paused_at and not clock.stopped_at else 0
    return int((clock.paused_seconds + running) // A_DAY.total_seconds())


def waits(case: Case, holds: Sequence[Hold]) -> list[str]:
    """Why the case waits, and until when."""
    zone = case.development.tz
    words = {
        HoldKind.HOLD.value: _("On hold until %(day)s: %(reason)s. %(who)s, %(since)s."),
        HoldKind.ASK.value: _("%(who)s asked the homeowner %(since)s; an answer is due by %(day)s."),
    }
    return [
        words[hold.kind]
        % {
            "day": day(hold.until_at.astimezone(zone).date()),
            "reason": hold.get_reason_display(),
            "who": hold.started_by_name,
            "since": day(hold.started_at.astimezone(zone).date()),
        }
        for hold in holds
    ]
