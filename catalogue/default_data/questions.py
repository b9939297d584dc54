"""Three questions for each of the twelve most frequent faults; some answers make a case more urgent.

Why these twelve: they are what new homes have most (water, cracks in plaster, hollow tiles, doors and windows, power,
cooling), and in each of them the words of the report alone do not tell an emergency from a nuisance. Marks on surfaces
are as frequent, but no answer changes what we do about them.
"""

from collections.abc import Mapping

Row = Mapping[str, object]
YES_NO = (("yes", "Yes"), ("no", "No"), ("unsure", "Not sure"))


def question(
    key: str,
    text: str,
    *,
    choices: tuple[tuple[str, str], ...] = YES_NO,
    raises: Mapping[str, tuple[str, str]] | None = None,
) -> Row:
    """One question; `raises` gives for an answer the priority and the sentence why."""
    raised = raises or {}
    return {
        "key": key,
        "text": text,
        "choices": [list(choice) for choice in choices],
        "raises_to": {answer: priority for answer, (priority, _why) in raised.items()},
        "because": {answer: why for answer, (_priority, why) in raised.items()},
    }


NEAR_POWER = question(
    "near-power",
    "Is the water near a light, a socket or the fuse box?",
    raises={"yes": ("P1", "There is water near electricity.")},
)
SINCE = question("since", "Since when?", choices=(("today", "Today"), ("week", "This week"), ("longer", "Longer")))
WHOLE_HOME = (("all", "The whole home"), ("room", "One room"), ("one", "One socket or light"))

QUESTIONS: dict[str, list[Row]] = {
    "LEAK": [
        NEAR_POWER,
        question(
            "stops",
            "Does it stop when you shut the stop-cock?",
            choices=(("yes", "Yes"), ("no", "No, it keeps running"), ("unsure", "I have not tried")),
            raises={"no": ("P1", "The water cannot be stopped.")},
        ),
        question(
            "how-much",
            "How much water is it?",
            choices=(("drops", "Drops"), ("bucket", "Fills a bucket in a day"), ("runs", "It runs")),
            raises={"runs": ("P1", "The water runs.")},
        ),
    ],
    "SEEP": [
        NEAR_POWER,
        question(
            "when",
            "When is it worse?",
            choices=(("rain", "After rain"), ("shower", "After a shower"), ("always", "Always the same")),
        ),
        question("grows", "Does the patch grow?", raises={"yes": ("P2", "The damp patch grows.")}),
    ],
    "WETSTAIN": [
        NEAR_POWER,
        question("grows", "Is it bigger than last week?", raises={"yes": ("P2", "The stain grows.")}),
        question(
            "sags",
            "Does the ceiling hang down or drip?",
            choices=(("hangs", "It hangs down"), ("drips", "It drips"), ("no", "Neither")),
            raises={"hangs": ("P1", "The ceiling hangs down."), "drips": ("P2", "The ceiling drips.")},
        ),
    ],
    "BACKUP": [
        question(
            "sewage",
            "Has dirty water come into a room you live in?",
            raises={"yes": ("P1", "There is sewage in a habitable room.")},
        ),
        question(
            "only-wc",
            "Is it the only toilet of the home?",
            raises={"yes": ("P2", "The only WC cannot be used.")},
        ),
        question("before", "Was it blocked before?"),
    ],
    "CRK-H": [
        question("coin", "Does the edge of a coin fit in?", raises={"yes": ("P3", "A coin fits into the crack.")}),
        question(
            "both-sides",
            "Is there a crack on the other side of the wall too?",
            raises={"yes": ("P2", "The crack is on both sides of the wall.")},
        ),
        SINCE,
    ],
    "CRK-M": [
        question(
            "both-sides",
            "Is there a crack on the other side of the wall too?",
            raises={"yes": ("P2", "The crack is on both sides of the wall.")},
        ),
        question("grows", "Has it become longer or wider?", raises={"yes": ("P2", "The crack grows.")}),
        question(
            "binds",
            "Do doors or windows near it suddenly jam?",
            raises={"yes": ("P1", "Doors or windows near the crack suddenly jam.")},
        ),
    ],
    "HOLLOW": [
        question(
            "where",
            "Where are the tiles?",
            choices=(("floor", "On the floor"), ("wall", "On a wall"), ("outside", "On an outer wall")),
        ),
        question("lifts", "Do tiles lift, move or stand up?", raises={"yes": ("P2", "Tiles lift or move.")}),
        question("falls", "Could a tile fall on somebody?", raises={"yes": ("P1", "A tile could fall on somebody.")}),
    ],
    "LOOSE": [
        question(
            "holds-people",
            "Does it keep people from falling (railing, balustrade, window)?",
            raises={"yes": ("P1", "What keeps people from falling is loose.")},
        ),
        question("wires", "Can you see wires?", raises={"yes": ("P1", "Wires can be seen.")}),
        question("falls", "Could it fall on somebody?", raises={"yes": ("P2", "It could fall on somebody.")}),
    ],
    "STIFF": [
        question("locks", "Can you still lock the home?", raises={"no": ("P1", "The home cannot be locked.")}),
        question(
            "way-out", "Is it your only way out of the home or room?", raises={"yes": ("P2", "It is the only way out.")}
        ),
        question(
            "when",
            "When did it begin?",
            choices=(("handover", "From the start"), ("slowly", "Slowly"), ("suddenly", "Suddenly")),
        ),
    ],
    "NOPOWER": [
        question(
            "how-much", "What has no power?", choices=WHOLE_HOME, raises={"all": ("P1", "The whole home has no power.")}
        ),
        question(
            "burnt",
            "Is anything hot, or does it smell burnt?",
            raises={"yes": ("P1", "Something is hot or smells burnt.")},
        ),
        question("neighbours", "Do your neighbours have power?"),
    ],
    "TRIP": [
        question("unplugged", "Does it go off with everything unplugged?"),
        question(
            "how-much", "What goes off?", choices=WHOLE_HOME, raises={"all": ("P1", "The whole home loses its power.")}
        ),
        question(
            "wet",
            "Was water near it, or does it smell burnt?",
            raises={"yes": ("P1", "There was water near it, or it smells burnt.")},
        ),
    ],
    "NOCOOL": [
        question("how-many", "How many units do not cool?", choices=(("one", "One"), ("all", "All of them"))),
        question(
            "drips", "Does water drip on a socket or light?", raises={"yes": ("P1", "There is water near electricity.")}
        ),
        question("service", "Was the filter cleaned in the last three months?"),
    ],
}
