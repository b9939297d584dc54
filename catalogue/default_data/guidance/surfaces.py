"""Guidance: walls and ceilings, paint, tiles and stone, other floors."""

from catalogue.default_data.guidance.shape import article

WALLS = article(
    "walls-and-ceilings",
    22,
    "Walls and ceilings",
    "Look from two metres in daylight: what you cannot see from there is seldom a defect.",
    looks_like=(
        "A wall or ceiling looks wavy, a board joint shows as a line, a corner is not straight, or the surface is "
        "rough, soft or hanging down."
    ),
    is_urgent=(
        "Yes, at once: a ceiling hangs down, drips or makes a cracking noise. Soon: a stain that grows. It can wait: a "
        "line, a bump or a rough place."
    ),
    do_now=(
        "If a ceiling hangs down, leave the room and shut the door. If it drips near a light, switch off the power "
        "for that room where the fuse box is dry, and call us."
    ),
    usually_accept=(
        "From {distance} away, in daylight, a joint or patch shows clearly. The surface is more than {flat} out of "
        "flat under a straight edge of 2 m. A ceiling sags or is stained. Plaster is soft or comes off."
    ),
    usually_not=(
        "Faint marks that only show under a lamp held close to the wall: light from the side makes every surface look "
        "rough. Thin lines where wall and ceiling meet, because a new home dries for about a year. Holes and cracks "
        "around hooks, shelves or brackets that were fixed later."
    ),
    care=(
        "Air every day and keep an even temperature in the first year. Wait about a year before you put up heavy "
        "wallpaper. Use the right plug for the wall, and ask us before you drill near pipes."
    ),
    how_to_measure=(
        "Switch lamps off and stand {distance} away. Photograph the whole wall, then the place with a coin beside it. "
        "A long straight ruler against the wall shows how deep it is."
    ),
    what_next=(
        "We look at it in daylight. Small lines are often filled together in one visit, when the home has dried, and "
        "always before your cover ends."
    ),
    thresholds={
        "distance": {"value": 2, "unit": "m", "edition": "NHBC Standards 2020, 9.1"},
        "flat": {"value": 3, "unit": "mm", "edition": "NHBC Standards 2020, 9.1.3"},
    },
    source=(
        "NHBC 2020 gives 3 mm under a straight edge of 2 m; its earlier edition gave 5 mm. A development's policy may "
        "name its own number."
    ),
)

PAINT = article(
    "paint",
    24,
    "Paint and wall finish",
    "Paint that peels or bubbles is for us; scuffs and fading come with living in a home.",
    looks_like=(
        "Paint peels, blisters, looks patchy or has a different colour in one place. Varnish or paint on wood or "
        "metal comes off."
    ),
    is_urgent=(
        "Hardly ever. Tell us soon if the paint bubbles and the wall behind it feels damp, because then water may be "
        "the cause. Everything else can wait for the next visit."
    ),
    do_now=(
        "Leave it as it is: do not scrape and do not paint over it. If the wall is damp, move furniture away and mark "
        "the edge of the damp place with pencil and date."
    ),
    usually_accept=(
        "Paint peels or blisters. Bare or badly patchy places show from {distance} away in daylight. Paint drops were "
        "left on tiles, glass or fittings. The colour is not the one that was agreed."
    ),
    usually_not=(
        "Scuffs, dirt and scratches after handover: paint wears where people live. Colour that fades in the sun. A "
        "small difference after touching up, because old and new paint never match quite. Bubbles behind furniture "
        "that stands tight against an outside wall, where the air cannot move."
    ),
    care=(
        "Wipe marks with a soft damp cloth, without rubbing. Leave a hand's width between furniture and outside "
        "walls. Keep a little of the paint, or its name, for later."
    ),
    how_to_measure=(
        "Stand {distance} away in daylight with lamps off, and photograph the whole wall. Then photograph the place "
        "close up with a coin. Tell us whether it feels damp."
    ),
    what_next=(
        "If damp is behind it, we find the water first. Then we prepare and paint, usually the whole surface up to "
        "the next corner. New paint needs time to dry; you get the date."
    ),
    thresholds={"distance": {"value": 2, "unit": "m", "edition": "Common practice of warranty guides"}},
)

