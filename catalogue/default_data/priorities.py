"""Priorities and their default targets. Source: reference page `domain.md` 5.4."""

from collections.abc import Mapping

Row = Mapping[str, object]

MEANINGS = (
    (
        "P1",
        "P1 Emergency",
        (
            "Danger to life, water that cannot be stopped, smell of gas, exposed live conductor or no power in the "
            "whole home, sewage in a habitable room, a home that cannot be locked, falling facade or glass, somebody "
            "trapped in a lift, no heating or hot water for a vulnerable person or in the cold season."
        ),
    ),
    (
        "P2",
        "P2 Urgent",
        (
            "Contained leak, part of power, water, cooling or heating lost, the only WC unusable, a growing ceiling "
            "stain, a failing door or lock, a lift out of service, a fault of the fire system."
        ),
    ),
    ("P3", "P3 Routine", "A functional or visible defect without risk."),
    (
        "P4",
        "P4 Deferred",
        (
            "Shrinkage cracks, cosmetic items agreed for one visit, seasonal works; with the owner's consent, always "
            "before cover ends."
        ),
    ),
    ("P0", "P0 Information", "An enquiry, a request for documents or keys."),
)

# priority, clock, amount, unit, note. 24 h count as minutes day and night; a dash in the table is no row.
DAY_AND_NIGHT = (
    ("P1", "acknowledge", 15, "minutes", ""),
    ("P1", "contact", 4 * 60, "minutes", "on site"),
    ("P1", "make-safe", 24 * 60, "minutes", ""),
    ("P1", "inspect", 4 * 60, "minutes", "with the attendance"),
    ("P1", "decide", 24 * 60, "minutes", ""),
    ("P1", "rectify", 5, "days", "otherwise a new class with a plan"),
    ("P1", "update", 24 * 60, "minutes", "until safe"),
)
BY_CALENDAR = (
    ("P2", "acknowledge", 4, "working-hours", ""),
    ("P2", "contact", 1, "working-days", ""),
    ("P2", "inspect", 2, "working-days", ""),
    ("P2", "decide", 3, "working-days", ""),
    ("P2", "rectify", 7, "days", ""),
    ("P2", "update", 2, "days", ""),
    ("P3", "acknowledge", 1, "working-days", "a development may set up to 3"),
    ("P3", "contact", 3, "working-days", "visit times offered"),
    ("P3", "inspect", 10, "days", "aim for 7"),
    ("P3", "decide", 2, "working-days", "after the inspection"),
    ("P3", "rectify", 28, "days", "or the statutory duty where that is sooner"),
    ("P3", "update", 7, "days", ""),
    ("P4", "acknowledge", 1, "working-days", ""),
    ("P4", "update", 30, "days", ""),
    ("P0", "acknowledge", 1, "working-days", ""),
    ("P0", "rectify", 5, "working-days", ""),
    *(
        (code, clock, days, "working-days", "of a contractor")
        for code, accept in (("P1", 1), ("P2", 1), ("P3", 2), ("P4", 2), ("P0", 2))
        for clock, days in (("work-accept", accept), ("work-date", 3), ("work-proof", 1))
    ),
)


def priorities() -> list[Row]:
    """The five priorities, the most urgent first."""
    return [
        {"code": code, "label": label, "meaning": meaning, "order": order * 10}
        for order, (code, label, meaning) in enumerate(MEANINGS, start=1)
    ]


def targets() -> list[Row]:
    """The default targets as the columns of `SlaTarget`."""
    return [
        {"priority_id": code, "clock": clock, "amount": amount, "unit": unit, "note": note, "around_the_clock": night}
        for night, rows in ((True, DAY_AND_NIGHT), (False, BY_CALENDAR))
        for code, clock, amount, unit, note in rows
    ]
