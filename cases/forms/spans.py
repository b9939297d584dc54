"""A span of days as it stands in the address of a list: `2026-03-02..2026-03-08`."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from units.sane_days import YEARS
from units.wording import day

BETWEEN = ".."


class SpanField(forms.CharField):
    """Two days, both included. Its value stays the text of the address; `days` reads it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=22, widget=forms.HiddenInput, **kwargs)

    def validate(self, value: Any) -> None:
        """Refuses what is no span."""
        super().validate(value)
        if value:
            try:
                days(value)
            except ValueError:
                raise forms.ValidationError(_("Write the days as 2026-03-02..2026-03-08."), code="span") from None


def days(value: str) -> tuple[date, date]:
    """The first and the last day of a span; ValueError for anything else."""
    first, last = (date.fromisoformat(part) for part in value.split(BETWEEN))
    if first.year not in YEARS or last.year not in YEARS or last < first:
        raise ValueError(value)
    return first, last


def span(first: date, last: date) -> str:
    """As it stands in an address."""
    return f"{first.isoformat()}{BETWEEN}{last.isoformat()}"


def words(value: str) -> str:
    """As “Mon 2 Mar - Sun 8 Mar”."""
    first, last = days(value)
    return day(first) if first == last else f"{day(first)} - {day(last)}"
