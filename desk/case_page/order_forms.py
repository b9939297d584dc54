"""Forms of what the office does with work orders. They clean; the verbs of `works` decide."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.forms.moves import DateInput
from desk.case_page.forms import ActForm
from works.choices import IN_HAND, OrderState, WaitReason
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
        help_text=gettext_lazy("What they wait for is read by the homeowner: “Waiting for …”."),
    )
    promised_at = forms.DateField(
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
