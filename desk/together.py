"""Several cases in one confirmed action: what their pages share. Each row stands for itself (`cases.batch`).

A page shows its lines with the mails that will go out (the real act, undone); confirming carries the lines out once,
one mail a person; a line that cannot go keeps its sentence and what was typed.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, TypeVar

from django.core.exceptions import BadRequest
from django.db import transaction
from django.db.models import prefetch_related_objects
from django.http import Http404

from accounts.access import SignedInRequest
from cases import batch
from cases.batch import Act, Outcome
from cases.mailing import Mailing
from cases.models import Case
from cases.rehearsal import Rehearsal, rehearse
from cases.search import reference_key
from desk.case_page import panel
from desk.case_page.doors import FOR_ACTS, WITH
from ledger import idempotency
from ledger.actors import Actor

MOST = 100
"""Rows in one action: more make a preview that nobody reads."""

SECOND_LOOK = "second_look"


@dataclass
class Line(ABC):
    """One row of the action. Pages add what it is asked for and what it does."""

    case: Case
    sentence: str = ""
    field_at_fault: str = ""

    @abstractmethod
    def act(self, case: Case, *, by: Actor, at: datetime) -> Act:
        """What is done with this copy of the case."""

    def explain(self, outcome: Outcome) -> None:
        """Keep what became of the row, or would become of it."""
        if outcome.refusal:
            self.sentence, self.field_at_fault = outcome.refusal.sentence, outcome.refusal.field


L = TypeVar("L", bound=Line)


@dataclass
class Panel(Generic[L]):
    """All rows, and the mails that go out when they are confirmed."""

    lines: list[L]
    by: Actor
    at: datetime
    rehearsal: Rehearsal = field(default_factory=Rehearsal)

    def rehearse(self, copies: Sequence[Case]) -> None:
        """Carry everything out on copies of the cases and undo it: the mails and refusals are the real ones."""
        again = {case.pk: case for case in copies}
        outcomes: list[Outcome] = []

        def whole(mailing: Mailing) -> None:
            rows = [(again[line.case.pk], line.act(again[line.case.pk], by=self.by, at=self.at)) for line in self.lines]
            outcomes.extend(batch.carry_out(rows, by=self.by, at=self.at, mailing=mailing))

        self.rehearsal = rehearse(whole, by=self.by, at=self.at)
        self._explain(outcomes)

    def carry_out(self) -> list[Outcome]:
        """Do what can be done; the rest says why not."""
        rows = [(line.case, line.act(line.case, by=self.by, at=self.at)) for line in self.lines]
        outcomes = batch.carry_out(rows, by=self.by, at=self.at)
        self._explain(outcomes)
        return outcomes

    def _explain(self, outcomes: Iterable[Outcome]) -> None:
        for line, outcome in zip(self.lines, outcomes, strict=True):
            line.explain(outcome)


def keys(references: Iterable[str]) -> list[str]:
    """The rows of an address or form, each once."""
    return list(dict.fromkeys(map(reference_key, references)))


def cases(
    request: SignedInRequest, wanted: Sequence[str], *, most: int = MOST, known: Sequence[Case] = ()
) -> list[Case]:
    """These cases in this order; one that the person may not see is missing for all (404), too many are refused.

    `known`: the same cases as fetched before, whose developments (targets, calendar) need not be asked for again.
    """
    if len(wanted) > most:
        raise BadRequest("More rows than one action takes.")
    rows = Case.objects.visible_to(request.user).for_page().select_related(*WITH).filter(reference_key__in=wanted)
    found = {case.reference_key: case for case in rows}
    if set(found) != set(wanted):
        raise Http404
    developments = {case.development_id: case.development for case in known}
    if not developments:
        prefetch_related_objects(list(found.values()), *FOR_ACTS)
    for case in found.values():
        case.development = developments.get(case.development_id, case.development)
    return [found[key] for key in wanted]


@dataclass(frozen=True)
class Done:
    """What a press did: which rows went, which stayed; a repeat has only `answer`, where the first press led."""

    outcomes: list[Outcome]
    answer: str = ""

    @property
    def gone(self) -> int:
        """How many rows were carried out."""
        return len(self.outcomes) - len(self.left)

    @property
    def left(self) -> list[str]:
        """The keys of the rows that stayed."""
        return [outcome.case.reference_key for outcome in self.outcomes if outcome.refusal]


def carry_out(request: SignedInRequest, act: Callable[[], list[Outcome]], *, by: Actor, at: datetime, on: str) -> Done:
    """Once, however often the button is pressed; a repeat leads `on`, where the first press led."""
    with transaction.atomic():
        press = idempotency.first_time(request.POST.get(idempotency.FIELD, ""), by=by, at=at)
        if press.is_repeat:
            return Done([], press.answer)
        outcomes = act()
        press.settle(on)
    return Done(outcomes)


def hurting(request: SignedInRequest, words: Iterable[str]) -> list[str]:
    """Words that want a second look and had none: other words than those looked at are looked at again."""
    found = panel.hurting(words)
    return found if "|".join(found) != request.POST.get(SECOND_LOOK, "") else []


def mails(whole: Panel[Any]) -> dict[str, Any]:
    """What a page says of the mails."""
    rows = panel.mails(whole.rehearsal)
    return {"mails": rows, "mail_count": panel.count_words(rows)}
