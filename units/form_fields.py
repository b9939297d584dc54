"""Pieces of the registers' forms."""

from typing import Any

from django import forms

from units import sane_days
from units.refusals import Refused

PHONE = {"autocomplete": "off", "inputmode": "tel"}
EMAIL = {"autocomplete": "off", "inputmode": "email"}


class DayField(forms.DateField):
    """A day picked from the browser's calendar; years that can only be a slip are refused."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
        super().__init__(**options)
        self.validators.append(sane_days.check)


class RefusableForm(forms.Form):
    """A form that can show at its field what a verb refused."""

    def refuse(self, refusal: Refused) -> None:
        """Puts the refusal's sentence at the field it names, else on top."""
        self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal))


def offer(form: forms.Form, field: str, choices: list[tuple[Any, Any]]) -> None:
    """Gives a choice field the rows that may be chosen, read already."""
    chosen = form.fields[field]
    if not isinstance(chosen, forms.ChoiceField):
        raise TypeError(f"{field} is no choice")
    chosen.choices = choices
