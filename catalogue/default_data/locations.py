"""Places of a home, outside it, and in the common areas. Source: reference page `domain.md` 5.1."""

from collections.abc import Mapping

Row = Mapping[str, object]

# code, label, kind of room, icon, marks: w wet area, e electrical equipment, * shown first
UNIT = (
    ("LIV", "Living room", "living", "sofa", "*"),
    ("KIT", "Kitchen", "kitchen", "cooking-pot", "w*"),
    ("MBA", "Master bathroom", "bathroom", "bath", "w*"),
    ("BA2", "Bathroom 2", "bathroom", "shower-head", "w*"),
    ("MBR", "Master bedroom", "bedroom", "bed-double", "*"),
    ("BR2", "Bedroom 2", "bedroom", "bed-single", "*"),
    ("BR3", "Bedroom 3", "bedroom", "bed-single", "*"),
    ("BAL", "Balcony or terrace", "balcony", "sprout", "w*"),
    ("UTY", "Utility or laundry", "laundry", "washing-machine", "w*"),
    ("ENT", "Entrance or foyer", "passage", "door-closed", "*"),
    ("DIN", "Dining room", "living", "utensils", ""),
    ("WKT", "Wet kitchen", "kitchen", "cooking-pot", "w"),
    ("PAN", "Pantry", "store", "refrigerator", ""),
    ("STO", "Store", "store", "warehouse", ""),
    ("STU", "Study", "bedroom", "lamp", ""),
    ("BR4", "Bedroom 4", "bedroom", "bed-single", ""),
    ("BR5", "Bedroom 5", "bedroom", "bed-single", ""),
    ("BR6", "Bedroom 6", "bedroom", "bed-single", ""),
    ("BA3", "Bathroom 3", "bathroom", "shower-head", "w"),
    ("BA4", "Bathroom 4", "bathroom", "shower-head", "w"),
    ("BA5", "Bathroom 5", "bathroom", "shower-head", "w"),
    ("POW", "Powder room or guest toilet", "bathroom", "toilet", "w"),
    ("YRD", "Yard", "laundry", "washing-machine", "w"),
    ("ACL", "Air-con ledge", "service", "fan", "w"),
    ("COR", "Corridor or hall", "passage", "footprints", ""),
    ("STR", "Staircase", "stairs", "footprints", ""),
    ("ATT", "Loft or roof space", "store", "home", ""),
    ("FAM", "Family hall", "living", "armchair", ""),
    ("MAI", "Helper's room", "bedroom", "bed-single", ""),
    ("SHL", "Household shelter", "store", "shield-check", ""),
    ("DB", "Distribution board (fuse box)", "service", "zap", "e"),
    ("METR", "Meter cupboard", "service", "zap", "e"),
    ("WHOLE", "Throughout the home", "whole", "home", ""),
)
# As above; marks: f flats only, l houses only
OUTSIDE = (
    ("PKB", "Car park bay", "ground", "car", "f*"),
    ("PCH", "Car porch", "ground", "car", "l*"),
    ("GAR", "Garage", "ground", "warehouse", "l"),
    ("FYD", "Front yard", "ground", "sprout", "l"),
    ("BYD", "Back yard or garden", "ground", "trees", "l*"),
    ("FEN", "Fence or gate", "ground", "fence", "l"),
    ("DRV", "Drive or paths", "ground", "footprints", "l"),
    ("ROF", "Roof", "roof", "home", "wl*"),
    ("RWG", "Gutters and rain-water pipes", "roof", "cloud-rain", "wl"),
    ("FAC", "Outer walls", "outer-wall", "brick-wall", "l"),
    ("DRN", "Drains and manholes", "ground", "waves", "wl"),
    ("SEP", "Septic tank", "ground", "waves", "wl"),
    ("RET", "Retaining wall", "outer-wall", "brick-wall", "l"),
    ("STR2", "Store parcel", "store", "warehouse", "f"),
)
COMMON = (
    ("LOB", "Lobby", "amenity", "building", "*"),
    ("LFT", "Lift car or shaft", "lift", "move-both", "e*"),
    ("LFTL", "Lift lobby", "passage", "building", "*"),
    ("CSTR", "Escape stairs", "stairs", "footprints", "*"),
    ("CORR", "Common corridor", "passage", "footprints", "*"),
    ("BSM", "Basement", "ground", "warehouse", "*"),
    ("CPK", "Car park", "ground", "car", "*"),
    ("RMP", "Ramp", "ground", "car", ""),
    ("ROOF", "Roof deck", "roof", "home", "w"),
    ("TNK", "Water tank or pump room", "service", "waves", "we"),
    ("MER", "Machine and electrical room", "service", "zap", "e"),
    ("BIN", "Refuse room", "store", "trash-2", "w"),
    ("POOL", "Swimming pool", "ground", "waves", "w*"),
    ("GYM", "Gym", "amenity", "home", ""),
    ("CLB", "Clubhouse", "amenity", "sofa", ""),
    ("PLY", "Playground", "ground", "trees", ""),
    ("LSC", "Landscape", "ground", "trees", "*"),
    ("PER", "Perimeter wall", "outer-wall", "brick-wall", ""),
    ("GRD", "Guardhouse", "amenity", "shield-check", "*"),
    ("RD", "Road", "ground", "car", ""),
    ("STL", "Street lighting", "service", "lamp", "e"),
    ("SUB", "Substation", "service", "zap", "e"),
    ("FPU", "Fire-pump room", "service", "fire", "we"),
    ("FACE", "Facade (stack or elevation)", "outer-wall", "building", "*"),
    ("RIS", "Riser (stack)", "service", "waves", "e"),
)


def locations() -> list[Row]:
    """All places in the order in which they are offered."""
    groups = (("unit", UNIT), ("outside", OUTSIDE), ("common", COMMON))
    places = [(group, *place) for group, rows in groups for place in rows]
    return [row(order, *place) for order, place in enumerate(places, start=1)]


def row(order: int, group: str, code: str, label: str, room_kind: str, icon: str, marks: str) -> Row:
    """One place as the columns of `Location`."""
    return {
        "code": code,
        "label": label,
        "order": order * 10,
        "group": group,
        "room_kind": room_kind,
        "icon": icon,
        "suits": "flat" if "f" in marks else "landed" if "l" in marks else "any",
        "is_wet": "w" in marks,
        "is_electrical": "e" in marks,
        "is_frequent": "*" in marks,
    }
