"""Parts per room and faults per part: what a homeowner is offered, the likeliest first.

Codes are those of the default catalogue; the order follows what reports on new homes name most.
"""

from catalogue.choices import ElementTile as Tile
from catalogue.choices import RoomKind as Room

ICONS = {
    Tile.CEILING: "arrow-up",
    Tile.WALL: "brick-wall",
    Tile.FLOOR: "grid-3x3",
    Tile.DOOR: "door-open",
    Tile.WINDOW: "window",
    Tile.TAP: "droplets",
    Tile.TOILET: "toilet",
    Tile.SHOWER: "shower-head",
    Tile.SOCKET: "lightbulb",
    Tile.AIRCON: "fan",
    Tile.HEATING: "fire",
    Tile.CUPBOARD: "armchair",
    Tile.APPLIANCE: "refrigerator",
    Tile.INTERCOM: "bell",
    Tile.RAILING: "fence",
    Tile.DRAIN: "waves",
    Tile.ROOF: "home",
    Tile.PAVING: "footprints",
    Tile.LIFT: "move-both",
    Tile.OTHER: "ellipsis",
}

INDOORS = (Tile.WALL, Tile.CEILING, Tile.FLOOR, Tile.DOOR, Tile.WINDOW, Tile.SOCKET, Tile.AIRCON)
TILES: dict[str, tuple[Tile, ...]] = {
    Room.LIVING: (*INDOORS, Tile.INTERCOM, Tile.HEATING, Tile.CUPBOARD, Tile.RAILING),
    Room.BEDROOM: (*INDOORS, Tile.CUPBOARD, Tile.HEATING, Tile.INTERCOM),
    Room.BATHROOM: (
        Tile.CEILING,
        Tile.FLOOR,
        Tile.WALL,
        Tile.SHOWER,
        Tile.TOILET,
        Tile.TAP,
        Tile.DRAIN,
        Tile.DOOR,
        Tile.WINDOW,
        Tile.SOCKET,
        Tile.AIRCON,
        Tile.HEATING,
        Tile.CUPBOARD,
    ),
    Room.KITCHEN: (
        Tile.CUPBOARD,
        Tile.TAP,
        Tile.DRAIN,
        Tile.APPLIANCE,
        Tile.WALL,
        Tile.FLOOR,
        Tile.CEILING,
        Tile.WINDOW,
        Tile.DOOR,
        Tile.SOCKET,
        Tile.AIRCON,
        Tile.HEATING,
    ),
    Room.LAUNDRY: (
        Tile.FLOOR,
        Tile.DRAIN,
        Tile.TAP,
        Tile.WALL,
        Tile.CEILING,
        Tile.DOOR,
        Tile.WINDOW,
        Tile.SOCKET,
        Tile.APPLIANCE,
        Tile.HEATING,
        Tile.CUPBOARD,
    ),
    Room.BALCONY: (
        Tile.FLOOR,
        Tile.DRAIN,
        Tile.RAILING,
        Tile.DOOR,
        Tile.WALL,
        Tile.CEILING,
        Tile.SOCKET,
        Tile.AIRCON,
        Tile.TAP,
    ),
    Room.PASSAGE: (
        Tile.DOOR,
        Tile.WALL,
        Tile.FLOOR,
        Tile.CEILING,
        Tile.SOCKET,
        Tile.INTERCOM,
        Tile.WINDOW,
        Tile.CUPBOARD,
        Tile.RAILING,
    ),
    Room.STAIRS: (Tile.RAILING, Tile.WALL, Tile.FLOOR, Tile.CEILING, Tile.SOCKET, Tile.WINDOW, Tile.DOOR),
    Room.STORE: (Tile.WALL, Tile.DOOR, Tile.FLOOR, Tile.CEILING, Tile.SOCKET, Tile.CUPBOARD, Tile.WINDOW, Tile.DRAIN),
    Room.SERVICE: (Tile.SOCKET, Tile.DOOR, Tile.WALL, Tile.DRAIN, Tile.AIRCON, Tile.FLOOR, Tile.CEILING),
    Room.ROOF: (Tile.ROOF, Tile.DRAIN, Tile.FLOOR, Tile.WALL, Tile.RAILING, Tile.SOCKET),
    Room.GROUND: (Tile.PAVING, Tile.DRAIN, Tile.RAILING, Tile.WALL, Tile.SOCKET, Tile.CEILING, Tile.DOOR, Tile.TAP),
    Room.OUTER_WALL: (Tile.WALL, Tile.WINDOW, Tile.RAILING, Tile.DRAIN, Tile.SOCKET),
    Room.AMENITY: (*INDOORS, Tile.TOILET, Tile.TAP, Tile.RAILING, Tile.INTERCOM),
    Room.LIFT: (Tile.LIFT, Tile.SOCKET, Tile.FLOOR, Tile.WALL, Tile.CEILING),
    Room.WHOLE: (*INDOORS, Tile.TAP, Tile.DRAIN, Tile.HEATING, Tile.INTERCOM),
}

