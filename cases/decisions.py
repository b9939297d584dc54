"""What a manager decides: asked by the one who wants it, answered by somebody else (workflow.md section 2)."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.choices import STAFF_ROLES
from cases import diary, notices, people, steps
from cases.choices import DecisionKind, DecisionState, EventKind
from cases.evidence import MoveRefused, StaleCase
from cases.mailing import Mailing
from cases.models import Case, CaseEvent, DecisionRequest
from ledger.actors import Actor

ANSWER_WITHIN = timedelta(days=2)

MANAGER_ROLE = "manager"

carried_out: dict[str, Callable[..., CaseEvent]] = {}
"""How an approved request is carried out, by kind of act: filled by `workflow` (moves), `facts` and rooms above."""

declined: dict[str, Callable[..., None]] = {}
"""What *Decide otherwise* does, by kind; a request of such a kind is decided one way or the other, never returned."""


def ask(
    case: Case,
    kind: DecisionKind,
    *,
    move: str,
    words: str,
    note: str,
    why: str,
    evidence: dict[str, Any],
    seen_version: int,
    by: Actor,
    at: datetime,
    due_at: datetime | None = None,
) -> CaseEvent:
    """Keep the words and evidence until a manager answers; tells the managers. One request of a kind at a time."""
    if not Case.objects.filter(pk=case.pk, version=seen_version).exists():
        raise StaleCase
    if len((why or words).strip()) < 10:
        raise MoveRefused(_("A manager decides this: write in a sentence why."), "why")
    try:
        with transaction.atomic():
            request = DecisionRequest.objects.create(
                case=case,
                kind=kind,
                move=move,
                words=words,
                note=note,
                why=why,
                evidence=evidence,
                seen_version=seen_version,
                author_user_id=by.user_id,
                author_name=by.name,
                author_role=by.role,
                asked_at=at,
                due_at=due_at or at + ANSWER_WITHIN,
            )
    except IntegrityError as error:
        raise MoveRefused(_("A manager has been asked already and has not answered yet.")) from error
    event = diary.record(
        case, EventKind.DECISION_ASKED, by=by, at=at, note=why or note, reason=kind, evidence={"request": request.pk}
    )
    steps.refresh(case, at=at)
    managers = people.managers_of(case, but=by)
    _tell(case, event, "decision-asked", managers, kind.label, why or words, by=by, at=at, request=request.public_id)
    return event


def _tell(
    case: Case,
    event: CaseEvent,
    key: str,
    users: list[Any],
    decision: Any,
    words: str,
    *,
    by: Actor,
    at: datetime,
    **facts: Any,
) -> None:
    mailing = Mailing(by=by, at=at)
    notices.tell(
        case, event, key, people.staff(users, but=by), mailing=mailing, words=words, decision=decision, **facts
    )
    mailing.send()


@transaction.atomic
def approve(request: DecisionRequest, *, by: Actor, at: datetime, seen_version: int, remarks: str = "") -> CaseEvent:
    """Carry out what was asked, with its words and evidence, in the manager's name."""
    _claim(request, DecisionState.APPROVED, by=by, at=at, remarks=remarks)
    act = carried_out[request.move or request.kind]
    event = act(request, by=by, at=at, seen_version=seen_version)
    _answer(request, event, _("approved"), remarks, by=by, at=at)
    return event


@transaction.atomic
def send_back(request: DecisionRequest, *, by: Actor, at: datetime, remarks: str) -> CaseEvent:
    """Return the request with remarks; the case stays where it is."""
    if request.kind in declined:
        raise MoveRefused(_("Decide this one way or the other."))
    return _without(request, DecisionState.RETURNED, EventKind.DECISION_RETURNED, _("returned"), remarks, by=by, at=at)


@transaction.atomic
def decline(request: DecisionRequest, *, by: Actor, at: datetime, remarks: str) -> CaseEvent:
    """Decide otherwise: the words say what is to be done instead."""
    return _without(
        request, DecisionState.DECIDED, EventKind.DECISION_DECLINED, _("decided otherwise"), remarks, by=by, at=at
    )


def end_waiting(case: Case, *, but: DecisionRequest | None, by: Actor, at: datetime) -> list[int]:
    """The case closes: nobody needs to decide what waits, except `but`, from which the closing comes.

    Answers which requests ended, for *correct*. Their authors are not told: the closing tells.
    """
    waiting = case.decisions.filter(state=DecisionState.WAITING).exclude(pk=but.pk if but else None)
    ended = list(waiting.values_list("pk", flat=True))
    remarks = _("The case was closed: %(state)s.") % {"state": case.get_status_display()}
    DecisionRequest.objects.filter(pk__in=ended, state=DecisionState.WAITING).update(
        state=DecisionState.ENDED, decided_at=at, decided_by_name=by.name, remarks=remarks
    )
    return ended


def put_back(case: Case, requests: list[int]) -> None:
    """*Correct* of a closing: what ended with it waits again, unless the same was asked anew meanwhile."""
    waits = case.decisions.filter(state=DecisionState.WAITING).values_list("kind", flat=True)
    ended = case.decisions.filter(pk__in=requests, state=DecisionState.ENDED).exclude(kind__in=list(waits))
    ended.update(state=DecisionState.WAITING, decided_at=None, decided_by_name="", remarks="")


def _without(
    request: DecisionRequest,
    state: DecisionState,
    kind: EventKind,
    label: str,
    remarks: str,
    *,
    by: Actor,
    at: datetime,
) -> CaseEvent:
    if len(remarks.strip()) < 3:
        raise MoveRefused(_("Write what you decided or what is missing."), "remarks")
    _claim(request, state, by=by, at=at, remarks=remarks)
    event = diary.record(request.case, kind, by=by, at=at, note=remarks, reason=request.kind)
    if state == DecisionState.DECIDED and request.kind in declined:
        declined[request.kind](request, by=by, at=at)
    steps.refresh(request.case, at=at)
    _answer(request, event, label, remarks, by=by, at=at)
    return event


def _claim(request: DecisionRequest, state: DecisionState, *, by: Actor, at: datetime, remarks: str) -> None:
    """Only a manager, never the author, and only once."""
    if by.role != MANAGER_ROLE:
        raise MoveRefused(_("Only a manager decides this."))
    if by.user_id == request.author_user_id:
        raise MoveRefused(_("Nobody decides their own exception: ask another manager."))
    won = DecisionRequest.objects.filter(pk=request.pk, state=DecisionState.WAITING).update(
        state=state, decided_at=at, decided_by_id=by.user_id, decided_by_name=by.name, remarks=remarks
    )
    if not won:
        raise MoveRefused(_("Somebody has answered this already."))
    request.remarks = remarks


def _answer(request: DecisionRequest, event: CaseEvent, label: str, remarks: str, *, by: Actor, at: datetime) -> None:
    """A colleague who asked reads the answer; whoever else asked is told by the act itself."""
    authors = people.users([request.author_user_id] if request.author_role in STAFF_ROLES else [])
    _tell(request.case, event, "decision-answered", authors, label, remarks, by=by, at=at)
