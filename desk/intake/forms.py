"""How an officer answers "who is this?"."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.models import Report
from homeowners.models import Homeowner, Tenure

PROOFS = (
    ("called back", gettext_lazy("Called back on the registered phone")),
    ("e-mail", gettext_lazy("Answered from the registered e-mail")),
    ("seen", gettext_lazy("Known in person, or papers seen")),
    ("owner", gettext_lazy("An owner vouched for the person")),
)


class VerifyForm(forms.Form):
    """The person of the register, and how we know."""

    person = forms.ModelChoiceField(
        label=gettext_lazy("This is"),
        queryset=Homeowner.objects.none(),
        widget=forms.RadioSelect(attrs={"data-look": "ticks"}),
        empty_label=None,
        error_messages={"required": gettext_lazy("Choose the person, or record the tenure at the home first.")},
    )
    how = forms.MultipleChoiceField(
        label=gettext_lazy("How we know"),
        choices=PROOFS,
        widget=forms.CheckboxSelectMultiple(attrs={"data-look": "ticks"}),
        error_messages={"required": gettext_lazy("Tick at least one proof.")},
    )
    remark = forms.CharField(label=gettext_lazy("Remark"), required=False, max_length=300)

    def __init__(self, *args: Any, report: Report, holders: list[Tenure], **kwargs: Any) -> None:
        """Offers the people who hold the home today."""
        super().__init__(*args, **kwargs)
        field: Any = self.fields["person"]
        field.queryset = Homeowner.objects.filter(pk__in=[row.homeowner_id for row in holders])
        field.choices = [
            (row.homeowner_id, _("%(name)s, %(role)s") % {"name": row.homeowner.name, "role": row.get_role_display()})
            for row in holders
        ]

    @property
    def sentences(self) -> list[str]:
        """The proofs in words, for the report."""
        labels = dict(PROOFS)
        said = [str(labels[key]) for key in self.cleaned_data["how"]]
        return [*said, self.cleaned_data["remark"]] if self.cleaned_data["remark"] else said


class RefuseForm(forms.Form):
    """Not for us: in words that the reporter reads."""

    words = forms.CharField(
        label=gettext_lazy("Why, for the reporter"),
        min_length=10,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": gettext_lazy("Write in a sentence why; the reporter reads it."),
            "min_length": gettext_lazy("Write in a sentence why; the reporter reads it."),
        },
    )
