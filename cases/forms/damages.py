"""What was damaged during a repair, as owner or officer writes it down."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.damages import Damage
from cases.models import Case
from catalogue.models import Location
from documents.choices import PICTURES
from documents.fields import PhotosField
from homeowners.models import Homeowner


class DamageForm(forms.Form):
    """Where, what, pictures."""

    location = forms.ModelChoiceField(
        label=_("Where"), queryset=Location.objects.none(), error_messages={"required": _("Choose the room.")}
    )
    words = forms.CharField(
        label=_("What was damaged"),
        max_length=5000,
        min_length=3,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Say in a few words what was damaged.")},
    )
    photos = PhotosField(label=_("Pictures or videos"), allow=PICTURES, most=8, required=False)

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = Location.objects.in_use().for_kind(case.unit.kind)
        field: Any = self.fields["location"]
        field.queryset = places
        field.choices = [(place.pk, str(place)) for place in places]
        self.initial.setdefault("location", case.location.pk)

    @property
    def damage(self) -> Damage:
        """As the verb takes it."""
        given = self.cleaned_data
        return Damage(given["location"], given["words"], given["photos"])


class ReportedDamageForm(DamageForm):
    """The same, written down by an officer: who of the home said it."""

    person = forms.TypedChoiceField(label=_("Who told us"), coerce=int)

    def __init__(self, *args: Any, people: list[Homeowner], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {person.pk: person for person in people}
        field: Any = self.fields["person"]
        field.choices = [(person.pk, person.name) for person in people]
        self.order_fields(["person", "location", "words", "photos"])
