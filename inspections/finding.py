"""Which visits a list shows: one filter for the page, its export and its counts."""

from datetime import datetime
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from cases.choices import VisitKind
from cases.models import Case
from cases.search import key_of, reference_key
from inspections.choices import VisitState
from inspections.models import VisitParty
from inspections.querysets import VisitQuerySet
from units.models import Development

SELECT = {"class": "form-select"}
NEWEST_FIRST = {"past", "cancelled", "no-access", "no-show"}


class VisitSearchForm(forms.Form):
    """The filter of the list of visits; lives in the address."""

    q = forms.CharField(
        label=_("Home, reference, person or company"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"class": "form-control", "type": "search"}),
    )
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        widget=forms.Select(attrs=SELECT),
        choices=[
            ("", _("To come")),
            ("offered", _("Times offered")),
            ("past", _("Past")),
            ("no-access", _("Nobody at home")),
            ("no-show", _("Nobody came")),
            ("cancelled", _("Cancelled")),
            ("all", _("All")),
        ],
    )
    kind = forms.ChoiceField(
        label=_("Kind"),
        required=False,
        widget=forms.Select(attrs=SELECT),
        choices=[("", _("Any kind")), *VisitKind.choices],
    )
    development = forms.ChoiceField(label=_("Development"), required=False, widget=forms.Select(attrs=SELECT))
    video = forms.BooleanField(
        label=_("Has video"), required=False, widget=forms.CheckboxInput(attrs={"class": "form-check-input"})
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        """Offers the developments that `user` may see."""
        super().__init__(*args, **kwargs)
        rows = Development.objects.visible_to(user).order_by("name").values_list("code", "name")
        fields: dict[str, Any] = self.fields
        fields["development"].choices = [("", _("All developments")), *rows]

    def filter(self, rows: VisitQuerySet, *, at: datetime) -> VisitQuerySet:
        """The visits that were asked for; wrong values leave none."""
        if not self.is_valid():
            return rows.none()
        asked = self.cleaned_data
        rows = in_state(rows, asked["state"], at).of_development(asked["development"])
        if asked["kind"]:
            rows = rows.filter(kind=asked["kind"])
        if asked["video"]:
            rows = rows.with_video()
        return rows.filter(named(asked["q"])) if asked["q"] else rows

    @property
    def is_newest_first(self) -> bool:
        """What is over is read from its end."""
        return self.is_valid() and self.cleaned_data["state"] in NEWEST_FIRST


def in_state(rows: VisitQuerySet, state: str, at: datetime) -> VisitQuerySet:
    """To come without a word; `past` is whatever is over and was not called off."""
    if state == "past":
        return rows.taking_time().filter(ends_at__lte=at)
    if state == "offered":
        return rows.offered()
    if state in VisitState.values:
        return rows.filter(state=state)
    return rows if state == "all" else rows.ahead(at)


def named(words: str) -> Q:
    """In the home, the visit's or a case's reference, who comes, or the name of a party."""
    by_case = Case.objects.filter(reference_key=reference_key(words) or "-", visits=OuterRef("pk"))
    by_party = VisitParty.objects.filter(visit=OuterRef("pk")).filter(
        Q(name__icontains=words) | Q(company__name__icontains=words) | Q(homeowner__name__icontains=words)
    )
    number = words.strip().upper().removeprefix("V").strip("- ")
    wanted = Q(unit__number_key__startswith=key_of(words) or "-") | Q(who__icontains=words)
    if number.isdecimal() and len(number) < 10:
        wanted |= Q(number=int(number))
    return wanted | Exists(by_case) | Exists(by_party)
