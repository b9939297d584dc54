"""The forms of steps 2 and 3. They check what goes on; what was typed is kept in the draft before they are asked."""

from typing import Any

from django import forms
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from accounts.phones import PhoneRefused, display, normalise
from cases import drafts
from cases.choices import AccessTime, ClaimedRole
from cases.forms.needed import at_times
from cases.models import DraftItem
from documents.choices import PICTURES
from documents.fields import PhotosField
from portal.reporting.sittings import Sitting

LONGEST = 5000
ANSWER = "q-"


class FaultForm(forms.Form):
    """Step 2 without its tiles: pictures, words and the answers to the questions of the chosen kind."""

    photos = PhotosField(label=_("Photos or videos"), allow=PICTURES, most=drafts.MOST_PHOTOS_OF_AN_ITEM)
    words = forms.CharField(
        label=_("In your own words"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Since when? When does it get worse?"),
    )

    def __init__(self, data: Any = None, files: Any = None, *, item: DraftItem, sitting: Sitting) -> None:
        super().__init__(data, files, initial={"words": item.words, "photos": files_of(item)})
        self.item = item
        self.fields["words"].required = item.defect_type_id is None
        self.fields["words"].error_messages["required"] = drafts.missing_words()
        for question in item.defect_type.asked if item.defect_type else []:
            self.fields[f"{ANSWER}{question.key}"] = forms.ChoiceField(
                label=question.text,
                choices=question.choices,
                required=False,
                initial=item.answers.get(question.key),
                widget=forms.RadioSelect(attrs={"data-look": "chips"}),
            )
        photos: PhotosField = self.fields["photos"]  # type: ignore[assignment]
        photos.for_sender(
            by=sitting.by,
            at=sitting.at,
            holder=sitting.holder,
            thumb=sitting.thumb,
            upload_url=sitting.url("photo_add", item.position),
            videos_url=sitting.url("video_begin", item.position),
        )

    @property
    def questions(self) -> list[forms.BoundField]:
        """The triage questions, for the template."""
        return [self[name] for name in self.fields if name.startswith(ANSWER)]

    def clean(self) -> dict[str, Any]:
        """What the draft knows to be missing, at its field."""
        for field, sentence in drafts.missing(self.item).items():
            if field in self.fields and not self.has_error(field):
                self.add_error(field, sentence)
        return self.cleaned_data


def files_of(item: DraftItem) -> list[Any]:
    """The pictures that the draft keeps for a defect; asks again after some came or went."""
    return [photo.file for photo in item.photos.all()]


class ReviewForm(forms.Form):
    """Step 3 of a signed-in person: when we may come, and where we call."""

    access_times = forms.MultipleChoiceField(
        label=_("When may we come?"),
        required=False,
        choices=AccessTime.choices,
        widget=forms.CheckboxSelectMultiple(attrs={"data-look": "chips"}),
    )
    access_wishes = forms.CharField(
        label=_("What should we know before we come?"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("For example: a dog, who opens the door, where to park."),
    )
    reporter_phone = forms.CharField(
        label=_("Phone"),
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel"}),
    )

    def __init__(self, data: Any = None, *, sitting: Sitting) -> None:
        draft = sitting.draft
        kept = {name: getattr(draft, name) for name in drafts.REPORTER_FIELDS}
        if sitting.home and not draft.reporter_phone:
            kept["reporter_phone"] = display(sitting.home.tenure.homeowner.phone)
        super().__init__(data, initial=kept)
        self.country = sitting.office.country

    def clean_reporter_phone(self) -> str:
        """A number that can be dialled."""
        try:
            return normalise(self.cleaned_data["reporter_phone"], self.country)
        except PhoneRefused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal


class VisitorForm(ReviewForm):
    """Step 3 by link: also who it is."""

    reporter_name = forms.CharField(
        label=_("Your name"),
        min_length=2,
        max_length=120,
        error_messages={"required": _("Tell us your name.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    reporter_email = forms.CharField(
        label=_("E-mail"),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
    )
    claimed_role = forms.ChoiceField(
        label=_("Who are you?"),
        choices=ClaimedRole.choices,
        widget=forms.RadioSelect(attrs={"data-look": "chips"}),
    )

    def __init__(self, data: Any = None, *, sitting: Sitting) -> None:
        super().__init__(data, sitting=sitting)
        for name in ("reporter_email", "reporter_phone"):  # one of them is enough, says the page
            at_times(self.fields[name])

    def clean_reporter_email(self) -> str:
        """An address that can be written to, or nothing."""
        email = self.cleaned_data["reporter_email"].strip().lower()
        if email:
            validate_email(email)
        return email

    def clean(self) -> dict[str, Any]:
        """One way to answer."""
        wrong = self.has_error("reporter_email") or self.has_error("reporter_phone")
        if not wrong and not self.cleaned_data.get("reporter_email") and not self.cleaned_data.get("reporter_phone"):
            self.add_error("reporter_email", drafts.missing_address())
        return self.cleaned_data
