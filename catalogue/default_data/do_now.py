"""What a homeowner does before anybody comes, by kind of fault. Shown above the development's telephone number.

Never advise to open, take apart or repair electrical or gas equipment: switch off, shut the valve, keep away, call.
"""

WATER_NEAR_POWER = (
    "Water near a light, socket or the fuse box? Switch off the power for that room, if the fuse box is dry, and "
    "keep away."
)

DO_NOW = {
    "LEAK": f"Shut the stop-cock and put a bucket below. {WATER_NEAR_POWER} Then call us.",
    "SEEP": f"Move furniture and cables away from the damp. {WATER_NEAR_POWER}",
    "WETSTAIN": f"Put a bucket below if it drips, and keep away from a ceiling that hangs down. {WATER_NEAR_POWER}",
    "PONDING": "Wipe the floor dry so that nobody slips, and clear hair and dirt from the top of the floor drain.",
    "BACKUP": (
        "Stop using water, WC and washing machine. Keep children and pets away from the water, and wash your "
        "hands. Then call us."
    ),
    "CRK-S": (
        "Keep people away from under the crack. Does it grow while you watch, or does a door suddenly jam? Go out "
        "and call us."
    ),
    "SPALL": "Keep people away from below; do not knock off loose pieces. Then call us.",
    "NOPOWER": (
        "Look whether your neighbours have power: if not, call the electricity company. A burnt smell or a hot "
        "socket? Switch off the main switch, keep away and call us."
    ),
    "TRIP": (
        "Unplug everything on that circuit and switch the breaker on once. If it goes off again, leave it off and "
        "call us. Never open the fuse box beyond its lid."
    ),
    "SHOCK": (
        "Do not touch it. Switch off the main switch if you can reach it safely, and keep everybody away. Is "
        "somebody hurt? Do not touch them before the power is off; call the emergency services first, then us."
    ),
    "REVPOL": "Do not use that socket or switch until we have looked at it. Never open it.",
    "NOWATER": (
        "Ask a neighbour whether they have water, and look whether the stop-cock is open. Close the taps, so "
        "nothing overflows later."
    ),
    "NOHOT": (
        "Switch the heater off at its wall switch and leave it closed. Is somebody in the home old, ill or very "
        "young? Tell us, we come sooner."
    ),
    "NOCOOL": "Switch the unit off at its remote if it drips or ices up. Never open it.",
    "ALARM": (
        "Treat every fire alarm as a fire: go out first. If there is no fire, leave the detector in its place and "
        "call us."
    ),
    "LOOSE": "Do not lean on it and keep children away. A loose socket or switch: do not use it and do not touch it.",
    "FALLHAZ": (
        "Keep everybody away, lock the door to the place if you can, and do not lean on the railing. Then call us."
    ),
    "GLASSHAZ": "Keep everybody away, inside and on the ground below; do not touch the glass. Then call us.",
    "FIREHAZ": (
        "Fire or smoke? Go out, close the doors behind you and call the fire brigade first. Only a burnt smell or "
        "heat: switch off the main switch, keep away and call us."
    ),
    "GASLEAK": (
        "No flame, no switch, no telephone indoors. Open windows and doors on your way and go outside. Shut the "
        "gas valve only if it is outside or on your way. Call the gas emergency service or the emergency services "
        "first, then us."
    ),
    "STRUCTHAZ": (
        "Go out, take everybody with you and do not go back in. Call the emergency services if somebody may be "
        "hurt, then us."
    ),
    "SECURITY": (
        "Stay safe first: do not confront anybody, and call the police if you think somebody came in. Then call "
        "us, we come to make the home lockable, day and night."
    ),
}
