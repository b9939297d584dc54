"""What an officer types to book, move, cancel or end a visit. All times are the home's."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.choices import VisitKind
from cases.models import Case
from contractors.models import Company, Contact
from documents.choices import PICTURES
from documents.fields import PhotosField
from inspections.taking_part import Invited
from units.form_fields import DayField
from units.wording import lasts

LINES = forms.Textarea(attrs={"rows": 3})
MINUTES = (30, 60, 120, 180, 240)


class KnowinglyForm(forms.Form):
    """A booking that may double somebody's, once the clash was read."""

    anyway = forms.BooleanField(label=_("Book it all the same"), required=False, widget=forms.HiddenInput)

    def warn(self, sentence: str) -> None:
        """Somebody is booked twice: say so, and offer the tick that books it knowingly."""
        fields: dict[str, Any] = self.fields
        fields["anyway"].widget = forms.CheckboxInput()
        self.add_error("anyway", sentence)


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


@dataclass(frozen=True)
class Roster:
    """The companies that work there today, and their people."""

    companies: list[Company]
    contacts: list[Contact]


def _company_choices(roster: Roster) -> Iterator[tuple[str, str]]:
    for company in roster.companies:
        yield f"company-{company.pk}", company.name
        for contact in roster.contacts:
            if contact.company_id == company.pk:
                yield f"contact-{contact.pk}", f"{company.short_name}: {contact.name}"


class MinutesField(forms.TypedChoiceField):
    """About how long it takes; the homeowner reads it."""

    def __init__(self, **facts: Any) -> None:
        """Nothing chosen says nothing."""
        given = {"label": _("About how long"), "choices": _lengths, "coerce": int, "empty_value": None}
        super().__init__(**{"required": False, **given, **facts})


def _lengths() -> list[tuple[str, Any]]:
    return [("", _("Not said")), *((str(minutes), lasts(minutes)) for minutes in MINUTES)]


class PartiesForm(KnowinglyForm):
    """A visit for cases of one home: for what, who comes, what they and the home should know."""

    kind = forms.ChoiceField(label=_("Kind"), choices=VisitKind.choices)
    cases = forms.MultipleChoiceField(
        label=_("For"),
        widget=forms.CheckboxSelectMultiple(attrs={"data-look": "ticks"}),
        error_messages={"required": _("Choose at least one case.")},
    )
    companies = forms.MultipleChoiceField(
        label=_("Contractors who come"),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"data-look": "ticks"}),
    )
    staff = forms.MultipleChoiceField(
        label=_("Colleagues who come"), required=False, widget=forms.SelectMultiple(attrs={"size": 4})
    )
    who = forms.CharField(
        label=_("Who comes, as the homeowner reads it"),
        max_length=120,
        required=False,
        help_text=_("Empty: the names of those ticked above."),
    )
    minutes = MinutesField()
    clear = forms.CharField(
        label=_("What to clear before"), max_length=300, required=False, help_text=_("For example: the shelf below.")
    )
    note = forms.CharField(label=_("Note for the homeowner"), required=False, widget=LINES, max_length=1000)

    def __init__(
        self, *args: Any, open_cases: list[Case], roster: Roster, colleagues: list[User], **kwargs: Any
    ) -> None:
        """Offers the open cases of the home, the companies that work there with their people, our own staff."""
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        self.by_company = {company.pk: company for company in roster.companies}
        self.contacts = {contact.pk: contact for contact in roster.contacts}
        self.colleagues = {user.pk: user for user in colleagues}
        fields["companies"].choices = [*_company_choices(roster)]
        fields["staff"].choices = [(str(user.pk), user.name) for user in colleagues]
        fields["cases"].choices = [(case.reference, f"{case.reference} {case.title}") for case in open_cases]
        self.by_reference = {case.reference: case for case in open_cases}

    @property
    def chosen(self) -> list[Case]:
        """The ticked cases."""
        return [self.by_reference[reference] for reference in self.cleaned_data["cases"]]

    @property
    def invited(self) -> list[Invited]:
        """The ticked companies, people and colleagues."""
        found = []
        for value in self.cleaned_data["companies"]:
            kind, _dash, number = value.partition("-")
            contact = self.contacts[int(number)] if kind == "contact" else None
            company = self.by_company[contact.company_id if contact else int(number)]
            found.append(Invited(company=company, contact=contact))
        return [*found, *(Invited(user=self.colleagues[int(pk)]) for pk in self.cleaned_data["staff"])]