TILES = article(
    "tiles-and-stone",
    26,
    "Tiles, stone and grout",
    "A small dull sound is common; a tile that moves, cracks or trips you is for us.",
    looks_like=(
        "A tile is loose, cracked, chipped or higher than the next one. It sounds hollow when you tap it. Grout is "
        "missing, or water stays on the floor."
    ),
    is_urgent=(
        "Yes, at once: a wall tile may fall on somebody. Soon: a sharp edge, a step to trip over, or water that runs "
        "out of the wet area. It can wait: grout, shade, a dull sound."
    ),
    do_now=(
        "Keep away from loose wall tiles. Cover a sharp or raised edge with a mat and tape. Do not glue or grout it "
        "yourself, or we cannot see the cause."
    ),
    usually_accept=(
        "A tile is loose or cracked across. The step to the next tile is more than {step}. A large part sounds hollow, "
        "or a hollow tile moves. Water does not run to the floor drain. Grout is missing or falls out."
    ),
    usually_not=(
        "Shade and veins that differ: stone is a natural material, and tiles are fired in batches. A dull corner "
        "without movement, because glue never fills every spot. Grout that became dark or soft through strong "
        "cleaners. A crack under the place where something fell."
    ),
    care=(
        "Clean with mild soap, not with acid or bleach. Seal natural stone as its maker says. Dry the shower floor, "
        "and renew the soft sealant in corners when it splits."
    ),
    how_to_measure=(
        "Tap with a coin and put a bit of tape on each tile that sounds hollow. Photograph the whole floor with the "
        "tape, then one tile close up. For a step, lay a ruler across and photograph the gap."
    ),
    what_next=(
        "We tap, measure, and where needed test with water. Tiles from the same batch may be sold out, so we agree "
        "with you how the new ones look. The glue needs a few days before you walk on it."
    ),
    thresholds={"step": {"value": 3, "unit": "mm", "edition": "Common trip limit of inspection practice"}},
    source="Inspection practice in Malaysia and Singapore, in our own words. A policy may name its own number.",
)

FLOORS = article(
    "floors",
    28,
    "Wooden, laminate and vinyl floors",
    "Small gaps come and go with the season; boards that lift, bend or sink are for us.",
    looks_like=(
        "Boards bend up at the edges, lift, sink under your foot, squeak, or show gaps. Vinyl bubbles or comes loose. "
        "The floor feels sloping."
    ),
    is_urgent=(
        "Soon: a raised edge to trip over, or a floor that is wet from below. It can wait: squeaks, small gaps, marks."
    ),
    do_now=(
        "Put a mat over a raised edge. If the floor is wet, dry it, find out whether a tap, machine or window leaks, "
        "and shut off the water if it runs."
    ),
    usually_accept=(
        "Boards bend, lift or move under your foot. The floor is more than {flat} out of flat under a straight edge of "
        "2 m. Vinyl or skirting comes loose. A squeak comes from a board that was not fixed well."
    ),
    usually_not=(
        "Narrow gaps in dry months that close again: wood shrinks and swells with the air. Dents, scratches and "
        "fading from furniture, shoes and sun. Swelling where water stood, for example under a plant or after wet "
        "mopping, because wood and laminate take up water."
    ),
    care=(
        "Sweep, then wipe with a cloth that is only damp. Dry spills at once. Put felt under chairs and tables. Keep "
        "the air neither very dry nor very damp, and use curtains against strong sun."
    ),
    how_to_measure=(
        "Photograph the whole room, then the place with a coin in the gap or a ruler on the bend. For a squeak or a "
        "soft place, send a few seconds of film while you step on it."
    ),
    what_next=(
        "We measure how damp the floor is before anything is changed. Single boards can often be changed. A floor "
        "that was wet must dry first; we tell you how long."
    ),
    thresholds={"flat": {"value": 5, "unit": "mm", "edition": "NHBC Standards 2020, 9.1.5"}},
    source="NHBC 2020 gives 5 mm in 2 m; makers of floors name limits of their own. A policy may do so too.",
)

ARTICLES = (WALLS, PAINT, TILES, FLOORS)
