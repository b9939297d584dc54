"""Guidance: leak, damp and steam marks."""

from datetime import date

ARTICLE = {
    "slug": "water-or-steam",
    "title": "Leak, damp or steam?",
    "hint": "Steam marks dry within an hour; a leak stays or grows.",
    "looks_like": (
        "A leak drips, runs, or leaves a brown edge that stays or grows. Damp from outside is worse after rain; "
        "damp from a shower or pipe is worse after use. Steam sits as small drops on cold glass and walls, mostly "
        "in the morning, and dries when you air."
    ),
    "is_urgent": (
        "Yes, at once: water that runs, water near lights or sockets, a ceiling that hangs down. Soon: a stain "
        "that grows. It can wait a few days: a dry stain that stays as it is, drops on windows in the morning."
    ),
    "do_now": (
        "Shut the stop-cock, or the valve below the basin. Put a bucket below. If the fuse box is dry, switch off "
        "the power for the wet room, and keep away from wet lights and sockets. Photograph the spot, then call us "
        "if it runs."
    ),
    "usually_accept": (
        "Water comes through a ceiling, wall, window or floor; a pipe, joint or new fitting drips; water leaves "
        "the shower area although the drain is clear; the damp comes back after it has dried; a fan or vent that "
        "should be there is missing or does not work."
    ),
    "usually_not": (
        "The drops come from steam: laundry dried indoors, windows kept shut, covered vents. Also a tap washer "
        "worn by long use, a drain blocked by hair or wipes, or sealant that has turned dark from steam; these are "
        "everyday care."
    ),
    "care": (
        "Against mould, air or run the fan after showering and cooking. Clear hair from the floor drain, and renew "
        "sealant when it splits. Find your stop-cock before you need it."
    ),
    "how_to_measure": (
        "Draw a pencil line around the edge and write the date beside it; photograph it with a coin. Look again "
        "after {watch}, and after rain or a shower. We may run dyed water or fill the shower floor for {ponding}. "
        "Nothing is drilled."
    ),
    "what_next": (
        "We look for the source before anything is closed or painted. That may need a visit to the home above or "
        "beside yours; we arrange it. Drying takes time; you get the date on which we close and paint."
    ),
    "thresholds": {
        "watch": {"value": 2, "unit": "days", "edition": "Our practice, 2026"},
        "ponding": {"value": 24, "unit": "hours", "edition": "Our practice, 2026"},
    },
    "source": "Our own practice for finding water, in our own words; common test by standing water for wet areas.",
    "edition": "1st edition, 2026",
    "reviewed_on": date(2026, 11, 1),
    "order": 10,
}
