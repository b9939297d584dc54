"""The manager's answer."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.forms.needed import at_times

APPROVE, RETURN, DECIDE = "approve", "return", "decide"
ANSWERS = (
    (APPROVE, gettext_lazy("Approve")),
    (RETURN, gettext_lazy("Return with remarks")),
    (DECIDE, gettext_lazy("Decide otherwise")),
)


class AnswerForm(forms.Form):
    """Approve, return with remarks, or decide otherwise; the last two need words."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput)
    answer = forms.ChoiceField(choices=ANSWERS, widget=forms.HiddenInput)
    remarks = at_times(
        forms.CharField(
            label=gettext_lazy("Your remarks to the one who asked"),
            required=False,
            max_length=5000,
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text=gettext_lazy("Needed unless you approve; only staff read them."),
        )
    )

    def clean(self) -> dict[str, object]:
        """Whoever does not approve says what is missing or what is to be done instead."""
        given = super().clean() or {}
        if given.get("answer") in {RETURN, DECIDE} and len(str(given.get("remarks") or "").strip()) < 3:
            self.add_error("remarks", _("Write what you decided or what is missing."))
        return given
