"""Guidance: doors, windows, railings and other metal."""

from catalogue.default_data.guidance.shape import article

DOORS = article(
    "doors",
    30,
    "Doors and locks",
    "Wood swells a little in damp weather; a door that will not close or lock needs us.",
    looks_like=(
        "The door catches on its frame or the floor, drops at one side, or will not click shut or lock. The gap "
        "around it is uneven, or the leaf is bent."
    ),
    is_urgent=(
        "Yes, at once: the home cannot be locked, or the only way out is jammed. Soon: a fire door does not close by "
        "itself. It can wait: it rubs a little or squeaks."
    ),
    do_now=(
        "Do not force it and do not plane it. If you cannot lock the home, or somebody is locked in, call us at any "
        "hour."
    ),
    usually_accept=(
        "It will not close or lock. It rubs hard or is warped. The gap to the frame or to the finished floor is over "
        "{gap}, or clearly uneven. A fire door does not close by itself. A part was missing at handover."
    ),
    usually_not=(
        "Slight swelling in damp weather that goes again: wood takes up moisture. A handle or hinge that came loose "
        "with use: a turn of its screw helps. Scratches and dents that are not on the handover list, because nobody "
        "can tell later when they happened."
    ),
    care=(
        "Tighten handle screws once a year. Put a drop of oil on hinges, and graphite in locks. Keep bathroom doors "
        "dry at the bottom. Leave door closers as they are set."
    ),
    how_to_measure=(
        "Close the door gently. Photograph the whole door, then the widest gap with a ruler in it. A short note helps: "
        "worse in the morning, worse after rain?"
    ),
    what_next=(
        "Most doors are put right in one visit, at hinge or lock. A warped leaf is ordered to measure, and we tell you "
        "the date."
    ),
    thresholds={
        "gap": {"value": 5, "unit": "mm", "edition": "QLASSIC, door and window gaps (current edition at review)"}
    },
    source=(
        "QLASSIC gives 5 mm from door to frame and finished floor. Warranty guides of other countries allow more "
        "under a door, so a development's policy may name its own number."
    ),
)

WINDOWS = article(
    "windows",
    32,
    "Windows and glass",
    "Drops on the room side are steam; mist between the panes or rain inside is for us.",
    looks_like=(
        "The window is hard to move, will not lock, rattles, or lets wind and rain in. The glass is cracked, or it is "
        "misty where no cloth can reach."
    ),
    is_urgent=(
        "Yes, at once: glass or a frame is loose and may fall, or a window at street level cannot be locked. Soon: "
        "rain comes in. It can wait: it rattles or moves stiffly."
    ),
    do_now=(
        "Keep people away from loose glass, inside and on the ground below. If rain comes in, put a towel down and "
        "move furniture. Do not force the handle."
    ),
    usually_accept=(
        "Rain comes in while the window is shut. It will not close or lock. There is mist between the two panes. A "
        "seal, a catch or a drain hole is missing. The glass was cracked at handover."
    ),
    usually_not=(
        "Drops on the room side in the morning: warm damp air meets cold glass. Dirty tracks and dry hinges, which "
        "need cleaning and oil. Glass that broke by a knock, and scratches that are not on the handover list. Film or "
        "grilles that were added later can also crack glass or stop a window from closing."
    ),
    care=(
        "Brush the tracks and the small drain holes twice a year. Oil hinges and locks once a year. Wash seals with "
        "water only. Shut windows in strong wind."
    ),
    how_to_measure=(
        "Photograph the whole window, then the place close up. For rain, film where the water comes in. Note the day "
        "and from which side it rained."
    ),
    what_next=(
        "We adjust it, or change the seal, often in one visit. New glass is made to measure. After a repair for rain "
        "we test the window with water."
    ),
)

RAILINGS = article(
    "railings-and-metal",
    34,
    "Railings, gates and metal",
    "A railing that moves is never small: keep away from it and call us.",
    looks_like=(
        "A railing, grille, gate or handrail moves when you touch it. A weld is open or sharp. Rust runs down from a "
        "joint. A gate or shutter does not close."
    ),
    is_urgent=(
        "Yes, at once: a railing at a balcony, stair or edge is loose or broken. Soon: a gate that should lock stays "
        "open. It can wait: a rust spot or a scratch."
    ),
    do_now=(
        "Do not lean on it to test it. Lock the balcony door if you can and keep children away. Then call us, day or "
        "night."
    ),
    usually_accept=(
        "A railing or handrail moves. A weld is broken or sharp. Rust comes through the paint within the first year. "
        "A gate, lock or shutter does not work as it did at handover."
    ),
    usually_not=(
        "Light rust on the surface near the sea or a pool, where salt was not washed off. Scratches from furniture or "
        "keys. Rust around holes that were drilled later, for example for plants, blinds or a dish: the hole breaks "
        "the protecting coat."
    ),
    care=(
        "Wash metal with fresh water and mild soap every few months, more often near the sea. Touch up scratches "
        "before they rust. Oil gate hinges. Never hang loads on a railing."
    ),
    how_to_measure=(
        "Stay on the safe side. Photograph the whole railing, then the loose foot or joint from where you stand. Do "
        "not climb and do not reach over."
    ),
    what_next=(
        "A loose railing is made safe first, and repaired after that. Painting of metal may wait for dry weather; you "
        "get the date."
    ),
)

ARTICLES = (DOORS, WINDOWS, RAILINGS)
