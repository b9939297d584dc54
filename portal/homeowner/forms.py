"""What a homeowner sends from a case."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms.needed import at_times
from documents.choices import PICTURES, PICTURES_AND_PAPERS
from documents.fields import PhotosField

WRONG = (
    ("still", _("Still the same")),
    ("untidy", _("Looks untidy")),
    ("broke", _("Something broke")),
    ("dirty", _("Not cleaned up")),
)


class MessageForm(forms.Form):
    """A reply, with pictures or documents."""

    words = forms.CharField(
        label=_("Your message"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write a few words.")},
    )
    photos = PhotosField(label=_("Pictures, videos or documents"), allow=PICTURES_AND_PAPERS, most=8, required=False)


class NotRightForm(forms.Form):
    """No, not yet: what is wrong."""

    wrong = at_times(
        forms.MultipleChoiceField(
            label=_("What is wrong?"),
            choices=WRONG,
            required=False,
            widget=forms.CheckboxSelectMultiple(attrs={"data-look": "chips"}),
        )
    )
    words = at_times(
        forms.CharField(
            label=_("In your own words"),
            max_length=5000,
            required=False,
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text=_("A tick above or a few words: one is enough."),
        )
    )
    photos = PhotosField(label=_("Pictures or videos"), allow=PICTURES, most=8, required=False)

    def clean(self) -> dict[str, Any]:
        """A tick or a word: something must be said."""
        cleaned = super().clean() or {}
        if not cleaned.get("wrong") and len((cleaned.get("words") or "").strip()) < 3:
            self.add_error("words", _("Tell us what is not right yet; a few words are enough."))
        return cleaned

    @property
    def said(self) -> str:
        """Ticks and words as one text."""
        labels = dict(WRONG)
        ticked = ", ".join(str(labels[key]) for key in self.cleaned_data["wrong"])
        return "\n\n".join(part for part in (ticked, self.cleaned_data["words"].strip()) if part)


class AgainForm(forms.Form):
    """It came back, or I disagree."""

    words = forms.CharField(
        label=_("What happened"),
        max_length=5000,
        min_length=10,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": _("Tell us what happened; a sentence is enough."),
            "min_length": _("Tell us what happened; a sentence is enough."),
        },
    )
    photos = PhotosField(label=_("Pictures or videos"), allow=PICTURES, most=8, required=False)
