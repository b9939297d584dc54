"""What a company does with its work order, and the office with it. Source: workflow.md section 1, product.md 24-27.

Each act is compare-and-set on the order's version that the person saw, leaves a diary row, and derives where the case
stands. The office may do each for the company: then `said_by` and `proof` say who told it, and how. None of them
closes a case; the last mandatory order that is done makes the case's own move *report-done*.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cases import evidence, files, workflow
from cases.choices import AttachmentRole, Status
from cases.dates import end_of_day, local_date
from cases.evidence import MoveRefused
from cases.mailing import Mailing
from cases.models import Attachment, Case
from documents.models import StoredFile
from ledger.actors import Actor
from works import acting, disputes, sequence, standing
from works.choices import IN_HAND, HowAccepted, OrderState, WaitReason
from works.disputes import dispute
from works.models import Promise, WorkOrder
from works.office import back, cancel, send
from works.writing import of_cycle, others_owe, write

__all__ = [
    "accept",
    "back",
    "cancel",
    "could_not_get_in",
    "dispute",
    "done",
    "is_late",
    "may_begin_on",
    "promise",
    "send",
    "start",
    "wait",
]

NEW, ACCEPTED, UNDER_WAY = OrderState.NEW, OrderState.ACCEPTED, OrderState.UNDER_WAY
WAITING, NO_ACCESS, BACK = OrderState.WAITING, OrderState.NO_ACCESS, OrderState.BACK
ACCEPTABLE = (NEW, BACK)

LEAST_WORDS = 3


@transaction.atomic
def accept(
    order: WorkOrder,
    *,
    by: Actor,
    at: datetime,
    seen_version: int,
    how: str = HowAccepted.PAGE,
    mailing: Mailing | None = None,
    said_by: str = "",
    proof: str = "",
) -> WorkOrder:
    """The company takes it on, also after it said that it was not its own."""
    states = (*ACCEPTABLE, OrderState.DISPUTED)
    case = acting.check(order, states, by=by, at=at, said_by=said_by, proof=proof)
    disputes.drop(order, by=by, at=at)
    write(order, at=at, seen_version=seen_version, state=ACCEPTED, **_accepted(order, how, by, at))
    acting.record(order, ACCEPTED, by=by, at=at, said_by=said_by, proof=proof, how=order.accepted_how)
    standing.derive(case, at=at)
    return order


def _accepted(order: WorkOrder, how: str, by: Actor, at: datetime) -> dict[str, Any]:
    """The first acceptance stays; whoever begins or promises has accepted."""
    if order.accepted_at:
        return {}
    return {"accepted_at": at, "accepted_how": HowAccepted.SAID if acting.is_office(by) else how}


@transaction.atomic
def promise(
    order: WorkOrder,
    *,
    promised_at: datetime,
    by: Actor,
    at: datetime,
    seen_version: int,
    words: str = "",
    how: str = HowAccepted.PAGE,
    mailing: Mailing | None = None,
    said_by: str = "",
    proof: str = "",
) -> Promise:
    """A date by which the company says it will be done; its earlier ones stay as the history of slippage.

    The date due does not move by it, unless it is the office that writes it down: then the office agrees to it.
    """
    case = acting.check(order, IN_HAND, by=by, at=at, said_by=said_by, proof=proof)
    acting.ahead(promised_at, "promised_at", at=at)
    was, due = order.promised_at, order.due_at
    if was == promised_at:
        raise MoveRefused(_("This is the date that was given already."), "promised_at")
    state = ACCEPTED if order.state in ACCEPTABLE else order.state
    dates = {"promised_at": promised_at} | ({"due_at": promised_at} if acting.is_office(by) else {})
    write(order, at=at, seen_version=seen_version, state=state, **dates, **_accepted(order, how, by, at))
    made = Promise.objects.create(
        order=order, promised_at=promised_at, was_at=was, words=words.strip()[:200], made_at=at, made_by_name=by.name
    )
    old, new = {"due": (was or due).isoformat()}, {"due": promised_at.isoformat()}
    given = {"said_by": said_by, "proof": proof, "before": old, "after": new}
    acting.record(order, "promise", by=by, at=at, note=words, **given)  # type: ignore[arg-type]
    standing.derive(case, at=at)
    return made


@transaction.atomic
def start(
    order: WorkOrder,
    *,
    by: Actor,
    at: datetime,
    seen_version: int,
    how: str = HowAccepted.PAGE,
    mailing: Mailing | None = None,
    said_by: str = "",
    proof: str = "",
) -> WorkOrder:
    """Work has begun; whoever begins has accepted."""
    states = tuple(state for state in IN_HAND if state != UNDER_WAY)
    case = acting.check(order, states, by=by, at=at, said_by=said_by, proof=proof)
    begun = {"started_at": order.started_at or at, "waits_for": "", "waits_until": None}
    write(order, at=at, seen_version=seen_version, state=UNDER_WAY, **begun, **_accepted(order, how, by, at))
    acting.record(order, UNDER_WAY, by=by, at=at, said_by=said_by, proof=proof)
    standing.derive(case, at=at)
    return order


@transaction.atomic
def wait(
    order: WorkOrder,
    *,
    reason: str,
    by: Actor,
    at: datetime,
    seen_version: int,
    until: date | None = None,
    words: str = "",
    how: str = HowAccepted.PAGE,
    mailing: Mailing | None = None,
    said_by: str = "",
    proof: str = "",
) -> WorkOrder:
    """It cannot go on: for what, and until when. The homeowner reads `words`, else the reason's own."""
    case = acting.check(order, IN_HAND, by=by, at=at, said_by=said_by, proof=proof)
    if reason not in WaitReason.values:
        raise MoveRefused(_("Choose what it waits for."), "reason")
    if until is not None:
        acting.ahead(end_of_day(case, until), "until", at=at)
    waits = {"waits_for": reason, "waits_until": until, "words": words.strip()[:200]}
    write(order, at=at, seen_version=seen_version, state=WAITING, **waits, **_accepted(order, how, by, at))
    given = {"said_by": said_by, "proof": proof, "until": until.isoformat() if until else "", "waits_for": reason}
    acting.record(order, WAITING, by=by, at=at, note=words, **given)  # type: ignore[arg-type]
    standing.derive(case, at=at)
    return order


