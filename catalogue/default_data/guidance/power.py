"""Guidance: power, sockets and lights."""

from datetime import date

ARTICLE = {
    "slug": "power-and-lights",
    "title": "No power, or it keeps cutting out",
    "hint": "Unplug everything, switch the breaker on once: if it holds, one of your appliances is the cause.",
    "looks_like": (
        "A socket, a light, a room or the whole home has no power; a breaker goes off again and again; a switch "
        "does nothing; a socket is loose, warm or crackles; a light flickers."
    ),
    "is_urgent": (
        "Yes, at once: a shock, a bare wire, a burnt smell, heat, water near power, or no power in the whole home. "
        "Soon: part of the home has none. It can wait: one light or socket, nothing hot."
    ),
    "do_now": (
        "Shock, burnt smell or water: switch off the main switch if you can reach it safely and keep away. Is "
        "somebody hurt? Do not touch them before the power is off, and call the emergency services first. Never "
        "open a socket, switch, light or fuse box beyond its lid."
    ),
    "usually_accept": (
        "A breaker goes off with nothing plugged in; a socket or light has no power while the rest of the room "
        "has; a socket is hot, loose or wired the wrong way round; a wire is bare."
    ),
    "usually_not": (
        "A lamp has burnt out; the breaker goes off with one appliance only, because that appliance has a fault; a "
        "socket or light was moved or added after handover; the electricity company has switched off the street."
    ),
    "care": (
        "Press the test button of the safety switch every few months. Do not plug many strong appliances into one "
        "socket. Have a licensed electrician do every change, and keep the certificate."
    ),
    "how_to_measure": (
        "Unplug everything on that circuit. Switch the breaker on once. If it stays on for {hold}, plug things in "
        "one by one: the one that switches it off is the cause. If it goes off at once, leave it off. Photograph "
        "which switch is down."
    ),
    "what_next": (
        "A licensed electrician comes; you need to be at home and the power is off for a while. If one of your own "
        "appliances was the cause, we tell you which, and the visit is explained before anything is charged."
    ),
    "thresholds": {
        "hold": {"value": 10, "unit": "minutes", "edition": "Our practice, 2026"},
    },
    "source": "Our own practice: the unplug test; no cover is ever opened by the resident.",
    "edition": "1st edition, 2026",
    "reviewed_on": date(2026, 11, 1),
    "order": 40,
}
