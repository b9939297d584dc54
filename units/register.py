"""Rows of a sheet of developments or of homes: what each would enter or change, and entering them in bulk."""

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ledger import audit
from units import editing, handover
from units.choices import HandoverKind, UnitKind
from units.models import Block, Calendar, Development, HandoverEvent, Unit
from units.places_book import Book
from units.refusals import Refused
from units.sheets import days, numbers
from units.sheets.kinds import DEVELOPMENTS, HOME_FACTS
from units.sheets.outcomes import Plan, SourceRow, Terms

_LABELS = {column.key: column.label for column in (*DEVELOPMENTS.columns, *HOME_FACTS)}
_COUNTRIES = {
    "MY": ("Asia/Kuala_Lumpur", "MYR", "999", {"malaysia", "马来西亚"}),
    "SG": ("Asia/Singapore", "SGD", "995", {"singapore", "singapura", "新加坡"}),
    "GB": ("Europe/London", "GBP", "999", {"uk", "united kingdom", "england", "great britain", "britain"}),
    "AE": ("Asia/Dubai", "AED", "999", {"uae", "united arab emirates"}),
}
_EMERGENCY_WORDS = {"SG": "Fire and ambulance 995, police 999"}
"""Countries whose police has a number of its own."""
_COMMON = {"common", "common area", "common property", "kawasan bersama", "harta bersama", "公共区域"}
_HANDOVERS = {"possession": HandoverKind.VP_TAKEN, "keys": HandoverKind.KEYS}
_FACTS = ("floor", "stack", "note")


class DevelopmentRows:
    """Rows of developments, entered one by one: there are few."""

    def __init__(self, book: Book, terms: Terms) -> None:
        self.book, self.terms = book, terms

    def plan(self, rows: Sequence[SourceRow]) -> list[Plan]:
        """What each row would do; in a check the developments then count as there."""
        return [self._planned(row) for row in rows]

    def write(self, plans: Sequence[Plan]) -> None:
        """Enters what the plans say."""
        for plan in plans:
            editing.save_edit(plan.work["row"], by=self.terms.by, at=self.terms.at)
            self.book.add(plan.work["row"])

    def _planned(self, row: SourceRow) -> Plan:
        plan = Plan(row)
        try:
            self._read(row, plan)
        except Refused as refusal:
            plan.refuse(refusal)
        except ValidationError as fault:
            plan.fault = " ".join(fault.messages)
        return plan

    def _read(self, row: SourceRow, plan: Plan) -> None:
        code = row.text("code").upper()
        known = self.book.developments.get(code.casefold())
        development = Development.objects.get(pk=known.pk) if known and known.pk else Development(code=code)
        plan.is_new = development.pk is None
        for key, value in _development_facts(row, is_new=plan.is_new).items():
            if value and plan.differ(_LABELS.get(key, key), getattr(development, key), value):
                setattr(development, key, value)
        if plan.is_new:
            development.calendar = _calendar(development.zone)
        development.full_clean(validate_unique=False, validate_constraints=False)
        plan.work["row"] = development
        if plan.is_new:
            self.book.add(development)


def _development_facts(row: SourceRow, *, is_new: bool) -> dict[str, str]:
    country = _country(row.text("country"))
    zone, currency, emergency, _names = _COUNTRIES.get(country, ("", "", "", set()))
    missing = [column for column in DEVELOPMENTS.columns if column.is_needed and not row.text(column.key)]
    if missing and is_new:
        raise Refused(_("Missing: %(what)s.") % {"what": ", ".join(str(column.label) for column in missing)})
    facts = {key: row.text(key) for key in ("name", "address", "office_phone", "office_hours", "emergency_phone")}
    facts |= {
        "country": country,
        "office_email": row.text("office_email").replace("mailto:", "").replace(" ", "").lower(),
    }
    facts["zone"] = row.text("zone") or (zone if is_new else "")
    facts["currency"] = row.text("currency").upper() or (currency if is_new else "")
    facts["public_emergency_number"] = row.text("public_emergency_number") or (emergency if is_new else "")
    if is_new and not row.text("public_emergency_number"):
        facts["public_emergency_words"] = _EMERGENCY_WORDS.get(country, "")
    return facts


def _country(text: str) -> str:
    """Two letters, from a code or one of the names that we know."""
    wanted = text.strip().casefold()
    return next((code for code, facts in _COUNTRIES.items() if wanted in facts[3]), wanted.upper())


def _calendar(zone: str) -> Calendar:
    found = Calendar.objects.filter(zone=zone).order_by("pk").first()
    if found is None:
        sentence = _("There is no working calendar for the time zone “%(zone)s”. Add one under Other settings first.")
        raise Refused(sentence % {"zone": zone})
    return found


