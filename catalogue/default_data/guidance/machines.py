"""Guidance: air-conditioning, hot water and heating, intercom and network, gas and appliances."""

from catalogue.default_data.guidance.shape import article

AIR = article(
    "air-conditioning",
    50,
    "Air-conditioning and fans",
    "Clean the filter first: a dirty filter is the most common reason for weak cooling.",
    looks_like=(
        "The air is not cool, the unit drips inside, makes noise, smells or turns itself off. A fan in bathroom or "
        "kitchen does not pull air."
    ),
    is_urgent=(
        "Yes, at once: a burnt smell, or water that drips near a socket or light. Soon: no cooling, and somebody in "
        "the home is old, ill or very young. It can wait: noise or a slow drip into a bucket."
    ),
    do_now=(
        "Switch it off at the remote if it drips, ices up or smells. Put a bucket below. Never open its case beyond "
        "the filter flap."
    ),
    usually_accept=(
        "It does not cool although filters are clean, doors are shut and it was serviced. It drips from the unit or "
        "from its pipe cover. It shakes or leaks gas. A fan that should be there is missing or dead."
    ),
    usually_not=(
        "Weak cooling with a dirty filter, with open windows, or set far below the outside heat: the unit is sized for "
        "a closed room. Drips from a drain blocked by slime, which regular service prevents. Units that were moved or "
        "added later."
    ),
    care=(
        "Wash the filters every two to four weeks. Have the unit serviced as its maker says, usually every three to "
        "six months, and keep the slips. Set a steady temperature, for example 24 to 26 degrees."
    ),
    how_to_measure=(
        "Photograph the remote's display, the filters, and where it drips. Hold a thermometer to the air outlet after "
        "{run} and photograph it. Send the last service slip too."
    ),
    what_next=(
        "A technician measures cooling and pressure. If gas is lost, the leak is found before gas is filled. We tell "
        "you the date for parts."
    ),
    thresholds={"run": {"value": 15, "unit": "minutes", "edition": "Our practice, 2026"}},
)

HOT_WATER = article(
    "hot-water-and-heating",
    52,
    "Hot water and heating",
    "Look at its switch, its timer and its pressure first; a leak or a burnt smell is for us at once.",
    looks_like=(
        "No hot water, water that is only lukewarm, a heater or boiler that drips, radiators or floors that stay cold, "
        "or a fault code on the display."
    ),
    is_urgent=(
        "Yes, at once: a burnt smell, a shock from the water, a smell of gas, or no heating in the cold season with "
        "somebody old, ill or very young at home. Soon: no hot water. It can wait: one cold radiator."
    ),
    do_now=(
        "Switch it off at its wall switch if it drips, smells or shocks, and keep away. Smell of gas? Use no switch "
        "and no flame, go outside, call the gas emergency service, then us."
    ),
    usually_accept=(
        "It gives no heat although it is on and set right. It drips or loses pressure again and again. It switches off "
        "by itself. Some rooms never get warm."
    ),
    usually_not=(
        "A timer or thermostat that is set too low or to another hour. Pressure that needs topping up once or twice a "
        "year, as the handbook says. Lime in a heater that was never serviced, where the water is hard. A tripped "
        "breaker that another appliance caused."
    ),
    care=(
        "Have it serviced every year where the maker asks for it, and keep the slips. Let air out of radiators in "
        "autumn. Keep things away from the vents. Never set hot water so low that it stays lukewarm."
    ),
    how_to_measure=(
        "Photograph the display with its code, the pressure dial and the name plate. Note which taps or rooms are "
        "cold, and since when."
    ),
    what_next=(
        "A trained person comes; gas and electrical parts are only touched by people with a licence. Keep an adult at "
        "home. We tell you if a part must be ordered."
    ),
)

NETWORK = article(
    "intercom-and-network",
    54,
    "Intercom, internet, TV and smart locks",
    "Try another device first: if that works too, ask your provider before us.",
    looks_like=(
        "The intercom does not ring or open, a data or TV point is dead, a card or smart lock does not work, a camera "
        "shows no picture."
    ),
    is_urgent=(
        "Yes, at once: you are locked out, or the home cannot be locked. It can wait: a dead point, no picture, a "
        "crackle."
    ),
    do_now=(
        "Change the battery of a smart lock or keypad. Use the key where there is one. Unplug your router for a "
        "minute, then plug it in again."
    ),
    usually_accept=(
        "A point is dead with two devices. The intercom does not ring, speak or open. A lock or reader that we "
        "supplied fails with a fresh battery. A point that was agreed is missing."
    ),
    usually_not=(
        "The line or signal of your provider, because it is not part of the building. A lost or broken card, an empty "
        "battery, a forgotten code. Slow wireless signal behind thick walls. Cables that were cut or moved during "
        "later works."
    ),
    care=(
        "Change lock batteries once a year, before they are empty. Keep codes and spare keys in a safe place. Tell the "
        "office at once when a card is lost. Keep the instructions of each device."
    ),
    how_to_measure=(
        "Photograph the point or panel and its lamp or message. Tell us which devices you tried, and what your "
        "provider said."
    ),
    what_next=(
        "We test the line from the riser to your point. Where the cause is in a shared part, we ask the management "
        "body to join."
    ),
)

GAS = article(
    "gas-and-appliances",
    56,
    "Gas, cookers and other appliances",
    "Smell of gas: no flame, no switch, go outside, call the gas emergency service, then us.",
    looks_like=(
        "It smells of gas. A hob, oven, hood, fridge, washer, solar panel or charger that we supplied does not work, "
        "was damaged at handover or was fitted badly."
    ),
    is_urgent=(
        "Yes, at once: a smell of gas, smoke, a burnt smell or a shock. Soon: a fridge or cooker that died. It can "
        "wait: a lamp, a knob, a noise."
    ),
    do_now=(
        "Gas: no flame, no switch, no telephone indoors. Go outside, and call from there. Smoke or a shock: switch off "
        "at the main switch if you can reach it safely, and keep away."
    ),
    usually_accept=(
        "The appliance was dead, damaged or missing at handover. It was fitted badly: it tips, leaks, or its plug or "
        "pipe is wrong. Gas pipes and valves of the building are always ours to look at."
    ),
    usually_not=(
        "A breakdown after a time of use: the maker's own warranty answers for that, and we tell you whom to call. "
        "Worn lamps, filters and seals. Damage by overloading or cleaning. Appliances that you bought or had connected "
        "yourself."
    ),
    care=(
        "Register each appliance with its maker in the first weeks. Keep bills and handbooks. Clean hood filters every "
        "month and the lint sieve after each wash. Have gas appliances checked every year by a licensed person."
    ),
    how_to_measure=(
        "Never look for gas with a flame. For an appliance, photograph the whole of it, its name plate with the "
        "number, and the message on its display."
    ),
    what_next=(
        "Gas comes before everything else. For an appliance we bring you together with the maker, and stay with it "
        "until somebody has come."
    ),
)

ARTICLES = (AIR, HOT_WATER, NETWORK, GAS)
