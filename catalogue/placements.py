"""Whose work a fault is: for a part of a room, the elements with the faults that point to each.

A star is for every other fault of the default catalogue. An element's code begins with its trade's.
"""

from catalogue.choices import ElementTile as Tile
from catalogue.choices import RoomKind as Room

ANY_OTHER = "*"
Table = dict[str, dict[str, str]]

BY_PART: Table = {
    Tile.CEILING: {
        "PLS-CEILING": "*",
        "WPF-ROOF": "LEAK WETSTAIN",
        "PNT-CEILING": "PAINT BUBBLE STAIN MOULD DISCOL",
        "STR-SLAB": "CRK-S SPALL STRUCTHAZ",
        "DRY-CEILING": "LOOSE",
        "DRY-CORNICE": "GAP",
        "DRN-STACK": "NOISE",
        "ACM-FAN": "CONDENS",
    },
    Tile.WALL: {
        "PLS-WALL": "*",
        "PNT-WALL": "PAINT BUBBLE STAIN DISCOL MOULD SCRATCH",
        "MAS-RENDER": "SEEP WETSTAIN",
        "PLB-PIPE": "LEAK",
        "STR-WALL": "CRK-S STRUCTHAZ",
        "STR-COLUMN": "SPALL",
        "TIL-WALL": "CHIP",
        "TIL-GROUT": "GROUT",
        "TIL-MOVEJOINT": "SEALANT",
        "ACM-FAN": "CONDENS",
    },
    Tile.FLOOR: {
        "TIL-FLOOR": "*",
        "TIL-GROUT": "GROUT",
        "TIL-MOVEJOINT": "SEALANT",
        "TIM-PLANK": "SQUEAK WARP GAP",
        "STR-SLAB": "CRK-S SPALL STRUCTHAZ",
        "WPF-BATH": "SEEP LEAK",
        "DRN-TRAP": "SMELL BACKUP",
    },
    Tile.DOOR: {
        "DOR-LEAF": "*",
        "DOR-HINGE": "LOOSE SQUEAK",
        "DOR-FRAME": "GAP MISALIGN",
        "DOR-LOCKSET": "MISSING BROKEN SECURITY",
        "DOR-THRESHOLD": "LEAK",
        "WIN-GLASS": "GLASSHAZ",
    },
    Tile.WINDOW: {
        "WIN-FRAME": "*",
        "WIN-SASH": "STIFF RUB RATTLE",
        "WIN-GASKET": "SEALANT LEAK",
        "WIN-HINGE": "LOOSE SQUEAK",
        "WIN-HANDLE": "BROKEN MISSING",
        "WIN-LOCK": "SECURITY",
        "WIN-GLASS": "SCRATCH CONDENS GLASSHAZ",
    },
    Tile.TAP: {
        "SAN-TAP": "*",
        "SAN-BASIN": "CHIP SEALANT",
        "PLB-PRESSURE": "LOWPRESS",
        "PLB-PIPE": "NOWATER NOISE",
        "PLB-HEATER": "NOHOT",
        "DRN-TRAP": "BACKUP",
    },
    Tile.TOILET: {"SAN-WC": "*", "DRN-STACK": "BACKUP", "DRN-TRAP": "SMELL", "PLB-PIPE": "NOWATER"},
    Tile.SHOWER: {
        "SAN-SHOWER": "*",
        "SAN-SCREEN": "SEALANT GLASSHAZ STIFF",
        "PLB-PRESSURE": "LOWPRESS",
        "PLB-PIPE": "NOWATER",
        "PLB-HEATER": "NOHOT",
        "DRN-TRAP": "BACKUP",
    },
    Tile.SOCKET: {
        "ELE-SOCKET": "* FIREHAZ",
        "ELE-SWITCH": "CONTROL",
        "ELE-LIGHT": "NOISE LEAK SEEP",
        "ELE-BREAKER": "TRIP",
    },
    Tile.AIRCON: {"ACM-UNIT": "* FIREHAZ", "ACM-DRAIN": "LEAK", "ACM-PIPE": "CONDENS"},
    Tile.HEATING: {
        "HTG-CYLINDER": "*",
        "PLB-HEATER": "NOHOT",
        "PLB-PRESSURE": "LOWPRESS",
        "HTG-RADIATOR": "RUST LOOSE",
        "HTG-BOILER": "CONTROL",
        "GAS-PIPE": "GASLEAK",
    },
    Tile.CUPBOARD: {"CAR-WARDROBE": "*", "CAR-VANITY": "SEALANT", "SAN-BASIN": "LEAK"},
    Tile.APPLIANCE: {
        "APP-HOB": "*",
        "APP-FRIDGE": "NOCOOL",
        "APP-WASHER": "LEAK",
        "APP-HOOD": "NOISE",
        "GAS-PIPE": "GASLEAK",
    },
    Tile.INTERCOM: {"ELV-INTERCOM": "*", "ELV-DATA": "SIGNAL", "FIR-ALARM": "ALARM"},
    Tile.RAILING: {"MET-BALUSTRADE": "*", "MET-GATE": "STIFF SQUEAK MISALIGN SECURITY", "PNT-METAL": "PAINT"},
    Tile.DRAIN: {"DRN-TRAP": "*", "DRN-STACK": "LEAK NOISE", "DRN-SLOPE": "PONDING", "DRN-GULLY": "RUST"},
    Tile.ROOF: {
        "ROF-COVER": "*",
        "ROF-GUTTER": "BACKUP PONDING",
        "ROF-FLASH": "RUST",
        "WPF-ROOF": "SEEP",
        "STR-SLAB": "STRUCTHAZ",
    },
    Tile.PAVING: {
        "EXT-PAVING": "*",
        "EXT-DRAIN": "PONDING",
        "CLN-DEBRIS": "DEBRIS",
        "PST-PEST": "PEST",
        "STR-RETAIN": "STRUCTHAZ",
    },
    Tile.LIFT: {"LFT-CAR": "*", "LFT-DOOR": "STIFF MISALIGN FALLHAZ", "LFT-CONTROL": "CONTROL NOPOWER ALARM"},
}
# Where water is used, the same fault on the same part belongs to somebody else.
BY_WET_AREA: Table = {
    Tile.CEILING: {"WPF-BATH": "LEAK WETSTAIN"},
    Tile.WALL: {"TIL-WALL": "HOLLOW CHIP DISCOL UNEVEN SCRATCH STAIN", "WPF-BATH": "SEEP WETSTAIN"},
    Tile.FLOOR: {"TIL-GROUT": "GAP", "TIL-FLOOR": "SQUEAK WARP"},
}
BY_ROOM: dict[str, Table] = {
    Room.BALCONY: {
        Tile.FLOOR: {"WPF-BALCONY": "SEEP LEAK"},
        Tile.CEILING: {"WPF-BALCONY": "LEAK WETSTAIN SEEP"},
        Tile.WALL: {"MAS-RENDER": "* SEEP WETSTAIN"},
    },
    Room.KITCHEN: {
        Tile.CUPBOARD: {
            "KIT-DOOR": "*",
            "KIT-CARCASS": "LOOSE MOULD",
            "SAN-BASIN": "LEAK",
            "KIT-WORKTOP": "SEALANT CHIP SCRATCH GAP",
        },
    },
    Room.BATHROOM: {
        Tile.CUPBOARD: {"CAR-VANITY": "*"},
        Tile.AIRCON: {"ACM-FAN": "*"},
    },
    Room.SERVICE: {
        Tile.SOCKET: {"ELE-DB": "* NOPOWER LEAK", "ELE-BREAKER": "TRIP"},
    },
    Room.STAIRS: {
        Tile.RAILING: {"CAR-HANDRAIL": "*", "MET-BALUSTRADE": "FALLHAZ RUST"},
        Tile.FLOOR: {"STR-STAIR": "STRUCTHAZ CRK-S"},
    },
    Room.ROOF: {
        Tile.FLOOR: {"WPF-ROOF": "SEEP LEAK"},
        Tile.DRAIN: {"ROF-GUTTER": "*", "ROF-DOWNPIPE": "LEAK"},
    },
    Room.GROUND: {
        Tile.DRAIN: {"EXT-DRAIN": "*", "DRN-MANHOLE": "BACKUP SMELL"},
        Tile.RAILING: {"EXT-FENCE": "*", "MET-GATE": "STIFF SQUEAK SECURITY"},
        Tile.WALL: {"MAS-BRICK": "*", "STR-RETAIN": "STRUCTHAZ CRK-S"},
        Tile.CEILING: {"WPF-BASEMENT": "LEAK WETSTAIN"},
    },
    Room.OUTER_WALL: {
        Tile.WALL: {
            "MAS-RENDER": "*",
            "STR-RETAIN": "STRUCTHAZ",
            "STR-WALL": "CRK-S",
            "CLD-PANEL": "LOOSE",
            "CLD-SEALANT": "SEALANT",
            "PNT-WALL": "PAINT",
        },
    },
}
