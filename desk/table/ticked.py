"""Ticked rows accepted and sent together: each row with its contractor and date, one mail a person.

Every row stands for itself: one that cannot go keeps its sentence, the others go through (`cases.batch`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from cases import workflow
from cases.batch import Act, Outcome
from cases.choices import EventKind
from cases.dates import end_of_day, local_date
from cases.forms.moves import DateInput, MoveForm
from cases.mailing import Mailing
from cases.models import Case, CaseEvent
from cases.moves import MOVES, fits
from contractors.appointments import Roster, roster
from desk.together import Line, Panel
from ledger.actors import Actor
from units.form_fields import DayField

MOVE = MOVES["accept-and-send"]
ASKED_FOR_A_MANAGER = "why"


class SendForm(forms.Form):
    """One row: to whom and until when, prefilled; why, where a manager must decide. The prefix is the reference."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput)
    company = forms.ChoiceField(
        label=gettext_lazy("Contractor"), error_messages={"required": gettext_lazy("Choose the contractor.")}
    )
    due_at = DayField(
        label=gettext_lazy("Done by"),
        widget=DateInput(),
        error_messages={"required": gettext_lazy("Give the contractor a date.")},
    )
    why = forms.CharField(label=gettext_lazy("Why, for the manager"), required=False, max_length=1000)

    def __init__(self, data: Any, *, case: Case, rows: Roster, by: Actor, at: datetime) -> None:
        """The choices and the prefilled values are those of the case's own page (`MoveForm`)."""
        own = MoveForm(case=case, move=MOVE, by=by, at=at, roster=rows)
        known = {name: own.initial.get(name) for name in ("seen_version", "company", "due_at")}
        super().__init__(data, prefix=case.reference, initial=known)
        choices: Any = own.fields["company"]
        self.fields["due_at"].widget.attrs["class"] = "form-control"
        self.fields["company"].choices = [(str(key), words) for key, words in choices.choices]  # type: ignore[attr-defined]
        self.case = case

    @property
    def given(self) -> dict[str, Any]:
        """What the form says: as it is prefilled, or as sent without what was wrong, which the move then misses."""
        values = self._sent if self.is_bound else self.initial
        due = values.get("due_at")
        return {
            "company_id": int(values["company"]) if values.get("company") else None,
            "due_at": end_of_day(self.case, due).isoformat() if due else None,
            "why": values.get("why") or "",
        }

    @property
    def version(self) -> int:
        """The version of the case that the person saw."""
        return int(self._sent.get("seen_version") or 0) if self.is_bound else self.case.version

    @property
    def _sent(self) -> dict[str, Any]:
        self.full_clean()
        return self.cleaned_data


@dataclass
class Sending(Line):
    """One ticked row on the panel."""

    form: SendForm = field(kw_only=True)
    needs_manager: bool = False

    @property
    def can_go(self) -> bool:
        """The state allows the move; what else is missing can be filled in."""
        return fits(MOVE, self.case)

    def act(self, case: Case, *, by: Actor, at: datetime) -> Act:
        """The move of this row, on this copy of its case."""
        given, version = self.form.given, self.form.version

        def move(mailing: Mailing) -> CaseEvent:
            return workflow.move(case, MOVE.name, by=by, at=at, seen_version=version, mailing=mailing, **given)

        return move

    def explain(self, outcome: Outcome) -> None:
        """A manager's decision is no refusal; what it still wants is a reason."""
        super().explain(outcome)
        self.needs_manager = bool(outcome.event and outcome.event.kind == EventKind.DECISION_ASKED)
        if outcome.refusal:
            self.needs_manager = outcome.refusal.field == ASKED_FOR_A_MANAGER


def panel(cases: Sequence[Case], data: Any, *, by: Actor, at: datetime) -> Panel[Sending]:
    """The rows of these cases; two queries for each of their developments."""
    rosters: dict[int, Roster] = {}
    for case in cases:
        if case.development_id not in rosters:
            rosters[case.development_id] = roster(case.development, local_date(case, at))
    lines = [
        Sending(case, form=SendForm(data, case=case, rows=rosters[case.development_id], by=by, at=at)) for case in cases
    ]
    return Panel(lines, by=by, at=at)
