"""What a company is asked for with each answer. A link asks for the name of whoever answers, each time."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms.moves import DateInput
from cases.models import Case
from documents.choices import PICTURES
from documents.fields import PhotosField
from inspections.forms import MinutesField
from portal.contractor.doors import LONGEST_NAME, NAME, Door
from units.form_fields import DayField
from works.choices import DisputeReason, WaitReason
from works.models import WorkOrder

WORDS = forms.Textarea(attrs={"rows": 3})


class NamedForm(forms.Form):
    """An answer of the company."""

    def __init__(self, *args: Any, door: Door, **kwargs: Any) -> None:
        """By a link the name comes first; a browser fills it in the second time."""
        super().__init__(*args, **kwargs)
        self.door = door
        if door.asks_name:
            self.fields[NAME] = name_field(door)
            self.order_fields([NAME])

    @property
    def name(self) -> str:
        """Who answers, as given."""
        return str(self.cleaned_data.get(NAME, "")) if self.is_valid() else ""


def name_field(door: Door) -> forms.CharField:
    """Asked at each answer by link; prefilled with whom the mail was written to."""
    field = forms.CharField(
        label=_("Your name"),
        max_length=LONGEST_NAME,
        min_length=2,
        help_text=_("It stands with your answer. Change it if this link was passed on to you."),
        error_messages={"required": _("Write your name: it stands with your answer.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    field.initial = door.link.name if door.link else ""
    return field


class OrderForm(NamedForm):
    """An answer about one order, which the person saw in this version."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, door: Door, order: WorkOrder, **kwargs: Any) -> None:
        super().__init__(*args, door=door, **kwargs)
        self.initial.setdefault("seen_version", order.version)
        self.order = order
        photos: Any = self.fields.get("photos")
        if photos is not None:
            ready(photos, door)

    @property
    def seen(self) -> int:
        """The version that the page showed; 0, which is nobody's, for anything odd."""
        text = str(self["seen_version"].value() or "")
        return int(text) if text.isdecimal() and len(text) < 10 else 0

    @property
    def facts(self) -> dict[str, Any]:
        """What the verb takes beside who and when."""
        given = {name: value for name, value in self.cleaned_data.items() if name not in {NAME, "seen_version"}}
        if "photos" in given:
            given["files"] = given.pop("photos")
        return given


def ready(photos: Any, door: Door) -> None:
    """Tells the photo field who sends and where the scripts send to."""
    photos.for_sender(
        by=door.by(),
        at=door.at,
        holder=door.holder,
        thumb=lambda file: door.url("list_kept", file.public_id),
        upload_url=door.url("list_upload"),
        videos_url=door.url("list_video"),
    )


class NotOursForm(OrderForm):
    """Why it is not the company's, in its own words, with pictures where they help."""

    reason = forms.ChoiceField(
        label=_("Why is it not yours?"),
        choices=DisputeReason.choices,
        widget=forms.RadioSelect(attrs={"data-look": "ticks"}),
        error_messages={"required": _("Choose why it is not yours.")},
    )
    words = forms.CharField(
        label=_("In your words"),
        widget=WORDS,
        max_length=2000,
        help_text=_("The office decides and answers; the resident is told nothing of it."),
        error_messages={"required": _("Write in a sentence why it is not yours.")},
    )
    photos = PhotosField(label=_("Pictures, if they show it"), allow=PICTURES, most=6)


class DateForm(OrderForm):
    """The day by which it is done."""

    promised_on = DayField(
        label=_("You come on"), widget=DateInput(), error_messages={"required": _("Choose the day on which you come.")}
    )
    words = forms.CharField(
        label=_("Note for the office"), required=False, max_length=200, help_text=_("For example the time of day.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        begin_today(self.fields["promised_on"], self.order)


class HomeDateForm(NamedForm):
    """One day for everything that is owed in a home."""

    promised_on = DateForm.base_fields["promised_on"]
    words = DateForm.base_fields["words"]

    def __init__(self, *args: Any, orders: Sequence[WorkOrder], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if orders:
            begin_today(self.fields["promised_on"], orders[0])


class TimesForm(NamedForm):
    """Beside the windows offered for a home."""

    minutes = MinutesField()
    note = forms.CharField(
        label=_("Note for the homeowner"),
        required=False,
        max_length=300,
        help_text=_("For example what you repair first, or what to clear before."),
    )


def begin_today(field: Any, order: WorkOrder) -> None:
    """The browser offers no day that is over."""
    from django.utils import timezone

    field.widget.attrs["min"] = timezone.now().astimezone(order.case.development.tz).date().isoformat()


class WaitForm(OrderForm):
    """What it waits for."""

    reason = forms.ChoiceField(
        label=_("What do you wait for?"),
        choices=WaitReason.choices,
        widget=forms.RadioSelect(attrs={"data-look": "ticks"}),
        error_messages={"required": _("Choose what you wait for.")},
    )
    until = DayField(label=_("Until"), required=False, widget=DateInput())
    words = forms.CharField(label=_("Note"), required=False, max_length=120)


class NoAccessForm(OrderForm):
    """Nobody let the company in."""

    words = forms.CharField(
        label=_("When were you there, and what did you find?"),
        widget=WORDS,
        max_length=200,
        error_messages={"required": _("Write when you came and what you found.")},
    )
    photos = PhotosField(label=_("A picture of the closed door"), allow=PICTURES, most=4)


class DoneForm(OrderForm):
    """Pictures of the repaired place; of wet work how it was repaired."""

    photos = PhotosField(
        label=_("Pictures after the repair"),
        allow=PICTURES,
        most=12,
        required=True,
        help_text=_("At least one picture of the repaired place. Videos may come with it."),
        error_messages={"required": _("Add at least one picture of the repaired place (after).")},
    )
    method_note = forms.CharField(label=_("How it was repaired"), required=False, widget=WORDS, max_length=2000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_wet(self.order.case):
            field = self.fields["method_note"]
            field.required = True
            field.help_text = _("This is wet work: what was used, and how long it dried.")
            field.error_messages["required"] = _("This is wet work: say how it was repaired and how long it dried.")


def is_wet(case: Case) -> bool:
    """A method note goes with it (workflow.md section 2, report-done)."""
    return case.trade.component_tag == "waterproofing" or bool(case.defect_type and case.defect_type.needs_method_note)


FORMS: dict[str, type[OrderForm]] = {
    "accept": OrderForm,
    "not-ours": NotOursForm,
    "date": DateForm,
    "start": OrderForm,
    "wait": WaitForm,
    "no-access": NoAccessForm,
    "done": DoneForm,
}


def day_given(form: forms.Form) -> date:
    """The day of a date form."""
    found: date = form.cleaned_data["promised_on"]
    return found
