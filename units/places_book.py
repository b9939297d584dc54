"""The developments, blocks and homes that the rows of a sheet speak of, those of the same file included."""

from collections import defaultdict
from collections.abc import Iterable

from django.utils.translation import gettext as _

from units import doors
from units.models import Block, Development, Unit
from units.refusals import Refused
from units.sheets import numbers
from units.sheets.numbers import Door
from units.sheets.outcomes import SourceRow

UnitKey = tuple[str, str]
"""Code of the development, the number in small letters: A-12-3 and A-1-23 are two homes."""

Numbers = dict[UnitKey, dict[str, str]]
"""Numbers by small letters, under the code and the number without marks."""


def key_of(development: Development, number: str) -> UnitKey:
    """Under which one home is known."""
    return development.code, number.lower()


class Book:
    """Looks places up for many rows with few questions. In a check it also knows what the file would add."""

    def __init__(self, *, default: str = "") -> None:
        self.default = default
        self.developments = {row.code.casefold(): row for row in Development.objects.select_related("calendar")}
        self.by_name = {row.name.casefold(): row for row in self.developments.values()}
        self.units: dict[UnitKey, Unit] = {}
        self._standing: Numbers = defaultdict(dict)
        self._coming: Numbers = defaultdict(dict)
        self._written: dict[UnitKey, set[str]] = defaultdict(set)
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
        self.units, self._standing = {}, defaultdict(dict)
        wanted: dict[str, set[str]] = {}
        standing: dict[str, Development] = {}
        for row in rows:
            try:
                development, door = self.door(row)
            except Refused:
                continue
            if development.pk:
                standing[development.code] = development
                wanted.setdefault(development.code, set()).update(map(doors.key_of, writings(row, door)))
        for code, keys in wanted.items():
            development = standing[code]
            found = Unit.objects.filter(number_key__in=keys, development=development).select_related("block")
            for unit in found:
                unit.development = development
                self.put(unit)

    def put(self, unit: Unit) -> None:
        """A home that the register has; its development is fetched."""
        key = key_of(unit.development, unit.number)
        self.units[key] = unit
        self._standing[key[0], doors.key_of(unit.number)][key[1]] = unit.number

    def expect(self, development: Development, door: Door) -> UnitKey:
        """A home that this file adds."""
        key = key_of(development, door.number)
        self._coming[key[0], door.key][key[1]] = door.number
        return key

    def give_up(self, keys: Iterable[UnitKey]) -> None:
        """Homes that this file does not add after all."""
        for code, number in keys:
            self._coming[code, doors.key_of(number)].pop(number, None)

    def home(self, row: SourceRow) -> UnitKey | None:
        """The home of a row when the register has it or an earlier row adds it: its very number, else what it may mean.

        Refused when it may mean several, and when two rows that are two homes would be the same one.
        """
        development, door = self.door(row)
        near = [(text, self._near(development, door, text)) for text in writings(row, door)]
        for text, numbers_near in near:
            if text.lower() in numbers_near:
                return key_of(development, text)
        for text, numbers_near in near:
            found = doors.meant(text, numbers_near.values())
            if len(found) > 1:
                said = {"unit": text, "homes": ", ".join(found)}
                raise Refused(_("“%(unit)s” may be any of %(homes)s. Write the number as the register does.") % said)
            if found:
                return self._same(key_of(development, found[0]), text)
        return None

    def _near(self, development: Development, door: Door, text: str) -> dict[str, str]:
        """Numbers that the register has or, written as we do, the file adds; in another block they are another home."""
        code, key = development.code, doors.key_of(text)
        standing = {
            number: shown
            for number, shown in self._standing.get((code, key), {}).items()
            if _may_stand(self.units[code, number], door)
        }
        return standing | (self._coming.get((code, key), {}) if text == door.number else {})

    def _same(self, home: UnitKey, text: str) -> UnitKey:
        """The home, unless another row already meant it that is a home of its own beside this one."""
        earlier = self._written[home]
        others = [other for other in earlier if doors.key_of(other) == doors.key_of(text)]
        if any(not doors.agree(other, text) for other in others):
            said = {"unit": text, "home": home[1].upper(), "other": others[0]}
            sentence = _("“%(unit)s” and “%(other)s” would both be the home %(home)s. Write out its number first.")
            raise Refused(sentence % said)
        earlier.add(text)
        return home


def writings(row: SourceRow, door: Door) -> list[str]:
    """The numbers under which the register may know the home: as we write it, and as the row does."""
    return list(dict.fromkeys([door.number, " ".join(row.text("unit").split())]))


def _may_stand(unit: Unit, door: Door) -> bool:
    """The row names no block, or the home's own."""
    if unit.block is None or not door.block:
        return True
    return numbers.block_key(unit.block.name) == door.block_key or door.key == unit.number_key
