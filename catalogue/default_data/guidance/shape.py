"""The shape of a default article: what all of them share."""

from collections.abc import Mapping
from datetime import date

Row = dict[str, object]

OWN_PRACTICE = "Our own practice, 2026, in our own words."


def article(
    slug: str, order: int, title: str, hint: str, *, thresholds: Mapping[str, object] | None = None, **texts: str
) -> Row:
    """The columns of one first-edition article; `texts` are its parts, and `source` where it is not our practice."""
    return {
        "slug": slug,
        "order": order,
        "title": title,
        "hint": hint,
        "thresholds": dict(thresholds or {}),
        "source": OWN_PRACTICE,
        "edition": "1st edition, 2026",
        "reviewed_on": date(2026, 11, 1),
        **texts,
    }
