"""Dates, windows and ages as people read them, always in the zone of a development.

Weekdays and months come from Django's date formats, so they follow the language. The year stands only where it is not
this year's; `today` says which year that is (default: the clock, for templates).
"""

from collections.abc import Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from units.working_hours import MINUTES_A_DAY, Shifts

DAY = "D j M"
DAY_AND_YEAR = "D j M Y"
TIME = "H:i"


def zone_of(zone: ZoneInfo | str) -> ZoneInfo:
    """A zone from its name."""
    return ZoneInfo(zone) if isinstance(zone, str) else zone


def day(on: date, *, today: date | None = None) -> str:
    """As “Tue 3 Mar”; with the year when it is not the year of `today`."""
    this_year = (today or timezone.localdate()).year
    return date_format(on, DAY if on.year == this_year else DAY_AND_YEAR)


def full_day(on: date) -> str:
    """As “Sun 15 Mar 2026”: with the year always, for dates that decide something."""
    return date_format(on, DAY_AND_YEAR)


def when(at: datetime, zone: ZoneInfo | str, *, today: date | None = None) -> str:
    """As “Tue 3 Mar, 20:14” on the wall of that zone."""
    local = at.astimezone(zone_of(zone))
    return _("{day}, {time}").format(day=day(local.date(), today=_today(zone, today)), time=date_format(local, TIME))


def here(at: datetime, *, today: date | None = None) -> str:
    """As “Tue 3 Mar, 20:14 UTC”: on the clock of the installation (`TIME_ZONE`), which is named."""
    zone = ZoneInfo(settings.TIME_ZONE)
    return f"{when(at, zone, today=today)} {at.astimezone(zone).tzname()}"


def lasts(minutes: int) -> str:
    """About how long, as "30 minutes" or "2 hours"."""
    hours, rest = divmod(minutes, 60)
    if rest:
        return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}
    return ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}


def window(start: datetime, end: datetime, zone: ZoneInfo | str, *, today: date | None = None) -> str:
    """As “Tue 3 Mar, 09:00-12:00”; both days are named when it crosses midnight."""
    opens, closes = start.astimezone(zone_of(zone)), end.astimezone(zone_of(zone))
    if opens.date() != closes.date():
        return f"{when(start, zone, today=today)} - {when(end, zone, today=today)}"
    return f"{when(start, zone, today=today)}-{date_format(closes, TIME)}"


def age_days(since: datetime, now: datetime, zone: ZoneInfo | str) -> int:
    """How many local midnights lie between: 0 for today, 1 for yesterday, whatever the hour."""
    return (now.astimezone(zone_of(zone)).date() - since.astimezone(zone_of(zone)).date()).days


def age(days: int) -> str:
    """As “today”, “1 day”, “12 days”."""
    return _("today") if days == 0 else ngettext("{days} day", "{days} days", days).format(days=days)


def length(amount: int, unit: str) -> str:
    """As “24 months”: an amount of a unit of `PeriodUnit`, `DutyUnit` or the catalogue's `TargetUnit`."""
    words = {
        "minutes": ngettext("{n} minute", "{n} minutes", amount),
        "working-hours": ngettext("{n} working hour", "{n} working hours", amount),
        "working-days": ngettext("{n} working day", "{n} working days", amount),
        "days": ngettext("{n} day", "{n} days", amount),
        "weeks": ngettext("{n} week", "{n} weeks", amount),
        "months": ngettext("{n} month", "{n} months", amount),
        "years": ngettext("{n} year", "{n} years", amount),
    }
    return words[unit].format(n=amount)


def opening_words(hours: Mapping[int, Shifts]) -> str:
    """As “Mon-Fri 09:00-18:00, Sat 09:00-13:00”: days in a row with the same hours stand together."""
    runs: list[tuple[int, int, Shifts]] = []
    for weekday in sorted(hours):
        if runs and runs[-1][1] == weekday - 1 and runs[-1][2] == hours[weekday]:
            runs[-1] = (runs[-1][0], weekday, hours[weekday])
        else:
            runs.append((weekday, weekday, hours[weekday]))
    return ", ".join(f"{_days(first, last)} {_shifts(shifts)}" for first, last, shifts in runs)


def _days(first: int, last: int) -> str:
    return str(WEEKDAYS_ABBR[first]) if first == last else f"{WEEKDAYS_ABBR[first]}-{WEEKDAYS_ABBR[last]}"


def _shifts(shifts: Shifts) -> str:
    return " + ".join(f"{_clock(opens)}-{_clock(closes)}" for opens, closes in shifts)


def _clock(minutes: int) -> str:
    return "24:00" if minutes == MINUTES_A_DAY else f"{minutes // 60:02}:{minutes % 60:02}"


def _today(zone: ZoneInfo | str, today: date | None) -> date:
    return today or timezone.localdate(timezone=zone_of(zone))
