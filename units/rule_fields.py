"""The JSON columns of a coverage rule: refused when odd, with a sentence."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from units.choices import Claimant, HandoverKind

START_KEYS = {"event", "plus_days", "is_deemed"}


def check_starts(value: Any) -> None:
    """A list of {"event": ..., "plus_days": n, "is_deemed": true or false}; the last two may be left out."""
    if not isinstance(value, list) or not all(_is_start(start) for start in value):
        raise ValidationError(
            _("Write a list like [{“event”: “vp-taken”}]; events are: %(events)s."),
            params={"events": ", ".join(HandoverKind.values)},
        )


def check_claimants(value: Any) -> None:
    """A list of `Claimant` codes."""
    if not isinstance(value, list) or not set(map(str, value)) <= set(Claimant.values):
        raise ValidationError(_("Claimants are: %(claimants)s."), params={"claimants": ", ".join(Claimant.values)})


def _is_start(start: Any) -> bool:
    return (
        isinstance(start, dict)
        and set(start) <= START_KEYS
        and start.get("event") in HandoverKind.values
        and type(start.get("plus_days", 0)) is int
        and start.get("plus_days", 0) >= 0
        and isinstance(start.get("is_deemed", False), bool)
    )
