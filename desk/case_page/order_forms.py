"""Forms of what the office does with work orders. They clean; the verbs of `works` decide."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases import dates
from cases.forms.moves import DateInput
from contractors.models import Company
from desk.case_page.forms import ActForm, words_field
from documents.choices import PICTURES_AND_PAPERS
from documents.fields import PhotosField
from units.form_fields import DayField
from works.choices import IN_HAND, DisputeReason, OrderState, WaitReason
from works.models import WorkOrder
from works.writing import of_cycle

PROMISE = "promise"


class OrderForm(ActForm):
    """The base: about one of the case's orders, in the version that the person saw."""

    order = forms.ChoiceField(label=gettext_lazy("Whose work order"), required=False, widget=forms.RadioSelect)
    states: tuple[str, ...] = IN_HAND

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.orders = {row.pk: row for row in of_cycle(self.case) if row.state in self.states}
        field: Any = self.fields["order"]
        field.choices = [(_key(row), _named(row)) for row in self.orders.values()]
        if len(self.orders) == 1:
            self.initial.setdefault("order", field.choices[0][0])
            field.widget = forms.HiddenInput()
            field.widget.is_required = False

    def clean_order(self) -> str:
        """One order alone needs no choice."""
        chosen = str(self.cleaned_data.get("order") or "")
        if not chosen and len(self.orders) == 1:
            return _key(next(iter(self.orders.values())))
        if not chosen and self.orders:
            raise forms.ValidationError(_("Choose whose work order."))
        return chosen

    @property
    def chosen(self) -> tuple[WorkOrder | None, int]:
        """The order, and its version as the person saw it."""
        key, _dash, version = self.cleaned_data["order"].partition("-")
        return self.orders.get(int(key or 0)), int(version or 0)


def _key(order: WorkOrder) -> str:
    return f"{order.pk}-{order.version}"


def _named(order: WorkOrder) -> str:
    return ", ".join(part for part in (order.company.short_name, order.scope, order.reference) if part)


class SaidForm(OrderForm):
    """What the contractor said, who said it, on what proof."""

    stage = forms.ChoiceField(
        label=gettext_lazy("They said"),
        choices=[
            (OrderState.ACCEPTED.value, gettext_lazy("Accepted")),
            (PROMISE, gettext_lazy("A date")),
            (OrderState.UNDER_WAY.value, gettext_lazy("Started")),
            (OrderState.WAITING.value, gettext_lazy("Waiting for something")),
            (OrderState.NO_ACCESS.value, gettext_lazy("Could not get in")),
            (OrderState.DONE.value, gettext_lazy("Done")),
        ],
        widget=forms.RadioSelect(attrs={"data-look": "chips"}),
        error_messages={"required": gettext_lazy("Choose what the contractor said.")},
    )
    said_by = forms.CharField(
        label=gettext_lazy("Who said it"),
        max_length=120,
        error_messages={"required": gettext_lazy("Write who said it.")},
    )
    proof = forms.CharField(
        label=gettext_lazy("How (a call, a mail, on site)"),
        max_length=200,
        error_messages={"required": gettext_lazy("Write how it was said.")},
    )
    reason = forms.ChoiceField(
        label=gettext_lazy("What they wait for"),
        choices=[("", gettext_lazy("Nothing")), *WaitReason.choices],
        required=False,
    )
    words = forms.CharField(
        label=gettext_lazy("In their words"),
        max_length=200,
        required=False,
        help_text=gettext_lazy(
            "What they wait for is read by the homeowner: “Waiting for …”. Done: how it was repaired."
        ),
    )
    promised_at = DayField(
        label=gettext_lazy("New date they gave"),
        widget=DateInput(),
        required=False,
        help_text=gettext_lazy("It becomes the contractor's date; earlier ones stay on record."),
    )

    def clean(self) -> dict[str, Any]:
        """A promise needs its date, waiting needs its reason."""
        given = super().clean() or {}
        if given.get("stage") == PROMISE and not given.get("promised_at"):
            self.add_error("promised_at", _("Give the date."))
        if given.get("stage") == OrderState.WAITING and not given.get("reason"):
            self.add_error("reason", _("Choose what they wait for."))
        return given


class AnotherForm(ActForm):
    """Another company on the case, at once or after one that has its part already."""

    company = forms.ModelChoiceField(
        label=gettext_lazy("Contractor"),
        queryset=Company.objects.none(),
        error_messages={"required": gettext_lazy("Choose the contractor.")},
    )
    scope = forms.CharField(
        label=gettext_lazy("What to do"),
        max_length=200,
        error_messages={"required": gettext_lazy("Write what this company is to do.")},
    )
    after = forms.ChoiceField(label=gettext_lazy("After"), required=False)
    dry_days = forms.IntegerField(
        label=gettext_lazy("Days to dry in between"), required=False, min_value=0, max_value=90, initial=0
    )
    condition = forms.CharField(
        label=gettext_lazy("Before it begins"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("For example: the ponding test of 24 hours passed."),
    )
    due_at = DayField(
        label=gettext_lazy("Done by"),
        widget=DateInput(),
        error_messages={"required": gettext_lazy("Give the contractor a date.")},
    )
    is_mandatory = forms.BooleanField(
        label=gettext_lazy("The repair is not done without it"), required=False, initial=True
    )
    budget_code = forms.CharField(
        label=gettext_lazy("Budget code"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("For work at our own cost, by a direct or third-party contractor."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = self.case.development.appointments.in_force(dates.local_date(self.case, self.at))
        rows = list(Company.objects.filter(pk__in=held.values("company_id")).order_by("name"))
        companies: Any = self.fields["company"]
        companies.queryset = Company.objects.filter(pk__in=[row.pk for row in rows])
        companies.choices = [("", _("Choose"))] + [(row.pk, row.name) for row in rows]
        self.orders = {row.pk: row for row in of_cycle(self.case)}
        named = [(str(row.pk), _named(row)) for row in self.orders.values()]
        after: Any = self.fields["after"]
        after.choices = [("", _("Nobody: at once")), *named]

    @property
    def chosen_after(self) -> WorkOrder | None:
        """The order that it follows."""
        return self.orders.get(int(self.cleaned_data["after"] or 0))


class EndShareForm(OrderForm):
    """One share is not needed any more."""

    states = (*IN_HAND, OrderState.PLANNED)
    words = words_field(gettext_lazy("Why"), help_text=gettext_lazy("The company reads this."))


class ChaseForm(OrderForm):
    """The company is reminded of its order."""


class ShareBackForm(OrderForm):
    """One share that was done goes back, while others still work."""

    states = (OrderState.DONE,)
    words = words_field(gettext_lazy("What is not right"), help_text=gettext_lazy("The company reads this."))


class DisputeForm(OrderForm):
    """The contractor told us that it is not theirs."""

    reason = forms.ChoiceField(
        label=gettext_lazy("They say"), choices=[("", gettext_lazy("Choose")), *DisputeReason.choices]
    )
    words = words_field(gettext_lazy("In their words"), help_text=gettext_lazy("The manager who decides reads this."))
    said_by = forms.CharField(label=gettext_lazy("Who said it"), max_length=120)
    proof = forms.CharField(label=gettext_lazy("How (a call, a mail, on site)"), max_length=200)
    photos = PhotosField(label=gettext_lazy("Their evidence"), allow=PICTURES_AND_PAPERS)
