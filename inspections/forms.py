"""What an officer types to book, move, cancel or end a visit. All times are the home's."""

from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.choices import VisitKind
from cases.models import Case
from units.form_fields import DayField

LINES = forms.Textarea(attrs={"rows": 3})


class WindowForm(forms.Form):
    """A day and a window at the home."""

    on = DayField(
        label=_("Day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Choose the day.")},
    )
    opens = forms.TimeField(
        label=_("From"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"), initial=time(9)
    )
    closes = forms.TimeField(
        label=_("Until"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        initial=time(12),
        help_text=_("At most 4 hours."),
    )
    who = forms.CharField(label=_("Who comes"), max_length=120)

    def __init__(self, *args: Any, zone: ZoneInfo, **kwargs: Any) -> None:
        """`zone` is the development's."""
        super().__init__(*args, **kwargs)
        self.zone = zone

    def moment(self, field: str) -> datetime:
        """The day with one of the two times, at the home."""
        return datetime.combine(self.cleaned_data["on"], self.cleaned_data[field], self.zone)

    @property
    def window(self) -> dict[str, datetime]:
        """As the verbs take it."""
        return {"starts_at": self.moment("opens"), "ends_at": self.moment("closes")}


class BookForm(WindowForm):
    """A visit for cases of one home."""

    kind = forms.ChoiceField(label=_("Kind"), choices=VisitKind.choices)
    cases = forms.MultipleChoiceField(
        label=_("For"),
        widget=forms.CheckboxSelectMultiple(attrs={"data-look": "ticks"}),
        error_messages={"required": _("Choose at least one case.")},
    )
    note = forms.CharField(label=_("Note for the homeowner"), required=False, widget=LINES, max_length=1000)
    field_order = ("kind", "cases", "on", "opens", "closes", "who", "note")

    def __init__(self, *args: Any, open_cases: list[Case], **kwargs: Any) -> None:
        """Offers the open cases of the home."""
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["cases"].choices = [(case.reference, f"{case.reference} {case.title}") for case in open_cases]
        self.by_reference = {case.reference: case for case in open_cases}

    @property
    def chosen(self) -> list[Case]:
        """The ticked cases."""
        return [self.by_reference[reference] for reference in self.cleaned_data["cases"]]


class ChangeForm(WindowForm):
    """Another window for a booked visit."""

    words = forms.CharField(label=_("Why, for the homeowner"), required=False, widget=LINES, max_length=1000)


class CancelForm(forms.Form):
    """Nobody comes."""

    words = forms.CharField(label=_("Why, for the homeowner"), widget=LINES, max_length=1000)


class DoneForm(forms.Form):
    """The visit took place."""

    finding = forms.CharField(label=_("What was found (staff only)"), widget=LINES, max_length=3000)


class VisitSearchForm(forms.Form):
    """The filter of the list of visits."""

    q = forms.CharField(
        label=_("Home or reference"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"class": "form-control"}),
    )
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        widget=forms.Select(attrs={"class": "form-select"}),
        choices=[("", _("To come")), ("past", _("Past")), ("cancelled", _("Cancelled")), ("all", _("All"))],
    )
    kind = forms.ChoiceField(
        label=_("Kind"),
        required=False,
        widget=forms.Select(attrs={"class": "form-select"}),
        choices=[("", _("Any kind")), *VisitKind.choices],
    )
