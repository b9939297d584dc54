"""The stories: who reports what, how long ago, and what happened then. Told as data, acted out by `stage`.

An act is (days after the report, what, ...). Days are from the report; `ago` counts back from the first start.
"""

from dataclasses import dataclass, field
from typing import Any

Act = tuple[Any, ...]


@dataclass(frozen=True)
class Story:
    """One report and what became of it."""

    home: str
    ago: float
    room: str
    tile: str
    kind: str
    words: str
    photos: tuple[str, ...] = ()
    acts: tuple[Act, ...] = ()
    by: str = ""
    channel: str = "portal"
    answers: dict[str, str] = field(default_factory=dict)
    also: "tuple[Story, ...]" = ()


SEND = (0.4, "send", "")
DONE = "Replaced the waste pipe seal, dried for 48 hours, skimmed and painted."
DRIP = "ceiling-drip.mp4"
LEAK = ("ceiling-stain", "ceiling-stain-close")

SNAGS = (
    ("LIV", "door", "STIFF", "The balcony door drags on its track and needs two hands.", ("door-gap",)),
    ("LIV", "wall", "CRK-H", "A thin crack runs from the light switch to the ceiling.", ("wall-crack",)),
    ("KIT", "tap", "LEAK", "The kitchen tap drips all night, a cup by the morning.", ("sink-leak",)),
    ("KIT", "door", "STIFF", "The store door rubs on its frame.", ("door",)),
    ("MBR", "wall", "CRK-H", "A hairline crack beside the window, as long as my arm.", ("wall-crack",)),
    ("MBA", "ceiling", "WETSTAIN", "A brown ring on the ceiling, dry to the touch so far.", ("ceiling-stain",)),
    ("BAL", "floor", "PONDING", "A puddle stays in the corner for a day after rain.", ("balcony-pond",)),
)
"""The other items of one long report: enough for a triage sheet."""


CAST_STORIES = (
    Story(
        "A-12-4",
        0.2,
        "MBA",
        "shower",
        "LEAK",
        "We went through the whole home today. The shower mixer drips at the joint in the wall.",
        ("tap",),
        by="noor",
        also=tuple(Story("A-12-4", 0.2, *snag) for snag in SNAGS),
    ),
    Story(
        "A-12-3",
        8,
        "MBA",
        "ceiling",
        "WETSTAIN",
        "There is a brown ring on the ceiling above the shower and it is getting bigger since the weekend. "
        "This morning it was wet when I touched it. The light next to it still works but I am worried.",
        (*LEAK, DRIP),
        (
            (0.3, "message", "Dear Hana, I come and look with our contractor. Please do not use the light next to it."),
            (0.5, "note", "Second stain in this stack; ask the home above for access."),
            (1.6, "send", "We accepted this. The pipe above is repaired first, then your ceiling."),
            (1.8, "said", "accepted", "mail of today"),
            (4.0, "call", "The plumber comes at nine. Please keep the bathroom clear until the afternoon."),
            (5.2, "reply", "Thank you. Is somebody coming to paint as well?"),
            (6.5, "done", DONE, "ceiling-after"),
            (6.9, "reply", "They were on time and cleaned up after. The ceiling looks good and is dry so far."),
        ),
        by="hana",
    ),
    Story(
        "A-12-3",
        3,
        "KIT",
        "sink-tap",
        "LEAK",
        "The trap under the kitchen sink drips into the cabinet, about a cup a day.",
        ("sink-leak",),
        (
            (
                0.2,
                "review",
            ),
            (0.9, "visit", "initial", 4),
        ),
        by="hana",
    ),
    Story(
        "A-12-3",
        40,
        "LIV",
        "door",
        "STIFF",
        "The front door scrapes on the floor and only closes when I lift it.",
        ("door-gap", "door"),
        (
            SEND,
            (6, "done", "Hinges adjusted and bottom edge planed.", "door"),
            (6.5, "ask", "Amira Rahman"),
            (
                7,
                "confirm",
            ),
        ),
        by="hana",
    ),
    Story(
        "A-12-3",
        2,
        "BAL",
        "floor",
        "PONDING",
        "After rain the water stands at the far end of the balcony until the next day.",
        ("balcony-pond",),
        ((0.3, "question", "Could you send a picture right after the next rain, with the drain in it?", 6),),
        by="tariq",
    ),
    Story(
        "A-12-4",
        21,
        "MBA",
        "shower",
        "LEAK",
        "Water comes out under the shower screen and runs to the door.",
        ("tap", "grout"),
        (
            SEND,
            (6, "done", "Screen re-sealed, dried over night.", "grout"),
            (6.4, "ask", "Amira Rahman"),
            (9, "not-right", "It still runs out on the left side when I shower for long."),
        ),
        by="noor",
    ),
    Story(
        "A-12-4",
        17,
        "LIV",
        "wall",
        "CRK-H",
        "A crack runs from the corner of the window to the ceiling. It looks longer than last month.",
        ("wall-crack",),
        (
            SEND,
            (9, "done", "Raked out, filled with flexible filler and painted.", "wall-after"),
            (9.3, "ask", "Amira Rahman"),
        ),
        by="noor",
    ),
    Story(
        "A-12-4",
        33,
        "MBR",
        "window",
        "CONDENS",
        "In the morning there is water on the inside of the window.",
        ("window",),
        (
            (0.5, "call", "You dry laundry in this room; the window and its seals are in order."),
            (
                2,
                "refuse",
                "no-defect",
                "We looked at the window with you on the phone and in your picture. The seals are in order; the "
                "water comes from humid air inside the room. Airing for ten minutes twice a day helps.",
                "Our guidance: condensation on the room side is not a defect of the window.",
            ),
        ),
        by="noor",
    ),
    Story(
        "A-12-4",
        4,
        "UTY",
        "sink-tap",
        "LEAK",
        "Water runs out behind the washing machine since we had the filter put in.",
        ("sink-leak", "tap"),
        (
            (0.4, "call", "Your own plumber fitted a water filter last month; the new joint leaks."),
            (
                1,
                "refuse",
                "alteration",
                "The leak is at the joint of the water filter that your own plumber fitted last month. The pipe that "
                "we installed is dry. Please ask your plumber to tighten or replace the joint.",
                "Your agreement covers work and materials of ours; later alterations are not part of it.",
            ),
        ),
        by="noor",
    ),
    Story(
        "A-12-4",
        1,
        "KIT",
        "electrical",
        "NOPOWER",
        "Two sockets beside the cooker have no power since last night.",
        ("socket-loose",),
        (),
        by="noor",
    ),
)

