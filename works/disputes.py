"""*Not ours*: a company says why, with its evidence; a manager decides within five working days (domain 6.6).

The homeowner never hears of it, and the clocks run on. Upheld, the share is the company's no more: with nobody else
owing the case goes back to review. Dismissed, the order is sent again and closed to further dispute.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.choices import Role
from cases import decisions, files, workflow
from cases.choices import AttachmentRole, Audience, DecisionKind, DecisionState
from cases.evidence import MoveRefused, StaleCase
from cases.mailing import Mailing
from cases.models import Case, CaseEvent, DecisionRequest
from catalogue.choices import TargetUnit
from documents.models import StoredFile
from ledger.actors import Actor
from units.calendars import add_working_time
from works import acting, sequence, standing
from works.choices import IN_HAND, DisputeReason, DisputeState, OrderState
from works.models import Dispute, WorkOrder
from works.telling import tell_company
from works.writing import others_owe, write

DECIDE_WITHIN = 5
"""Working days for the manager (domain 6.6)."""

BEFORE_ACCEPTED = (OrderState.NEW, OrderState.BACK)
"""A company disputes instead of accepting. What turns up later it tells the office, which may record it."""


@transaction.atomic
def dispute(
    order: WorkOrder,
    *,
    reason: str,
    words: str,
    by: Actor,
    at: datetime,
    seen_version: int,
    files: Sequence[StoredFile] = (),
    mailing: Mailing | None = None,
    said_by: str = "",
    proof: str = "",
) -> Dispute:
    """The company says that the order is not its own; the managers are told. Refused once a manager has decided it."""
    states = BEFORE_ACCEPTED if by.role == Role.CONTRACTOR else IN_HAND
    case = acting.check(order, states, by=by, at=at, said_by=said_by, proof=proof)
    _check(order, reason, words)
    kept = _keep(case, files, by=by, at=at)
    write(order, at=at, seen_version=seen_version, state=OrderState.DISPUTED)
    label = str(DisputeReason(reason).label)
    event = decisions.ask(
        case,
        DecisionKind.DISPUTE,
        move="",
        words="",
        note="",
        why=f"{label}. {words.strip()}",
        evidence={"order": order.reference},
        seen_version=case.version,
        due_at=add_working_time(at, DECIDE_WITHIN, TargetUnit.WORKING_DAYS, case.development.week()),
        by=by,
        at=at,
    )
    made = Dispute.objects.create(
        order=order,
        reason=reason,
        words=words.strip(),
        request_id=event.evidence["request"],
        raised_at=at,
        raised_by_name=by.name,
    )
    made.evidence.set(kept)
    names = [str(row.public_id) for row in kept]
    acting.record(order, OrderState.DISPUTED, by=by, at=at, note=words, said_by=said_by, proof=proof, files=names)
    standing.derive(case, at=at)
    return made


def _check(order: WorkOrder, reason: str, words: str) -> None:
    if order.is_beyond_dispute:
        raise MoveRefused(_("This was decided already: the work is yours. Please accept it, or call the office."))
    if reason not in DisputeReason.values:
        raise MoveRefused(_("Choose why it is not yours."), "reason")
    if len(words.strip()) < 10:
        raise MoveRefused(_("Write in a sentence why it is not yours; a manager reads it."), "words")


def _keep(case: Case, given: Sequence[StoredFile], *, by: Actor, at: datetime) -> list:
    return files.attach(case, given, role=AttachmentRole.OTHER, by=by, at=at) if given else []


def uphold(request: DecisionRequest, *, by: Actor, at: datetime, seen_version: int) -> CaseEvent:
    """It is not theirs: the share ends; with nobody else owing, the case is taken back to find who it is.

    The homeowner reads that we look into it again, never why; the company reads the manager's remarks.
    """
    found = _answer(request, DisputeState.UPHELD, at=at)
    order, case = found.order, request.case
    own = Mailing(by=by, at=at)
    event = acting.record(order, "upheld", by=by, at=at, note=request.remarks)
    if others_owe(order):
        _check_version(case, seen_version)
        write(order, at=at, state=OrderState.CANCELLED, ended_at=at)
        sequence.go_on(order, mailing=own, by=by, at=at)
        standing.derive(case, at=at)
    else:
        write(order, at=at, state=OrderState.NEW)
        words = _("We are finding the right company for this repair.")
        event = workflow.move(
            case,
            "take-back",
            by=by,
            at=at,
            seen_version=seen_version,
            words=words,
            note=request.remarks,
            mailing=own,
        )
        own.told = [told for told in own.told if told.recipient.audience != Audience.CONTRACTOR]
    tell_company(order, "dispute-upheld", mailing=own, words=request.remarks, event=event)
    own.send()
    return event


def dismiss(request: DecisionRequest, *, by: Actor, at: datetime) -> None:
    """It is theirs: the order is sent again, and its dispute is closed. The company reads the manager's remarks."""
    order = _answer(request, DisputeState.DISMISSED, at=at).order
    again: dict[str, Any] = {
        "state": OrderState.NEW,
        "is_beyond_dispute": True,
        "accepted_at": None,
        "accepted_how": "",
    }
    write(order, at=at, **again)
    event = acting.record(order, "dismissed", by=by, at=at, note=request.remarks)
    own = Mailing(by=by, at=at)
    tell_company(order, "dispute-dismissed", mailing=own, words=request.remarks, event=event)
    own.send()
    standing.derive(request.case, at=at)


def _answer(request: DecisionRequest, state: DisputeState, *, at: datetime) -> Dispute:
    found = Dispute.objects.select_related("order__company").get(request=request)
    found.order.case = request.case = acting.case_of(found.order)
    if not Dispute.objects.filter(pk=found.pk, state=DisputeState.RAISED).update(state=state, answered_at=at):
        raise StaleCase
    return found


def _check_version(case: Case, seen_version: int) -> None:
    if case.version != seen_version:
        raise StaleCase


def drop(order: WorkOrder, *, by: Actor, at: datetime) -> int | None:
    """Nobody needs to decide any more: the company accepted after all, or a move took the order away. Answers which."""
    found = order.disputes.filter(state=DisputeState.RAISED).first()
    if found is None:
        return None
    Dispute.objects.filter(pk=found.pk).update(state=DisputeState.WITHDRAWN, answered_at=at)
    DecisionRequest.objects.filter(pk=found.request_id, state=DecisionState.WAITING).update(
        state=DecisionState.ENDED, decided_at=at, decided_by_name=by.name, remarks=_("No longer disputed.")
    )
    return found.pk


def take_up(pk: int) -> None:
    """*Correct* of the move that took a disputed order away: it waits for the manager again."""
    Dispute.objects.filter(pk=pk).update(state=DisputeState.RAISED, answered_at=None)
    requests = DecisionRequest.objects.filter(dispute=pk, state=DecisionState.ENDED)
    requests.update(state=DecisionState.WAITING, decided_at=None, decided_by_name="", remarks="")


decisions.carried_out[DecisionKind.DISPUTE] = uphold
decisions.declined[DecisionKind.DISPUTE] = dismiss
