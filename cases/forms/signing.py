"""The list that a homeowner signs: every repair is ticked, exceptions are unticked and explained (domain 6.4)."""

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.choices import SIGNED_FOR, SignAnswer
from cases.models import Case
from cases.signing import Answer
from documents.choices import PICTURES
from documents.fields import PhotosField
from homeowners.models import Homeowner

MOST = 60
"""Repairs on one page to sign; what is more follows when these are answered."""
LARGEST_DRAWING = 400_000
"""Characters of a drawn signature; a screenful is some 30,000."""
PNG = "data:image/png;base64,"

WRONG = (
    ("still", gettext_lazy("Still the same")),
    ("untidy", gettext_lazy("Looks untidy")),
    ("broke", gettext_lazy("Something broke")),
    ("dirty", gettext_lazy("Not cleaned up")),
)


@dataclass(frozen=True)
class Item:
    """One repair of the list with its fields."""

    case: Case
    seen_version: int
    fixed: BoundField
    later: BoundField
    wrong: BoundField
    words: BoundField
    photos: BoundField
    protest: BoundField | None


class SignForm(forms.Form):
    """Ticks, reasons and the name. `answers` and `versions` are read after it is valid."""

    name = forms.CharField(
        label=gettext_lazy("Your name"),
        max_length=120,
        min_length=3,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": gettext_lazy("Write your name.")},
    )
    refusal = forms.CharField(
        label=gettext_lazy("Why do you not want to sign?"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, cases: Sequence[Case], refused: frozenset[int] = frozenset(), **kwargs: Any) -> None:
        """`refused`: keys of cases that were not accepted before, which may be accepted under protest."""
        super().__init__(*args, **kwargs)
        self.cases = list(cases)
        self.refused = refused
        for case in self.cases:
            self._add(case)

    def _add(self, case: Case) -> None:
        ref = case.reference
        self.fields[f"fixed-{ref}"] = forms.BooleanField(label=_("It is fixed"), required=False, initial=True)
        self.fields[f"later-{ref}"] = forms.BooleanField(label=_("I decide later"), required=False)
        chips = forms.CheckboxSelectMultiple(attrs={"data-look": "chips"})
        self.fields[f"wrong-{ref}"] = forms.MultipleChoiceField(
            label=_("What is wrong?"), choices=WRONG, required=False, widget=chips
        )
        words = forms.Textarea(attrs={"rows": 2})
        self.fields[f"words-{ref}"] = forms.CharField(
            label=_("In your own words"), max_length=2000, required=False, widget=words
        )
        self.fields[f"photos-{ref}"] = PhotosField(
            label=_("Pictures or videos"), allow=PICTURES, most=4, required=False
        )
        if case.pk in self.refused:
            label = _("I accept it under protest")
            self.fields[f"protest-{ref}"] = forms.BooleanField(label=label, required=False)

    def for_sender(self, **sender: Any) -> None:
        """Tells every field for pictures who sends."""
        for case in self.cases:
            field: Any = self.fields[f"photos-{case.reference}"]
            field.for_sender(**sender)

    @property
    def items(self) -> list[Item]:
        """The list as the template shows it."""
        return [self._item(case) for case in self.cases]

    def _item(self, case: Case) -> Item:
        ref = case.reference
        return Item(
            case=case,
            seen_version=self.version_of(case) or case.version,
            fixed=self[f"fixed-{ref}"],
            later=self[f"later-{ref}"],
            wrong=self[f"wrong-{ref}"],
            words=self[f"words-{ref}"],
            photos=self[f"photos-{ref}"],
            protest=self[f"protest-{ref}"] if case.pk in self.refused else None,
        )

    def version_of(self, case: Case) -> int:
        """The version that the person's page showed; 0, which is nobody's, when none was sent."""
        sent = self.data.get(f"seen-{case.reference}", "") if self.is_bound else str(case.version)
        return int(sent) if sent.isdecimal() and len(sent) < 10 else 0

    @property
    def versions(self) -> dict[Case, int]:
        """Of every case on the list."""
        return {case: self.version_of(case) for case in self.cases}

    @property
    def is_refusal(self) -> bool:
        """Pressed was the button that refuses the whole list."""
        return self.data.get("go") == "refuse"

    def clean(self) -> dict[str, Any]:
        """What is not ticked says why, or that it is decided later."""
        cleaned = super().clean() or {}
        if self.is_refusal:
            if len((cleaned.get("refusal") or "").strip()) < 10:
                self.add_error("refusal", _("Tell us in a sentence why; a second visit follows."))
            return cleaned
        for case in self.cases:
            said = self.said(case)
            if self.kind_of(case) == SignAnswer.NOT_YET and len(said) < 3:
                words = _("%(what)s: say what is not right yet, or that you decide later.")
                self.add_error(f"words-{case.reference}", words % {"what": case.title})
        return cleaned

    def kind_of(self, case: Case) -> str:
        """The answer on one repair."""
        ref, given = case.reference, self.cleaned_data
        if self.is_refusal:
            return SignAnswer.NOT_YET
        if given.get(f"protest-{ref}"):
            return SignAnswer.PROTEST
        if given.get(f"fixed-{ref}"):
            return SignAnswer.ACCEPTED
        return SignAnswer.LATER if given.get(f"later-{ref}") else SignAnswer.NOT_YET

    def said(self, case: Case) -> str:
        """Chips and words as one text; for a refusal its reason first."""
        ref, given, labels = case.reference, self.cleaned_data, dict(WRONG)
        ticked = ", ".join(str(labels[key]) for key in given.get(f"wrong-{ref}") or [])
        own = (given.get(f"words-{ref}") or "").strip()
        reason = given["refusal"].strip() if self.is_refusal and given.get("refusal") else ""
        return "\n\n".join(part for part in (reason, ticked, own) if part)

    @property
    def answers(self) -> dict[Case, Answer]:
        """By case; words and pictures only where something is not right."""
        return {case: self._answer(case) for case in self.cases}

    def _answer(self, case: Case) -> Answer:
        kind = self.kind_of(case)
        if kind in (SignAnswer.ACCEPTED, SignAnswer.LATER):
            return Answer(kind)
        return Answer(kind, self.said(case), self.cleaned_data.get(f"photos-{case.reference}") or [])


class FingerForm(SignForm):
    """The same on our own phone: who of the home signs, the drawing, and what becomes of the rest."""

    signer = forms.TypedChoiceField(
        label=gettext_lazy("Who signs"), coerce=int, widget=forms.RadioSelect(attrs={"data-look": "chips"})
    )
    drawn = forms.CharField(required=False, widget=forms.HiddenInput, max_length=LARGEST_DRAWING)
    back = forms.BooleanField(
        label=gettext_lazy("What is not right goes back to the contractor now"), required=False, initial=True
    )

    def __init__(self, *args: Any, signers: Sequence[Homeowner], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.signers = {person.pk: person for person in signers}
        field: Any = self.fields["signer"]
        field.choices = [(person.pk, person.name) for person in signers]
        if len(self.signers) == 1:
            field.initial = next(iter(self.signers))
            self.fields["name"].initial = next(iter(self.signers.values())).name

    @property
    def person(self) -> Homeowner:
        """Who signs."""
        return self.signers[self.cleaned_data["signer"]]

    def clean_drawn(self) -> bytes | None:
        """The bytes of the drawing; what they are is for the bounded decoder to say."""
        sent = self.cleaned_data["drawn"]
        if not sent:
            return None
        try:
            return base64.b64decode(sent.removeprefix(PNG), validate=True) if sent.startswith(PNG) else b"?"
        except binascii.Error:
            return b"?"

    def clean(self) -> dict[str, Any]:
        """With the box on the page a signature is drawn, unless the name alone is to count."""
        cleaned = super().clean()
        has_box = self.data.get("pad") == "1" and self.data.get("go") == "sign"
        signs = any(self.kind_of(case) in SIGNED_FOR for case in self.cases)
        if signs and has_box and not cleaned.get("drawn"):
            self.add_error(None, _("Sign in the box, or confirm by name instead."))
        return cleaned
