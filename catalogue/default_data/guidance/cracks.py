"""Guidance: cracks."""

from datetime import date

ARTICLE = {
    "slug": "cracks",
    "title": "Cracks: which ones matter?",
    "hint": "Thin cracks are normal while a new home dries; a crack that a coin fits into is worth a photo.",
    "looks_like": (
        "Thin cracks like a hair, mostly where wall and ceiling meet, above doors or along board joints, come from "
        "drying. A crack that goes through the wall, runs in steps along bricks, or is wider at one end is "
        "different."
    ),
    "is_urgent": (
        "Yes, at once: pieces fall, or doors near the crack suddenly jam while it grows. Soon: it is wider than "
        "{structural}, or shows on both sides of the wall. It can wait: thin cracks that stay the same."
    ),
    "do_now": (
        "Keep people away from loose pieces and from under the crack. Do not fill or paint it before we have seen "
        "it. If a door suddenly jams or pieces fall, go out of that room and call us."
    ),
    "usually_accept": (
        "The crack is wider than {junction} where wall, ceiling or floor meet; it goes through both sides; it runs "
        "in steps; it grows; the floor slopes; steel shows; water comes through."
    ),
    "usually_not": (
        "The crack is {junction} wide or less and stays so: it comes from drying and is often filled once, "
        "together with others, near the end of the first year. Along stairs up to {stairs} is usual. Marks of a "
        "picture hook or a knock are not from building."
    ),
    "care": (
        "Air and heat evenly in the first year, so that the home dries slowly. Wait about a year before you paint or "
        "paper walls again. Do not cut into walls that carry the building."
    ),
    "how_to_measure": (
        "Hold a ruler across the widest place, or the edge of a coin ({coin} thick), and take a photo close up. "
        "Mark both ends with pencil and date. Take the same photo again after {repeat}."
    ),
    "what_next": (
        "We compare your photos. A thin crack is put on the list for one visit, with your consent and before your "
        "cover ends. A wide or growing one is looked at by us, and by an engineer where it moves. Afterwards we "
        "fill and paint the wall."
    ),
    "thresholds": {
        "junction": {"value": 2, "unit": "mm", "edition": "NHBC Standards 2020, 9.1.3"},
        "stairs": {"value": 4, "unit": "mm", "edition": "NHBC Standards 2020, 9.1.3"},
        "coin": {"value": 3, "unit": "mm", "edition": "UK warranty guides: about a one-pound coin"},
        "structural": {"value": 5, "unit": "mm", "edition": "Our practice, 2026: an engineer looks"},
        "repeat": {"value": 2, "unit": "weeks", "edition": "Our practice, 2026"},
    },
    "source": (
        "Published limits differ: 2 mm at junctions (NHBC), about 3 mm, the thickness of a coin (warranty guides), "
        "over 4 mm as a major crack (others). We quote the first unless the policy of your development names its "
        "own number."
    ),
    "edition": "1st edition, 2026",
    "reviewed_on": date(2026, 11, 1),
    "order": 20,
}
