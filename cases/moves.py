"""The move table: which change of status exists, who may make it, what it must bring, who is told.

Source: workflow.md section 2. Buttons, pages, ticked rows, links and the sweep all read this table.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.choices import CLOSED_STATES, OPEN_STATES, Audience, DecisionKind, OtherReason, Status
from cases.dates import local_date
from cases.models import Case

OFFICER, MANAGER, OWNER, TENANT, SYSTEM = "officer", "manager", "owner", "tenant", "system"
CONTRACTOR = "contractor"
DESK = (OFFICER, MANAGER)

WORDS, REASON, COMPANY, DUE, PHOTO, METHOD = "words", "reason", "company", "due_at", "photo", "method_note"
CHECKED, NAME, PROOF, BASIS, WRONG, RULE = "checked", "name", "proof", "basis", "wrong", "rule"
SAID, OTHER, SILENCE, SAME, SIGNED = "said", "other", "silence", "same_contractor", "signed"

EXPIRY_WINDOW = timedelta(days=30)
"""A refusal this near the end of cover, on either side, is the manager's (workflow.md, close-out-of-scope)."""

Evidence = dict[str, Any]
NeedsDecision = Callable[[Case, Evidence, datetime], DecisionKind | None]


@dataclass(frozen=True)
class Move:
    """One row of the table."""

    name: str
    label: str | Promise
    source: tuple[Status, ...]
    target: Status
    who: tuple[str, ...]
    needs: tuple[str, ...] = ()
    tells: tuple[Audience, ...] = (Audience.HOMEOWNER,)
    decision: NeedsDecision | None = None
    starts_work: bool = False
    alone: tuple[str, ...] = (OWNER,)
    """Who makes the move without the decision that others need."""

    @property
    def is_closing(self) -> bool:
        """Ends the case."""
        return self.target in CLOSED_STATES


def cover_unsure(case: Case, evidence: Evidence, at: datetime) -> DecisionKind | None:
    """Accepting is the manager's unless the owner's cover is certain."""
    if case.accepted_at or case.cover_status in {"covered", "covered-extended", "snag-only-covered"}:
        return None
    return DecisionKind.COVER


def refusal_is_grave(case: Case, evidence: Evidence, at: datetime) -> DecisionKind | None:
    """P1/P2, structural, waterproofing, cover ending within 30 days either side, after *not right*: the manager's."""
    tags = {case.trade.component_tag, case.element.component_tag if case.element else ""}
    if case.priority_id in {"P1", "P2"} or tags & {"structural", "waterproofing"}:
        return DecisionKind.OUT_OF_SCOPE
    if case.status == Status.TO_CHECK:
        return DecisionKind.OUT_OF_SCOPE
    if case.cover_ends_on and abs(case.cover_ends_on - local_date(case, at)) <= EXPIRY_WINDOW:
        return DecisionKind.OUT_OF_SCOPE
    return None


def settled_is_grave(case: Case, evidence: Evidence, at: datetime) -> DecisionKind | None:
    """A settlement is the manager's."""
    return DecisionKind.SETTLEMENT if evidence.get("reason") == OtherReason.SETTLED else None


def late_reopening(case: Case, evidence: Evidence, at: datetime) -> DecisionKind | None:
    """After cover and after the appeal window only the manager reopens."""
    return None if may_ask_again(case, at) else DecisionKind.REOPEN


def may_ask_again(case: Case, at: datetime) -> bool:
    """The homeowner's window: while cover runs, or until the end of the `appeal_days`-th day after the closing."""
    today = local_date(case, at)
    if case.cover_ends_on and today <= case.cover_ends_on:
        return True
    window = timedelta(days=case.appeal_days)
    return bool(case.closed_at and today <= local_date(case, case.closed_at + window))


HOME, BOTH = (Audience.HOMEOWNER,), (Audience.HOMEOWNER, Audience.CONTRACTOR)
_BEFORE_SENT = (Status.NEW, Status.IN_REVIEW, Status.ACCEPTED)

