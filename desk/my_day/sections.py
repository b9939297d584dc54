"""The panels of the day: the first rows of each queue, told in the words that matter there.

Keys are picked queue by queue through an index; the cases of all queues are then fetched together, with the people,
pictures and last words that their lines name.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from cases.choices import AttachmentRole, Audience, Direction, EventKind, Lane
from cases.dates import local_date
from cases.headlines import headline, pill
from cases.models import Attachment, Case, CaseEvent, Message
from cases.sittings import HOMEOWNER_ROLE, Sitting, newest
from desk.my_day import queues
from desk.rows import clock, people_of, span
from documents.choices import FileState
from units.wording import day, when
from works.models import WorkOrder

SHOWN = 5
"""Rows of a queue that stand on the page; *Work through* goes through all."""

LINED = ("new", "updates", "replies", "to-check", "contractor")
"""Queues whose lines are cases, in the order in which they are worked through."""

TOLD_HERE = ("new", "replies", "to-check", "contractor")
"""Those whose lines are made here; the others have a form in each line (`desk.my_day.updates`)."""

Row = dict[str, Any]


@dataclass(frozen=True)
class Known:
    """What was fetched for all lines at once."""

    cases: Mapping[int, Case]
    people: Mapping[int, str]
    pictures: Mapping[int, Attachment]
    words: Mapping[int, Message]
    sent: Mapping[int, Sitting]
    late: Mapping[int, WorkOrder]
    at: datetime


def lines(user: User, at: datetime) -> dict[str, list[Row]]:
    """The first lines of each queue of cases; eight queries however many cases there are."""
    keys = {key: [pk for pk, *_rest in _first(key, user, at)] for key in TOLD_HERE}
    known = _known(keys, at)
    return {key: [_line(key, known.cases[pk], known) for pk in some] for key, some in keys.items()}


def _first(key: str, user: User, at: datetime) -> list[tuple[int, ...]]:
    return list(queues.in_order(key, user, at).values_list("pk", "is_calm")[:SHOWN])


def _known(keys: Mapping[str, list[int]], at: datetime) -> Known:
    pictured, worded = keys["new"], keys["replies"]
    wanted = {pk for some in keys.values() for pk in some}
    cases = list(Case.objects.for_page().select_related("report_item__report").filter(pk__in=wanted).order_by())
    shown = Attachment.objects.filter(case__in=pictured, role=AttachmentRole.BEFORE, file__kind="image")
    pictures = shown.filter(file__state=FileState.READY).order_by("-added_at", "-pk")
    said = Message.objects.filter(case__in=worded, lane=Lane.RESIDENT, direction=Direction.IN).order_by("at", "pk")
    words = {message.case_id: message for message in said}
    return Known(
        cases={case.pk: case for case in cases},
        people=people_of(cases, at),
        pictures={picture.case_id or 0: picture for picture in pictures},
        words=words,
        sent=_sent_alone(worded, words),
        late=_late(keys["contractor"], at),
        at=at,
    )


def _late(keys: list[int], at: datetime) -> dict[int, WorkOrder]:
    """By case the order that is over its date, or its promise, the longest."""
    rows = WorkOrder.objects.overdue(at).filter(case__in=keys).select_related("company")
    return {order.case_id: order for order in sorted(rows, key=lambda row: _over_since(row, at), reverse=True)}


def _over_since(order: WorkOrder, at: datetime) -> datetime:
    return min(moment for moment in (order.due_at, order.promised_at) if moment and moment < at)


def _sent_alone(keys: list[int], words: Mapping[int, Message]) -> dict[int, Sitting]:
    """The pictures of these cases that came after the last words, without a message of their own."""
    sent = CaseEvent.objects.filter(case__in=keys, kind=EventKind.FILE, actor_role=HOMEOWNER_ROLE)
    by_case: dict[int, list[CaseEvent]] = {}
    for event in sent.order_by("at", "pk"):
        said = words.get(event.case_id)
        if said is None or event.at > said.at:
            by_case.setdefault(event.case_id, []).append(event)
    found = {pk: newest(events) for pk, events in by_case.items()}
    return {pk: sitting for pk, sitting in found.items() if sitting}


def _line(key: str, case: Case, known: Known) -> Row:
    person = known.people[case.pk]
    line = {
        "url": queues.address(case.reference, key),
        "reference": case.reference,
        "priority": case.priority_id,
        "meaning": case.priority.label,
        "title": case.title,
        "note": ", ".join(part for part in (case.unit.number, person) if part),
        "person": person,
    }
    return line | _SPECIAL[key](case, known)


def _new(case: Case, known: Known) -> Row:
    due = case.acknowledge_due_at
    picture = known.pictures.get(case.pk)
    return {
        "thumb": reverse("case_file", args=[picture.public_id, "list"]) if picture else "",
        "clock": clock(case, known.at),
        "small": _("answer by %(when)s") % {"when": _short(case, due, known.at)} if due else "",
    }


def _reply(case: Case, known: Known) -> Row:
    said, sent = known.words.get(case.pk), known.sent.get(case.pk)
    if sent:
        title, who, at = sent.words, case.title, sent.at
    elif said:
        title, who, at = f"“{said.words}”", said.author_name, said.at
    else:
        return {"pill": _("Reply"), "pill_kind": "moving"}
    return {
        "title": title,
        "note": _("%(home)s, %(person)s, %(when)s")
        % {"home": case.unit.number, "person": who, "when": when(at, case.development.tz)},
        "pill": _("Reply"),
        "pill_kind": "moving",
        "small": _("answer by %(day)s") % {"day": _day(case, case.update_due_at)} if case.update_due_at else "",
    }


def _to_check(case: Case, known: Known) -> Row:
    time = clock(case, known.at)
    is_late = time["state"] == "late"
    words = headline(case, Audience.STAFF)
    return {
        "pill": time["words"] if is_late else words,
        "pill_kind": "late" if is_late else pill(case),
        "small": words if is_late else _("by %(day)s") % {"day": _day(case, case.clock_due_at)},
    }


def _contractor(case: Case, known: Known) -> Row:
    order = known.late.get(case.pk)
    due = _over_since(order, known.at) if order else case.work_due_at
    company = order.company if order else case.work_company
    words = _("%(home)s, %(step)s, due %(day)s")
    if order and order.promised_at == due:
        words = _("%(home)s, %(step)s, promised for %(day)s")
    return {
        "title": _("%(company)s: %(what)s") % {"company": company.short_name if company else "", "what": case.title},
        "note": words
        % {"home": case.unit.number, "step": headline(case, Audience.STAFF).lower(), "day": _day(case, due)},
        "pill": _("%(length)s over") % {"length": span(known.at - due)} if due else "",
        "pill_kind": "late",
    }


_SPECIAL: dict[str, Callable[[Case, Known], Row]] = {
    "new": _new,
    "replies": _reply,
    "to-check": _to_check,
    "contractor": _contractor,
}


def _day(case: Case, moment: datetime | None) -> str:
    return day(local_date(case, moment)) if moment else ""


def _short(case: Case, moment: datetime, at: datetime) -> str:
    """The time today, the day otherwise."""
    if local_date(case, moment) == local_date(case, at):
        return moment.astimezone(case.development.tz).strftime("%H:%M")
    return _day(case, moment)
