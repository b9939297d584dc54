"""Forms of the everyday acts. They clean; the verbs decide."""

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases import dates
from cases.choices import AttachmentRole, Direction, HoldReason, Status
from cases.forms import articles
from cases.forms.moves import DateInput
from cases.models import Attachment, Case
from cases.moved_dates import DATES
from documents.choices import PICTURES_AND_PAPERS
from documents.fields import PhotosField
from units.form_fields import DayField
from units.wording import day

LONGEST = 5000
WORDS = forms.Textarea(attrs={"rows": 4})


def words_field(label: Any, *, required: bool = True, help_text: Any = "") -> forms.CharField:
    """Words in a field that grows."""
    return forms.CharField(
        label=label,
        required=required,
        max_length=LONGEST,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write a few words.")},
    )


class CorrectForm(forms.Form):
    """Why the last move was wrong."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput)
    words = forms.CharField(
        label=gettext_lazy("What was wrong"),
        max_length=LONGEST,
        widget=WORDS,
        help_text=gettext_lazy("Whoever was told of the wrong move reads this."),
        error_messages={"required": gettext_lazy("Write in a sentence what was wrong.")},
    )


class ActForm(forms.Form):
    """The base of a form about one case; `moment` and `end_of` read dates in the zone of its home."""

    def __init__(self, *args: Any, case: Case, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case, self.at = case, at

    def end_of(self, name: str) -> datetime | None:
        """The last minute, at the home, of the day in a field."""
        chosen: date | None = self.cleaned_data.get(name)
        return dates.end_of_day(self.case, chosen) if chosen else None


class NoteForm(ActForm):
    """An internal note."""

    words = words_field(gettext_lazy("Internal note"))


class UpdateForm(ActForm):
    """Words to the homeowner, with pictures."""

    words = words_field(gettext_lazy("Message to the homeowner"))
    photos = PhotosField(label=gettext_lazy("Pictures, videos or documents to go with it"), allow=PICTURES_AND_PAPERS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        articles.add_to(self, self.case)


class AskForm(ActForm):
    """A question with a date."""

    words = words_field(gettext_lazy("Your question"))
    until_on = DayField(
        label=gettext_lazy("Answer by"),
        widget=DateInput(),
        help_text=gettext_lazy("At most 14 days; our repair time waits until then."),
        error_messages={"required": gettext_lazy("Give a date for the answer.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("until_on", dates.local_date(self.case, self.at) + timedelta(days=3))


class CallForm(ActForm):
    """A call in or out."""

    direction = forms.ChoiceField(
        label=gettext_lazy("Who called"),
        choices=[
            (Direction.IN.value, gettext_lazy("They called us")),
            (Direction.OUT.value, gettext_lazy("We called")),
        ],
        initial=Direction.IN.value,
        widget=forms.RadioSelect(attrs={"data-look": "chips"}),
    )
    with_whom = forms.CharField(
        label=gettext_lazy("With whom"),
        max_length=120,
        error_messages={"required": gettext_lazy("Write whom you spoke with.")},
    )
    words = words_field(
        gettext_lazy("What was said"), help_text=gettext_lazy("The homeowner can read this in the portal.")
    )
    also_mail = forms.BooleanField(label=gettext_lazy("Also send these words by e-mail"), required=False)

    def __init__(self, *args: Any, person: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("with_whom", person)
        if self.case.status == Status.NEW:
            self.fields["also_mail"].help_text = _("The first call of a new report is always sent by e-mail too.")


class DateForm(ActForm):
    """Another promised date."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput)
    which = forms.ChoiceField(label=gettext_lazy("Which date"), widget=forms.RadioSelect(attrs={"data-look": "chips"}))
    due = DayField(
        label=gettext_lazy("New date"),
        widget=DateInput(),
        error_messages={"required": gettext_lazy("Give the new date.")},
    )
    words = words_field(
        gettext_lazy("Why"), help_text=gettext_lazy("The homeowner reads this. The first date stays on record.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("seen_version", self.case.version)
        self.fields["which"].choices = self._running()  # type: ignore[attr-defined]

    def _running(self) -> list[tuple[str, str]]:
        running = {
            "rectify": self.case.rectify_due_at,
            "update": self.case.update_due_at,
            "company": self.case.work_due_at if self.case.status == Status.WITH_CONTRACTOR else None,
        }
        names = {key: str(label) for key, (_kind, label) in DATES.items()}
        return [
            (key, f"{names[key][:1].upper()}{names[key][1:]}, {day(dates.local_date(self.case, moment))}")
            for key, moment in running.items()
            if moment
        ]


class HoldForm(ActForm):
    """A hold with its reason and end."""

    reason = forms.ChoiceField(
        label=gettext_lazy("The homeowner reads: paused because"),
        choices=[("", gettext_lazy("Choose")), *HoldReason.choices],
    )
    until_on = DayField(
        label=gettext_lazy("Until"),
        widget=DateInput(),
        error_messages={"required": gettext_lazy("Give the date on which it goes on.")},
    )
    words = words_field(gettext_lazy("More words to the homeowner"), required=False)


class ResumeForm(ActForm):
    """The end of a hold."""

    words = words_field(gettext_lazy("Your words to the homeowner"), required=False)


class EscalationForm(ActForm):
    """Before the manager."""

    why = words_field(gettext_lazy("Why the manager must look"), help_text=gettext_lazy("Only staff read this."))


class SafeForm(ActForm):
    """The danger is gone."""

    words = words_field(
        gettext_lazy("How it was made safe"),
        help_text=gettext_lazy("The homeowner reads this; the repair itself follows."),
    )


class PhotoLinkForm(ActForm):
    """Nothing to fill in: the link goes to the case's people."""


class VisibleForm(ActForm):
    """Whether the homeowner may see one file; the button says which."""

    is_visible = forms.BooleanField(required=False, widget=forms.HiddenInput)


class FilesForm(ActForm):
    """Pictures and papers to add."""

    photos = PhotosField(
        label=gettext_lazy("Pictures, videos or documents"),
        required=True,
        allow=PICTURES_AND_PAPERS,
        error_messages={"required": gettext_lazy("Add a picture, a video or a document.")},
    )
    role = forms.ChoiceField(
        label=gettext_lazy("What they show"),
        choices=[choice for choice in AttachmentRole.choices if choice[0] != AttachmentRole.DOCUMENT],
        initial=AttachmentRole.OTHER.value,
        widget=forms.RadioSelect(attrs={"data-look": "chips"}),
        help_text=gettext_lazy("Documents are filed as documents."),
    )
    caption = forms.CharField(label=gettext_lazy("Caption"), max_length=120, required=False)
    pair_of = forms.ModelChoiceField(
        label=gettext_lazy("Shows the same place as"), queryset=Attachment.objects.none(), required=False
    )
    is_visible = forms.BooleanField(
        label=gettext_lazy("Show them to the homeowner, who gets an e-mail"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        before = list(self.case.attachments.pictures().filter(role=AttachmentRole.BEFORE))
        field: Any = self.fields["pair_of"]
        field.queryset = Attachment.objects.filter(pk__in=[row.pk for row in before])
        field.choices = [("", _("None"))] + [(row.pk, self._named(row)) for row in before]

    def _named(self, row: Attachment) -> str:
        taken = day(dates.local_date(self.case, row.added_at))
        return row.caption or _("Picture of %(day)s") % {"day": taken}
