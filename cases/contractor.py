"""What the contractor told us, as the officer recorded it: until work orders exist this is how the step moves."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cases import diary, steps
from cases.choices import EventKind, Status, WorkStage
from cases.evidence import MoveRefused, StaleCase
from cases.models import Case, CaseEvent
from ledger.actors import Actor


@transaction.atomic
def said(
    case: Case,
    *,
    stage: str,
    who: str,
    proof: str,
    note: str = "",
    due: datetime | None = None,
    by: Actor,
    at: datetime,
) -> CaseEvent:
    """What the contractor told us: who said it, on what proof. Until work orders exist this is how the step moves."""
    if case.status != Status.WITH_CONTRACTOR:
        raise MoveRefused(_("The case is not with a contractor."))
    if stage not in {WorkStage.ACCEPTED, WorkStage.UNDER_WAY, WorkStage.WAITING}:
        raise MoveRefused(_("Choose what the contractor said."), "stage")
    if not who.strip() or not proof.strip():
        raise MoveRefused(_("Write who said it and how: a call, a mail."), "who" if not who.strip() else "proof")
    if stage == WorkStage.WAITING and not note.strip():
        raise MoveRefused(_("Write what they wait for."), "note")
    if due and due <= at:
        raise MoveRefused(_("This date is over. Choose a later one."), "due")
    old = case.work_due_at
    changes: dict[str, Any] = {"work_stage": stage, "work_note": note[:120], "work_due_at": due or old}
    if not Case.objects.filter(pk=case.pk, status=case.status).update(**changes):
        raise StaleCase
    for name, value in changes.items():
        setattr(case, name, value)
    event = diary.record(
        case,
        EventKind.CONTRACTOR_SAID,
        by=by,
        at=at,
        note=note,
        reason=stage,
        evidence={"who": who, "proof": proof},
        before={"due": old.isoformat()} if due and old else {},
        after={"due": due.isoformat()} if due else {},
    )
    steps.refresh(case, at=at)
    return event
