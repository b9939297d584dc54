"""Dates of a case, always in its development's time zone."""

from datetime import date, datetime, time, timedelta

from cases.models import Case


def local_date(case: Case, at: datetime) -> date:
    """The calendar day at the home."""
    return at.astimezone(case.development.tz).date()


LAST_MINUTE = timedelta(minutes=1)
"""An end of day names the beginning of its last minute; the day is over after it."""


def end_of_day(case: Case, day: date) -> datetime:
    """The last minute of a day at the home; a promise "by Friday" is kept until then."""
    return datetime.combine(day, time(23, 59), case.development.tz)


def day_after(case: Case, at: datetime) -> datetime:
    """The end of the day after a moment: when news follows a visit or a promised date."""
    return end_of_day(case, local_date(case, at) + timedelta(days=1))


def confirm_by(case: Case, asked_at: datetime) -> datetime:
    """The end of the day until which an answer counts: the `reply_days`-th after the question, at the home."""
    return end_of_day(case, local_date(case, asked_at) + timedelta(days=case.reply_days))


def age_in_days(case: Case, at: datetime) -> int:
    """Gross calendar days since the case was received."""
    return max((local_date(case, at) - local_date(case, case.received_at)).days, 0)