FAULTS: dict[str, tuple[str, ...]] = {
    tile: tuple(codes.split())
    for tile, codes in {
        Tile.CEILING: "CRK-H WETSTAIN LEAK PAINT UNEVEN CRK-M MOULD BUBBLE STAIN SPALL GAP LOOSE NOISE STRUCTHAZ",
        Tile.WALL: "CRK-H PAINT CRK-M SEEP UNEVEN MOULD BUBBLE HOLLOW STAIN DENT CRK-S LEAK STRUCTHAZ",
        Tile.FLOOR: "HOLLOW CHIP UNEVEN GROUT SCRATCH STAIN SQUEAK GAP LOOSE DISCOL WARP CRK-M SEEP STRUCTHAZ",
        Tile.DOOR: "STIFF RUB GAP MISALIGN LOOSE WARP BROKEN MISSING SQUEAK RATTLE SCRATCH CHIP DENT LEAK SECURITY",
        Tile.WINDOW: "LEAK STIFF RATTLE SEALANT GAP RUB LOOSE BROKEN SCRATCH CONDENS MISSING GLASSHAZ SECURITY",
        Tile.TAP: "LEAK LOWPRESS NOWATER LOOSE NOHOT BROKEN BACKUP STIFF CHIP SEALANT NOISE MISSING RUST",
        Tile.TOILET: "LEAK BACKUP LOOSE BROKEN NOWATER NOISE SMELL CHIP SEALANT MISSING",
        Tile.SHOWER: "LEAK LOWPRESS SEALANT NOHOT BACKUP LOOSE BROKEN NOWATER STIFF CHIP MISSING GLASSHAZ",
        Tile.SOCKET: "NOPOWER TRIP LOOSE CONTROL BROKEN MISALIGN MISSING REVPOL NOISE LEAK SHOCK FIREHAZ",
        Tile.AIRCON: "NOCOOL LEAK NOISE CONTROL SMELL NOPOWER CONDENS LOOSE BROKEN FIREHAZ",
        Tile.HEATING: "NOHOT LEAK LOWPRESS CONTROL NOISE NOPOWER RUST LOOSE GASLEAK FIREHAZ",
        Tile.CUPBOARD: "MISALIGN STIFF LOOSE CHIP SCRATCH WARP GAP SEALANT LEAK MOULD MISSING BROKEN SQUEAK",
        Tile.APPLIANCE: "NOPOWER BROKEN CONTROL NOISE LEAK NOCOOL LOOSE SCRATCH DENT MISSING GASLEAK FIREHAZ",
        Tile.INTERCOM: "SIGNAL BROKEN NOPOWER CONTROL NOISE LOOSE MISSING ALARM",
        Tile.RAILING: "LOOSE RUST BROKEN STIFF PAINT SQUEAK RATTLE GAP MISALIGN SCRATCH MISSING FALLHAZ SECURITY",
        Tile.DRAIN: "BACKUP SMELL PONDING LEAK NOISE BROKEN MISSING LOOSE DEBRIS RUST",
        Tile.ROOF: "LEAK BROKEN BACKUP PONDING SEEP LOOSE MISSING NOISE RUST STRUCTHAZ",
        Tile.PAVING: "UNEVEN PONDING CRK-M LOOSE BROKEN STAIN GAP MISSING DEBRIS PEST STRUCTHAZ FALLHAZ",
        Tile.LIFT: "BROKEN NOISE STIFF CONTROL RATTLE MISALIGN NOPOWER SCRATCH SMELL ALARM FALLHAZ",
        Tile.OTHER: (
            "MISSING BROKEN SMELL NOISE PEST DEBRIS DESIGN NEIGH ALARM SIGNAL WETSTAIN GASLEAK FIREHAZ FALLHAZ "
            "STRUCTHAZ SECURITY"
        ),
    }.items()
}
# The same parts where water is used.
WET_FAULTS: dict[str, tuple[str, ...]] = {
    tile: tuple(codes.split())
    for tile, codes in {
        Tile.CEILING: "LEAK WETSTAIN MOULD PAINT CRK-H BUBBLE UNEVEN SPALL CONDENS GAP LOOSE NOISE STRUCTHAZ",
        Tile.WALL: "SEEP GROUT HOLLOW CHIP MOULD SEALANT CRK-H CRK-M UNEVEN DISCOL PAINT LEAK STRUCTHAZ",
        Tile.FLOOR: "PONDING HOLLOW GROUT SEEP CHIP UNEVEN SMELL SEALANT DISCOL STAIN LOOSE CRK-M",
    }.items()
}
# Possible on every part, so offered after what is special to it; "something else" closes the list.
LAST = ("WRONG", "INCOMPLETE", "DAMAGE-REC", "OTHER")
