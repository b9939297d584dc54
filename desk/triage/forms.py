"""One row of the sheet."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.choices import OutOfScopeReason
from cases.models import Case
from catalogue import guidance
from desk.triage.choices import Answer

LINES = forms.Textarea(attrs={"rows": 2})


class RowForm(forms.Form):
    """The answer for one item: trade, priority, choice, and the words that the choice needs."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput)
    answer = forms.ChoiceField(
        label=gettext_lazy("Your choice"), choices=Answer.choices, widget=forms.RadioSelect, required=False
    )
    trade = forms.ChoiceField(label=gettext_lazy("Trade"))
    priority = forms.ChoiceField(label=gettext_lazy("Priority"))
    why = forms.CharField(label=gettext_lazy("Why less urgent, or for the manager"), required=False, max_length=500)
    reason = forms.ChoiceField(
        label=gettext_lazy("Reason"),
        required=False,
        choices=[("", gettext_lazy("Choose")), *OutOfScopeReason.choices],
    )
    words = forms.CharField(
        label=gettext_lazy("Your words to the homeowner"), required=False, widget=LINES, max_length=3000
    )
    rule = forms.CharField(label=gettext_lazy("Rule quoted"), required=False, max_length=1000)
    guidance = forms.TypedChoiceField(
        label=gettext_lazy("Guidance that goes with it"), required=False, coerce=int, empty_value=None
    )

    def __init__(
        self, *args: Any, case: Case, trades: list[Any], priorities: list[Any], articles: list[Any], **kwargs: Any
    ) -> None:
        """`trades`, `priorities` and `articles` are at hand; nothing is asked of the database.

        The case brings `guidance` of its type and trade: the articles that fit stand first.
        """
        super().__init__(*args, **kwargs)
        self.case = case
        fields: dict[str, Any] = self.fields
        fields["trade"].choices = trades
        fields["priority"].choices = priorities
        fields["guidance"].choices = article_choices(case, articles)
        for name, field in fields.items():
            if isinstance(field.widget, forms.Select) and not isinstance(field.widget, forms.RadioSelect):
                field.widget.attrs["class"] = "form-select"
            elif name not in {"answer", "seen_version"}:
                field.widget.attrs["class"] = "form-control"
            if name not in {"answer", "seen_version"}:
                field.widget.attrs["aria-label"] = f"{field.label}, {case.reference}"

    def clean(self) -> dict[str, Any]:
        """*Ask* needs a question; *not covered* a reason, words and a rule."""
        cleaned = super().clean() or {}
        answer = cleaned.get("answer")
        words = (cleaned.get("words") or "").strip()
        if answer == Answer.ASK and len(words) < 5:
            self.add_error("words", _("Write the question."))
        if answer == Answer.REFUSE:
            self._check_refusal(cleaned, words)
        return cleaned

    def add_error(self, field: str | None, error: Any) -> None:
        """Marks the field to blame, and only that one."""
        super().add_error(field, error)
        if field in self.fields and "class" in self.fields[field].widget.attrs:
            self.fields[field].widget.attrs["class"] += " is-invalid"

    def _check_refusal(self, cleaned: dict[str, Any], words: str) -> None:
        if not cleaned.get("reason"):
            self.add_error("reason", _("Choose a reason."))
        if len(words) < 10:
            self.add_error("words", _("Write the closing notes; the homeowner reads them."))
        if not cleaned.get("guidance") and len((cleaned.get("rule") or "").strip()) < 3:
            self.add_error("rule", _("Quote the rule or choose a guidance article: the homeowner may ask again."))


def article_choices(case: Case, articles: list[Any]) -> list[Any]:
    """The articles that fit the fault, named as such, then all others; each a pair of key and title."""
    fitting = [(row.pk, row.title) for row in guidance.fitting(case.defect_type, case.trade)]
    others = [pair for pair in articles if pair not in fitting]
    groups = [(str(_("Fits this fault")), fitting), (str(_("Other articles")), others)]
    return [("", _("None")), *((name, rows) for name, rows in groups if rows)]
