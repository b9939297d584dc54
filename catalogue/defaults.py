"""Installs the default catalogue: adds what is missing, never touches what an administrator reworded or retired."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models, transaction

from catalogue.default_data.defect_types import defect_types
from catalogue.default_data.guidance import ARTICLES, BY_TRADE, BY_TYPE
from catalogue.default_data.locations import locations
from catalogue.default_data.priorities import priorities, targets
from catalogue.default_data.trades import elements, trades
from catalogue.models import DefectType, Element, GuidanceArticle, Location, Priority, SlaTarget, Trade


@transaction.atomic
def install_defaults() -> Counter[str]:
    """Adds the missing default rows and says how many of each model; a second run adds none."""
    known = set(GuidanceArticle.objects.values_list("slug", flat=True))
    added = Counter(
        {
            "priorities": add_missing(Priority, priorities(), key=("code",)),
            "targets": add_missing(SlaTarget, targets(), key=("priority_id", "clock")),
            "locations": add_missing(Location, locations(), key=("code",)),
            "guidance": add_missing(GuidanceArticle, ARTICLES, key=("slug",)),
            "trades": add_missing(Trade, with_guidance(trades()), key=("code",)),
            "elements": add_missing(Element, elements(), key=("code",)),
            "defect types": add_missing(DefectType, with_guidance(defect_types()), key=("code",)),
        }
    )
    if known and added["guidance"]:
        lead_to_new(known)
    return added


def add_missing(model: type[models.Model], rows: Iterable[Mapping[str, Any]], *, key: tuple[str, ...]) -> int:
    """Adds the rows whose key is not there yet, in one statement; gives how many."""
    there = set(model._default_manager.values_list(*key))
    missing = [model(**row) for row in rows if tuple(row[column] for column in key) not in there]
    model._default_manager.bulk_create(missing)
    return len(missing)


def with_guidance(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The rows with the article in force in place of its slug; none where it was withdrawn or there is none."""
    articles = {article.slug: article for article in GuidanceArticle.objects.in_use()}
    return [{**row, "guidance": articles.get(row["guidance"])} for row in rows]


def lead_to_new(known: set[str]) -> None:
    """Leads rows of an older installation that have no article to those that came with this version.

    `known` are the slugs from before: an article that an administrator took away from a row stays away.
    """
    new = GuidanceArticle.objects.in_use().exclude(slug__in=known)
    codes: dict[str, dict[str, tuple[str, ...]]] = {"trade": BY_TRADE, "type": BY_TYPE}
    for article in new:
        for kind, model in (("trade", Trade), ("type", DefectType)):
            rows = model._default_manager.filter(code__in=codes[kind].get(article.slug, ()), guidance=None)
            rows.update(guidance=article)
