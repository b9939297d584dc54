"""Carrying out a sheet: each row by its own move, one mail to the homeowner with all answers."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from cases import batch, facts, talk, workflow
from cases.batch import Outcome
from cases.dates import end_of_day, local_date
from cases.evidence import MoveRefused, StaleCase
from cases.mailing import Mailing
from cases.models import Case, CaseEvent
from catalogue.models import Priority, Trade
from contractors.appointments import Roster
from desk.triage.choices import Answer
from desk.triage.forms import RowForm
from ledger.actors import Actor

ASK_WITHIN = timedelta(days=7)
SENT_WITHIN = timedelta(days=14)

Act = Callable[[Mailing], CaseEvent | None]


class Sheet:
    """The rows that were answered, with what is at hand to carry them out; rows without an answer wait."""

    def __init__(self, rows: Sequence[RowForm], *, roster: Roster, by: Actor, at: datetime) -> None:
        self.rows = [row for row in rows if row.cleaned_data["answer"]]
        self.roster, self.by, self.at = roster, by, at
        self.trades = {trade.code: trade for trade in Trade.objects.all()}
        self.priorities = {priority.code: priority for priority in Priority.objects.all()}

    def carry_out(self, *, mailing: Mailing | None = None) -> list[Outcome]:
        """Every answer that can be carried out; refused rows keep their sentence."""
        acts = [(row.case, self._act(row)) for row in self.rows]
        return batch.carry_out(acts, by=self.by, at=self.at, mailing=mailing)

    def _act(self, row: RowForm) -> Act:
        def act(mailing: Mailing) -> CaseEvent | None:
            case, asked = row.case, row.cleaned_data
            self._facts(case, asked)
            return ACTS[asked["answer"]](self, case, asked, mailing)

        return act

    def _facts(self, case: Case, asked: dict[str, Any]) -> None:
        """Trade and priority as the officer set them, before the answer; refused when somebody else was faster."""
        if case.version != asked["seen_version"]:
            raise StaleCase
        facts.edit(
            case,
            seen_version=asked["seen_version"],
            by=self.by,
            at=self.at,
            why=asked["why"],
            trade=self.trades[asked["trade"]],
            priority=self.priorities[asked["priority"]],
        )
        if case.version == asked["seen_version"]:
            return
        case.refresh_from_db(fields=["rectify_due_at", "statutory_due_at", "cover_status", "cover_ends_on"])

    def accept(self, case: Case, asked: dict[str, Any], mailing: Mailing) -> CaseEvent:
        """To the contractor of its trade; accepted only, where nobody is appointed for it."""
        company = self.roster.company_for(case.trade)
        given: dict[str, Any] = {"words": asked["words"], "why": asked["why"]}
        name = "accept"
        if company:
            name = "accept-and-send"
            given |= {"company_id": company.pk, "due_at": self._due(case)}
        return workflow.move(case, name, by=self.by, at=self.at, seen_version=case.version, mailing=mailing, **given)

    def _due(self, case: Case) -> str:
        ends = [due for due in (case.rectify_due_at, case.statutory_due_at) if due and due > self.at]
        due = min(ends) if ends else self.at + SENT_WITHIN
        return end_of_day(case, local_date(case, due)).isoformat()

    def inspect(self, case: Case, asked: dict[str, Any], mailing: Mailing) -> CaseEvent:
        """We look at it first: the review starts, the homeowner hears it."""
        words = asked["words"] or _("We want to look at this at your home first and write to you about a time.")
        return talk.update(case, words=words, by=self.by, at=self.at, mailing=mailing)

    def ask(self, case: Case, asked: dict[str, Any], mailing: Mailing) -> CaseEvent:
        """A question with a week to answer."""
        until = end_of_day(case, local_date(case, self.at + ASK_WITHIN))
        return talk.ask(case, words=asked["words"], until_at=until, by=self.by, at=self.at, mailing=mailing)

    def refuse(self, case: Case, asked: dict[str, Any], mailing: Mailing) -> CaseEvent:
        """Not covered, with reasons; a manager decides where the table says so."""
        return workflow.move(
            case,
            "close-out-of-scope",
            by=self.by,
            at=self.at,
            seen_version=case.version,
            mailing=mailing,
            reason=asked["reason"],
            words=asked["words"],
            rule=asked["rule"],
            guidance_id=asked["guidance"],
            why=asked["why"] or asked["words"],
        )


ACTS: dict[str, Callable[[Sheet, Case, dict[str, Any], Mailing], CaseEvent]] = {
    Answer.ACCEPT: Sheet.accept,
    Answer.INSPECT: Sheet.inspect,
    Answer.ASK: Sheet.ask,
    Answer.REFUSE: Sheet.refuse,
}


def show_refusal(row: RowForm, refusal: MoveRefused) -> None:
    """The sentence at the row, at its field when the row has it."""
    row.add_error(refusal.field if refusal.field in row.fields else None, refusal.sentence)
