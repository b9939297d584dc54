"""Guidance: cupboards, taps and pipes, bathroom fittings, drains."""

from catalogue.default_data.guidance.shape import article

CUPBOARDS = article(
    "cupboards-and-worktops",
    36,
    "Cupboards, wardrobes and worktops",
    "Hinges need a turn of the screw now and then; loose cabinets and open joints are for us.",
    looks_like=(
        "A cupboard door hangs crooked or catches, a drawer sticks, a shelf bends, the edge comes off, or the joint of "
        "the worktop opens."
    ),
    is_urgent=(
        "Yes, at once: a wall cupboard comes away from the wall. Soon: water gets into a worktop joint. It can wait: a "
        "crooked door, a stiff drawer."
    ),
    do_now=(
        "Empty a cupboard that is loose and keep people away from below it. Wipe worktop joints dry. Do not glue or "
        "drill it yourself."
    ),
    usually_accept=(
        "A cabinet is loose. A door or drawer never closed well. The surface or edge comes off without having been wet "
        "or hot. A joint of the worktop is open. A part was missing, or is not what was agreed."
    ),
    usually_not=(
        "Doors that hang a little lower after months of use: hinges are made to be adjusted. Swollen boards where "
        "water stood, marks of hot pots, and cuts. Scratches and chips that are not on the handover list. Shelves that "
        "bend under more weight than they are made for."
    ),
    care=(
        "Turn the small hinge screws when a door drops. Wipe water away at once, above all around the sink. Use a "
        "board for cutting and a mat for hot pots. Run the cooker hood so that steam does not soak the doors."
    ),
    how_to_measure=(
        "Photograph the whole row with all doors closed, then the place close up. For a gap or a bend, hold a ruler "
        "beside it."
    ),
    what_next=(
        "Adjusting takes one visit. Fronts and worktops are made to order, so we measure first and tell you when they "
        "arrive."
    ),
)

TAPS = article(
    "taps-and-pipes",
    42,
    "Taps, pipes and water pressure",
    "If water runs where it should not: shut the stop-cock first, then call us.",
    looks_like=(
        "A pipe or joint drips, a tap runs on or is stiff, no water comes, the flow is weak, or the pipes bang when a "
        "tap closes."
    ),
    is_urgent=(
        "Yes, at once: water runs and you cannot stop it, or it is near power. Soon: no water, or a steady drip at a "
        "joint. It can wait: weak flow at one tap, a noise."
    ),
    do_now=(
        "Shut the valve below the basin or the stop-cock of the home. Put a bucket below. No water at all? Ask a "
        "neighbour first, and close your taps so that nothing overflows later."
    ),
    usually_accept=(
        "A pipe, joint or valve drips. The flow is weak in the whole home while neighbours have enough. Pipes bang. A "
        "tap drips or is loose from the start. Hot and cold are the wrong way round."
    ),
    usually_not=(
        "A tap that drips after long use, because its washer or cartridge wears out. Weak flow at one tap with a dirty "
        "sieve: sand and lime collect there. Water that the water company switched off. Leaks at a filter, washing "
        "machine or pipe that was added later."
    ),
    care=(
        "Unscrew and rinse the small sieve at the mouth of each tap twice a year. Turn the stop-cock once or twice a "
        "year so that it stays easy. Change machine hoses when they look old. Know where your stop-cock is."
    ),
    how_to_measure=(
        "Photograph the tap or pipe and the drop, dry it, and photograph it again after an hour. For weak flow, time "
        "how long a bucket takes to fill, and try a second tap."
    ),
    what_next=(
        "A plumber comes, and the water may be off for an hour or two; we tell you before. If a wall must be opened, "
        "we close and finish it again."
    ),
)

BATHROOM = article(
    "bathroom-fittings",
    44,
    "WC, basin, shower and bath",
    "Loose from the start is for us; a blockage by wipes or a knock is care of the home.",
    looks_like=(
        "The WC rocks, runs on or flushes weakly. A basin, bath or shower screen is loose, cracked or chipped. The "
        "shower head drips or sprays sideways."
    ),
    is_urgent=(
        "Yes, at once: broken glass. Soon: your only WC cannot be used, or water comes out at the foot. It can wait: a "
        "slow filling tank, a loose holder."
    ),
    do_now=(
        "Turn the small valve beside the WC to stop water that runs on. Do not sit or lean on something loose. Keep "
        "feet away from broken glass."
    ),
    usually_accept=(
        "A fitting is loose or rocks. Water comes out at the foot of the WC or below the basin. The tank runs on from "
        "the start. A crack or chip is on the handover list. A shower door does not close or drips outside."
    ),
    usually_not=(
        "A blockage by wipes, cotton or nappies: they do not dissolve. Cracks and chips from something that fell. "
        "White lime on shower heads and glass, which comes from the water. Dark spots on sealant where the room stays "
        "damp."
    ),
    care=(
        "Clean with soft cloths and mild cleaners. Put shower heads in vinegar when lime blocks them. Air after "
        "showering. Flush only paper. Renew the soft sealant when it splits."
    ),
    how_to_measure=(
        "Photograph the whole fitting, then its foot or the crack with a coin. For water at the foot, lay dry paper "
        "around it, flush, and photograph where it gets wet."
    ),
    what_next=(
        "Fixing and sealing takes one visit; new sealant must dry for a day. A cracked piece is ordered, and we tell "
        "you the date."
    ),
)

DRAINS = article(
    "drains-and-smells",
    46,
    "Blocked drains and bad smells",
    "Pour a jug of water into drains you seldom use: a dry trap lets smells in.",
    looks_like=(
        "Water runs away slowly or comes back up. It gurgles, or smells of sewage at a floor drain, basin or machine "
        "outlet."
    ),
    is_urgent=(
        "Yes, at once: dirty water comes up in a room. Soon: no drain in the home works. It can wait: one slow drain, "
        "a smell that goes after rinsing. A smell of gas is another matter: go outside and call the gas emergency "
        "service."
    ),
    do_now=(
        "Stop using water, WC and washing machine while it comes back up. Keep children and pets away and wash your "
        "hands. For a smell, pour a jug of water into the drain and wait an hour."
    ),
    usually_accept=(
        "The drain blocks again and again, or holds building rubble. A pipe runs the wrong way, so water stands in it. "
        "The smell stays although the trap is full of water. Water comes back up from the shared pipe."
    ),
    usually_not=(
        "Hair, fat, wipes and food in the trap, because these collect in every home. A smell from a drain that was not "
        "used for weeks: its water has dried up. A blockage in pipes that were moved or added later."
    ),
    care=(
        "Clear the sieve of floor drain and shower every week. Never pour fat into the sink. Flush only paper. Pour a "
        "jug of water into unused drains every two weeks."
    ),
    how_to_measure=(
        "Photograph the drain with its grid lifted, if you can do so by hand. Film how the water runs away. Tell us "
        "which other drains are slow too."
    ),
    what_next=(
        "We clear the pipe and look into it with a camera where it keeps blocking. In a shared pipe we also ask the "
        "homes above and below."
    ),
)

ARTICLES = (CUPBOARDS, TAPS, BATHROOM, DRAINS)
