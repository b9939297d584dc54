"""Guidance: doors and windows."""

from datetime import date

ARTICLE = {
    "slug": "doors-and-windows",
    "title": "Doors and windows that stick, rattle or let water in",
    "hint": "Wood swells a little in damp weather; a door that will not close or lock needs us.",
    "looks_like": (
        "The door or window catches on its frame or the floor, drops at one side, will not click shut or lock, "
        "shows an uneven gap, or lets wind and rain in. Mist between the two panes is different from drops on the "
        "room side."
    ),
    "is_urgent": (
        "Yes, at once: the home cannot be locked, glass is broken or loose, or the only way out is jammed. Soon: "
        "rain comes in, a fire door does not close by itself. It can wait: it rubs a little, or rattles."
    ),
    "do_now": (
        "Do not force it or plane it. Keep people away from loose glass, inside and below. If rain comes in, put a "
        "towel down and move furniture. If you cannot lock the home, call us at any hour."
    ),
    "usually_accept": (
        "It will not close or lock; it rubs hard or is warped; the gap to the frame or the finished floor is over "
        "{gap} or clearly uneven; rain comes in; there is mist between the panes; a seal is missing; a fire door "
        "does not close by itself."
    ),
    "usually_not": (
        "Slight swelling in damp weather that goes again; a handle that came loose with use and needs its screw "
        "tightened; tracks that need cleaning or a drop of oil; drops of steam on the room side; scratches that "
        "were not listed at handover."
    ),
    "how_to_measure": (
        "Close it gently. Measure the widest gap with a ruler and photograph it with the ruler in the picture. For "
        "rain: show where the water comes in, and note the day and from which side it rained."
    ),
    "what_next": (
        "Most are put right in one visit: adjusting hinges, lock or seal. A warped leaf or a misted pane is "
        "ordered to measure; we tell you the date. After a repair for rain we test it with water."
    ),
    "thresholds": {
        "gap": {"value": 5, "unit": "mm", "edition": "QLASSIC, door and window gaps (current edition at review)"},
    },
    "source": (
        "QLASSIC gives 5 mm from door to frame and finished floor. Warranty guides of other countries allow more "
        "under a door, so a development's policy may name its own number."
    ),
    "edition": "1st edition, 2026",
    "reviewed_on": date(2026, 11, 1),
    "order": 30,
}
