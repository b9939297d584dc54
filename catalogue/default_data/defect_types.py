"""The 60 kinds of fault. Source: reference page `domain.md` 5.3, default priorities after the triggers of 5.4.

Trade: whoever is asked first when nothing else is known; part of the room and fault together give a better one (see
`catalogue.fault_finder`). Snag-only are what cover rules know as marks and missing items of the handover list.
"""

from collections.abc import Mapping

from catalogue.default_data.do_now import DO_NOW
from catalogue.default_data.guidance import TYPE_ARTICLE
from catalogue.default_data.photo_prompts import PHOTO_PROMPTS
from catalogue.default_data.questions import QUESTIONS

Row = Mapping[str, object]

# code, officer's word, homeowner's word, trade, priority, icon, marks:
# w one class up in a wet area, s only if listed at handover, m needs a note how it was repaired,
# n needs no photo of the repair (nothing to see), ! danger. Frequent are those with questions.
WATER = (
    ("LEAK", "Active leak", "Water is leaking", "PLB", "P2", "droplets", "m"),
    ("SEEP", "Seepage, damp", "Damp patch", "WPF", "P3", "cloud-rain", "wm"),
    ("PONDING", "Ponding", "Water stays on the floor", "TIL", "P3", "waves", "m"),
    ("BACKUP", "Choke, backflow", "Drain blocked or water comes back up", "DRN", "P2", "waves", ""),
    ("CONDENS", "Condensation", "Water drops on glass or walls", "ACM", "P4", "cloud-rain", ""),
    ("MOULD", "Mould", "Mould", "ACM", "P3", "sprout", "w"),
    ("WETSTAIN", "Water stain", "Water stain", "WPF", "P3", "droplets", "wm"),
)
CRACKS = (
    ("CRK-H", "Hairline crack (under 0.3 mm)", "Thin crack", "PLS", "P4", "brick-wall", "w"),
    ("CRK-M", "Moderate crack", "Wide crack, a coin edge fits in", "PLS", "P3", "brick-wall", "wm"),
    ("CRK-S", "Suspected structural crack", "Large or growing crack", "STR", "P2", "brick-wall", "m"),
    ("SPALL", "Spalling", "Concrete is breaking off", "STR", "P2", "tools", "m"),
)
SURFACE = (
    ("UNEVEN", "Uneven", "Not flat or not level", "PLS", "P3", "sort", "m"),
    ("HOLLOW", "Hollow", "Sounds hollow", "TIL", "P3", "grid-3x3", "wm"),
    ("CHIP", "Chip", "Chipped", "TIL", "P4", "grid-3x3", "s"),
    ("SCRATCH", "Scratch", "Scratched", "PNT", "P4", "pen-line", "s"),
    ("DENT", "Dent", "Dented", "PNT", "P4", "image", "s"),
    ("STAIN", "Stain", "Stained or marked", "PNT", "P4", "image", "s"),
    ("DISCOL", "Colour variation", "Colours do not match", "PNT", "P4", "image", ""),
    ("PAINT", "Paint patchy or peeling", "Paint peels or is patchy", "PNT", "P4", "paint-roller", "w"),
    ("RUST", "Rust", "Rust", "MET", "P4", "tools", ""),
    ("BUBBLE", "Bubble, blister", "Bubbles or blisters", "PNT", "P4", "droplets", "w"),
    ("GROUT", "Grout", "Gaps between tiles", "TIL", "P4", "grid-3x3", "w"),
    ("SEALANT", "Sealant", "Sealant missing or split", "TIL", "P4", "pen-line", "w"),
)
FIT = (
    ("GAP", "Gap", "Gap", "DOR", "P4", "move-both", ""),
    ("MISALIGN", "Misaligned", "Not straight", "DOR", "P4", "sort", ""),
    ("LOOSE", "Loose", "Loose or wobbly", "CAR", "P3", "move-both", ""),
    ("WARP", "Warped", "Bent or warped", "DOR", "P3", "waves", ""),
    ("STIFF", "Will not open or close", "Will not open or close", "DOR", "P3", "door-open", ""),
    ("RUB", "Rubs", "Rubs or sticks", "DOR", "P4", "door-open", ""),
    ("SQUEAK", "Squeaks", "Squeaks", "TIM", "P4", "volume", "n"),
    ("RATTLE", "Rattles", "Rattles", "WIN", "P4", "volume", "n"),
    ("MISSING", "Missing", "Something is missing", "CAR", "P4", "ask", "s"),
    ("WRONG", "Wrong item or specification", "Not what was agreed", "CAR", "P3", "repeat", ""),
    ("BROKEN", "Broken", "Broken", "CAR", "P3", "tools", ""),
    ("INCOMPLETE", "Incomplete", "Not finished", "CAR", "P3", "hourglass", ""),
)
SERVICES = (
    ("NOPOWER", "No power", "No power", "ELE", "P2", "plug", ""),
    ("TRIP", "Breaker trips", "Power keeps cutting out", "ELE", "P2", "zap", ""),
    ("SHOCK", "Shock, exposed conductor", "Electric shock or bare wire", "ELE", "P1", "zap", "!"),
    ("REVPOL", "Wrong wiring", "Wired wrongly", "ELE", "P2", "plug", "n"),
    ("NOWATER", "No water", "No water", "PLB", "P2", "droplets", ""),
    ("LOWPRESS", "Low pressure", "Weak water flow", "PLB", "P3", "shower-head", ""),
    ("NOHOT", "No hot water or heating", "No hot water or heating", "PLB", "P2", "fire", ""),
    ("NOCOOL", "No cooling", "Not cooling", "ACM", "P2", "fan", ""),
    ("NOISE", "Noise, vibration", "Noise or vibration", "ACM", "P3", "volume", "n"),
    ("SMELL", "Smell", "Bad smell (not gas)", "DRN", "P3", "wind", "n"),
    ("SIGNAL", "No signal", "No signal or line", "ELV", "P3", "globe", "n"),
    ("ALARM", "Alarm false or failed", "Alarm fault", "FIR", "P2", "siren", "n"),
    ("CONTROL", "Control", "Switch or control does not work", "ELE", "P3", "lightbulb", "n"),
)
SAFETY = (
    ("FALLHAZ", "Fall hazard", "Someone could fall", "MET", "P1", "triangle-alert", "!"),
    ("GLASSHAZ", "Glass hazard", "Broken or loose glass", "WIN", "P1", "triangle-alert", "!"),
    ("FIREHAZ", "Fire hazard", "Burning smell, smoke or heat", "ELE", "P1", "fire", "!"),
    ("GASLEAK", "Gas leak", "Smell of gas", "GAS", "P1", "siren", "!n"),
    ("STRUCTHAZ", "Structural hazard", "Looks as if it may give way", "STR", "P1", "triangle-alert", "!m"),
    ("SECURITY", "Cannot lock the home", "The home cannot be locked", "DOR", "P1", "lock", "!"),
)
OTHER = (
    ("PEST", "Pest", "Insects or pests", "PST", "P3", "bug", ""),
    ("DEBRIS", "Debris", "Rubbish or building dust left", "CLN", "P4", "trash-2", "s"),
    ("DAMAGE-REC", "Damage by rectification", "Damaged during a repair", "UNK", "P3", "tools", ""),
    ("DESIGN", "Design", "Does not work well as it is built", "UNK", "P3", "pencil", "n"),
    ("NEIGH", "Neighbour source", "Comes from next door or above", "UNK", "P3", "people", "n"),
    ("OTHER", "Other", "Something else", "UNK", "P3", "ellipsis", ""),
)


