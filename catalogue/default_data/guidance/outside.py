"""Guidance: roof, outside walls, ground, shared areas, pests, what was left at handover."""

from catalogue.default_data.guidance.shape import article

ROOF = article(
    "roof-and-gutters",
    60,
    "Roof and gutters",
    "Photograph it while it rains: that shows us more than a dry stain.",
    looks_like=(
        "Water comes through the ceiling of the top floor, a tile has slipped, a gutter runs over, or a down-pipe is "
        "loose."
    ),
    is_urgent=(
        "Yes, at once: water runs in or a ceiling hangs down, or a part of the roof may fall. Soon: a stain that grows "
        "with each rain. It can wait: a loose clip, a slow gutter."
    ),
    do_now=(
        "Put buckets below and move things away. Keep away from lights that are wet. Stay off the roof. Keep people "
        "away from where something may fall."
    ),
    usually_accept=(
        "Rain comes through the roof. A tile, sheet or flashing is loose or missing. A clean gutter runs over in "
        "ordinary rain. A down-pipe leaks at its joint."
    ),
    usually_not=(
        "Leaves and nests in the gutter, because they collect each season. Damage by a storm, which the building "
        "insurance usually answers for. Leaks around dishes, tanks or panels that were fixed to the roof later."
    ),
    care=(
        "Have gutters cleaned twice a year, by somebody with safe access. After a storm, look from the ground for "
        "slipped tiles. Ask us before anything is fixed to the roof."
    ),
    how_to_measure=(
        "Photograph the wet place and the ceiling during rain, with date and hour. From the ground, photograph the "
        "roof above it. Never climb."
    ),
    what_next=(
        "We look from outside and test with water. The roof is mended in dry weather; ceiling and paint follow when "
        "all is dry. You get both dates."
    ),
)

OUTSIDE_WALLS = article(
    "outside-walls",
    62,
    "Outside walls, render and cladding",
    "White salt that brushes off is harmless; loose pieces or rain coming in are for us.",
    looks_like=(
        "Render or cladding is cracked, hollow or loose. A joint is open. White powder or stains run down. Rain comes "
        "through to the room."
    ),
    is_urgent=("Yes, at once: a piece may fall. Soon: rain comes in. It can wait: stains, white powder, fine lines."),
    do_now=(
        "Keep people and cars away from below. Do not knock at loose pieces. Inside, move furniture away from a damp "
        "wall."
    ),
    usually_accept=(
        "Pieces are loose or hollow. Rain comes through the wall or a joint. A joint or seal is open or missing. A "
        "crack is wider than {wide}, or grows."
    ),
    usually_not=(
        "White salt that you can brush off: it comes out while masonry dries, and stops. Small shade differences of "
        "brick and stone. A net of very fine lines in render. Green growth where plants or sprinklers keep the wall "
        "wet. Leaks around brackets that were fixed later."
    ),
    care=(
        "Keep soil and plants below the damp line at the foot of the wall. Brush salt off dry; water brings it back. "
        "Do not close the small holes near the ground: the wall breathes there."
    ),
    how_to_measure=(
        "Photograph the whole wall from the ground, then zoom in. With a crack in reach, hold a ruler across it. For "
        "rain, tell us the day and the direction of the wind."
    ),
    what_next=(
        "Work outside may need a platform and dry weather, often for several homes at once. We tell you the date and "
        "whether we must come in."
    ),
    thresholds={"wide": {"value": 2, "unit": "mm", "edition": "NHBC Standards 2019, blockwork (garages)"}},
)

OUTDOORS = article(
    "outdoors",
    64,
    "Paving, garden and drive",
    "New ground settles a little; a step to trip over or water toward the house is for us.",
    looks_like=(
        "Paving sinks or rocks, water stands or runs toward the house, a fence leans, turf or plants die, a pool or "
        "sprinkler does not work."
    ),
    is_urgent=(
        "Yes, at once: a hole to fall into, or a wall that leans. Soon: water runs toward the house, or a step to "
        "trip over. It can wait: weeds, a few dead plants."
    ),
    do_now=(
        "Mark a hole or a step so that nobody falls. Sweep leaves off surface drains. Keep children away from open "
        "water and open covers."
    ),
    usually_accept=(
        "Paving rocks, or makes a step to trip over. Water stands for more than {stand} after rain, or runs toward the "
        "house. A fence or kerb leans. Planting was dead at handover."
    ),
    usually_not=(
        "Small settling in the first year, because filled ground sinks a little. Weeds, moss and turf that was not "
        "watered. Tyre marks and oil. Changes after you moved soil, paved more or planted trees."
    ),
    care=(
        "Water new turf and plants daily in the first dry weeks. Brush sand into paving joints once a year. Clean "
        "surface drains before the rainy season. Keep flower beds lower than the floor of the house."
    ),
    how_to_measure=(
        "Photograph the whole place, then the step with a ruler beside it. For standing water, photograph it right "
        "after rain and again later, with the hour."
    ),
    what_next=(
        "We look after the next rain where water is the matter. Ground works wait for dry weather. Shared grounds are "
        "done together with the management body."
    ),
    thresholds={"stand": {"value": 24, "unit": "hours", "edition": "Our practice, 2026"}},
)

