"""How diary rows read to staff: who did what, in the past tense. Tables of words; asks nothing of the database."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cases import verdicts
from cases.choices import (
    Basis,
    Channel,
    DecisionKind,
    Direction,
    EventKind,
    HoldReason,
    OtherReason,
    OutOfScopeReason,
    Status,
)
from cases.models import Case, CaseEvent
from cases.moved_dates import DATES
from units.wording import day, full_day, when

MOVED: dict[str, str | Promise] = {
    "start-review": gettext_lazy("Review started"),
    "accept": gettext_lazy("Accepted"),
    "accept-and-send": gettext_lazy("Accepted and sent to {company}"),
    "report-done": gettext_lazy("Repair reported as done"),
    "ask-sign-off": gettext_lazy("Checked; homeowner asked whether it is fixed"),
    "send-back": gettext_lazy("Sent back to {company}"),
    "confirm": gettext_lazy("Confirmed: it is fixed"),
    "not-right": gettext_lazy("Not right yet"),
    "close-complete": gettext_lazy("Closed: completed"),
    "close-no-reply": gettext_lazy("Closed: no reply"),
    "close-out-of-scope": gettext_lazy("Closed: not covered"),
    "close-other": gettext_lazy("Closed: {reason}"),
    "take-back": gettext_lazy("Taken back from the contractor"),
    "reopen": gettext_lazy("Opened again"),
}

DID: dict[str, str | Promise] = {
    EventKind.CORRECTED: gettext_lazy("undid the last move"),
    EventKind.NOTE: gettext_lazy("internal note"),
    EventKind.EDITED: gettext_lazy("edited the facts"),
    EventKind.RESUMED: gettext_lazy("ended the hold"),
    EventKind.ASKED: gettext_lazy("asked the homeowner"),
    EventKind.ESCALATED: gettext_lazy("took the escalation"),
    EventKind.MADE_SAFE: gettext_lazy("made it safe"),
    EventKind.PHOTO_LINK: gettext_lazy("sent a link for pictures"),
    EventKind.DECISION_RETURNED: gettext_lazy("returned the request with remarks"),
    EventKind.DECISION_DECLINED: gettext_lazy("decided otherwise"),
    EventKind.JOINED: gettext_lazy("another report was joined with this"),
    EventKind.SIGNED: gettext_lazy("signed"),
    EventKind.REMINDED: gettext_lazy("reminded the homeowner to answer"),
}

ICONS = {
    EventKind.REPORTED: "inbox",
    EventKind.MOVE: "move",
    EventKind.CORRECTED: "undo",
    EventKind.NOTE: "lock",
    EventKind.EDITED: "pen-line",
    EventKind.ASSIGNED: "person",
    EventKind.DATE: "calendar",
    EventKind.HOLD: "pause",
    EventKind.RESUMED: "play",
    EventKind.ASKED: "ask",
    EventKind.ESCALATED: "flag",
    EventKind.MADE_SAFE: "shield-check",
    EventKind.CONTRACTOR_SAID: "tools",
    EventKind.WORK: "tools",
    EventKind.FILE: "camera",
    EventKind.VISIBILITY: "eye",
    EventKind.PHOTO_LINK: "link",
    EventKind.VISIT: "calendar-check",
    EventKind.DECISION_ASKED: "decide",
    EventKind.DECISION_RETURNED: "decide",
    EventKind.DECISION_DECLINED: "decide",
    EventKind.COVER: "shield",
    EventKind.JOINED: "copy",
    EventKind.REMINDED: "bell",
    EventKind.SIGNED: "pen-line",
}


def headline(event: CaseEvent, case: Case) -> tuple[str, str]:
    """The bold words and what follows them: "Amira Rahman" "internal note"; a move stands first, its author after."""
    if event.kind == EventKind.MOVE:
        return moved(event, case), _("by %(who)s: %(old)s to %(new)s") % {
            "who": event.actor_name,
            "old": Status(event.old_status).label,
            "new": Status(event.new_status).label,
        }
    words = PHRASES.get(EventKind(event.kind))
    if event.kind == EventKind.REPORTED:
        return event.evidence.get("entered_by") or event.actor_name, _reported(event, case)
    return event.actor_name, words(event, case) if words else str(DID.get(event.kind, event.get_kind_display()))


def moved(event: CaseEvent, case: Case) -> str:
    """What a move did; the company is named while it is still the one of that day."""
    is_same = case.work_company is not None and event.evidence.get("company_id") in (None, case.work_company_id)
    company = case.work_company.short_name if case.work_company and is_same else _("the contractor")
    return str(MOVED.get(event.move, event.move)).format(company=company, reason=reason(event.reason))


def reason(code: str) -> str:
    """A stored reason as people read it."""
    for choices in (OutOfScopeReason, OtherReason, Basis):
        if code in choices.values:
            return str(choices(code).label)
    return code


def _reported(event: CaseEvent, case: Case) -> str:
    channel = Channel(event.reason).label if event.reason in Channel.values else event.channel
    facts = {"channel": str(channel).lower(), "who": event.actor_name}
    if event.evidence.get("entered_by"):
        return _("entered the report (%(channel)s); known since %(who)s confirmed who reported") % facts
    return _("entered the report (%(channel)s)") % facts


def _message(event: CaseEvent, case: Case) -> str:
    if event.message and event.message.direction == Direction.IN:
        return _("wrote to us")
    return _("updated the resident")


def _call(event: CaseEvent, case: Case) -> str:
    whom = event.evidence.get("with", "")
    if event.evidence.get("direction") == Direction.IN:
        return _("took a call from %(whom)s") % {"whom": whom}
    return _("called %(whom)s") % {"whom": whom}


def _date(event: CaseEvent, case: Case) -> str:
    which = str(DATES[event.reason][1]) if event.reason in DATES else event.reason
    return _("changed a date, %(which)s: %(old)s to %(new)s") % {
        "which": which,
        "old": _day(event.before.get("due"), case),
        "new": _day(event.after.get("due"), case),
    }


def _day(text: str | None, case: Case) -> str:
    return day(datetime.fromisoformat(text).astimezone(case.development.tz).date()) if text else _("none")


def _hold(event: CaseEvent, case: Case) -> str:
    why = HoldReason(event.reason).label if event.reason in HoldReason.values else event.reason
    return _("put it on hold until %(day)s: %(why)s") % {"day": _day(event.evidence.get("until"), case), "why": why}


SAID: dict[str, str | Promise] = {
    "accepted": gettext_lazy("accepted"),
    "promise": gettext_lazy("gave a date"),
    "under-way": gettext_lazy("started"),
    "waiting": gettext_lazy("waits"),
    "no-access": gettext_lazy("could not get in"),
    "disputed": gettext_lazy("not ours"),
    "done": gettext_lazy("done"),
}
"""What a company says of its work order."""


def _contractor_said(event: CaseEvent, case: Case) -> str:
    """Its own word, or what the office wrote down of it; rows from before work orders name the speaker as `who`."""
    known = event.evidence
    facts = {"company": known.get("company", ""), "said": SAID.get(event.reason, event.reason)}
    speaker = known.get("said_by") or known.get("who")
    if not speaker:
        return _("of %(company)s: %(said)s") % facts
    return _("noted what %(who)s said: %(said)s (%(proof)s)") % {
        **facts,
        "who": speaker,
        "proof": known.get("proof", ""),
    }


WORKED: dict[str, str | Promise] = {
    "sent": gettext_lazy("sent a work order to %(company)s (%(order)s)"),
    "your-turn": gettext_lazy("%(company)s has its turn (%(order)s)"),
    "chased": gettext_lazy("reminded %(company)s (%(order)s)"),
    "cancelled": gettext_lazy("cancelled the work order of %(company)s (%(order)s)"),
    "back": gettext_lazy("sent it back to %(company)s (%(order)s)"),
    "upheld": gettext_lazy("found that it is not %(company)s's (%(order)s)"),
    "dismissed": gettext_lazy("found that it is %(company)s's all the same (%(order)s)"),
}


def _worked(event: CaseEvent, case: Case) -> str:
    facts = {name: event.evidence.get(name, "") for name in ("company", "order")}
    return str(WORKED.get(event.reason, event.reason)) % facts


def _file(event: CaseEvent, case: Case) -> str:
    count = len(event.evidence.get("files", []))
    return ngettext("added %(n)d file", "added %(n)d files", count) % {"n": count}


def _visibility(event: CaseEvent, case: Case) -> str:
    return _("showed a file to the homeowner") if event.evidence.get("visible") else _("hid a file from the homeowner")


def _visit(event: CaseEvent, case: Case) -> str:
    words = {
        "visit-booked": _("booked a visit"),
        "visit-changed": _("moved a visit"),
        "visit-cancelled": _("cancelled a visit"),
        "visit-done": _("noted what a visit found"),
        "visit-left": _("took this off a visit"),
        "visit-again": _("booked a visit again"),
    }
    said = words.get(event.reason, _("visit"))
    starts = event.evidence.get("starts_at")
    moment = f", {when(datetime.fromisoformat(starts), case.development.tz)}" if starts else ""
    return f"{said}, {event.evidence.get('visit', '')}{moment}"


def _decision(event: CaseEvent, case: Case) -> str:
    kind = DecisionKind(event.reason).label if event.reason in DecisionKind.values else event.reason
    return _("asks a manager: %(what)s") % {"what": kind}


def _joined(event: CaseEvent, case: Case) -> str:
    return _("joined %(ref)s with this") % {"ref": event.evidence.get("case", "")}


def _assigned(event: CaseEvent, case: Case) -> str:
    new = event.after.get("officer")
    return _("gave it to %(who)s") % {"who": new} if new else _("took it from its officer")


def _cover(event: CaseEvent, case: Case) -> str:
    if event.reason == "override":
        return _("let the work go on although the cover is: %(status)s") % {"status": _status(event.after)}
    return _("the cover was assessed again")


PHRASES: dict[EventKind, Callable[[CaseEvent, Case], str]] = {
    EventKind.REPORTED: _reported,
    EventKind.MESSAGE: _message,
    EventKind.CALL: _call,
    EventKind.DATE: _date,
    EventKind.HOLD: _hold,
    EventKind.CONTRACTOR_SAID: _contractor_said,
    EventKind.WORK: _worked,
    EventKind.FILE: _file,
    EventKind.VISIBILITY: _visibility,
    EventKind.VISIT: _visit,
    EventKind.DECISION_ASKED: _decision,
    EventKind.JOINED: _joined,
    EventKind.ASSIGNED: _assigned,
    EventKind.COVER: _cover,
}

EVIDENCE: tuple[tuple[str, Any], ...] = (
    ("said_by", gettext_lazy("Said by")),
    ("proof", gettext_lazy("Proof")),
    ("method_note", gettext_lazy("How it was repaired")),
    ("checked_by", gettext_lazy("Checked by")),
    ("basis", gettext_lazy("Basis")),
    ("name", gettext_lazy("Confirmed by")),
    ("rule", gettext_lazy("Rule quoted")),
    ("passed_to", gettext_lazy("Passed to")),
    ("follow_up_on", gettext_lazy("Follow up on")),
)


def proofs(event: CaseEvent) -> list[dict[str, str]]:
    """What a move was based on, as label and words."""
    if event.kind == EventKind.MESSAGE and event.evidence.get("article"):
        return [{"label": _("Guidance attached"), "words": str(event.evidence["article"])}]
    if event.kind != EventKind.MOVE:
        return []
    found = [
        {"label": str(label), "words": reason(str(event.evidence[key]))}
        for key, label in EVIDENCE
        if event.evidence.get(key)
    ]
    if event.reason and event.move.startswith("close"):
        found.insert(0, {"label": _("Reason"), "words": reason(event.reason)})
    return found


CHANGED = {
    "unit": gettext_lazy("Home"),
    "location": gettext_lazy("Place"),
    "element": gettext_lazy("Element"),
    "trade": gettext_lazy("Trade"),
    "defect_type": gettext_lazy("Kind of fault"),
    "fault": gettext_lazy("Fault"),
    "priority": gettext_lazy("Priority"),
    "officer": gettext_lazy("Officer"),
    "access_note": gettext_lazy("Access"),
    "is_visible": gettext_lazy("Visible to the homeowner"),
    "received_at": gettext_lazy("Received"),
}


def changes(event: CaseEvent, case: Case) -> list[dict[str, str]]:
    """Old and new of edited facts."""
    if event.kind == EventKind.COVER:
        return _cover_changes(event)
    if event.kind not in (EventKind.EDITED, EventKind.ASSIGNED):
        return []
    return [
        {"label": str(label), "words": f"{_plain(event.before.get(key), case)} → {_plain(event.after.get(key), case)}"}
        for key, label in CHANGED.items()
        if key in event.after
    ]


def _cover_changes(event: CaseEvent) -> list[dict[str, str]]:
    """Old and new status with its end, also when it is the same again."""
    if event.reason == "override":
        return []
    return [{"label": _("Cover"), "words": f"{_status(event.before)} → {_status(event.after)}"}]


def _status(cover: dict[str, Any]) -> str:
    ends = cover.get("cover_ends_on")
    words = verdicts.label(cover.get("cover_status", ""))
    return (
        _("%(status)s, until %(day)s") % {"status": words, "day": full_day(date.fromisoformat(ends))} if ends else words
    )


def _plain(value: Any, case: Case) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    text = "" if value is None else str(value)
    if len(text) > 18 and text[4:5] == "-" and "T" in text:
        return when(datetime.fromisoformat(text), case.development.tz)
    return text or _("none")
