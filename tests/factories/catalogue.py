"""Rows of the catalogue: the defaults at once, or single made-up ones."""

from datetime import date
from itertools import count

from catalogue.defaults import install_defaults
from catalogue.models import DefectType, Element, GuidanceArticle, Location, Priority, SlaTarget, Trade

_numbers = count(1)


def defaults():
    """The default catalogue, in one insert a model."""
    return install_defaults()


def make_priority(*, code="P3", label="", meaning="As its name says", **facts):
    return Priority.objects.get_or_create(code=code, defaults={"label": label or code, "meaning": meaning, **facts})[0]


def make_target(*, priority=None, clock="acknowledge", amount=1, unit="working-days", **facts):
    priority = priority or make_priority()
    return SlaTarget.objects.create(priority=priority, clock=clock, amount=amount, unit=unit, **facts)


def make_location(*, code=None, label="Music room", group="unit", room_kind="living", icon="sofa", **facts):
    code = code or f"LOC{next(_numbers)}"
    return Location.objects.create(code=code, label=label, group=group, room_kind=room_kind, icon=icon, **facts)


def make_trade(*, code=None, label="Thatching", component_tag="finishes", **facts):
    return Trade.objects.create(code=code or f"TRD{next(_numbers)}", label=label, component_tag=component_tag, **facts)


def make_element(*, code=None, label="Ridge", trade=None, **facts):
    trade = trade or make_trade()
    return Element.objects.create(code=code or f"{trade.code}-{next(_numbers)}", label=label, trade=trade, **facts)


def make_defect_type(
    *,
    code=None,
    label="Sagging",
    owner_label="Hangs down",
    group="fit",
    default_trade=None,
    default_priority=None,
    photo_prompts=("Show all of it",),
    icon="tools",
    **facts,
):
    return DefectType.objects.create(
        code=code or f"DEF{next(_numbers)}",
        label=label,
        owner_label=owner_label,
        group=group,
        default_trade=default_trade or make_trade(),
        default_priority=default_priority or make_priority(),
        photo_prompts=list(photo_prompts),
        icon=icon,
        **facts,
    )


def make_guidance(*, slug=None, title="Sagging things", thresholds=None, **facts):
    parts = dict.fromkeys(GuidanceArticle.PARTS, "One plain sentence.")
    return GuidanceArticle.objects.create(
        slug=slug or f"article-{next(_numbers)}",
        title=title,
        thresholds=thresholds or {},
        **{
            "hint": "In one line.",
            "source": "Our practice",
            "edition": "1st",
            "reviewed_on": date(2026, 3, 1),
            **parts,
            **facts,
        },
    )
