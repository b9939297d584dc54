"""What a homeowner reads of one case, put together from rows at hand: no state names, no clocks, no blame."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases import facts, footage, words
from cases.choices import AttachmentRole, Audience, Ball, EventKind, Status
from cases.files import pairs
from cases.headlines import headline, pill
from cases.models import Attachment, Case, CaseEvent
from cases.notices import window_words
from cases.people import first_name
from catalogue.models import GuidanceArticle
from units.wording import day, when

PILLS = {
    Status.NEW: _("Received"),
    Status.IN_REVIEW: _("Looking into it"),
    Status.ACCEPTED: _("Accepted"),
    Status.WITH_CONTRACTOR: _("Repair"),
    Status.TO_CHECK: _("Repaired"),
    Status.AWAITING_HOMEOWNER: _("Your answer"),
    Status.CLOSED_COMPLETE: _("Completed"),
    Status.CLOSED_OUT_OF_SCOPE: _("Not covered"),
    Status.CLOSED_OTHER: _("Closed"),
}


VISIT_COMES = _("Somebody must be at home: %(when)s. If that does not suit you, write to us. Next news by %(day)s.")
BOOKED = {"inspection-booked", "repair-booked", "check-booked"}
CONTRACTOR_ACTS = _("Our contractor acts. Next news by %(day)s; until then there is nothing for you to do.")
STAFF_ACTS = _("%(name)s acts. Next news by %(day)s; until then there is nothing for you to do.")


@dataclass(frozen=True)
class Shot:
    """A picture as the components take it."""

    src: str
    full: str
    alt: str
    when: str
    caption: str = ""
    tag: str = ""
    kind: str = ""
    film: str = ""


@dataclass(frozen=True)
class Entry:
    """A line of the story."""

    day: str
    words: str
    quote: str = ""


@dataclass(frozen=True)
class Said:
    """A message between the office and the home."""

    name: str
    when: str
    text: str
    mine: bool
    pictures: list[Shot] = field(default_factory=list)
    guide: GuidanceArticle | None = None


@dataclass(frozen=True)
class Step:
    """One dot of the progress line."""

    words: str
    state: str


def shot(case: Case, row: Attachment) -> Shot:
    """A picture with its addresses and the day it was taken or added."""
    taken = row.file.captured_at or row.added_at
    tags = {AttachmentRole.BEFORE: _("Before"), AttachmentRole.AFTER: _("After"), AttachmentRole.CAUSE: _("Cause")}
    return Shot(
        src=reverse("case_file", args=[row.public_id, "list"]),
        full=reverse("case_file", args=[row.public_id, "page"]),
        alt=row.caption or case.title,
        when=day(taken.astimezone(case.development.tz).date()),
        caption=row.caption,
        tag=str(tags.get(AttachmentRole(row.role), "")),
        kind="after" if row.role == AttachmentRole.AFTER else "",
    )


def still(case: Case, row: Attachment) -> Shot:
    """A picture, or the picture of a video that leads to its player on the same page."""
    found = shot(case, row)
    if not row.file.is_video:
        return found
    return replace(found, full=f"#{footage.film(row, case).anchor}", film=row.file.length or str(_("Video")), tag="")


def pair(case: Case, attachments: Sequence[Attachment]) -> tuple[Shot, Shot] | None:
    """The last before and after, if there are both."""
    found = pairs(attachments)
    return (shot(case, found[-1][0]), shot(case, found[-1][1])) if found else None


def progress(case: Case) -> list[Step]:
    """Where the case stands on the way to the homeowner's last word; nothing when it ended otherwise."""
    if case.status in {Status.CLOSED_OUT_OF_SCOPE, Status.CLOSED_OTHER}:
        return []
    now = next(index for index, (_label, states) in enumerate(words.PROGRESS) if case.status in states)
    done = case.status == Status.CLOSED_COMPLETE
    return [
        Step(_dot(case, label, states), "done" if index < now or done else "now" if index == now else "")
        for index, (label, states) in enumerate(words.PROGRESS)
    ]


def _dot(case: Case, label: words.Words, states: Sequence[Status]) -> str:
    """The label of a dot; a repair is called booked only while one is."""
    is_booked = case.step == "repair-booked" and case.status in states
    return str(_("Repair booked") if is_booked else label)


def next_words(case: Case) -> str:
    """Who acts, and when the next news comes."""
    if case.is_closed:
        return ""
    news = _day(case, case.update_due_at)
    name = first_name(case.officer.name) if case.officer else _("Our office")
    if case.ball == Ball.HOMEOWNER:
        return str(_("We wait for your answer."))
    if case.step in BOOKED and case.visit_starts_at and case.visit_ends_at:
        return str(VISIT_COMES) % {"when": window_words(case, case.visit_starts_at, case.visit_ends_at), "day": news}
    if case.ball == Ball.CONTRACTOR:
        return str(CONTRACTOR_ACTS) % {"day": news}
    return str(STAFF_ACTS) % {"name": name, "day": news}