POOL = (
    ("KIT", "cupboard", "MISALIGN", "The cabinet door beside the fridge hangs lower than the others.", ("cabinet",)),
    ("BR2", "door", "STIFF", "The door rubs on the frame and does not latch any more.", ("door-gap",)),
    ("MBA", "wall", "GROUT", "The grout between the tiles at the shower comes out in pieces.", ("grout",)),
    ("LIV", "floor", "CHIP", "A floor tile near the balcony is cracked from corner to corner.", ("tile-crack",)),
    ("BR3", "wall", "CRK-H", "A thin crack above the door, about one metre long.", ("wall-crack",)),
    (
        "LIV",
        "window",
        "SEEP",
        "With rain from the west, water comes in under the window.",
        ("window-seal", "window"),
    ),
    ("YRD", "sink-tap", "LEAK", "The tap in the yard drips day and night.", ("tap",)),
    ("BAL", "floor", "PONDING", "Water stands on the balcony after every rain.", ("balcony-pond", "balcony")),
    ("ENT", "wall", "PAINT", "The paint beside the entrance door peels off in flakes.", ("paint-peel",)),
    ("BR2", "electrical", "LOOSE", "The socket beside the bed comes out of the wall with the plug.", ("socket-loose",)),
    (
        "MBR",
        "ceiling",
        "WETSTAIN",
        "A yellow stain on the ceiling near the window, a hand wide.",
        ("ceiling-stain",),
    ),
    ("DIN", "floor", "HOLLOW", "Four tiles sound hollow when you walk over them and one moves.", ("tile",)),
)

WAYS: tuple[tuple[Act, ...], ...] = (
    (),
    (
        (
            0.4,
            "review",
        ),
    ),
    ((0.5, "message", "Thank you for the pictures. I look into it and write to you again."),),
    (
        (
            0.3,
            "review",
        ),
        (1.1, "visit", "initial", 5),
    ),
    ((0.6, "accept", ""),),
    (SEND,),
    (SEND, (1.2, "said", "accepted", "call of today")),
    (SEND, (1.5, "visit", "rectification", 6)),
    (SEND, (2, "said", "under-way", "call of today")),
    (SEND, (2, "said", "waiting", "mail with the order", "matching tiles")),
    (SEND, (3, "hold", "drying", 12, "The wall must dry before it is painted.")),
    (SEND, (4, "done", DONE, "wall-after")),
    (SEND, (4, "done", DONE, "ceiling-repaired"), (4.5, "back", "The colour differs from the wall beside it.")),
    (SEND, (5, "done", DONE, "wall-after"), (5.3, "ask", "Amira Rahman")),
    (
        SEND,
        (5, "done", DONE, "wall-after"),
        (5.3, "ask", "Amira Rahman"),
        (
            6,
            "confirm",
        ),
    ),
    (
        SEND,
        (5, "done", DONE, "wall-after"),
        (5.3, "ask", "Amira Rahman"),
        (
            6,
            "confirm",
        ),
        (20, "reopen", "It is back."),
    ),
    ((0.4, "withdraw", "The resident told us on the phone that it was a mistake and nothing is wrong."),),
)
"""How far the other cases went; the further, the longer ago."""
