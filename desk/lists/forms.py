"""Narrowing the registers of lists and orders; lives in the address."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from cases.search import by_reference
from contractors.models import Company
from units.models import Development
from works.choices import ListState, OrderState
from works.models import DefectList, WorkOrder

OPEN, LATE = "open", "late"


class RegisterForm(forms.Form):
    """What both registers ask: words, state, company, development."""

    q = forms.CharField(
        label=_("Find"), required=False, max_length=80, widget=forms.TextInput(attrs={"type": "search"})
    )
    state = forms.ChoiceField(label=_("State"), required=False)
    company = forms.ChoiceField(label=_("Company"), required=False)
    development = forms.ChoiceField(label=_("Development"), required=False)

    states: list[tuple[str, Any]] = []

    def __init__(self, data: Any, *, user: Any) -> None:
        """Choices are read once, so that the template asks nothing."""
        super().__init__(data)
        fields: Any = self.fields
        fields["state"].choices = [("", _("All states")), *self.states]
        companies = Company.objects.visible_to(user).order_by("short_name").values_list("slug", "short_name")
        fields["company"].choices = [("", _("All companies")), *companies]
        places = Development.objects.visible_to(user).order_by("name").values_list("code", "name")
        fields["development"].choices = [("", _("All developments")), *places]

    @property
    def is_narrowed(self) -> bool:
        """Something was asked for."""
        return self.is_valid() and any(self.cleaned_data.values())

    def query(self) -> str:
        """What was asked, as a query string."""
        asked = self.cleaned_data if self.is_valid() else {}
        return urlencode({name: asked[name] for name in self.fields if asked.get(name)})


class ListSearchForm(RegisterForm):
    """Defect lists."""

    states = [(OPEN, _("Not closed")), *ListState.choices]

    def filter(self, rows: QuerySet[DefectList]) -> QuerySet[DefectList]:
        """The lists that were asked for; wrong values leave none."""
        if not self.is_valid():
            return rows.none()
        asked = self.cleaned_data
        if asked["q"]:
            rows = rows.filter(_of_list(asked["q"]))
        if asked["state"] == OPEN:
            rows = rows.exclude(state=ListState.CLOSED)
        elif asked["state"]:
            rows = rows.filter(state=asked["state"])
        if asked["company"]:
            rows = rows.filter(company__slug=asked["company"])
        return rows.filter(development__code=asked["development"]) if asked["development"] else rows


def _of_list(words: str) -> Q:
    """By the list's number, or that of a case on it."""
    text = words.strip().upper().replace(" ", "")
    number = text.removeprefix("DL").lstrip("-")
    found = Q(number=int(number)) if number.isdecimal() and len(number) < 10 else Q(pk__in=[])
    case = by_reference(words)
    return found | Q(pk__in=DefectList.objects.filter(lines__order__case=case).values("pk")) if case else found


class OrderSearchForm(RegisterForm):
    """Work orders."""

    states = [(OPEN, _("Owed")), (LATE, _("Late")), *OrderState.choices]

    def filter(self, rows: QuerySet[WorkOrder], *, at: datetime) -> QuerySet[WorkOrder]:
        """The orders that were asked for; wrong values leave none."""
        if not self.is_valid():
            return rows.none()
        asked = self.cleaned_data
        if asked["q"]:
            rows = rows.filter(_of_order(asked["q"]))
        if asked["state"] in {OPEN, LATE}:
            rows = rows.live()  # type: ignore[attr-defined]
            rows = rows.filter(due_at__lt=at) if asked["state"] == LATE else rows
        elif asked["state"]:
            rows = rows.filter(state=asked["state"])
        if asked["company"]:
            rows = rows.filter(company__slug=asked["company"])
        return rows.filter(case__development__code=asked["development"]) if asked["development"] else rows


def _of_order(words: str) -> Q:
    """By its number, the reference of its case, or the number of the home."""
    text = words.strip().upper().replace(" ", "")
    number = text.removeprefix("WO").lstrip("-")
    found = Q(number=int(number)) if number.isdecimal() and len(number) < 10 else Q(pk__in=[])
    found |= Q(case__unit__number__iexact=words.strip())
    case = by_reference(words)
    return found | Q(case=case) if case else found
