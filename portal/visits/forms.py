"""What a homeowner answers to offered times."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from inspections.choices import Door, Half
from inspections.models import OfferedSlot
from units.form_fields import DayField
from units.wording import window


@dataclass(frozen=True)
class SlotLabel:
    """A window as the widget draws it."""

    words: str
    on: date
    note: str

    def __str__(self) -> str:
        return self.words


def slot_label(slot: OfferedSlot, zone: ZoneInfo) -> SlotLabel:
    """As "09:00-12:00" with "Friday morning" under it."""
    local = slot.starts_at.astimezone(zone)
    hours = window(slot.starts_at, slot.ends_at, zone).partition(", ")[2]
    half = _t("%(day)s morning") if local.hour < 12 else _t("%(day)s afternoon")
    return SlotLabel(hours, local.date(), half % {"day": date_format(local, "l")})


class ChooseForm(forms.Form):
    """One of the offered windows, and who opens the door."""

    slot = forms.ChoiceField(
        label=_("Visit time"),
        widget=forms.RadioSelect(attrs={"data-look": "slots", "hide_label": True}),
        error_messages={"required": _("Choose one of the times.")},
    )
    door = forms.ChoiceField(
        label=_("Who opens the door?"),
        choices=Door.choices,
        initial=Door.SELF,
        widget=forms.RadioSelect(attrs={"data-look": "chips"}),
    )
    door_note = forms.CharField(
        label=_("Anything they should know?"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, slots: list[OfferedSlot], zone: ZoneInfo, **kwargs: Any) -> None:
        """Offers these windows."""
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["slot"].choices = [(str(slot.pk), slot_label(slot, zone)) for slot in slots]


class OtherDayForm(forms.Form):
    """None of these: a day that suits, and which half of it."""

    on = DayField(
        label=_("A day that suits you"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Choose a day.")},
    )
    half = forms.ChoiceField(
        label=_("Morning or afternoon?"),
        choices=Half.choices,
        widget=forms.RadioSelect(attrs={"data-look": "chips"}),
        error_messages={"required": _("Choose morning or afternoon.")},
    )
    words = forms.CharField(
        label=_("Anything else?"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
