"""What the page of a visit shows: people, items with answers and pictures, checklists. Plain rows, no query later."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.formats import time_format
from django.utils.translation import gettext as _

from accounts.phones import display
from cases.choices import AttachmentRole
from cases.models import Attachment, Case
from inspections import findings
from inspections.checklists import Sheets, sheets_of
from inspections.choices import PartyKind, Verdict, VisitState
from inspections.models import VisitFound, VisitItem, VisitParty, VisitShot
from inspections.onsite.door import Door
from units.wording import window


@dataclass(frozen=True)
class Here:
    """Somebody on the list of who is here. `asks_name`: the company has named nobody yet."""

    party: VisitParty
    name: str
    role: str
    is_here: bool
    since: str
    asks_name: bool = False
    phone: str = ""


@dataclass(frozen=True)
class Said:
    """What another side answered; only the office reads it."""

    who: str
    item: VisitItem


@dataclass
class Item:
    """One case at the visit."""

    number: int
    case: Case
    picture: Attachment | None
    own: VisitItem | None
    others: Sequence[Said] = ()
    shots: list[VisitShot] = field(default_factory=list)
    is_found: bool = False

    @property
    def is_answered(self) -> bool:
        """This side said OK or Not OK."""
        return self.own is not None and self.own.answer != Verdict.UNSEEN


@dataclass(frozen=True)
class Page:
    """Everything at hand."""

    items: Sequence[Item]
    people: Sequence[Here]
    sheets: Sheets
    found: Sequence[VisitFound]
    saved_at: str = ""

    @property
    def answered(self) -> int:
        """Items that this side answered."""
        return sum(item.is_answered for item in self.items)


def page_of(door: Door) -> Page:
    """The visit as this side sees it."""
    found = _found(door)
    items = _items(door, found)
    return Page(items, people_of(door), sheets_of(door.visit, door.cases), found, _saved_at(door, items))


def _saved_at(door: Door, items: Iterable[Item]) -> str:
    """When this side's newest answer or picture reached us."""
    times = [shot.at for item in items for shot in item.shots] + [item.own.at for item in items if item.own]
    return str(time_format(max(times).astimezone(door.visit.unit.development.tz), "H:i")) if times else ""


def _found(door: Door) -> list[VisitFound]:
    rows = door.visit.found.of_side(door.company_ids).select_related("case__location", "case__report_item")
    return list(rows.prefetch_related("case__report_item"))


def _items(door: Door, found: Iterable[VisitFound]) -> list[Item]:
    answers = findings.answers_of(door.visit, door.company_ids)
    names = _names(door)
    pictures = _first_pictures(door)
    new = {row.case_id for row in found}
    items = {
        case.pk: Item(
            number,
            case,
            pictures.get(case.pk),
            answers.get((case.pk, door.company_id)),
            [
                Said(names.get(side, ""), row)
                for (pk, side), row in answers.items()
                if pk == case.pk and side is not None
            ]
            if door.is_office
            else (),
            is_found=case.pk in new,
        )
        for number, case in enumerate(door.cases, start=1)
    }
    shots = door.visit.shots.of_side(door.company_ids).select_related("file").prefetch_related("file__renditions")
    for shot in shots:
        if shot.case_id in items:
            items[shot.case_id].shots.append(shot)
    return list(items.values())


def _names(door: Door) -> dict[int | None, str]:
    parties = door.visit.parties.filter(company__isnull=False).select_related("company")
    return {party.company_id: party.company.short_name for party in parties if party.company}


def _first_pictures(door: Door) -> dict[int, Attachment]:
    rows = Attachment.objects.visible_to(door.user).filter(case__in=door.cases, file__kind="image")
    before = rows.filter(role=AttachmentRole.BEFORE).select_related("file").order_by("-pk")
    return {row.case_id: row for row in before if row.case_id}


def people_of(door: Door) -> list[Here]:
    """Who takes part; a company sees name and phone of the home only while the visit is booked."""
    rows = door.visit.parties.select_related("company", "contact", "user", "homeowner")
    zone = door.visit.unit.development.tz
    is_named = door.is_office or door.visit.state == VisitState.BOOKED
    found = []
    for party in rows:
        is_home = party.kind == PartyKind.HOMEOWNER
        since = time_format(party.attended_at.astimezone(zone), "H:i") if party.attended_at else ""
        found.append(
            Here(
                party,
                _("Resident") if is_home and not is_named else party.name,
                party.company.name if party.company else party.get_kind_display(),
                bool(since),
                since,
                asks_name=party.kind == PartyKind.COMPANY and party.name == (party.company and party.company.name),
                phone=display(party.phone) if is_home and is_named else "",
            )
        )
    return found


def frame(door: Door) -> dict[str, Any]:
    """What the page's frame names."""
    visit = door.visit
    development = visit.unit.development
    block = visit.unit.block.name if visit.unit.block else ""
    address, words = door.back
    return {
        "door": door,
        "visit": visit,
        "office": development,
        "company": ", ".join(company.short_name for company in door.companies),
        "work_url": address,
        "back": address,
        "back_words": words,
        "title": ", ".join(part for part in (visit.unit.number, block) if part),
        "place": ", ".join(part for part in (_floor(visit), development.name) if part),
        "window": window(visit.starts_at, visit.ends_at, development.tz),
        "zone": development.tz,
    }


def _floor(visit: Any) -> str:
    return _("Level %(floor)s") % {"floor": visit.unit.floor} if visit.unit.floor else ""