SHARED = article(
    "lifts-and-shared-areas",
    66,
    "Lifts, fire systems and shared areas",
    "Report it even if you think somebody else has: in shared areas everybody waits for everybody.",
    looks_like=(
        "A lift stops, jerks or does not level. An alarm sounds without fire or stays silent. A lobby, stair, corridor "
        "or car park has damage, water or no light."
    ),
    is_urgent=(
        "Yes, at once: somebody is in a stopped lift, an alarm sounds, a fire door or a stair cannot be used. Soon: a "
        "lift out of service, a dark stair. It can wait: marks and worn places."
    ),
    do_now=(
        "In a stopped lift: press the bell, stay inside, wait. Never force the doors. Treat every fire alarm as a "
        "fire: go out by the stairs first. Then call."
    ),
    usually_accept=(
        "Any fault of lift, alarm, sprinkler, fire door or emergency light. Water, cracks and loose parts in shared "
        "areas. Always tell us, also when you are not sure whose it is."
    ),
    usually_not=(
        "Cleaning, lamps, pest spraying and daily upkeep of shared areas: the management body does this from the "
        "service charges. Damage by a removal or a car, which its insurance answers for."
    ),
    care=(
        "Keep corridors, stairs and fire doors free, and never wedge a fire door open. Book the lift for removals and "
        "ask for its padding. Test the smoke detector of your home every month."
    ),
    how_to_measure=(
        "Photograph the place with its sign or number, for example lift 2, floor 12. Note date and hour. Film a noise "
        "or a jerk from outside the lift."
    ),
    what_next=(
        "The claim for shared areas is made by the management body, and we tell you when we pass your report on. What "
        "is dangerous comes first, whoever answers for it."
    ),
)

PESTS = article(
    "pests",
    68,
    "Ants, termites and other pests",
    "Mud tubes on a wall may be termites: leave them as they are and send a photo.",
    looks_like=(
        "Mud tubes or fine wood dust on walls and frames, small wings on the floor, insects that come out of one gap, "
        "droppings of mice or rats."
    ),
    is_urgent=(
        "Soon: mud tubes, or wood that sounds hollow. Rats inside the home. It can wait: ants, mosquitoes, a few other "
        "insects."
    ),
    do_now=(
        "Do not spray and do not break mud tubes: the insects only move on. Cover food and empty the bin. Keep small "
        "children away from bait that you find."
    ),
    usually_accept=(
        "Termites while the treatment of the ground has its warranty. Animals that come in through a gap that the "
        "building should not have, for example around a pipe."
    ),
    usually_not=(
        "Ants, cockroaches, mosquitoes and mice in general, because they come to every home with food and water. "
        "Termites in furniture or timber that was brought in. Holes in the ground barrier from later digging or "
        "planting."
    ),
    care=(
        "Keep wood and boxes off the ground. Mend dripping taps, because insects look for water. Keep beds and plants "
        "away from the wall. Close food and bins. Do not dig up treated ground."
    ),
    how_to_measure=(
        "Photograph the tube, dust or insect with a coin beside it, and the whole wall. Tell us since when, and in "
        "which rooms."
    ),
    what_next=(
        "A pest firm looks and treats what is under warranty. You may need to stay out of a room for some hours; we "
        "agree the day with you."
    ),
)

HANDOVER = article(
    "left-from-building",
    70,
    "Dust, missing items, keys and papers",
    "Look through the whole home in the first days: marks count when they are on the handover list.",
    looks_like=(
        "Building dust or rubble was left, a key, card, remote or handbook is missing, or a fitting from the list was "
        "not there."
    ),
    is_urgent=(
        "Yes, at once: you cannot lock the home. Soon: a missing key or access card. It can wait: dust, handbooks, a "
        "missing hook."
    ),
    do_now=(
        "Compare the home with your handover list, room by room. Write down what is missing. Leave rubble where it is "
        "until you have a photo."
    ),
    usually_accept=(
        "Rubble or paint left by the builders. Keys, cards, remotes or papers that are on the list and did not come. "
        "Scratches, dents and missing items that are on the handover list."
    ),
    usually_not=(
        "Marks and missing small items that are not on the handover list, because later nobody can tell when they "
        "happened. Keys and cards that were lost after handover. Dust of your own works and removal."
    ),
    care=(
        "Keep the handover list, keys and papers together. Take photos of every room before furniture comes in. Note "
        "the numbers of keys and cards."
    ),
    how_to_measure=(
        "Photograph the place and the line of the handover list that names it. For keys and cards, photograph those "
        "that you have, with their numbers."
    ),
    what_next=(
        "We look at the list together with your photo. Keys, cards and papers are handed to you against your name. "
        "Cleaning is done in one visit."
    ),
)

ARTICLES = (ROOF, OUTSIDE_WALLS, OUTDOORS, SHARED, PESTS, HANDOVER)