def defect_types() -> list[Row]:
    """All kinds of fault; `guidance` is the article's slug, to be replaced by its row."""
    groups = {
        "water": WATER,
        "cracks": CRACKS,
        "surface": SURFACE,
        "fit": FIT,
        "services": SERVICES,
        "safety": SAFETY,
        "other": OTHER,
    }
    faults = [(group, *fault) for group, rows in groups.items() for fault in rows]
    return [row(order, *fault) for order, fault in enumerate(faults, start=1)]


def row(
    order: int,
    group: str,
    code: str,
    label: str,
    owner_label: str,
    trade: str,
    priority: str,
    icon: str,
    marks: str,
) -> Row:
    """One kind of fault as the columns of `DefectType`."""
    return {
        "code": code,
        "order": order * 10,
        "group": group,
        "label": label,
        "owner_label": owner_label,
        "default_trade_id": trade,
        "default_priority_id": priority,
        "icon": icon,
        "photo_prompts": list(PHOTO_PROMPTS[code]),
        "wet_area_bump": "w" in marks,
        "is_snag_only": "s" in marks,
        "needs_method_note": "m" in marks,
        "needs_repair_photo": "n" not in marks,
        "is_safety": "!" in marks,
        "is_frequent": code in QUESTIONS,
        "questions": QUESTIONS.get(code, []),
        "do_now": DO_NOW.get(code, ""),
        "guidance": TYPE_ARTICLE.get(code),
    }
