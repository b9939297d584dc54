"""What a reporter chooses from: places, parts, kinds of fault; and what is said as soon as a kind is chosen."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cases.models import DraftItem
from catalogue import fault_finder, tiles, triage
from catalogue.choices import ElementTile, LocationGroup, PriorityCode, Suits
from catalogue.models import DefectType, Location
from units.models import Unit

FIRST = 8
"""Kinds of fault that are seen at once; "something else" is the ninth."""
OTHER = "OTHER"


@dataclass(frozen=True)
class Places:
    """The tiles of step 1."""

    first: list[Location]
    more: list[Location]
    outside: list[Location]


@dataclass(frozen=True)
class Part:
    """A part of a place as a tile."""

    code: str
    label: str
    icon: str


@dataclass(frozen=True)
class Faults:
    """The kinds of fault of a part: a few at once, the others and every danger one tap away."""

    first: list[DefectType]
    more: list[DefectType]
    dangers: list[DefectType]
    is_open: bool


@dataclass(frozen=True)
class Now:
    """What to do before going on with the form."""

    title: str
    words: str


def places(unit: Unit) -> Places:
    """Where something can be wrong in this home or common area; one query."""
    found = list(Location.objects.in_use().for_kind(unit.kind))
    # A home in a block is hardly a house: what only houses have stays one tap away, for the exceptions.
    unlikely = Suits.LANDED if unit.block_id else Suits.FLAT
    frequent = [place for place in found if place.is_frequent and place.suits != unlikely] or found[:12]
    rest = [place for place in found if place not in frequent]
    return Places(
        first=frequent,
        more=[place for place in rest if place.group != LocationGroup.OUTSIDE],
        outside=[place for place in rest if place.group == LocationGroup.OUTSIDE],
    )


def parts(location: Location) -> list[Part]:
    """The parts of a place, the likeliest first."""
    return [part(tile) for tile in fault_finder.element_tiles(location)]


def part(tile: ElementTile) -> Part:
    """One part as a tile."""
    return Part(tile.value, str(tile.label), tiles.ICONS[tile])


def chosen_part(item: DraftItem) -> Part | None:
    """The part that was chosen."""
    return part(ElementTile(item.element_tile)) if item.element_tile in ElementTile.values else None


def faults(item: DraftItem, kinds: Sequence[DefectType]) -> Faults:
    """Of all kinds in use those that fit the chosen part; a kind already chosen always stays in sight."""
    fitting = fault_finder.fault_tiles(item.location, item.element_tile, kinds)  # type: ignore[arg-type]
    ordinary = [kind for kind in fitting if not kind.is_safety and kind.code != OTHER]
    dangers = [kind for kind in kinds if kind.is_safety]
    first = ordinary[:FIRST]
    if item.defect_type and item.defect_type not in [*ordinary, *dangers] and item.defect_type.code != OTHER:
        first.append(item.defect_type)
    first += [kind for kind in fitting if kind.code == OTHER]
    more = ordinary[FIRST:]
    return Faults(first, more, dangers, is_open=item.defect_type in [*more, *dangers])


def now(item: DraftItem) -> Now | None:
    """What the kind of fault asks to do at once, and louder when kind or answers tell of danger."""
    kind = item.defect_type
    if kind is None:
        return None
    if is_danger(item):
        words = kind.do_now or _("Keep away from it.")
        return Now(_("This may be dangerous: call us now"), words)
    return Now(_("Do this now"), kind.do_now) if kind.do_now else None


def is_danger(item: DraftItem) -> bool:
    """The fault as told so far is an emergency."""
    if item.defect_type is None:
        return False
    return triage.priority_for(item.defect_type, item.location, answers=item.answers).priority == PriorityCode.P1


def prompt(item: DraftItem) -> str:
    """What to photograph."""
    if item.defect_type and item.defect_type.photo_prompts:
        return " ".join(f"{line.rstrip('.')}." for line in item.defect_type.photo_prompts)
    return _("One photo of the whole place, one close up with a coin beside it.")
