"""What an officer types while somebody is on the phone."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.choices import Channel
from cases.forms.needed import at_times
from catalogue.choices import ElementTile
from catalogue.models import DefectType, Location
from desk.calls.callers import Card
from documents.choices import Kind
from documents.fields import PhotosField
from units import sane_days

NEW = "new"
HOW = (
    ("in", gettext_lazy("They called")),
    ("out", gettext_lazy("We called")),
    (Channel.WALK_IN.value, gettext_lazy("Walk-in")),
    (Channel.LETTER.value, gettext_lazy("Letter")),
    (Channel.EMAIL.value, gettext_lazy("E-mail")),
)
NOTICE = (
    ("none", gettext_lazy("Only by word of mouth")),
    ("given", gettext_lazy("Yes, in writing, on the day it reached us")),
    ("confirm", gettext_lazy("No: our receipt by e-mail becomes the written notice")),
)


class CallForm(forms.Form):
    """A new defect, or words about an open case. `card` says who calls; its two ticks are the identity check."""

    how = forms.ChoiceField(label=gettext_lazy("How"), choices=HOW, initial="in")
    identity = forms.MultipleChoiceField(
        label=gettext_lazy("Is it really them?"),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"data-look": "ticks"}),
        help_text=gettext_lazy(
            "Tick what they answered rightly. Unless all is ticked, the report waits as “To verify”."
        ),
    )
    about = forms.ChoiceField(label=gettext_lazy("What is it about?"), widget=forms.RadioSelect(), initial=NEW)
    words = forms.CharField(
        label=gettext_lazy("What was said"),
        max_length=5000,
        min_length=5,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Write what was said. This stays as it is; you can edit the facts later."),
        error_messages={"required": gettext_lazy("Write what was said.")},
    )
    location = forms.ModelChoiceField(
        label=gettext_lazy("Room"), queryset=Location.objects.none(), required=False, to_field_name="code"
    )
    element = forms.ChoiceField(label=gettext_lazy("Part of the room"), required=False)
    kind = forms.ModelChoiceField(
        label=gettext_lazy("Fault"), queryset=DefectType.objects.none(), required=False, to_field_name="code"
    )
    is_urgent = forms.BooleanField(label=gettext_lazy("They say that it is urgent"), required=False)
    received = forms.DateTimeField(
        label=gettext_lazy("Received"),
        validators=[sane_days.check],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=gettext_lazy("When it reached us, at the home's local time; it decides cover."),
    )
    notice = forms.ChoiceField(label=gettext_lazy("Was it given in writing?"), choices=NOTICE, initial="none")
    access = forms.CharField(label=gettext_lazy("Access"), required=False, max_length=500)
    photo_link = forms.BooleanField(label=gettext_lazy("Send a link for photos now (72 hours)"), required=False)
    also_mail = forms.BooleanField(label=gettext_lazy("Also e-mail what was said"), required=False)
    photos = PhotosField(label=gettext_lazy("Papers or pictures"), allow=(Kind.IMAGE, Kind.DOCUMENT), required=False)

    def __init__(self, *args: Any, card: Card, at: datetime, **kwargs: Any) -> None:
        """Offers the caller's home: its rooms, its open cases."""
        super().__init__(*args, **kwargs)
        self.card, self.at = card, at
        unit = card.tenure.unit
        self._rows("location", Location.objects.for_kind(unit.kind).in_use())
        self._rows("kind", DefectType.objects.in_use())
        fields: dict[str, Any] = self.fields
        for name in ("location", "identity"):
            at_times(fields[name])
        fields["element"].choices = [("", _("Not said")), *ElementTile.choices]
        fields["identity"].choices = list(enumerate(card.ticks))
        if not self.is_bound:  # the caller is chosen: the hands go on here
            fields["identity"].widget.attrs["autofocus"] = True
        fields["about"].choices = [(NEW, _("New defect"))] + [
            (
                line.case.reference,
                _("About %(ref)s, %(title)s") % {"ref": line.case.reference, "title": line.case.title},
            )
            for line in card.lines
        ]
        self.initial.setdefault("received", at.astimezone(unit.development.tz).strftime("%Y-%m-%dT%H:%M"))

    def _rows(self, name: str, rows: Any) -> None:
        field: Any = self.fields[name]
        found = list(rows)
        field.queryset = rows
        field.choices = [("", _("Choose"))] + [(row.code, str(row)) for row in found]

    def clean_received(self) -> datetime:
        """Read as the home's local time; never in the future."""
        naive = self.cleaned_data["received"].replace(tzinfo=None)
        moment = naive.replace(tzinfo=self.card.tenure.unit.development.tz)
        if moment > self.at:
            same_minute = (moment - self.at).total_seconds() < 60
            if not same_minute:
                raise forms.ValidationError(_("This lies in the future."))
            return self.at
        return moment

    def clean(self) -> dict[str, Any]:
        """A new defect needs its room, and two identity ticks make the caller the person of the register."""
        cleaned = super().clean() or {}
        if cleaned.get("about") == NEW and not cleaned.get("location"):
            self.add_error("location", _("Choose the room."))
        return cleaned

    @property
    def is_new(self) -> bool:
        """A new defect, not words about a case."""
        return self.cleaned_data["about"] == NEW

    @property
    def is_known(self) -> bool:
        """Every identity question was answered rightly."""
        return len(self.cleaned_data["identity"]) >= len(self.card.ticks)
