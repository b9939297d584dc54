"""What happened to a case, newest first, with who was told of it and whether it arrived."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.choices import Audience, Direction, EventKind, Lane, NoticeChannel
from cases.models import Case, CaseEvent, Notice
from desk.case_page import story_words
from units.wording import when

OPEN_ENTRIES = 8
"""Entries that stand open; older ones are folded."""
MOST_ENTRIES = 400
"""The newest ones; what lies before is in the case's audit."""

FILTERS: dict[str, str | Promise] = {
    "": gettext_lazy("All"),
    "talk": gettext_lazy("With {name}"),
    "notes": gettext_lazy("Notes"),
}


@dataclass(frozen=True)
class Told:
    """One person who was told: in which words it is said, and what can be done about it."""

    words: str
    notice_id: int
    has_failed: bool = False
    is_to_do: bool = False
    text: str = ""


@dataclass(frozen=True)
class Entry:
    """One row of the story."""

    pk: int
    kind: str
    icon: str
    who: str
    did: str
    when: str
    text: str = ""
    note: str = ""
    is_corrected: bool = False
    facts: list[dict[str, str]] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    groups: frozenset[str] = frozenset()


def events_of(case: Case) -> list[CaseEvent]:
    """The newest diary rows, newest first; one query."""
    rows = CaseEvent.objects.filter(case=case).select_related("message", "corrected_by")
    return list(rows.order_by("-at", "-pk")[:MOST_ENTRIES])


def notices_of(case: Case) -> list[Notice]:
    """Who was told of this case, and of the whole report that it came with (the receipt); one query."""
    whole = Q(case__isnull=True, report=case.report_item.report_id)
    rows = Notice.objects.filter(Q(case=case) | whole).select_related("mail")
    rows = rows.defer("mail__body_html", "mail__body_text")
    return list(rows.order_by("-at", "-pk")[: MOST_ENTRIES * 3])


def entries(case: Case, events: Sequence[CaseEvent], notices: Sequence[Notice], *, at: datetime) -> list[Entry]:
    """The story, from rows at hand."""
    told: dict[int | None, list[Notice]] = defaultdict(list)
    reported = next((event.pk for event in events if event.kind == EventKind.REPORTED), None)
    for notice in reversed(notices):
        told[notice.event_id if notice.case_id else reported].append(notice)
    return [_entry(case, event, told[event.pk], at=at) for event in events]


def chosen(story: Sequence[Entry], wanted: str) -> list[Entry]:
    """Those of one filter."""
    return [entry for entry in story if not wanted or wanted in entry.groups]


def _entry(case: Case, event: CaseEvent, notices: Sequence[Notice], *, at: datetime) -> Entry:
    who, did = story_words.headline(event, case)
    return Entry(
        pk=event.pk,
        kind=_kind(event),
        icon=_icon(event),
        who=who,
        did=did,
        when=when(event.at, case.development.tz),
        text=event.words,
        note=event.note,
        is_corrected=hasattr(event, "corrected_by"),
        facts=story_words.proofs(event) + story_words.changes(event, case),
        told=[told_of(notice, case, at=at) for notice in notices],
        groups=_groups(event, notices),
    )


def _kind(event: CaseEvent) -> str:
    """Which colour: the homeowner's words, ours to the homeowner, a note, work done."""
    if event.kind == EventKind.NOTE:
        return "note"
    if event.message and event.message.lane == Lane.RESIDENT:
        return "in" if event.message.direction == Direction.IN and not event.message.is_call else "out"
    if event.move in {"report-done", "confirm"} or event.kind == EventKind.MADE_SAFE:
        return "done"
    return "in" if event.actor_role == "homeowner" and event.words else ""


def _icon(event: CaseEvent) -> str:
    if event.kind == EventKind.CALL:
        return "phone-in" if event.evidence.get("direction") == Direction.IN else "phone-out"
    if event.kind == EventKind.MESSAGE:
        return "mail" if event.message and event.message.direction == Direction.IN else "send"
    if event.move == "report-done":
        return "tools"
    return story_words.ICONS.get(EventKind(event.kind), "move")


def _groups(event: CaseEvent, notices: Sequence[Notice]) -> frozenset[str]:
    found = set()
    is_talk = event.message is not None and event.message.lane == Lane.RESIDENT
    if is_talk or any(notice.audience == Audience.HOMEOWNER for notice in notices):
        found.add("talk")
    if event.note:
        found.add("notes")
    return frozenset(found)


def told_of(notice: Notice, case: Case, *, at: datetime) -> Told:
    """As "Hana Yusof, e-mail delivered 12:21"; a letter or call to make says so until it is done."""
    zone = case.development.tz
    name = notice.recipient_name
    if notice.channel == NoticeChannel.EMAIL and notice.mail:
        words = _("%(name)s, e-mail %(state)s") % {"name": name, "state": notice.mail.wording_at(at, zone)}
        return Told(words, notice.pk, has_failed=notice.mail.is_failed)
    if notice.done_at:
        facts = {"name": name, "who": notice.done_by_name, "when": when(notice.done_at, zone)}
        return Told(_("%(name)s, told by letter or phone by %(who)s, %(when)s") % facts, notice.pk)
    return Told(_("%(name)s, letter or phone to do") % {"name": name}, notice.pk, is_to_do=True, text=notice.words)


def to_do(notices: Sequence[Notice], case: Case, *, at: datetime) -> list[dict[str, Any]]:
    """What did not arrive and what must be written or phoned, over the story, so that nothing hides in it."""
    rows = [(notice, told_of(notice, case, at=at)) for notice in notices]
    return [
        {"told": told, "subject": notice.subject, "when": when(notice.at, case.development.tz)}
        for notice, told in rows
        if told.has_failed or told.is_to_do
    ]
