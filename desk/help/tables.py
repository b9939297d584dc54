"""Tables of the help, made from the words and the moves that the system itself uses."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases import moves
from cases.choices import Audience, Status
from cases.moves import Move
from cases.sentences import SENTENCES
from cases.words import HIDDEN, STEPS, StepWords
from desk.case_page.acts import ACTS

Words = str | Promise

FACTS: dict[str, Words] = {
    "date": gettext_lazy("[day]"),
    "when": gettext_lazy("[day and hours]"),
    "reason": gettext_lazy("[reason]"),
    "note": gettext_lazy("[what or whom]"),
    "today": gettext_lazy("[today]"),
    "done": gettext_lazy("[day of the repair]"),
    "officer": gettext_lazy("[officer]"),
    "name": gettext_lazy("[name]"),
}
"""What stands in a sentence where a case has its own facts; others are shown by their key."""

WHO: dict[str, Words] = {
    moves.OFFICER: gettext_lazy("officer"),
    moves.MANAGER: gettext_lazy("manager"),
    moves.OWNER: gettext_lazy("homeowner"),
    moves.TENANT: gettext_lazy("tenant"),
    moves.CONTRACTOR: gettext_lazy("contractor with its work order"),
    moves.SYSTEM: gettext_lazy("by itself"),
}
NEEDS: dict[str, Words] = {
    moves.WORDS: gettext_lazy("words"),
    moves.REASON: gettext_lazy("a reason"),
    moves.COMPANY: gettext_lazy("the contractor"),
    moves.DUE: gettext_lazy("a due date"),
    moves.PHOTO: gettext_lazy("a picture after the repair"),
    moves.METHOD: gettext_lazy("for wet work: how it was repaired"),
    moves.CHECKED: gettext_lazy("who checked"),
    moves.NAME: gettext_lazy("who confirms"),
    moves.PROOF: gettext_lazy("for the office: on what proof"),
    moves.BASIS: gettext_lazy("on what basis"),
    moves.WRONG: gettext_lazy("what is wrong"),
    moves.RULE: gettext_lazy("a guide or the rule quoted"),
    moves.SAID: gettext_lazy("who told you, on what proof"),
    moves.OTHER: gettext_lazy("what the reason asks for: the case that stays, the party, a date"),
    moves.SAME: gettext_lazy("a date, where the same contractor comes back"),
    moves.SIGNED: gettext_lazy("every owner's signature, where the policy asks for it"),
    moves.SILENCE: gettext_lazy(
        "two reminders that left, the promised days over, an after-photo, a check, no word since"
    ),
}


@dataclass(frozen=True)
class WordsRow:
    """One step of a state as its three readers see it."""

    staff: str
    homeowner: str
    contractor: str
    pill: str


@dataclass(frozen=True)
class MoveRow:
    """One move: who makes it, from where to where, what it must bring, who is told what."""

    name: str
    label: str
    who: str
    sources: str
    target: str
    needs: str
    told: str
    first_sentence: str
    may_need_manager: bool


def of(slug: str) -> dict[str, Any]:
    """The tables of a task's page."""
    if slug == "words":
        return {"states": states()}
    return {"moves": move_rows(), "acts": act_rows()} if slug == "moves" else {}


def states() -> list[tuple[str, list[WordsRow]]]:
    """Each state with its steps, in the order of a case's life."""
    return [
        (str(status.label), [_words_row(step) for step in STEPS.values() if step.status == status]) for status in Status
    ]


def _words_row(step: StepWords) -> WordsRow:
    contractor = _("not shown") if step.contractor == HIDDEN else filled(step.contractor)
    return WordsRow(filled(step.staff), filled(step.homeowner), contractor, step.pill)


def filled(words: Words) -> str:
    """The sentence with a word in brackets wherever a case puts in its own."""
    return str(words).format_map(_Facts({key: str(value) for key, value in FACTS.items()}))


class _Facts(dict[str, str]):
    """Names a fact that has no word of its own by its key."""

    def __missing__(self, key: str) -> str:
        return f"[{key}]"


def move_rows() -> list[MoveRow]:
    """The table of moves, in its order."""
    return [_move_row(move) for move in moves.TABLE]


def _move_row(move: Move) -> MoveRow:
    first = SENTENCES.get((move.name, Audience.HOMEOWNER))
    is_told = Audience.HOMEOWNER in move.tells
    return MoveRow(
        name=move.name,
        label=str(move.label),
        who=", ".join(str(WHO[one]) for one in move.who),
        sources=", ".join(str(status.label) for status in move.source),
        target=str(move.target.label),
        needs=", ".join(str(NEEDS[need]) for need in move.needs),
        told=", ".join(str(Audience(one).label) for one in move.tells),
        first_sentence=filled(first.lead) if first and is_told else "",
        may_need_manager=move.decision is not None,
    )


def act_rows() -> list[tuple[str, str]]:
    """The everyday acts that are no moves: name and what it does."""
    return [(str(act.title), str(act.lead)) for act in ACTS.values()]