class UnitRows:
    """Rows of homes, in chunks: two questions to plan and a handful of inserts to enter them."""

    def __init__(self, book: Book, terms: Terms) -> None:
        self.book, self.terms = book, terms
        self.handovers: dict[tuple[int, str], HandoverEvent] = {}
        self.named: dict[tuple[str, str], int] = {}

    def plan(self, rows: Sequence[SourceRow]) -> list[Plan]:
        """What each row would do. Call `book.fetch(rows)` first."""
        found = [unit.pk for unit in self.book.units.values()]
        events = HandoverEvent.objects.in_force().filter(unit__in=found, kind__in=_HANDOVERS.values()).order_by("pk")
        self.handovers = {(event.unit_id or 0, event.kind): event for event in events}
        plans = []
        for row in rows:
            plan = Plan(row)
            try:
                self._read(row, plan)
            except Refused as refusal:
                plan.refuse(refusal)
            plans.append(plan)
        return plans

    def _read(self, row: SourceRow, plan: Plan) -> None:
        development, door = self.book.door(row)
        key = self.book.home(row)
        unit = self.book.units.get(key) if key else None
        handed = {name: self._day(row, name, development) for name in _HANDOVERS if row.text(name)}
        facts = self._facts(row, door)
        plan.work |= {
            "facts": facts,
            "days": handed,
            "unit": unit,
            "door": door,
            "development": development,
            "key": key,
        }
        if unit is None:
            self._read_new(plan)
            return
        for name in _FACTS:
            plan.differ(_LABELS[name], getattr(unit, name), facts[name])
        for name, on in handed.items():
            event = self.handovers.get((unit.pk, _HANDOVERS[name]))
            plan.differ(_LABELS[name], event.on if event else "", on)

    def _read_new(self, plan: Plan) -> None:
        if plan.work["key"]:  # a second row of the same home: another owner
            plan.work["again"] = True
            return
        plan.work["key"] = self.book.expect(plan.work["development"], plan.work["door"])
        plan.is_new = True
        plan.differ(_("Home"), "", plan.work["door"].number)

    def _facts(self, row: SourceRow, door: numbers.Door) -> dict[str, str]:
        facts = {"floor": row.text("floor") or door.floor, "stack": row.text("stack"), "note": row.text("note")}
        if len(facts["floor"]) > 12 or len(facts["stack"]) > 12:
            raise Refused(_("Floor and stack have at most 12 characters."))
        return facts

    def _day(self, row: SourceRow, key: str, development: Development) -> date:
        votes = self.terms.votes.get(f"{row.sheet}:{key}", (0, 0))
        return days.read(row.text(key), day_first=days.by_votes(*votes, country=development.country))

    def write(self, plans: Sequence[Plan]) -> None:
        """Enters the homes of these plans, with their blocks and handovers, and changes what they change."""
        new = [plan for plan in plans if plan.is_new]
        self._add_blocks(new)
        units = Unit.objects.bulk_create(self._unit(plan) for plan in new)
        audit.record_all(editing.added(row, by=self.terms.by, at=self.terms.at) for row in units)
        for plan, unit in zip(new, units, strict=True):
            plan.work["unit"] = unit
            self.book.put(unit)
        changed = [plan for plan in plans if not plan.is_new and plan.work["unit"] is not None]
        for plan in changed:
            self._change(plan)
        self._hand_over(plans)

    def _add_blocks(self, plans: Sequence[Plan]) -> None:
        wanted: dict[tuple[str, str], Block] = {}
        for plan in plans:
            door, development = plan.work["door"], plan.work["development"]
            key = (development.code, door.block_key)
            if door.block and key not in self.book.blocks and key not in wanted:
                wanted[key] = Block(development=development, name=_block_name(door.block))
        blocks = Block.objects.bulk_create(wanted.values())
        audit.record_all(editing.added(row, by=self.terms.by, at=self.terms.at) for row in blocks)
        self.book.blocks |= dict(zip(wanted, blocks, strict=True))

    def _unit(self, plan: Plan) -> Unit:
        door, development = plan.work["door"], plan.work["development"]
        block = self.book.blocks.get((development.code, door.block_key)) if door.block else None
        is_common = plan.row.text("kind").casefold() in _COMMON
        kind = UnitKind.COMMON if is_common else UnitKind.HOME
        return Unit(development=development, block=block, kind=kind, number=door.number, **plan.work["facts"])

    def _change(self, plan: Plan) -> None:
        unit = plan.work["unit"]
        for name in _FACTS:
            if plan.work["facts"][name]:
                setattr(unit, name, plan.work["facts"][name])
        if plan.entered or plan.replaced:
            editing.save_edit(unit, by=self.terms.by, at=self.terms.at)

    def _hand_over(self, plans: Sequence[Plan]) -> None:
        new, by, at = [], self.terms.by, self.terms.at
        for plan in plans:
            unit = plan.work["unit"]
            for name, on in plan.work["days"].items() if unit else ():
                event = self.handovers.get((unit.pk, _HANDOVERS[name]))
                if event is None:
                    new.append(HandoverEvent(unit=unit, kind=_HANDOVERS[name], on=on))
                elif event.on != on:
                    handover.correct(event, on=on, reason=_("Imported from a list."), by=by, at=at)
        handover.record_all(new, by=by, at=at)


def _block_name(name: str) -> str:
    """A bare letter or number becomes “Block A”."""
    return f"Block {name.upper()}" if len(name) <= 3 and numbers.block_key(name) == name.casefold() else name