@transaction.atomic
def could_not_get_in(
    order: WorkOrder,
    *,
    words: str,
    by: Actor,
    at: datetime,
    seen_version: int,
    files: Sequence[StoredFile] = (),
    how: str = HowAccepted.PAGE,
    mailing: Mailing | None = None,
    said_by: str = "",
    proof: str = "",
) -> WorkOrder:
    """Nobody let the company in: when, and with what proof; the pictures are for staff."""
    case = acting.check(order, IN_HAND, by=by, at=at, said_by=said_by, proof=proof)
    if len(words.strip()) < LEAST_WORDS:
        raise MoveRefused(_("Write when you came and what you found."), "words")
    changes = {"words": words.strip()[:200], "waits_for": WaitReason.ACCESS, "waits_until": None}
    write(order, at=at, seen_version=seen_version, state=NO_ACCESS, **changes, **_accepted(order, how, by, at))
    kept = _attach(case, files, AttachmentRole.OTHER, by=by, at=at, is_visible=False)
    names = [str(row.public_id) for row in kept]
    acting.record(order, NO_ACCESS, by=by, at=at, note=words, said_by=said_by, proof=proof, files=names)
    standing.derive(case, at=at)
    return order


@transaction.atomic
def done(
    order: WorkOrder,
    *,
    by: Actor,
    at: datetime,
    seen_version: int,
    files: Sequence[StoredFile] = (),
    method_note: str = "",
    how: str = HowAccepted.PAGE,
    mailing: Mailing | None = None,
    said_by: str = "",
    proof: str = "",
) -> WorkOrder:
    """The company's share is done. From the company itself an after-photo is compulsory; for wet work a method note.

    The last mandatory order makes the case's move *report-done*, which tells homeowner and officer; any other gives
    the next company its turn.
    """
    case = acting.check(order, IN_HAND, by=by, at=at, said_by=said_by, proof=proof)
    kept = _attach(case, files, AttachmentRole.AFTER, by=by, at=at, is_visible=True)
    if not acting.is_office(by) and not any(row.file.is_picture for row in kept):
        raise MoveRefused(_("Add at least one picture of the repaired place (after)."), "photos")
    note = method_note.strip()
    is_last = not others_owe(order)
    if is_last:
        note = note or _methods(case)
    write(order, at=at, seen_version=seen_version, method_note=note, **_accepted(order, how, by, at))
    if is_last:
        facts: dict[str, Any] = {"said_by": said_by.strip(), "proof": proof.strip(), "method_note": note}
        workflow.move(case, "report-done", by=by, at=at, seen_version=case.version, mailing=mailing, **facts)
        order.refresh_from_db()
        return order
    evidence.method(case, note)
    finish(order, by=by, at=at)
    names = [str(row.public_id) for row in kept]
    acting.record(order, OrderState.DONE, by=by, at=at, note=note, said_by=said_by, proof=proof, files=names)
    own = mailing or Mailing(by=by, at=at)
    sequence.go_on(order, mailing=own, by=by, at=at)
    standing.derive(case, at=at)
    if mailing is None:
        own.send()
    return order


def finish(order: WorkOrder, *, by: Actor, at: datetime) -> None:
    """Done; whoever is done has accepted."""
    write(
        order,
        at=at,
        state=OrderState.DONE,
        done_at=at,
        waits_for="",
        waits_until=None,
        **_accepted(order, "page", by, at),
    )


def _methods(case: Case) -> str:
    """What the companies before it noted on how it was repaired."""
    return "\n".join(order.method_note for order in of_cycle(case) if order.method_note)


def _attach(
    case: Case, given: Sequence[StoredFile], role: str, *, by: Actor, at: datetime, is_visible: bool
) -> list[Attachment]:
    return files.attach(case, given, role=role, by=by, at=at, is_visible=is_visible) if given else []


def may_begin_on(order: WorkOrder, *, at: datetime) -> date | None:
    """The first day on which the company may come: after the drying, else today; None while another must finish."""
    return sequence.may_begin_on(order, today=local_date(order.case, at))


def is_late(order: WorkOrder, at: datetime) -> bool:
    """Owed and past its date."""
    return order.state in IN_HAND and order.due_at < at and order.case.status == Status.WITH_CONTRACTOR
