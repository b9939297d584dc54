"""From room and part of the room to the fault, and from the fault to the trade: what lets a homeowner tap three tiles.

Pure: rows come in, rows or codes go out, nothing is fetched. The tables stand in `catalogue.tiles`.
"""

from collections.abc import Iterable
from typing import NamedTuple

from catalogue import placements, tiles
from catalogue.choices import ElementTile
from catalogue.models import DefectType, Element, Location


class Placement(NamedTuple):
    """Whose work a fault is: the codes of trade and element; no element where none can be told."""

    trade: str
    element: str | None


def element_tiles(location: Location) -> list[ElementTile]:
    """The parts of this place that a homeowner chooses from, the likeliest first, "something else" last."""
    return [*tiles.TILES[location.room_kind], ElementTile.OTHER]


def fault_tiles(location: Location, tile: str, defect_types: Iterable[DefectType]) -> list[DefectType]:
    """Those of `defect_types` that fit this part of this place, the likeliest first, "something else" last.

    A kind of fault that an administrator added stands before the last few when its trade works on this part, and
    always under the part "something else".
    """
    known = ranks(location, tile)
    fitting = [kind for kind in defect_types if kind.code in known or is_added(kind, tile)]
    before_last = len(known) - len(tiles.LAST) - 0.5
    return sorted(fitting, key=lambda kind: known.get(kind.code, before_last))


def ranks(location: Location, tile: str) -> dict[str, int]:
    """The codes that fit, each with its place in the order of likelihood."""
    wet = tiles.WET_FAULTS.get(tile) if location.is_wet else None
    codes = dict.fromkeys([*(wet or tiles.FAULTS[tile]), *tiles.LAST])
    return {code: rank for rank, code in enumerate(codes)}


def is_added(kind: DefectType, tile: str) -> bool:
    """Whether this is no kind of the default catalogue, but fits here by its trade."""
    if kind.code in DEFAULT_CODES:
        return False
    return tile == ElementTile.OTHER or kind.default_trade_id in trades_of(tile)


def trades_of(tile: str) -> set[str]:
    """The trades that work on this part of a room; an element's code begins with its trade's."""
    return {element.split("-")[0] for element in placements.BY_PART.get(tile, {})}


def placement(tile: str, defect_type: DefectType, location: Location | None = None) -> Placement:
    """The trade and the element that this fault on this part points to; the place makes it more exact.

    Where the part says nothing ("something else", an added kind of another trade): the fault's own default trade.
    """
    if tile not in placements.BY_PART or is_foreign(tile, defect_type):
        return Placement(defect_type.default_trade_id, None)
    element = element_code(tile, defect_type.code, location)
    return Placement(element.split("-")[0], element)


def is_foreign(tile: str, defect_type: DefectType) -> bool:
    """Whether an administrator's own kind of fault belongs to a trade that has nothing to do with this part."""
    return defect_type.code not in DEFAULT_CODES and defect_type.default_trade_id not in trades_of(tile)


def element_code(tile: str, code: str, location: Location | None) -> str:
    """The most exact entry of the tables: a named fault before any other fault, room before wet area before part."""
    tables = [placements.BY_PART[tile]]
    if location and location.is_wet:
        tables.insert(0, placements.BY_WET_AREA.get(tile, {}))
    if location:
        tables.insert(0, placements.BY_ROOM.get(location.room_kind, {}).get(tile, {}))
    return next(
        element
        for wanted in (code, placements.ANY_OTHER)
        for table in tables
        for element, codes in table.items()
        if wanted in codes.split()
    )


def element_row(placed: Placement, elements: Iterable[Element]) -> Element | None:
    """The element of a placement among these rows; None where there is none or it was retired from them."""
    return next((element for element in elements if element.code == placed.element), None)


DEFAULT_CODES = frozenset(
    code for table in (tiles.FAULTS, tiles.WET_FAULTS, {"": tiles.LAST}) for codes in table.values() for code in codes
)
