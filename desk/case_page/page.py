"""Gathers what the case page shows: a fixed number of queries, however long the story is."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.choices import DESK_ROLES
from accounts.models import User
from cases import duplicates, footage
from cases.choices import Audience, DecisionState, Direction, EventKind
from cases.dates import age_in_days, local_date
from cases.headlines import headline
from cases.models import Attachment, Case, CaseEvent, Clock, CoverageVerdict, DecisionRequest, Hold, Notice
from cases.people import first_name
from cases.sittings import Sitting, newest
from catalogue import guidance
from contractors.models import Contact
from desk import alike
from desk.case_page import actions, clocks, cover, now, order_rows, people, pictures, replies, story
from desk.my_day import queues
from homeowners.models import Tenure
from inspections.models import Visit
from units.wording import when
from works.models import WorkOrder


@dataclass(frozen=True)
class Rows:
    """Everything that is read, in one place, so that the number of queries can be seen."""

    files: list[Attachment]
    events: list[CaseEvent]
    notices: list[Notice]
    clocks: list[Clock]
    holds: list[Hold]
    verdicts: list[CoverageVerdict]
    decisions: list[DecisionRequest]
    tenures: list[Tenure]
    contacts: list[Contact]
    visits: list[Visit]
    orders: list[WorkOrder]
    likely: list[Case]
    hints: list[dict[str, Any]]
    joined: list[Case]


def read(case: Case, *, at: datetime) -> Rows:
    """The rows of one case; at most fifteen queries."""
    likely, hints = _alike(case)
    return Rows(
        files=pictures.of_case(case),
        events=story.events_of(case),
        notices=story.notices_of(case),
        clocks=clocks.of_case(case),
        holds=list(case.holds.filter(ended_at__isnull=True)),
        verdicts=cover.of_case(case),
        decisions=list(case.decisions.filter(state=DecisionState.WAITING)),
        tenures=people.of_home(case, at),
        contacts=people.contacts_of(case),
        visits=people.visits_of(case),
        orders=order_rows.of_case(case),
        likely=likely,
        hints=hints,
        joined=list(case.duplicates.for_page().order_by("pk")),  # an index has both; by receipt it read all cases
    )


def _alike(case: Case) -> tuple[list[Case], list[dict[str, Any]]]:
    """The cases that may be the same, and what came back or happens in the stack; each case is named once."""
    likely = duplicates.likely(case) if case.is_open else []
    live = {row.reference for row in likely if row.is_open}
    hints = alike.hints([case], case.development.tz, named={case.pk: live})[case.pk]
    told = {reference for hint in hints for reference in hint["of"]} - live
    return [row for row in likely if row.reference not in told], hints


def context(case: Case, *, user: User, at: datetime, queue: str = "", wanted: str = "") -> dict[str, Any]:
    """What the template prints."""
    rows = read(case, at=at)
    person = people.main_person(case, rows.tenures)
    query = f"?queue={queue}" if queue else ""
    return {
        "case": case,
        "person": person,
        "first_name": first_name(person) or _("the homeowner"),
        "zone": case.development.tz,
        "queue": queue,
        "seen_event": max((event.pk for event in rows.events), default=0),
        "done": queues.end_of(queue) if queue else "",
        "place": queues.place(queue, case, user=user, at=at) if queue else None,
        "crumbs": [{"url": "/cases/", "words": _("Cases")}],
        "now": now.standing(case, person=person, user=user, at=at),
        "homeowner_reads": headline(case, Audience.HOMEOWNER),
        "age": age_in_days(case, at),
        "last": last_words(case, rows.events),
        "actions": actions.of_case(
            case, user=user, person=person, events=rows.events, holds=rows.holds, at=at, query=query
        ),
        "replies": replies.for_case(case, person=person),
        "fitting": next(iter(guidance.fitting(case.defect_type, case.trade)), None),
        "decisions": rows.decisions,
        **_reported(case, rows),
        **_aside(case, rows, person, at),
        "order_acts": order_rows.acts(case, rows.orders, may_act=user.role in DESK_ROLES),
        **_story(case, rows, first_name(person), wanted, at),
    }


def _reported(case: Case, rows: Rows) -> dict[str, Any]:
    shown, more = pictures.first_ones(pictures.rows(rows.files, case))
    return {
        "item": case.report_item,
        "reporter": people.reporter(case),
        "pictures": shown,
        "more_pictures": more,
        "pairs": pictures.pairs(rows.files, case),
        "films": footage.films(rows.files, case),
        "papers": pictures.papers(rows.files, case),
        "likely": [{"case": other, "headline": headline(other, Audience.STAFF)} for other in rows.likely],
        "joined": rows.joined,
        "hints": rows.hints,
    }


def _aside(case: Case, rows: Rows, person: str, at: datetime) -> dict[str, Any]:
    return {
        "clocks": clocks.rows(case, rows.clocks, person=person, at=at),
        "waits": clocks.waits(case, rows.holds),
        "covers": cover.sides(case, rows.verdicts, today=local_date(case, at)),
        "people": people.rows(case, rows.tenures),
        "contractor": people.contractor_rows(case, rows.contacts),
        "visits": people.visit_rows(case, rows.visits),
        "orders": order_rows.rows(case, rows.orders),
        "addressee": addressee(rows.tenures, person),
    }


def _story(case: Case, rows: Rows, name: str, wanted: str, at: datetime) -> dict[str, Any]:
    whole = story.entries(case, rows.events, rows.notices, at=at)
    chosen = story.chosen(whole, wanted)
    older = chosen[story.OPEN_ENTRIES :]
    return {
        "entries": chosen[: story.OPEN_ENTRIES],
        "older": older,
        "older_words": ngettext(
            "Show %(n)d earlier entry, back to %(when)s", "Show %(n)d earlier entries, back to %(when)s", len(older)
        )
        % {"n": len(older), "when": older[-1].when}
        if older
        else "",
        "to_do": story.to_do(rows.notices, case, at=at),
        "filters": [
            {"key": key, "label": str(label).format(name=name or _("the homeowner")), "is_current": key == wanted}
            for key, label in story.FILTERS.items()
        ],
    }


def addressee(tenures: list[Tenure], person: str) -> str:
    """The address that a message goes to; empty when it becomes a letter or a call."""
    found = next((tenure.homeowner for tenure in tenures if tenure.homeowner.name == person), None)
    return "" if found is None or found.needs_post else found.email


def last_words(case: Case, events: list[CaseEvent]) -> dict[str, Any] | None:
    """What was last said between the homeowner and us."""
    said = {EventKind.MESSAGE, EventKind.CALL, EventKind.ASKED}
    last = next((event for event in events if event.kind in said and event.message), None)
    sent = newest(reversed(events)) if case.has_unread_reply else None
    if sent and (last is None or sent.at > last.at):
        return _pictures_alone(case, sent)
    if last is None or last.message is None:
        return None
    is_theirs = last.message.direction == Direction.IN and not last.message.is_call
    return {
        "who": _("%(name)s wrote") % {"name": first_name(last.actor_name)}
        if is_theirs
        else _("%(name)s told") % {"name": first_name(last.actor_name)},
        "words": last.message.words,
        "when": when(last.at, case.development.tz),
        "is_theirs": is_theirs,
        "is_unread": case.has_unread_reply,
    }


def _pictures_alone(case: Case, sent: Sitting) -> dict[str, Any]:
    """The newest is pictures that came without a message."""
    return {
        "who": sent.words,
        "words": "",
        "when": when(sent.at, case.development.tz),
        "is_theirs": True,
        "is_unread": True,
    }
