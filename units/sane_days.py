"""Days that people can mean: every zone knows the midnights of these years, and the days around them."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

YEARS = range(1990, 2200)


def check(day: date) -> None:
    """For the validators of a form field of days or moments; other years are slips."""
    if day.year not in YEARS:
        raise ValidationError(_("Check the year."), code="year")


def read(text: str) -> date | None:
    """The day of an address, as 2026-03-02; None for anything else."""
    try:
        day = parse_date(text[:10])
    except ValueError:  # as 2026-02-30
        return None
    return day if day and day.year in YEARS else None
