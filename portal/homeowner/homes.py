"""What the homeowner's first page shows, put together from rows at hand; asks nothing of the database."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.translation import gettext as _

from cases.choices import Audience, Ball
from cases.headlines import headline, pill
from cases.models import Attachment, Case
from cases.people import first_name
from homeowners.tenures import Home
from inspections.choices import VisitState
from inspections.models import Visit
from units.wording import day, full_day, window


@dataclass(frozen=True)
class Need:
    """Something that waits for the homeowner."""

    case: Case
    title: str
    due: str
    picture: Attachment | None


@dataclass
class Room:
    """A room with open cases."""

    code: str
    name: str
    icon: str
    count: int = 0


@dataclass
class HomeView:
    """One home of the person."""

    home: Home
    cover: str
    rooms: list[Room] = field(default_factory=list)


@dataclass(frozen=True)
class CaseRow:
    """One case as a row."""

    case: Case
    words: str
    pill: str
    picture: Attachment | None


@dataclass(frozen=True)
class VisitRow:
    """One visit as a row."""

    visit: Visit
    on: date
    window: str
    title: str
    what: str


def needs(cases: Iterable[Case], pictures: dict[int, Attachment], may_confirm: set[int]) -> list[Need]:
    """Cases where the homeowner acts next; a tenant is asked questions but not for the last word."""
    found = []
    for case in cases:
        if case.ball != Ball.HOMEOWNER or (case.step == "confirm" and case.unit_id not in may_confirm):
            continue
        title = _("Is it fixed?") if case.step == "confirm" else _("We have a question")
        due = _("Answer by %(day)s") % {"day": _local_day(case, case.next_on)} if case.next_on else ""
        found.append(Need(case, title, due, pictures.get(case.pk)))
    return found


def _local_day(case: Case, at: datetime | None) -> str:
    return day(at.astimezone(case.development.tz).date()) if at else ""


def rooms(cases: Iterable[Case]) -> list[Room]:
    """Rooms with the number of open cases, the fullest first."""
    found: dict[str, Room] = {}
    for case in cases:
        location = case.location
        room = found.setdefault(location.code, Room(location.code, str(location), location.icon))
        room.count += 1
    return sorted(found.values(), key=lambda room: (-room.count, room.name))


def cover_words(end: date | None, today: date) -> str:
    """As in "Cover until Fri 24 Jul 2026"; nothing when it is not known."""
    if end is None:
        return ""
    words = _("Cover until %(day)s") if end >= today else _("Cover ended on %(day)s")
    return words % {"day": full_day(end)}


def case_rows(cases: Iterable[Case], pictures: dict[int, Attachment]) -> list[CaseRow]:
    """Rows with the homeowner's headline."""
    return [CaseRow(case, headline(case, Audience.HOMEOWNER), pill(case), pictures.get(case.pk)) for case in cases]


def visit_rows(visits: Iterable[Visit]) -> list[VisitRow]:
    """Visits with their window at the home; the visit's cases are fetched with it."""
    return [_visit_row(visit) for visit in visits]


def _visit_row(visit: Visit) -> VisitRow:
    zone = visit.unit.development.tz
    what = ", ".join(case.title for case in visit.cases.all())
    who = {
        "initial": _("%(name)s looks at it"),
        "joint": _("%(name)s looks at it with our contractor"),
        "rectification": _("%(name)s repairs"),
        "check": _("%(name)s checks"),
        "end-of-dlp": _("%(name)s looks at your home before your cover ends"),
    }[visit.kind] % {"name": first_name(visit.who)}
    hours = window(visit.starts_at, visit.ends_at, zone)
    if visit.state == VisitState.OFFERED:
        return VisitRow(visit, visit.starts_at.astimezone(zone).date(), hours, _("When may we come?"), what)
    return VisitRow(visit, visit.starts_at.astimezone(zone).date(), hours, f"{hours.partition(', ')[2]}, {who}", what)


def first_pictures(attachments: Iterable[Attachment]) -> dict[int, Attachment]:
    """The newest after, else the first before, of each case."""
    found: dict[int, Attachment] = {}
    for row in attachments:
        if row.case_id and (row.case_id not in found or row.role == "after"):
            found[row.case_id] = row
    return found


def greeting(name: str, now: datetime) -> str:
    """By the hour at the home."""
    words = _("Good morning, %(name)s") if now.hour < 12 else _("Good afternoon, %(name)s")
    if now.hour >= 18:
        words = _("Good evening, %(name)s")
    return words % {"name": first_name(name)}
