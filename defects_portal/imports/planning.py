"""Plans chunks of rows through the rooms that know them, and has them enter what was planned."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from contractors.register import ContractorRows
from defects_portal.imports import sheets as reading
from defects_portal.imports.sheets import Sheet
from documents.tables import Table
from homeowners import owner_cells, owner_entry
from homeowners.owner_rows import OwnerRows
from units import doors
from units.places_book import Book, UnitKey
from units.refusals import Refused
from units.register import DevelopmentRows, UnitRows
from units.sheets import days
from units.sheets.columns import is_nothing
from units.sheets.outcomes import Plan, SourceRow, Terms

UNSOLD = {"unsold", "developer", "tba", "tbc", "vacant", "belum dijual", "pemaju", "未售"}


class Registers:
    """The registers as one pass over a file meets them."""

    def __init__(self, table: Table, sheets: Sequence[Sheet], terms: Terms) -> None:
        self.table, self.sheets = table, reading.in_order(sheets)
        self.book = Book(default=terms.development)
        self.terms = replace(terms, votes=votes_of(table, self.sheets))
        self.declared: dict[UnitKey, list[str]] | None = None
        self.developments = DevelopmentRows(self.book, self.terms)
        self.units = UnitRows(self.book, self.terms)
        self._contractors: ContractorRows | None = None
        self._owners: OwnerRows | None = None

    @property
    def contractors(self) -> ContractorRows:
        """Made when the first of its sheets comes: it reads all companies."""
        self._contractors = self._contractors or ContractorRows(self.book, self.terms)
        return self._contractors

    @property
    def owners(self) -> OwnerRows:
        """Made when the developments stand, with all names that the file gives to one home."""
        self._owners = self._owners or OwnerRows(self.book, self.terms, self._declared())
        return self._owners

    def forget(self) -> None:
        """What was planned is not so: the transaction was undone. Places are looked up anew."""
        self.book = Book(default=self.terms.development)
        self.developments, self.units = DevelopmentRows(self.book, self.terms), UnitRows(self.book, self.terms)
        self._contractors = self._owners = None

    def plan(self, sheet: Sheet, rows: Sequence[SourceRow]) -> list[Plan]:
        """What each row would do."""
        if sheet.kind == "developments":
            return self.developments.plan(rows)
        if sheet.kind == "contractors":
            return self.contractors.plan(rows)
        self.book.fetch(rows)
        if sheet.kind == "units":
            return self.units.plan(rows)
        return self.owners.plan(rows) if sheet.kind == "owners" else self._plan_homes(rows)

    def write(self, sheet: Sheet, plans: Sequence[Plan]) -> None:
        """Enters these plans."""
        if sheet.kind == "developments":
            self.developments.write(plans)
        elif sheet.kind == "contractors":
            self.contractors.write(plans)
        elif sheet.kind == "units":
            self.units.write(plans)
        elif sheet.kind == "owners":
            owner_entry.write(self.owners, plans)
        else:
            self.units.write([plan.work["home"] for plan in plans])
            owner_entry.write(self.owners, [plan.work["owner"] for plan in plans if plan.work["owner"]])

    def _plan_homes(self, rows: Sequence[SourceRow]) -> list[Plan]:
        """Homes with their owners on one row: a row goes in whole or not at all."""
        homes = self.units.plan(rows)
        sold = [plan.row for plan in homes if not plan.fault and has_owner(plan.row)]
        owners = {plan.row.number: plan for plan in self.owners.plan(sold)}
        merged = [merge(home, owners.get(home.row.number)) for home in homes]
        lost = {home.work["key"] for home, plan in zip(homes, merged, strict=True) if plan.fault and home.is_new}
        self.book.give_up(lost)
        for home, plan in zip(homes, merged, strict=True):
            if home.work.get("again") and home.work["key"] in lost and not plan.fault:
                plan.fault = _("The first row of this home is not taken, so this one cannot be either.")
        return merged

    def _declared(self) -> dict[UnitKey, list[str]]:
        """The names that the file gives to homes with several rows, by the number as a row writes it: joint owners."""
        found: dict[UnitKey, list[tuple[str, list[str]]]] = {}
        for sheet in self.sheets:
            for row, _cells in reading.rows_of(self.table, sheet) if sheet.kind in {"owners", "homes"} else ():
                try:
                    development, door = self.book.door(row)
                    names = owner_cells.names(row.text("owner"))
                except Refused:
                    continue
                found.setdefault((development.code, door.key), []).append((door.number.lower(), names))
        return {(code, number): names for (code, _key), rows in found.items() for number, names in _shared(rows)}


def votes_of(table: Table, sheets: Iterable[Sheet]) -> dict[str, tuple[int, int]]:
    """By "sheet:key" how many days of a column say that the day, or the month, comes first."""
    votes: dict[str, tuple[int, int]] = {}
    for sheet in sheets:
        kind = sheet.its_kind
        wanted = [column.key for column in kind.columns if column.is_day and column.key in sheet.keys] if kind else []
        for row, _cells in reading.rows_of(table, sheet) if wanted else ():
            for key in wanted:
                vote = days.vote_of(row.text(key))
                day, month = votes.get(f"{sheet.index}:{key}", (0, 0))
                votes[f"{sheet.index}:{key}"] = (day + (vote is True), month + (vote is False))
    return votes


def has_owner(row: SourceRow) -> bool:
    """Somebody is named: homes that are not sold yet stand in the same list."""
    name = row.text("owner").strip().casefold()
    return not is_nothing(name) and name not in UNSOLD


def merge(home: Plan, owner: Plan | None) -> Plan:
    """One plan for a row that speaks of a home and of its owner."""
    plan = Plan(home.row, work={"home": home, "owner": owner})
    for part in (home, owner):
        if part is not None:
            plan.entered += part.entered
            plan.replaced += part.replaced
            plan.ends += part.ends
            plan.warnings += part.warnings
            plan.is_new = plan.is_new or part.is_new
            plan.is_transfer = plan.is_transfer or part.is_transfer
            plan.fault = plan.fault or part.fault
    return plan


def _shared(rows: Sequence[tuple[str, list[str]]]) -> Iterator[tuple[str, list[str]]]:
    """Numbers that several rows write, each in its own way, with all names that these rows give to the home."""
    for number in {number for number, _names in rows}:
        alike = [names for other, names in rows if doors.agree(number, other)]
        if len(alike) > 1:
            yield number, [name for names in alike for name in names]