def _day(case: Case, at: datetime | None) -> str:
    return day(at.astimezone(case.development.tz).date()) if at else ""


def story(case: Case, events: Sequence[CaseEvent]) -> list[Entry]:
    """The visible diary rows in plain words, newest first."""
    return [entry for entry in (_entry(case, event) for event in reversed(events)) if entry]


def _entry(case: Case, event: CaseEvent) -> Entry | None:
    text = _entry_words(case, event)
    if event.kind == EventKind.EDITED:
        return Entry(_day(case, event.at), text, "; ".join(f"{name}: {value}" for name, value in facts.noted(event)))
    quote = event.words if event.kind in {EventKind.MOVE, EventKind.CORRECTED, EventKind.DATE, EventKind.HOLD} else ""
    return Entry(_day(case, event.at), text, quote) if text else None


def _entry_words(case: Case, event: CaseEvent) -> str:
    name = first_name(event.actor_name)
    if event.kind == EventKind.MOVE:
        return str(MOVES.get(event.move, ""))
    if event.reason == "visit-done":
        return str(_("A visit took place"))
    words = KINDS.get(EventKind(event.kind))
    return str(words) % {"name": name} if words else ""


MOVES = {
    "start-review": _("We started to look into it"),
    "accept": _("Accepted"),
    "accept-and-send": _("Accepted, passed to our contractor"),
    "report-done": _("Reported as repaired"),
    "ask-sign-off": _("Checked by us; we asked you whether it is fixed"),
    "send-back": _("Checked by us: more work needed"),
    "confirm": _("Confirmed as fixed"),
    "not-right": _("Told us that it is not right yet"),
    "close-complete": _("Noted as completed"),
    "close-no-reply": _("Noted as completed, no reply received"),
    "close-out-of-scope": _("Not covered; our reasons were sent"),
    "close-other": _("Closed"),
    "take-back": _("Taken back to look into it again"),
    "reopen": _("Opened again"),
}
KINDS = {
    EventKind.REPORTED: _("Reported"),
    EventKind.CORRECTED: _("A mistake of ours, corrected"),
    EventKind.MESSAGE: _("Message from %(name)s"),
    EventKind.CALL: _("Call with %(name)s"),
    EventKind.ASKED: _("%(name)s asked a question"),
    EventKind.DATE: _("A date changed"),
    EventKind.EDITED: _("We corrected what we had noted"),
    EventKind.HOLD: _("Paused"),
    EventKind.RESUMED: _("Going on"),
    EventKind.MADE_SAFE: _("Made safe"),
    EventKind.VISIT: _("A visit was arranged or changed"),
    EventKind.FILE: _("Pictures, videos or documents added"),
    EventKind.JOINED: _("Another report joined"),
    EventKind.REMINDED: _("We reminded you to answer"),
    EventKind.PHOTO_LINK: _("We sent a link for pictures"),
}


def messages(case: Case, events: Sequence[CaseEvent], pictures: Sequence[Attachment], mine: set[str]) -> list[Said]:
    """Messages and calls, oldest first; `mine` are the names of the reader's own side."""
    by_message: dict[int, list[Shot]] = {}
    for row in pictures:
        if row.message_id:
            by_message.setdefault(row.message_id, []).append(still(case, row))
    found = []
    for event in events:
        if event.message is None:
            continue
        message = event.message
        found.append(
            Said(
                name=first_name(message.author_name),
                when=when(message.at, case.development.tz),
                text=message.words,
                mine=message.author_name in mine,
                pictures=by_message.get(message.pk, []),
                guide=message.guidance,
            )
        )
    return found


def headline_of(case: Case) -> dict[str, str]:
    """Pill, sentence and what comes next."""
    return {
        "pill": str(PILLS[Status(case.status)]),
        "kind": pill(case),
        "words": headline(case, Audience.HOMEOWNER),
        "next": next_words(case),
    }


def deadline(case: Case) -> str:
    """The day on which silence is noted as completed."""
    return _day(case, case.confirm_due_at)


def repaired(case: Case) -> dict[str, str]:
    """When it was repaired, and who of us checked it when."""
    name = first_name(case.officer.name) if case.officer else _("Our office")
    return {"on": _day(case, case.reports_done_at), "checked": _day(case, case.checked_at), "by": str(name)}
