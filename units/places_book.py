"""The developments, blocks and homes that the rows of a sheet speak of, those of the same file included."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from units.models import Block, Development, Unit
from units.refusals import Refused
from units.sheets import numbers
from units.sheets.numbers import Door
from units.sheets.outcomes import SourceRow

UnitKey = tuple[str, str]
"""Code of the development, key of the number."""


class Book:
    """Looks places up for many rows with few questions. In a check it also knows what the file would add."""

    def __init__(self, *, default: str = "") -> None:
        self.default = default
        self.developments = {row.code.casefold(): row for row in Development.objects.select_related("calendar")}
        self.by_name = {row.name.casefold(): row for row in self.developments.values()}
        self.coming: set[UnitKey] = set()
        self.units: dict[UnitKey, Unit] = {}
        self.blocks: dict[tuple[str, str], Block] = {}
        self._read_blocks()

    def _read_blocks(self) -> None:
        for block in Block.objects.select_related("development"):
            self.blocks.setdefault((block.development.code, numbers.block_key(block.name)), block)

    def add(self, development: Development) -> None:
        """A development of this file."""
        self.developments[development.code.casefold()] = development
        self.by_name[development.name.casefold()] = development

    def development(self, text: str) -> Development:
        """By code or name; a blank cell means the one chosen for the file, or the only one there is."""
        wanted = (text or self.default).strip().casefold()
        if not wanted and len(self.developments) == 1:
            return next(iter(self.developments.values()))
        if not wanted:
            raise Refused(_("Which development? Add a column with its code or choose one for the whole file."))
        found = self.developments.get(wanted) or self.by_name.get(wanted)
        if found is None:
            raise Refused(_("There is no development “%(text)s”. Import or enter it first.") % {"text": text[:40]})
        return found

    def door(self, row: SourceRow) -> tuple[Development, Door]:
        """Where a row stands."""
        development = self.development(row.text("development"))
        if not row.text("unit"):
            raise Refused(_("The unit is missing."))
        door = numbers.read(row.text("unit"), row.text("block"))
        if len(door.number) > 40 or len(door.block) > 60 or len(door.floor) > 12 or not door.key:
            raise Refused(_("“%(text)s” is not a unit number.") % {"text": row.text("unit")[:60]})
        return development, door

    def fetch(self, rows: Iterable[SourceRow]) -> None:
        """The homes of a chunk of rows in one question per development; the ones of earlier chunks are forgotten."""
        self.units = {}
        wanted: dict[str, set[str]] = {}
        standing: dict[str, Development] = {}
        for row in rows:
            try:
                development, door = self.door(row)
            except Refused:
                continue
            if development.pk:
                standing[development.code] = development
                wanted.setdefault(development.code, set()).update(keys_of(row, door))
        for code, keys in wanted.items():
            development = standing[code]
            found = Unit.objects.filter(number_key__in=keys, development=development).select_related("block")
            for unit in found:
                unit.development = development
                self.units[code, unit.number_key] = unit

    def unit(self, row: SourceRow) -> Unit | None:
        """The home of a row when the register has it: by the number as we write it, or as the row does."""
        development, door = self.door(row)
        for key in keys_of(row, door):
            unit = self.units.get((development.code, key))
            if unit is not None and (unit.block is None or not door.block or _is_named(unit, door)):
                return unit
        return None

    def is_coming(self, row: SourceRow) -> bool:
        """Whether an earlier row of this file adds the home."""
        development, door = self.door(row)
        return (development.code, door.key) in self.coming


def keys_of(row: SourceRow, door: Door) -> list[str]:
    """The keys under which the register may know the home."""
    return list(dict.fromkeys([door.key, numbers.key_of(row.text("unit"))]))


def _is_named(unit: Unit, door: Door) -> bool:
    return unit.block is not None and (
        numbers.block_key(unit.block.name) == door.block_key or door.key == unit.number_key
    )
