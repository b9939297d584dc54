"""Checklists: which fit a visit, how far they are, and how an administrator writes one (a point a line)."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import Prefetch
from django.utils.text import slugify
from django.utils.translation import gettext as _

from cases.evidence import MoveRefused
from cases.models import Case
from catalogue.models import Trade
from inspections.default_data import CHECKLISTS
from inspections.models import Checklist, ChecklistPoint, Visit
from ledger import audit
from ledger.actors import Actor

MOST_POINTS = 100
LONGEST_POINT = 200


@dataclass(frozen=True)
class Point:
    """One point of a list at a visit."""

    row: ChecklistPoint
    is_ticked: bool


@dataclass(frozen=True)
class Sheet:
    """One list at a visit."""

    checklist: Checklist
    points: Sequence[Point]

    @property
    def ticked(self) -> int:
        """How many points are ticked."""
        return sum(point.is_ticked for point in self.points)


@dataclass(frozen=True)
class Sheets:
    """The lists of a visit and how far they are together."""

    rows: Sequence[Sheet] = field(default_factory=tuple)

    @property
    def total(self) -> int:
        """All points."""
        return sum(len(sheet.points) for sheet in self.rows)

    @property
    def ticked(self) -> int:
        """Those that are ticked."""
        return sum(sheet.ticked for sheet in self.rows)

    @property
    def percent(self) -> int:
        """Whole percent ticked, rounded down: 100 is only said when all is done."""
        return 100 * self.ticked // self.total if self.total else 0


def sheets_of(visit: Visit, cases: Iterable[Case]) -> Sheets:
    """The lists in use that fit this visit, with what was ticked; and points ticked here before they were retired."""
    ticks = {tick.point_id: tick.is_ticked for tick in visit.ticks.order_by("made_at", "pk")}
    points = Prefetch("points", ChecklistPoint.objects.order_by("order", "pk"))
    fitting = Checklist.objects.fitting(visit.kind, {case.trade_id for case in cases}).prefetch_related(points)
    sheets = [Sheet(row, _points(row, ticks)) for row in fitting]
    return Sheets([sheet for sheet in sheets if sheet.points])


def _points(checklist: Checklist, ticks: dict[int, bool]) -> list[Point]:
    found = [Point(row, ticks.get(row.pk, False)) for row in checklist.points.all()]
    return [point for point in found if point.is_ticked or not point.row.is_retired]


def points_in(text: str) -> list[str]:
    """The points of a pasted text, one a line, without bullets and repeats. Refused: none, too many, one too long."""
    lines = list(dict.fromkeys(filter(None, (line.strip().lstrip("-•*").strip() for line in text.splitlines()))))
    if not lines:
        raise MoveRefused(_("Write at least one point, each on a line of its own."), "lines")
    if len(lines) > MOST_POINTS:
        raise MoveRefused(_("A list holds at most %(n)d points.") % {"n": MOST_POINTS}, "lines")
    long = next((line for line in lines if len(line) > LONGEST_POINT), "")
    if long:
        raise MoveRefused(_("This point is too long: “%(words)s…”") % {"words": long[:60]}, "lines")
    return lines


@transaction.atomic
def save(checklist: Checklist, text: str, *, by: Actor, at: datetime) -> None:
    """The list with these points, in this order; those that are missing are retired, known ones come back."""
    lines = points_in(text)
    checklist.save()
    old = lines_of(checklist)
    checklist.points.update(is_retired=True)
    for order, words in enumerate(lines, start=1):
        now = {"order": order, "is_retired": False}
        ChecklistPoint.objects.update_or_create(checklist=checklist, words=words, defaults=now)
    facts = {"points": lines, "kind": checklist.kind, "trade": checklist.trade_id, "retired": checklist.is_retired}
    audit.record(
        "checklist.saved",
        by=by,
        at=at,
        about="checklist",
        about_id=checklist.pk,
        reference=checklist.name,
        old={"points": old.splitlines()},
        new=facts,
    )


def lines_of(checklist: Checklist) -> str:
    """The points in force, one a line."""
    return "\n".join(checklist.points.filter(is_retired=False).values_list("words", flat=True))


def free_code(name: str) -> str:
    """A code for a new list that no other has."""
    stem = slugify(name)[:30] or "list"
    taken = set(Checklist.objects.filter(code__startswith=stem).values_list("code", flat=True))
    return next(code for code in (stem, *(f"{stem}-{n}" for n in range(2, len(taken) + 3))) if code not in taken)


@transaction.atomic
def install_defaults() -> Counter[str]:
    """Adds the lists that are missing; one that an administrator changed or retired stays as it is."""
    trades = set(Trade.objects.values_list("code", flat=True))
    known = set(Checklist.objects.values_list("code", flat=True))
    added: Counter[str] = Counter()
    for order, (code, name, kind, trade, points) in enumerate(CHECKLISTS, start=1):
        if code in known or (trade and trade not in trades):
            continue
        row = Checklist.objects.create(code=code, name=name, kind=kind, trade_id=trade or None, order=order)
        rows = [ChecklistPoint(checklist=row, words=words, order=number) for number, words in enumerate(points, 1)]
        ChecklistPoint.objects.bulk_create(rows)
        added["checklists"] += 1
    return added
