"""Installs the default catalogue: adds what is missing, never touches what an administrator reworded or retired."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models, transaction

from catalogue.default_data.defect_types import defect_types
from catalogue.default_data.guidance import ARTICLES
from catalogue.default_data.locations import locations
from catalogue.default_data.priorities import priorities, targets
from catalogue.default_data.trades import elements, trades
from catalogue.models import DefectType, Element, GuidanceArticle, Location, Priority, SlaTarget, Trade


@transaction.atomic
def install_defaults() -> Counter[str]:
    """Adds the missing default rows and says how many of each model; a second run adds none."""
    return Counter(
        {
            "priorities": add_missing(Priority, priorities(), key=("code",)),
            "targets": add_missing(SlaTarget, targets(), key=("priority_id", "clock")),
            "locations": add_missing(Location, locations(), key=("code",)),
            "trades": add_missing(Trade, trades(), key=("code",)),
            "elements": add_missing(Element, elements(), key=("code",)),
            "guidance": add_missing(GuidanceArticle, ARTICLES, key=("slug",)),
            "defect types": add_missing(DefectType, with_guidance(defect_types()), key=("code",)),
        }
    )


def add_missing(model: type[models.Model], rows: Iterable[Mapping[str, Any]], *, key: tuple[str, ...]) -> int:
    """Adds the rows whose key is not there yet, in one statement; gives how many."""
    there = set(model._default_manager.values_list(*key))
    missing = [model(**row) for row in rows if tuple(row[column] for column in key) not in there]
    model._default_manager.bulk_create(missing)
    return len(missing)


def with_guidance(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The rows with the article in force in place of its slug; none where it was withdrawn."""
    articles = {article.slug: article for article in GuidanceArticle.objects.in_use()}
    return [{**row, "guidance": articles.get(row["guidance"])} for row in rows]
