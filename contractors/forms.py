"""What the office types about companies, their people and appointments."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext_lazy as _

from catalogue.models import Trade
from contractors.choices import CompanyKind
from contractors.models import Company
from contractors.querysets import CompanyQuerySet
from units.form_fields import EMAIL, PHONE, DayField, RefusableForm, offer
from units.models import Development


class CompanySearchForm(forms.Form):
    """Words and a kind; lives in the address."""

    q = forms.CharField(
        label=_("Find"), required=False, max_length=200, widget=forms.TextInput(attrs={"type": "search"})
    )
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("All kinds")), *CompanyKind.choices])

    @property
    def is_narrowed(self) -> bool:
        """Something was asked for."""
        return self.is_valid() and any(self.cleaned_data.values())

    def filter(self, companies: CompanyQuerySet) -> CompanyQuerySet:
        """The companies that were asked for, by name, short name or contact."""
        companies = companies.with_words(self.cleaned_data["q"])
        return companies.filter(kind=self.cleaned_data["kind"]) if self.cleaned_data["kind"] else companies

    def query(self) -> str:
        """What was asked, as a query string."""
        return urlencode({key: value for key, value in self.cleaned_data.items() if value})


class CompanyForm(RefusableForm):
    """A company."""

    name = forms.CharField(label=_("Name"), max_length=120)
    short_name = forms.CharField(
        label=_("Short name"), max_length=24, help_text=_("For tables and buttons: Lim Brothers.")
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=CompanyKind.choices)
    email = forms.EmailField(label=_("E-mail"), required=False, widget=forms.EmailInput(EMAIL))
    phone = forms.CharField(label=_("Phone"), required=False, max_length=30, widget=forms.TextInput(PHONE))
    address = forms.CharField(
        label=_("Postal address"), required=False, max_length=500, widget=forms.Textarea({"rows": 3})
    )


class ContactForm(RefusableForm):
    """A person of a company."""

    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(label=_("E-mail"), required=False, widget=forms.EmailInput(EMAIL))
    phone = forms.CharField(label=_("Phone"), required=False, max_length=30, widget=forms.TextInput(PHONE))
    gets_mail = forms.BooleanField(label=_("Gets the company's mail"), required=False, initial=True)
    may_sign_in = forms.BooleanField(
        label=_("May sign in"),
        required=False,
        help_text=_("With an account of the e-mail address; sees the company's work."),
    )


class ReasonForm(RefusableForm):
    """Why somebody leaves."""

    reason = forms.CharField(label=_("Why"), max_length=200)


class AppointmentForm(RefusableForm):
    """Where a company works, for what, and how long it answers itself."""

    development = forms.TypedChoiceField(label=_("Development"), coerce=int)
    is_main = forms.BooleanField(label=_("Main contractor here"), required=False)
    trades = forms.TypedMultipleChoiceField(
        label=_("Trades"),
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple(attrs={"data-look": "chips"}),
        help_text=_("None: all trades."),
    )
    parent = forms.TypedChoiceField(label=_("Works under"), required=False, coerce=int, empty_value=None)
    from_on = DayField(label=_("From"))
    liability_starts_on = DayField(
        label=_("Practical completion"), required=False, help_text=_("The contractor's own liability runs from here.")
    )
    liability_months = forms.IntegerField(label=_("Liability in months"), required=False, min_value=1, max_value=240)
    silence_accepts = forms.BooleanField(
        label=_("Silence accepts"),
        required=False,
        initial=True,
        help_text=_("A work order that nobody answers in time, two working days, counts as accepted."),
    )

    def __init__(
        self, *args: Any, developments: list[Development], trades: list[Trade], parents: list[Company], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.developments = {row.pk: row for row in developments}
        self.trade_rows = {row.pk: row for row in trades}
        self.parents = {row.pk: row for row in parents}
        offer(self, "development", [(row.pk, row.name) for row in developments])
        offer(self, "trades", [(row.pk, row.label) for row in trades])
        offer(self, "parent", [("", _("Nobody")), *((row.pk, row.name) for row in parents)])

    @property
    def facts(self) -> dict[str, Any]:
        """The facts of the appointment, for `appointments.appoint`."""
        cleaned = self.cleaned_data
        plain = ("is_main", "from_on", "liability_starts_on", "liability_months", "silence_accepts")
        return {
            "development": self.developments[cleaned["development"]],
            "trades": [self.trade_rows[key] for key in cleaned["trades"]],
            "parent": self.parents.get(cleaned["parent"]),
            **{key: cleaned[key] for key in plain},
        }


class LiabilityForm(RefusableForm):
    """How long the company answers itself."""

    starts_on = DayField(label=_("Practical completion"), required=False)
    months = forms.IntegerField(label=_("Liability in months"), required=False, min_value=1, max_value=240)
    silence_accepts = forms.BooleanField(
        label=_("Silence accepts"),
        required=False,
        help_text=_("A work order that nobody answers in time, two working days, counts as accepted."),
    )


class EndForm(RefusableForm):
    """An appointment ends."""

    on = DayField(label=_("First day without"), help_text=_("Its first day itself: entered by mistake."))
    reason = forms.CharField(label=_("Why"), max_length=300)
