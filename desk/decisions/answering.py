"""What a manager looks at before answering: the case, the request, the mails as they will be sent."""

from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.access import SignedInRequest
from cases import workflow
from cases.choices import Audience, DecisionState
from cases.headlines import headline, pill
from cases.models import DecisionRequest
from cases.rehearsal import Rehearsal, rehearse
from cases.words import in_a_sentence
from desk.case_page import cover, doors, panel, panel_page, story_words
from desk.case_page.deeds import same
from ledger.actors import Actor
from units.wording import when


def with_everything(rows: Any) -> Any:
    """With what the page names of the case."""
    parts = ["development__manager", "development__default_officer", "development__calendar", "unit__block", "location"]
    parts += [
        "trade",
        "priority",
        "officer",
        "work_company",
        "defect_type",
        "report_item__report__reporter",
        "duplicate_of",
    ]
    return rows.select_related(*(f"case__{part}" for part in parts))


def context(request: SignedInRequest, asked: DecisionRequest, *, by: Actor, at: datetime) -> dict[str, Any]:
    """The strip of the case, the request in words, the mails of an approval."""
    case = asked.case
    rehearsal = rehearsed(asked, by=by, at=at)
    return {
        **panel_page.strip(request, case, at=at),
        "crumbs": [{"url": "/decisions/", "words": _("Decisions")}],
        "back": doors.address(case),
        "pill": pill(case),
        "headline": headline(case, Audience.STAFF),
        "covers": cover.sides(case, cover.of_case(case), today=at.astimezone(case.development.tz).date()),
        "asked_when": when(asked.asked_at, case.development.tz),
        "decided_when": when(asked.decided_at, case.development.tz) if asked.decided_at else "",
        "facts": facts(asked),
        "mails": panel.mails(rehearsal) if rehearsal else [],
        "refusal": rehearsal.refusal if rehearsal else None,
        "act": act_of(asked),
    }


APPROVED: dict[str, str | Promise] = {
    "accept": gettext_lazy("accept"),
    "accept-and-send": gettext_lazy("accept and send"),
    "close-out-of-scope": gettext_lazy("close as not covered"),
    "close-other": gettext_lazy("close for another reason"),
    "reopen": gettext_lazy("open again"),
}


def act_of(asked: DecisionRequest) -> str:
    """What an approval does, as it reads behind "Approve:"."""
    return str(APPROVED.get(asked.move) or in_a_sentence(asked.get_kind_display()))


def rehearsed(asked: DecisionRequest, *, by: Actor, at: datetime) -> Rehearsal | None:
    """The mails that an approval sends, by the approving person, on the case as it is now; none for other requests."""
    if asked.state != DecisionState.WAITING or not asked.move:
        return None
    case = same(asked.case)
    return rehearse(
        lambda mailing: workflow.move(
            case,
            asked.move,
            by=by,
            at=at,
            seen_version=case.version,
            words=asked.words,
            note=asked.note,
            mailing=mailing,
            approved=asked,
            **asked.evidence,
        ),
        by=by,
        at=at,
    )


def facts(asked: DecisionRequest) -> list[dict[str, str]]:
    """What was entered with the request, in words."""
    zone = asked.case.development.tz
    found = [
        {"label": str(label), "words": story_words.reason(str(asked.evidence[key]))}
        for key, label in story_words.EVIDENCE
        if asked.evidence.get(key)
    ]
    if asked.evidence.get("reason"):
        found.insert(0, {"label": _("Reason"), "words": story_words.reason(str(asked.evidence["reason"]))})
    if asked.evidence.get("received_at"):
        new = when(datetime.fromisoformat(asked.evidence["received_at"]), zone)
        old = when(asked.case.received_at, zone)
        found.append({"label": _("Received"), "words": f"{old} → {new}"})
    if asked.evidence.get("due_at"):
        due = when(datetime.fromisoformat(str(asked.evidence["due_at"])), zone)
        found.append({"label": _("Done by"), "words": due})
    return found
