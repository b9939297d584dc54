"""Changing what is known about a case: facts, officer, visibility, safety, escalation.

The reporter's own words stay untouched; old and new values go to the diary (workflow.md section 3).
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from accounts.models import User
from cases import clocks, decisions, diary, files, notices, people, steps, verdicts
from cases.choices import Audience, DecisionKind, EventKind
from cases.evidence import MoveRefused
from cases.mailing import Mailing
from cases.models import Attachment, Case, CaseEvent, DecisionRequest
from cases.people import Recipient
from cases.versions import as_it_is, write
from catalogue.choices import PriorityCode
from catalogue.triage import is_more_urgent
from ledger.actors import Actor
from units import scopes

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

SEEN = {"unit": _lazy("Home"), "location": _lazy("Room"), "fault": _lazy("Fault")}
"""Facts that people outside the office read, and what they are called there."""

Names = dict[str, Any]
"""Facts as the diary keeps them: by name, the value in words."""


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

    Another home, room or fault tells the homeowner and who has the repair; so does making a hidden case visible.
    Giving it to another officer tells that officer.
    """
    changed = {name: value for name, value in changes.items() if name in FACTS and getattr(case, name) != value}
    if not changed:
        return None
    _check(case, changed, why)
    if "priority" in changed:
        changed["is_safety"] = changed["priority"].code == PriorityCode.P1
    old = {name: _name(getattr(case, name)) for name in changed}
    former = people.residents(case, at=at) if "unit" in changed else []
    write(case, changed | ({"home_since": at} if "unit" in changed else {}), seen_version=seen_version)
    event = _noted(case, old, {name: _name(value) for name, value in changed.items()}, why=why, by=by, at=at)
    own = mailing or Mailing(by=by, at=at)
    _follow(case, changed, event, by=by, at=at)
    _tell(case, changed, event, former, by=by, at=at, mailing=own)
    if mailing is None:
        own.send()
    steps.refresh(case, at=at)
    return event


def _check(case: Case, changed: dict[str, Any], why: str) -> None:
    if "unit" in changed and changed["unit"].development_id != case.development_id:
        raise MoveRefused(_("Choose a home of the same development."), "unit")
    if changed.get("officer"):
        _check_officer(case, changed["officer"])
    is_lower = "priority" in changed and is_more_urgent(case.priority_id, changed["priority"].code)
    if is_lower and len(why.strip()) < 10:
        raise MoveRefused(_("Say in a sentence why this is less urgent than before."), "why")


def _check_officer(case: Case, officer: User) -> None:
    """An officer who does not see the development could not work the case."""
    if not scopes.desk_of(case.development).filter(pk=officer.pk).exists():
        said = {"name": officer.name, "place": case.development.name}
        raise MoveRefused(_("%(name)s does not look after %(place)s.") % said, "officer")


def _name(value: Any) -> Any:
    return value if isinstance(value, (bool, int, type(None))) else str(value)


def _noted(case: Case, old: Names, new: Names, *, why: str, by: Actor, at: datetime) -> CaseEvent:
    """A row for the edited facts, one of its own for another officer; answers the last."""
    kinds = {name: EventKind.ASSIGNED if name == "officer" else EventKind.EDITED for name in new}
    for kind in sorted(set(kinds.values())):
        before, after = ({name: row[name] for name in kinds if kinds[name] == kind} for row in (old, new))
        is_seen = not SEEN.keys().isdisjoint(after)
        event = diary.record(case, kind, by=by, at=at, note=why, before=before, after=after, is_visible=is_seen)
    return event


def noted(event: CaseEvent) -> list[tuple[str, str]]:
    """What an edit changed of what people outside read: name and new value, both in words."""
    return [(str(words), str(event.after[name])) for name, words in SEEN.items() if name in event.after]


def _follow(case: Case, changed: dict[str, Any], event: CaseEvent, *, by: Actor, at: datetime) -> None:
    if "priority" in changed:
        clocks.retarget(case, at=at)
    if "unit" in changed:
        people.move_in(case, at=at)
    if {"unit", "location", "element", "trade", "defect_type"} & changed.keys():
        verdicts.record(case, why=_("facts edited"), by=by, at=at)


def _tell(
    case: Case,
    changed: dict[str, Any],
    event: CaseEvent,
    former: Sequence[Recipient],
    *,
    by: Actor,
    at: datetime,
    mailing: Mailing,
) -> None:
    """Who hears of an edit. `former`: who was told of the case while it stood under another home."""
    residents = people.residents(case, at=at)
    is_seen = not SEEN.keys().isdisjoint(changed)
    if changed.get("is_visible"):
        clocks.told(case, at=at)
        notices.tell(case, event, "made-visible", residents, mailing=mailing)
    elif is_seen and residents:
        clocks.told(case, at=at)
        notices.tell(case, event, "facts", residents, mailing=mailing, lines=noted(event))
    if is_seen:
        still = {person.homeowner_id for person in residents}
        gone = [person for person in former if person.homeowner_id not in still]
        notices.tell(case, event, "other-home", gone, mailing=mailing, home=event.before.get("unit", ""))
        notices.tell(case, event, "facts", people.company(case), mailing=mailing, lines=noted(event))
    if changed.get("officer"):
        notices.tell(case, event, "assigned", people.staff([changed["officer"]], but=by), mailing=mailing)


def assign(
    case: Case, officer: User, *, seen_version: int, by: Actor, at: datetime, mailing: Mailing | None = None
) -> CaseEvent | None:
    """Give the case to an officer, who is told."""
    return edit(case, seen_version=seen_version, by=by, at=at, mailing=mailing, officer=officer)


def _take_escalation(request: DecisionRequest, *, by: Actor, at: datetime, seen_version: int) -> CaseEvent:
    event = diary.record(request.case, EventKind.ESCALATED, by=by, at=at, note=request.remarks, reason="taken")
    steps.refresh(request.case, at=at)
    return event


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
    as_it_is(case)
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
def show_file(
    attachment: Attachment, *, is_visible: bool, by: Actor, at: datetime, mailing: Mailing | None = None
) -> CaseEvent | None:
    """Show a file to the homeowner, who is told; or hide it again. Nothing when it already is so."""
    case = attachment.case
    if case is None or not Attachment.objects.filter(pk=attachment.pk, is_visible=not is_visible).update(
        is_visible=is_visible
    ):
        return None
    as_it_is(case)
    attachment.is_visible = is_visible
    event = diary.record(
        case, EventKind.VISIBILITY, by=by, at=at, evidence={"file": str(attachment.public_id), "visible": is_visible}
    )
    if is_visible:
        own = mailing or Mailing(by=by, at=at)
        residents = notices.recipients(case, [Audience.HOMEOWNER], by=by, at=at)
        shown = [attachment] if attachment.file.is_seen else []
        clocks.told(case, at=at)
        notices.tell(case, event, files.happening([attachment]), residents, mailing=own, pictures=shown)
        steps.refresh(case, at=at)
        if mailing is None:
            own.send()
    return event
