"""What people type on site. Pictures come beside these forms, under `photo`."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalogue.models import DefectType, Location
from inspections.findings import LONGEST_WORDS
from inspections.models import Visit

LINES = forms.Textarea(attrs={"rows": 3})


class FoundForm(forms.Form):
    """A defect nobody had reported."""

    prefix = "found"
    location = forms.ModelChoiceField(
        label=_("Room"),
        queryset=Location.objects.none(),
        to_field_name="code",
        error_messages={"required": _("Choose the room.")},
    )
    kind = forms.ModelChoiceField(
        label=_("What is it?"), queryset=DefectType.objects.none(), to_field_name="code", required=False
    )
    words = forms.CharField(
        label=_("What is broken?"),
        widget=LINES,
        max_length=LONGEST_WORDS,
        error_messages={"required": _("Write what is broken.")},
    )

    def __init__(self, *args: Any, visit: Visit, **kwargs: Any) -> None:
        """Offers the rooms of this home."""
        super().__init__(*args, **kwargs)
        self._rows("location", Location.objects.for_kind(visit.unit.kind).in_use(), _("Choose"))
        self._rows("kind", DefectType.objects.in_use(), _("Not sure"))

    def _rows(self, name: str, rows: Any, none: Any) -> None:
        field: Any = self.fields[name]
        field.queryset = rows
        field.choices = [("", none)] + [(row.code, str(row)) for row in rows]


class NobodyHomeForm(forms.Form):
    """The proof of a closed door; the picture of the door comes beside it."""

    prefix = "door"
    arrived = forms.TimeField(
        label=_("At the door since"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"required": _("Write when you stood at the door.")},
    )
    called = forms.CharField(
        label=_("Whom did you call, and did anybody answer?"),
        max_length=200,
        error_messages={"required": _("Write whom you called from the door.")},
    )

    def arrived_at(self, visit: Visit) -> datetime:
        """The time on the day of the visit, at the home."""
        zone = visit.unit.development.tz
        return datetime.combine(visit.starts_at.astimezone(zone).date(), self.cleaned_data["arrived"], zone)


class FinishForm(forms.Form):
    """The last words on a visit."""

    words = forms.CharField(
        label=_("Anything else the office should know?"),
        widget=LINES,
        max_length=LONGEST_WORDS,
        required=False,
    )
