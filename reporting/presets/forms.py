"""What a report is about: a development and a period, in the address."""

from collections import defaultdict
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from units.models import Development
from units.sane_days import YEARS

DAY = timedelta(days=1)


def _day(label: Any) -> forms.DateField:
    look = forms.DateInput(attrs={"type": "date", "class": "form-control"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, widget=look)


class PeriodForm(forms.Form):
    """Unknown fields are ignored, unknown values named at their field. Both days are part of the period."""

    development = forms.ChoiceField(
        label=_("Development"), required=False, widget=forms.Select(attrs={"class": "form-select"})
    )
    since = _day(_("From"))
    until = _day(_("Until"))

    def __init__(self, *args: Any, developments: list[Development], **kwargs: Any) -> None:
        """`developments` are those that the person may see."""
        super().__init__(*args, **kwargs)
        self.developments = developments
        field: Any = self.fields["development"]
        field.choices = [("", _("All developments")), *((row.code, row.name) for row in developments)]

    def clean(self) -> dict[str, Any]:
        """A period has an end after its beginning, in years that every zone knows."""
        asked = super().clean() or self.cleaned_data
        since, until = asked.get("since"), asked.get("until")
        for name in ("since", "until"):
            if asked.get(name) and asked[name].year not in YEARS:
                self.add_error(name, _("Choose a day of the last years."))
        if since and until and until < since:
            self.add_error("until", _("The period ends before it begins."))
        return asked

    @property
    def chosen(self) -> list[Development]:
        """The developments that are asked for."""
        code = self.cleaned_data["development"]
        return [row for row in self.developments if not code or row.code == code]

    def between(self, column: str, *, development: str) -> Q:
        """Rows whose `column` lies in the period on the calendar of their development (`development`: its path)."""
        since, until = self.cleaned_data["since"], self.cleaned_data["until"]
        zones: dict[str, list[int]] = defaultdict(list)
        for row in self.chosen:
            zones[row.zone].append(row.pk)
        wanted = Q(pk__in=())
        for zone, places in zones.items():
            here = Q(**{f"{development}__in": places})
            here &= Q(**{f"{column}__gte": _midnight(since, zone)}) if since else Q()
            here &= Q(**{f"{column}__lt": _midnight(until + DAY, zone)}) if until else Q()
            wanted |= here
        return wanted

    def query(self) -> str:
        """What was asked, as a query string; an empty day stays in it, because a day not named is the usual one."""
        given = self.cleaned_data if self.is_valid() else {}
        return urlencode({name: given.get(name) or "" for name in self.fields})


def _midnight(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(zone))
