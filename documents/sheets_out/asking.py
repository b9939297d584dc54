"""A filter in words, read from the form that filters."""

from collections.abc import Collection
from typing import Any

from django import forms

from documents.sheets_out.sheet import Asked, in_words


def in_use(form: forms.Form, *, but: Collection[str] = ()) -> Asked:
    """Label and words of each field that narrows the list; nothing for a form with wrong values (it leaves no row)."""
    if not form.is_valid():
        return []
    given = {name: value for name, value in form.cleaned_data.items() if value and name not in but}
    return [(str(form.fields[name].label or name), chosen(form.fields[name], given[name])) for name in given]


def chosen(field: forms.Field, value: Any) -> str:
    """A cleaned value as the form's reader knows it."""
    if value is True:
        return "\u2713"
    if isinstance(field, forms.ChoiceField):
        keys = [str(key) for key in value] if isinstance(value, list) else [str(value)]
        words: Any = field.choices
        return ", ".join(str(label) for key, label in words if str(key) in keys)
    return in_words(value)
