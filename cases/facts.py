"""Changing what is known about a case: facts, officer, dates, visibility, safety, what the contractor said.

The reporter's own words stay untouched; old and new values go to the diary (workflow.md section 3).
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts.models import User
from cases import clocks, decisions, diary, notices, people, steps, verdicts
from cases.choices import Audience, ClockKind, ContractorStage, DecisionKind, EventKind, Status
from cases.evidence import MoveRefused, StaleCase
from cases.mailing import Mailing
from cases.models import Attachment, Case, CaseEvent, DecisionRequest
from catalogue.choices import PriorityCode
from catalogue.triage import is_more_urgent
from ledger.actors import Actor

FACTS = (
    "unit",
    "location",
    "element",
    "trade",
    "defect_type",
    "fault",
    "priority",
    "officer",
    "access_note",
    "is_visible",
)
DATES = {
    "rectify": (ClockKind.RECTIFY, _("repair target")),
    "update": (ClockKind.UPDATE, _("next news")),
    "company": (None, _("contractor's date")),
}


@transaction.atomic
def edit(
    case: Case,
    *,
    seen_version: int,
    by: Actor,
    at: datetime,
    why: str = "",
    mailing: Mailing | None = None,
    **changes: Any,
) -> CaseEvent | None:
    """Change facts; nothing when none differs. A lower priority needs a reason. A new place or trade asks cover again.

    Making a hidden case visible tells the homeowner; giving it to another officer tells that officer.
    """
    changed = {name: value for name, value in changes.items() if name in FACTS and getattr(case, name) != value}
    if not changed:
        return None
    _check(case, changed, why)
    if "priority" in changed:
        changed["is_safety"] = changed["priority"].code == PriorityCode.P1
    old = {name: _name(getattr(case, name)) for name in changed}
    _write(case, changed, seen_version=seen_version)
    event = diary.record(
        case,
        EventKind.EDITED,
        by=by,
        at=at,
        note=why,
        before=old,
        after={name: _name(value) for name, value in changed.items()},
    )
    _follow(case, changed, event, by=by, at=at, mailing=mailing)
    steps.refresh(case, at=at)
    return event


def _check(case: Case, changed: dict[str, Any], why: str) -> None:
    if "unit" in changed and changed["unit"].development_id != case.development_id:
        raise MoveRefused(_("Choose a home of the same development."), "unit")
    is_lower = "priority" in changed and is_more_urgent(case.priority_id, changed["priority"].code)
    if is_lower and len(why.strip()) < 10:
        raise MoveRefused(_("Say in a sentence why this is less urgent than before."), "why")


def _name(value: Any) -> Any:
    return value if isinstance(value, (bool, int, type(None))) else str(value)


def _write(case: Case, changes: dict[str, Any], *, seen_version: int) -> None:
    won = Case.objects.filter(pk=case.pk, version=seen_version).update(version=F("version") + 1, **changes)
    if not won:
        raise StaleCase
    case.version = seen_version + 1
    for name, value in changes.items():
        setattr(case, name, value)


def _follow(
    case: Case, changed: dict[str, Any], event: CaseEvent, *, by: Actor, at: datetime, mailing: Mailing | None
) -> None:
    if "priority" in changed:
        clocks.retarget(case, at=at)
    if "unit" in changed:
        people.move_in(case, at=at)
    if {"unit", "location", "element", "trade", "defect_type"} & changed.keys():
        verdicts.record(case, why=_("facts edited"), by=by, at=at)
    own = mailing or Mailing(by=by, at=at)
    if changed.get("is_visible"):
        clocks.told(case, at=at)
        notices.tell(case, event, "made-visible", people.residents(case, at=at), mailing=own)
    if changed.get("officer"):
        notices.tell(case, event, "assigned", people.staff([changed["officer"]], but=by), mailing=own)
    if mailing is None:
        own.send()


def assign(case: Case, officer: User, *, seen_version: int, by: Actor, at: datetime) -> CaseEvent | None:
    """Give the case to an officer, who is told."""
    return edit(case, seen_version=seen_version, by=by, at=at, officer=officer)


@transaction.atomic
def change_date(
    case: Case,
    which: str,
    *,
    due: datetime,
    words: str,
    seen_version: int,
    by: Actor,
    at: datetime,
    mailing: Mailing | None = None,
) -> CaseEvent:
    """Move a promised date, with a reason that the homeowner reads. The first date stays on record."""
    if which not in DATES:
        raise MoveRefused(_("Choose which date."), "which")
    if due <= at:
        raise MoveRefused(_("This date is over. Choose a later one."), "due")
    if len(words.strip()) < 10:
        raise MoveRefused(_("Write in a sentence why; the homeowner reads it."), "words")
    kind = DATES[which][0]
    if kind is None and case.status != Status.WITH_CONTRACTOR:
        raise MoveRefused(_("The case is not with a contractor."), "which")
    given = case.company_due_at
    _write(case, {"company_due_at": due} if kind is None else {}, seen_version=seen_version)
    old = given if kind is None else clocks.change(case, kind, due, at=at)
    if old is None:
        raise MoveRefused(_("This clock does not run."), "which")
    event = diary.record(
        case,
        EventKind.DATE,
        by=by,
        at=at,
        words=words,
        reason=which,
        before={"due": old.isoformat()},
        after={"due": due.isoformat()},
        is_visible=True,
    )
    if kind == ClockKind.UPDATE:
        clocks.stop(case, ClockKind.ACKNOWLEDGE, at=at)
    else:
        clocks.told(case, at=at)
    own = mailing or Mailing(by=by, at=at)
    residents = people.residents(case, at=at)
    notices.tell(
        case,
        event,
        "date",
        residents,
        mailing=own,
        words=words,
        old=notices.on_day(case, old),
        new=notices.on_day(case, due),
    )
    steps.refresh(case, at=at)
    if mailing is None:
        own.send()
    return event


@transaction.atomic
def ask_received_date(
    case: Case, *, received_at: datetime, why: str, seen_version: int, by: Actor, at: datetime
) -> CaseEvent:
    """The received date decides cover: a change needs a reason and a manager who is not the author (scenario 8)."""
    if received_at > at:
        raise MoveRefused(_("The received date lies in the future."), "received_at")
    return decisions.ask(
        case,
        DecisionKind.RECEIVED_DATE,
        move="",
        words="",
        note="",
        why=why,
        evidence={"received_at": received_at.isoformat()},
        seen_version=seen_version,
        by=by,
        at=at,
    )


def _change_received(request: DecisionRequest, *, by: Actor, at: datetime, seen_version: int) -> CaseEvent:
    case = request.case
    old = case.received_at
    new = datetime.fromisoformat(request.evidence["received_at"])
    _write(case, {"received_at": new}, seen_version=seen_version)
    clocks.move_start(case, at=at)
    verdicts.record(case, why=_("received date changed"), by=by, at=at)
    event = diary.record(
        case,
        EventKind.EDITED,
        by=by,
        at=at,
        note=request.why,
        before={"received_at": old.isoformat()},
        after={"received_at": new.isoformat()},
    )
    steps.refresh(case, at=at)
    return event


def _take_escalation(request: DecisionRequest, *, by: Actor, at: datetime, seen_version: int) -> CaseEvent:
    event = diary.record(request.case, EventKind.ESCALATED, by=by, at=at, note=request.remarks, reason="taken")
    steps.refresh(request.case, at=at)
    return event


decisions.carried_out[DecisionKind.RECEIVED_DATE] = _change_received
decisions.carried_out[DecisionKind.ESCALATION] = _take_escalation


@transaction.atomic
def escalate(case: Case, *, why: str, by: Actor, at: datetime) -> CaseEvent:
    """Bring the case before the manager, with the reason."""
    event = decisions.ask(
        case,
        DecisionKind.ESCALATION,
        move="",
        words="",
        note=why,
        why=why,
        evidence={},
        seen_version=case.version,
        by=by,
        at=at,
    )
    case.escalated_at = at
    Case.objects.filter(pk=case.pk).update(escalated_at=at)
    return event


@transaction.atomic
def made_safe(case: Case, *, words: str, by: Actor, at: datetime, mailing: Mailing | None = None) -> CaseEvent:
    """The danger is gone; how, in words that the homeowner reads. The repair itself follows."""
    if len(words.strip()) < 10:
        raise MoveRefused(_("Write in a sentence how it was made safe."), "words")
    case.made_safe_at = at
    Case.objects.filter(pk=case.pk).update(made_safe_at=at)
    event = diary.record(case, EventKind.MADE_SAFE, by=by, at=at, words=words, is_visible=True)
    own = mailing or Mailing(by=by, at=at)
    clocks.told(case, at=at)
    notices.tell(case, event, "made-safe", people.residents(case, at=at), mailing=own, words=words)
    if mailing is None:
        own.send()
    steps.refresh(case, at=at)
    return event


@transaction.atomic
def contractor_said(
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
    if stage not in {ContractorStage.ACCEPTED, ContractorStage.UNDER_WAY, ContractorStage.WAITING}:
        raise MoveRefused(_("Choose what the contractor said."), "stage")
    if not who.strip() or not proof.strip():
        raise MoveRefused(_("Write who said it and how: a call, a mail."), "who" if not who.strip() else "proof")
    if stage == ContractorStage.WAITING and not note.strip():
        raise MoveRefused(_("Write what they wait for."), "note")
    if due and due <= at:
        raise MoveRefused(_("This date is over. Choose a later one."), "due")
    old = case.company_due_at
    changes: dict[str, Any] = {"company_stage": stage, "company_note": note[:120], "company_due_at": due or old}
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


@transaction.atomic
def show_file(
    attachment: Attachment, *, is_visible: bool, by: Actor, at: datetime, mailing: Mailing | None = None
) -> CaseEvent | None:
    """Show a picture or document to the homeowner, who is told; or hide it again. Nothing when it already is so."""
    case = attachment.case
    if case is None or not Attachment.objects.filter(pk=attachment.pk, is_visible=not is_visible).update(
        is_visible=is_visible
    ):
        return None
    attachment.is_visible = is_visible
    event = diary.record(
        case, EventKind.VISIBILITY, by=by, at=at, evidence={"file": str(attachment.public_id), "visible": is_visible}
    )
    if is_visible:
        own = mailing or Mailing(by=by, at=at)
        residents = notices.recipients(case, [Audience.HOMEOWNER], by=by, at=at)
        key = "picture" if attachment.file.kind == "image" else "document"
        shown = [attachment] if key == "picture" else []
        clocks.told(case, at=at)
        notices.tell(case, event, key, residents, mailing=own, pictures=shown)
        steps.refresh(case, at=at)
        if mailing is None:
            own.send()
    return event
