"""How long the developer may take once notified. Source: domain 3.1 (30 days, one month, 120 days) and 3.4."""

from datetime import date, timedelta

from units import calendars
from units.calendars import WorkingWeek
from units.choices import DutyStart, DutyUnit
from units.liability.arithmetic import add_months, count_days, in_blackout, next_anniversary
from units.liability.facts import Duty


def duty_begins(duty: Duty, *, notice_on: date, cover_starts: date | None) -> date:
    """The day of the event from which the time to act counts: the notice, or later where the rule says so."""
    if cover_starts and duty.start == DutyStart.ANNIVERSARY:
        return next_anniversary(of=cover_starts, after=notice_on)
    if cover_starts and duty.start == DutyStart.AFTER_START:
        return max(notice_on, cover_starts + timedelta(days=duty.start_days))
    return notice_on


def duty_due(duty: Duty, *, notice_on: date, cover_starts: date | None, week: WorkingWeek) -> date:
    """The last day of the time to act: the day of the event and blacked-out days are not counted."""
    begins = duty_begins(duty, notice_on=notice_on, cover_starts=cover_starts)
    due = _counted(duty, begins, week)
    return calendars.roll_forward(due, week) if duty.rolls_forward else due


def _counted(duty: Duty, begins: date, week: WorkingWeek) -> date:
    if duty.unit == DutyUnit.MONTHS:
        return add_months(begins, duty.amount)
    if duty.unit == DutyUnit.WORKING_DAYS:
        return count_days(
            begins, duty.amount, lambda day: week.is_working_day(day) and not in_blackout(day, duty.blackouts)
        )
    return count_days(begins, duty.amount, lambda day: not in_blackout(day, duty.blackouts))
