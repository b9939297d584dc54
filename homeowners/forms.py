"""What the office types about homes and people."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from homeowners.choices import Language, TenureRole, VerifiedHow
from homeowners.models import Homeowner, Tenure
from homeowners.querysets import HomeownerQuerySet
from units.form_fields import EMAIL, PHONE, DayField, RefusableForm, offer
from units.models import Development, Unit
from units.querysets import UnitQuerySet

MOST_LETTERS = 200
_NAME = {"autocomplete": "off", "maxlength": 120}
_AREA = {"rows": 3}


class SearchForm(forms.Form):
    """Words and a development; lives in the address."""

    q = forms.CharField(
        label=_("Find"), required=False, max_length=MOST_LETTERS, widget=forms.TextInput(attrs={"type": "search"})
    )
    development = forms.ChoiceField(label=_("Development"), required=False)

    def __init__(self, *args: Any, developments: list[Development], **options: Any) -> None:
        super().__init__(*args, **options)
        self.developments = {row.code: row for row in developments}
        named = [(row.code, row.name) for row in developments]
        offer(self, "development", [("", _("All developments")), *named])

    @property
    def is_narrowed(self) -> bool:
        """Something was asked for."""
        return self.is_valid() and any(self.cleaned_data.values())

    def query(self) -> str:
        """What was asked, as a query string."""
        return urlencode({key: value for key, value in self.cleaned_data.items() if value})


class UnitSearchForm(SearchForm):
    """Finds homes by number, or by who holds them."""

    def filter(self, units: UnitQuerySet, *, at: datetime) -> UnitQuerySet:
        """The homes that were asked for: number in any punctuation, or name, e-mail, phone of somebody who holds it."""
        if development := self.developments.get(self.cleaned_data["development"]):
            units = units.filter(development=development)
        if words := self.cleaned_data["q"]:
            people = Homeowner.objects.with_words(words)
            held = Tenure.objects.in_force_at(at).filter(unit=OuterRef("pk"), homeowner__in=people)
            numbered = units.numbered(words)
            units = units.filter(Exists(held)) | numbered
        return units


class HomeownerSearchForm(SearchForm):
    """Finds people by name, e-mail or phone."""

    def filter(self, people: HomeownerQuerySet) -> HomeownerQuerySet:
        """The people that were asked for; with a development those who hold or held a home there."""
        people = people.with_words(self.cleaned_data["q"])
        if development := self.developments.get(self.cleaned_data["development"]):
            held = Tenure.objects.filter(homeowner=OuterRef("pk"), unit__development=development)
            people = people.filter(Exists(held))
        return people


class PersonForm(RefusableForm):
    """Who it is: somebody of the register is found by name with e-mail or phone, anybody else is entered."""

    name = forms.CharField(label=_("Name"), max_length=120, widget=forms.TextInput(attrs=_NAME))
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        help_text=_("Their own access to the portal."),
        widget=forms.EmailInput(EMAIL),
    )
    phone = forms.CharField(label=_("Phone"), required=False, max_length=30, widget=forms.TextInput(PHONE))

    @property
    def person_facts(self) -> dict[str, str]:
        """The facts of the person, for the register."""
        return {key: self.cleaned_data[key] for key in ("name", "email", "phone")}


class HolderForm(PersonForm):
    """Somebody who comes to a home."""

    role = forms.ChoiceField(label=_("Comes as"))
    from_on = DayField(label=_("From"))
    evidence = forms.CharField(
        label=_("Proof"), max_length=300, help_text=_("What the office saw or heard, with its date.")
    )
    verified_how = forms.ChoiceField(label=_("Verified by"), choices=VerifiedHow.choices)
    letter_on = DayField(
        label=_("Date of the letter of authority"), required=False, help_text=_("Only for a representative.")
    )

    field_order = ("role", "name", "email", "phone", "from_on", "evidence", "verified_how", "letter_on")

    def __init__(self, *args: Any, unit: Unit, **options: Any) -> None:
        super().__init__(*args, **options)
        body = TenureRole.MANAGEMENT_BODY
        roles = [body] if unit.is_common else [role for role in TenureRole if role != body]
        offer(self, "role", [(role.value, role.label) for role in roles])

    @property
    def tenure_facts(self) -> dict[str, Any]:
        """The facts of the tenure, for `tenures.begin`."""
        return {key: self.cleaned_data[key] for key in ("role", "from_on", "evidence", "verified_how", "letter_on")}


class ResaleForm(PersonForm):
    """A home was sold."""

    on = DayField(label=_("Date of transfer"), help_text=_("The seller's access ends that day, the buyer's begins."))
    proof = forms.CharField(
        label=_("Proof"), max_length=250, help_text=_("For example: solicitor's letter of 2 Mar 2026, title no. 12345.")
    )
    verified_how = forms.ChoiceField(
        label=_("Verified by"),
        choices=[
            (how.value, how.label) for how in (VerifiedHow.SOLICITOR, VerifiedHow.TITLE, VerifiedHow.OFFICE_CHECK)
        ],
    )
    second_name = forms.CharField(
        label=_("Joint buyer: name"), required=False, max_length=120, widget=forms.TextInput(attrs=_NAME)
    )
    second_email = forms.EmailField(label=_("Joint buyer: e-mail"), required=False, widget=forms.EmailInput(EMAIL))
    second_phone = forms.CharField(
        label=_("Joint buyer: phone"), required=False, max_length=30, widget=forms.TextInput(PHONE)
    )
    tenants_stay = forms.BooleanField(
        label=_("The tenants stay"), required=False, help_text=_("Else their access ends with the seller's.")
    )

    field_order = ("on", "proof", "verified_how", "name", "email", "phone")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for field, label in {"name": _("Buyer: name"), "email": _("Buyer: e-mail"), "phone": _("Buyer: phone")}.items():
            self.fields[field].label = label

    def clean(self) -> dict[str, Any]:
        """A joint buyer's e-mail or phone needs the name."""
        cleaned = super().clean() or {}
        told = cleaned.get("second_email") or cleaned.get("second_phone")
        if told and not cleaned.get("second_name"):
            self.add_error("second_name", _("Give the joint buyer's name."))
        return cleaned

    @property
    def second_facts(self) -> dict[str, str] | None:
        """The facts of the joint buyer, for the register; None without one."""
        facts = {key: self.cleaned_data[f"second_{key}"] for key in ("name", "email", "phone")}
        return facts if facts["name"] else None