TABLE: tuple[Move, ...] = (
    Move("start-review", _("Start review"), (Status.NEW,), Status.IN_REVIEW, DESK),
    Move(
        "accept",
        _("Accept"),
        (Status.NEW, Status.IN_REVIEW),
        Status.ACCEPTED,
        DESK,
        decision=cover_unsure,
        starts_work=True,
    ),
    Move(
        "accept-and-send",
        _("Accept and send"),
        _BEFORE_SENT,
        Status.WITH_CONTRACTOR,
        DESK,
        (COMPANY, DUE),
        BOTH,
        cover_unsure,
        starts_work=True,
    ),
    Move(
        "report-done",
        _("Record: repair done"),
        (Status.WITH_CONTRACTOR,),
        Status.TO_CHECK,
        (*DESK, CONTRACTOR),
        (SAID, PHOTO, METHOD),
        (Audience.HOMEOWNER, Audience.STAFF),
    ),
    Move(
        "ask-sign-off",
        _("Looks right: ask homeowner"),
        (Status.WITH_CONTRACTOR, Status.TO_CHECK),
        Status.AWAITING_HOMEOWNER,
        DESK,
        (CHECKED, BASIS),
    ),
    Move(
        "send-back",
        _("Send back"),
        (Status.TO_CHECK, Status.AWAITING_HOMEOWNER),
        Status.WITH_CONTRACTOR,
        DESK,
        (WORDS,),
        BOTH,
    ),
    Move(
        "confirm",
        _("Yes, it is fixed"),
        (Status.TO_CHECK, Status.AWAITING_HOMEOWNER),
        Status.CLOSED_COMPLETE,
        (OWNER, *DESK),
        (NAME, PROOF, SIGNED),
        BOTH,
    ),
    Move(
        "not-right",
        _("No, not yet"),
        (Status.AWAITING_HOMEOWNER,),
        Status.TO_CHECK,
        (OWNER,),
        (WRONG,),
        (Audience.HOMEOWNER, Audience.STAFF),
    ),
    Move("close-complete", _("Close: completed"), OPEN_STATES, Status.CLOSED_COMPLETE, DESK, (BASIS, WORDS), BOTH),
    Move(
        "close-no-reply",
        _("Close: no reply"),
        (Status.AWAITING_HOMEOWNER,),
        Status.CLOSED_COMPLETE,
        (SYSTEM,),
        (SILENCE,),
    ),
    Move(
        "close-out-of-scope",
        _("Close: not covered"),
        (Status.NEW, Status.IN_REVIEW, Status.ACCEPTED, Status.WITH_CONTRACTOR, Status.TO_CHECK),
        Status.CLOSED_OUT_OF_SCOPE,
        DESK,
        (REASON, WORDS, RULE),
        BOTH,
        refusal_is_grave,
    ),
    Move(
        "close-other",
        _("Close: other reason"),
        OPEN_STATES,
        Status.CLOSED_OTHER,
        DESK,
        (REASON, OTHER),
        BOTH,
        settled_is_grave,
    ),
    Move("take-back", _("Take back"), (Status.WITH_CONTRACTOR,), Status.IN_REVIEW, DESK, (WORDS,), BOTH),
    Move(
        "reopen",
        _("Reopen"),
        CLOSED_STATES,
        Status.IN_REVIEW,
        (OWNER, *DESK),
        (WORDS, SAME),
        (Audience.HOMEOWNER, Audience.STAFF, Audience.CONTRACTOR),
        late_reopening,
        alone=(OWNER, MANAGER),
    ),
)
MOVES = {move.name: move for move in TABLE}

OFFICER_MAY_CORRECT_FOR = timedelta(hours=24)
"""*correct*: the officer within this time, the manager later."""

NEXT_MOVE = {
    Status.NEW: "accept-and-send",
    Status.IN_REVIEW: "accept-and-send",
    Status.ACCEPTED: "accept-and-send",
    Status.WITH_CONTRACTOR: "report-done",
    Status.TO_CHECK: "ask-sign-off",
    Status.AWAITING_HOMEOWNER: "confirm",
    Status.CLOSED_COMPLETE: "reopen",
    Status.CLOSED_OUT_OF_SCOPE: "reopen",
    Status.CLOSED_OTHER: "reopen",
}
"""The one primary action of the case page, unless the step says otherwise."""

NEXT_AT_STEP = {"not-right": "send-back"}
"""Steps whose primary action is not their state's."""


def next_move(case: Case) -> str:
    """The name of the primary move; nothing while the case is on hold, where *Resume* comes first."""
    if case.step == "on-hold":
        return ""
    return NEXT_AT_STEP.get(case.step) or NEXT_MOVE[Status(case.status)]


def fits(move: Move, case: Case) -> bool:
    """The state allows the move. *Close-out-of-scope* from *To check* only after a *not right*."""
    if case.status not in move.source:
        return False
    if move.name == "close-out-of-scope" and case.status == Status.TO_CHECK:
        return case.not_right_at is not None
    return True


def moves_for(case: Case, capacity: str, at: datetime) -> list[Move]:
    """The moves that a person in this capacity may make now, in the table's order."""
    found = [move for move in TABLE if capacity in move.who and fits(move, case)]
    if capacity == OWNER and not may_ask_again(case, at):
        found = [move for move in found if move.name != "reopen"]
    return found