class BookForm(PartiesForm, WindowForm):
    """Book now, agreed by phone."""

    field_order = (
        "kind",
        "cases",
        "on",
        "opens",
        "closes",
        "companies",
        "staff",
        "who",
        "minutes",
        "clear",
        "note",
        "anyway",
    )


class SlotForm(forms.Form):
    """One window to choose from; an empty day is none."""

    on = DayField(label=_("Day"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    opens = forms.TimeField(
        label=_("From"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    closes = forms.TimeField(
        label=_("Until"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )

    def clean(self) -> dict[str, Any]:
        """A day needs its two times."""
        cleaned = super().clean() or {}
        if cleaned.get("on") and not (cleaned.get("opens") and cleaned.get("closes")):
            self.add_error("opens", _("Write from when until when."))
        return cleaned


SlotFormSet = forms.formset_factory(SlotForm, extra=1, max_num=6, absolute_max=12)
ThreeSlotsFormSet = forms.formset_factory(SlotForm, extra=0, max_num=3, absolute_max=3, validate_max=True)
"""What a contractor offers."""


def slot_rows(request: HttpRequest, preset: list[tuple[datetime, datetime]], zone: ZoneInfo, rows: Any = None) -> Any:
    """The windows to choose from, as sent or as they begin."""
    kind = rows or SlotFormSet
    if request.method == "POST":
        return kind(request.POST, prefix="slots")
    local = [(start.astimezone(zone), end.astimezone(zone)) for start, end in preset]
    first = [{"on": start.date(), "opens": start.time(), "closes": end.time()} for start, end in local]
    return kind(initial=first, prefix="slots")


def windows(slots: Any, zone: ZoneInfo) -> list[tuple[datetime, datetime]]:
    """The typed windows at the home."""
    rows = [form.cleaned_data for form in slots.forms if form.cleaned_data.get("on")]
    return [tuple(datetime.combine(row["on"], row[name], zone) for name in ("opens", "closes")) for row in rows]  # type: ignore[misc]


class NobodyHomeForm(forms.Form):
    """Nobody opened: the proof."""

    arrived = forms.TimeField(
        label=_("At the door since"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    called = forms.CharField(
        label=_("Whom you called from the door"),
        max_length=200,
        help_text=_("For example: rang Hana twice, no answer."),
    )
    photos = PhotosField(label=_("Picture of the door"), allow=PICTURES, most=4)


class CorrectForm(forms.Form):
    """Somebody came after all."""

    words = forms.CharField(label=_("What happened, for the homeowner"), widget=LINES, max_length=1000)


class ChangeForm(KnowinglyForm, WindowForm):
    """Another window for a booked visit."""

    words = forms.CharField(label=_("Why, for the homeowner"), required=False, widget=LINES, max_length=1000)


class CancelForm(forms.Form):
    """Nobody comes."""

    words = forms.CharField(label=_("Why, for the homeowner"), widget=LINES, max_length=1000)


class DoneForm(forms.Form):
    """The visit took place."""

    finding = forms.CharField(label=_("What was found (staff only)"), widget=LINES, max_length=3000)


class AgainForm(forms.Form):
    """Other times: a word to the homeowner."""

    words = forms.CharField(label=_("Words for the homeowner"), required=False, widget=LINES, max_length=1000)
