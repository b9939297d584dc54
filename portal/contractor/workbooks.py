"""The list as a workbook that can be filled in and sent back: read row by row, then shown, then applied.

Only the columns *Answer*, *Reason*, *Date* and *Note* are read, by the number of the order; formulas count with their
last result and are never run (`documents.darkroom.tables`).
"""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from cases import orders
from documents import tables
from documents.models import StoredFile
from documents.sheets_out import workbook
from documents.sheets_out.sheet import Column, Kind, Part, Sheet, select
from portal.contractor import jobs
from portal.contractor.doors import Door
from units.refusals import Refused
from units.sheets import days
from works.choices import DisputeReason
from works.models import WorkOrder

MOST_ROWS = 1000
ORDER, ANSWER, REASON, DATE, NOTE = "order", "answer", "reason", "date", "note"
HEADINGS = {
    ORDER: gettext_lazy("Order"),
    ANSWER: gettext_lazy("Answer"),
    REASON: gettext_lazy("Reason, if not ours"),
    DATE: gettext_lazy("Your date"),
    NOTE: gettext_lazy("Your words"),
}
WORDS = {
    "accept": ("accept", "accepted", "yes", "ok"),
    "not-ours": ("not ours", "not our", "no"),
    "date": ("date", "offer a date"),
    "done": ("done", "finished"),
    "start": ("started", "start"),
}


def _columns(door: Door) -> tuple[Column, ...]:
    at = door.at
    return (
        Column(HEADINGS[ORDER], lambda row: row.reference, width=10),
        Column(_("Case"), lambda row: row.case.reference, width=12),
        Column(_("Home"), lambda row: row.case.unit.number, width=12),
        Column(_("Where"), jobs.place_of, width=34),
        Column(_("What"), lambda row: row.case.title, width=40),
        Column(_("In the resident's words"), lambda row: orders.fault_in_own_words(row.case), width=50),
        Column(_("What to do"), lambda row: row.scope, width=30),
        Column(_("Access"), lambda row: orders.access(row.case), width=40),
        Column(_("Due"), lambda row: jobs.local_day(row, row.due_at), Kind.DATE, width=12),
        Column(_("State"), lambda row: jobs.standing(row, at=at)[0], width=24),
        Column(HEADINGS[ANSWER], lambda row: "", width=14),
        Column(HEADINGS[REASON], lambda row: "", width=24),
        Column(HEADINGS[DATE], lambda row: None, Kind.DATE, width=14),
        Column(HEADINGS[NOTE], lambda row: "", width=40),
    )


def written(door: Door) -> bytes:
    """The workbook as it stands now."""
    whole = WorkOrder.objects.for_page().select_related("case__report_item__report")
    rows = door.orders().order_by("case__unit__number", "due_at", "pk")
    found = Sheet(
        door.defect_list.reference,
        door.defect_list.title,
        _columns(door),
        (Part(rows, whole.prefetch_related("case__parties__homeowner").in_bulk),),
        zone=lambda row: row.case.development.tz,
    )
    target = io.BytesIO()
    workbook.write(select(found), target, facts=_about(door), about=_("How to answer"))
    return target.getvalue()


def _about(door: Door) -> list[tuple[str, str]]:
    reasons = ", ".join(str(label) for label in DisputeReason.labels)
    return [
        (_("List"), door.defect_list.title),
        (_("For"), door.defect_list.company.name),
        (
            _("Answer"),
            _("accept, not ours, date or started; leave it empty to say nothing. Done needs photos: use the page."),
        ),
        (_("Reason, if not ours"), reasons),
        (_("Your date"), _("The day on which you come, like 2026-03-20.")),
        (
            _("Send it back"),
            _("On the page of the list, under “Answer with Excel”. You see what it would do before it does it."),
        ),
    ]


@dataclass
class Line:
    """One row of a returned sheet: what it says, or why it cannot be taken. Nothing said: neither."""

    number: int
    title: str
    words: str = ""
    sentence: str = ""
    order: WorkOrder | None = None
    act: str = ""
    facts: dict[str, Any] = field(default_factory=dict)


def read(file: StoredFile, rows: Sequence[WorkOrder], *, at: datetime) -> list[Line]:
    """The rows that say something, in the order of the sheet; `UploadRefused` when it cannot be read.

    Refused (units.refusals.Refused) for a table that is not a list of ours, or far too long.
    """
    known = {row.number: row for row in rows}
    lines: list[Line] = []
    seen: set[int] = set()
    with tables.opened(file) as table:
        places: dict[str, int] = {}
        for row in table.read():
            if row.sheet:
                break
            if not places:
                places = _places(row.cells)
                continue
            if row.number > MOST_ROWS:
                raise Refused(
                    _("This sheet has more than %(n)d rows: it is not the one that we sent.") % {"n": MOST_ROWS}
                )
            line = _line(row.number, _Cells(row.cells, places), known, seen, at=at)
            lines += [line] if line else []
    if not places:
        raise Refused(_("We found no column “Order” and “Answer”: send the sheet that you downloaded here."))
    return lines