class EndForm(RefusableForm):
    """Somebody leaves a home."""

    tenure = forms.TypedChoiceField(label=_("Who leaves"), coerce=int, widget=forms.RadioSelect)
    on = DayField(label=_("First day without access"), help_text=_("Their first day itself: entered by mistake."))
    reason = forms.CharField(label=_("Why"), max_length=300)

    def __init__(self, *args: Any, tenures: list[Tenure], **options: Any) -> None:
        super().__init__(*args, **options)
        self.tenures = {row.pk: row for row in tenures}
        labels = [(row.pk, f"{row.homeowner.name} ({row.get_role_display()})") for row in tenures]
        offer(self, "tenure", labels)


class ContactForm(PersonForm):
    """How to reach a person, and how the person wants it."""

    second_phone = forms.CharField(
        label=_("Second phone"), required=False, max_length=30, widget=forms.TextInput(PHONE)
    )
    language = forms.ChoiceField(label=_("Language"), choices=Language.choices)
    prefers_letter = forms.BooleanField(
        label=_("Prefers letters"), required=False, help_text=_("Each notice becomes a letter for the office to do.")
    )
    is_vulnerable = forms.BooleanField(
        label=_("Needs care"), required=False, help_text=_("Elderly, ill, disabled, small children: answered sooner.")
    )
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(_AREA),
        help_text=_("Only the office reads this."),
    )
    reason = forms.CharField(
        label=_("Why it changes"),
        required=False,
        max_length=200,
        help_text=_("For example: told by phone, identity checked."),
    )


class NewLinkForm(forms.Form):
    """Ends the printed report link of a home."""

    reason = forms.CharField(label=_("Why a new link"), max_length=200)
