"""The table of cases to be taken away: the same filter, the same rows and order, more columns."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from cases import columns, patterns
from cases.forms.search import EVERYBODY, MINE, CaseSearchForm
from cases.models import Case
from desk.rows import clock, people_of
from documents.sheets_out import asking
from documents.sheets_out.sheet import Asked, Column, Part, Sheet
from units import pages


@dataclass(frozen=True)
class Line(columns.Line):
    """A case with the person whose name stands beside it."""

    person: str


COLUMNS = (
    *columns.PLACE,
    Column(_("Person"), lambda line: line.person, width=20, is_printed=True),
    *columns.FAULT,
    *columns.STANDING,
    Column(_("Clock"), lambda line: clock(line.case, line.at)["words"], width=14, is_printed=True),
    *columns.CLOCKS,
    *columns.PARTIES,
    *columns.MARKS,
)


def of_form(form: CaseSearchForm) -> Sheet:
    """The cases that the form leaves, in the order of the table."""
    rows: Any = form.filter(Case.objects.visible_to(form.user))
    if form.is_valid():
        rows = pages.ordered(rows, by=form.order, newest_first=form.newest_first)

    def fetch(keys: list[int]) -> Mapping[int, Line]:
        cases = Case.objects.for_page().select_related("report_item__report").in_bulk(keys)
        people = people_of(list(cases.values()), form.at)
        return {key: Line(case, form.at, people[key]) for key, case in cases.items()}

    return Sheet("cases", _("Cases"), COLUMNS, (Part(rows, fetch),), asked_in(form), zone=columns.zone_of)


def asked_in(form: CaseSearchForm) -> Asked:
    """The filter in words, with what the table takes for granted."""
    if not form.is_valid():
        return []
    asked = asking.in_use(form, but=("mine", "like"))
    if not form.cleaned_data["state"]:
        asked.insert(0, (str(_("State")), str(_("Any open state"))))
    if like := form.cleaned_data["like"]:
        asked.append((str(_("Alike")), patterns.words(like)))
    whose = asking.chosen(form.fields["mine"], MINE if form.is_mine else EVERYBODY)
    return [(str(form.fields["mine"].label), whose), *asked]