class _Cells:
    """The cells of a row by our names."""

    def __init__(self, cells: Sequence[str], places: dict[str, int]) -> None:
        self.cells, self.places = cells, places

    def __getitem__(self, name: str) -> str:
        place = self.places.get(name, len(self.cells))
        return self.cells[place].strip() if place < len(self.cells) else ""


def _places(cells: Sequence[str]) -> dict[str, int]:
    """Where our columns stand, by their headings; nothing for a row that is not the heading."""
    names = {_tidy(words): name for name in HEADINGS for words in _said_as(name)}
    found = {names[_tidy(cell)]: place for place, cell in reversed(list(enumerate(cells))) if _tidy(cell) in names}
    return found if {ORDER, ANSWER} <= found.keys() else {}


def _said_as(name: str) -> Iterable[str]:
    yield str(HEADINGS[name])
    with override("en"):
        yield str(HEADINGS[name])


def _tidy(text: str) -> str:
    return " ".join(text.casefold().replace("-", " ").split()).rstrip(".!")


def _line(number: int, cells: _Cells, known: dict[int, WorkOrder], seen: set[int], *, at: datetime) -> Line | None:
    said = [cells[name] for name in (ANSWER, REASON, DATE, NOTE)]
    if not any(said):
        return None
    line = Line(number, cells[ORDER][:40] or _("Row %(n)d") % {"n": number})
    key = cells[ORDER].upper().removeprefix("WO-").strip()
    order = known.get(int(key)) if key.isdecimal() and len(key) < 10 else None
    if order is None:
        line.sentence = _("This order is not on the list any more, or never was.")
        return line
    line.order, line.title = order, f"{order.reference}: {order.case.unit.number}, {order.case.title}"
    if order.number in seen:
        line.sentence = _("This order stands on the sheet twice; the first row counts.")
        return line
    seen.add(order.number)
    try:
        _understand(line, order, cells, at=at)
    except Refused as refusal:
        line.sentence = str(refusal)
    return line


def _understand(line: Line, order: WorkOrder, cells: _Cells, *, at: datetime) -> None:
    """What the row asks for; Refused where it is not clear, or not possible."""
    act = _act(cells)
    if act == "done":
        raise Refused(_("Done needs photos of the repair: open the item on the page and add them there."))
    if act not in jobs.acts_of(order):
        state = jobs.standing(order, at=at)[0]
        raise Refused(_("It is “%(state)s”: this answer is not possible now.") % {"state": state})
    words = str(jobs.LABELS[act][0])
    if act == "not-ours":
        line.facts = _reason(cells)
        words = f"{words}: {DisputeReason(line.facts['reason']).label}. {line.facts['words']}"
    elif act == "date":
        on = _day(cells[DATE], order, at=at)
        line.facts = {"promised_on": on, "words": cells[NOTE][:200]}
        words = f"{words}: {jobs.day(on)}"
    line.act, line.words = act, words


def _act(cells: _Cells) -> str:
    said = _tidy(cells[ANSWER])
    if not said:
        if cells[DATE]:
            return "date"
        raise Refused(_("The column Answer is empty: write accept, not ours or date."))
    act = next((name for name, words in WORDS.items() if said in words or said == _tidy(str(jobs.LABELS[name][0]))), "")
    if not act:
        raise Refused(_("“%(said)s” is no answer: write accept, not ours or date.") % {"said": cells[ANSWER][:40]})
    return "date" if act == "accept" and cells[DATE] else act


def _reason(cells: _Cells) -> dict[str, Any]:
    said = _tidy(cells[REASON])
    found = [value for value, label in DisputeReason.choices if said in {_tidy(value), _tidy(str(label))}]
    if not found:
        raise Refused(_("Write a reason for “not ours”: one of those on the second sheet."))
    if len(cells[NOTE]) < 3:
        raise Refused(_("Write in a sentence why it is not yours, in the column “Your words”."))
    return {"reason": found[0], "words": cells[NOTE][:2000]}


def _day(text: str, order: WorkOrder, *, at: datetime) -> date:
    if not text:
        raise Refused(_("Write your date too."))
    country = order.case.development.country
    on = days.read(text, day_first=country not in days.MONTH_FIRST_COUNTRIES)
    if on < jobs.local_day(order, at):
        raise Refused(_("%(day)s is over: write a later date.") % {"day": jobs.day(on)})
    return on
