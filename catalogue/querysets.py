"""Which rows of the catalogue: words that forms and pages use."""

from typing import TYPE_CHECKING, Self, TypeVar

from django.db import models

from catalogue.choices import LocationGroup, Suits

if TYPE_CHECKING:
    # The linter does not read the quoted names in the bases below.
    from catalogue.models import (  # noqa: F401
        DefectType,
        Element,
        GuidanceArticle,
        Location,
        Priority,
        SlaTarget,
        Trade,
    )

Row = TypeVar("Row", bound=models.Model)


class EntryQuerySet(models.QuerySet[Row]):
    """Rows that are known by a code and are retired, never deleted."""

    def in_use(self) -> Self:
        """Rows that may still be chosen; retired ones only stay on old records."""
        return self.filter(is_retired=False)

    def by_code(self, code: str) -> Row:
        """The row with this code, typed in any case; retired ones too. Raises DoesNotExist."""
        return self.get(code=code.strip().upper())


class LocationQuerySet(EntryQuerySet["Location"]):
    """Places."""

    def frequent(self) -> "LocationQuerySet":
        """The places reported most often: the tiles of the first step of a report."""
        return self.filter(is_frequent=True)

    def for_kind(self, kind: str, *, is_landed: bool | None = None) -> "LocationQuerySet":
        """Places that a unit of this kind (`home` or `common`) can have; `is_landed=None` says not known: all."""
        if kind == LocationGroup.COMMON:
            return self.filter(group=LocationGroup.COMMON)
        places = self.exclude(group=LocationGroup.COMMON)
        if is_landed is None:
            return places
        return places.filter(suits__in=(Suits.ANY, Suits.LANDED if is_landed else Suits.FLAT))


class TradeQuerySet(EntryQuerySet["Trade"]):
    """Trades."""


class PriorityQuerySet(EntryQuerySet["Priority"]):
    """Priorities."""


class ElementQuerySet(EntryQuerySet["Element"]):
    """Parts of a building; the trade comes along, for its tag."""

    def for_trade(self, code: str) -> "ElementQuerySet":
        """The elements to choose from once a trade is chosen."""
        return self.in_use().filter(trade__code=code.strip().upper())


class DefectTypeQuerySet(EntryQuerySet["DefectType"]):
    """Faults."""

    def frequent(self) -> "DefectTypeQuerySet":
        """The dozen met most often; these have triage questions."""
        return self.filter(is_frequent=True)


class GuidanceQuerySet(models.QuerySet["GuidanceArticle"]):
    """Guidance articles in all their revisions."""

    def in_use(self) -> "GuidanceQuerySet":
        """The newest revision of each article that was not withdrawn."""
        return self.filter(is_retired=False)

    def newest(self, slug: str) -> "GuidanceArticle":
        """The revision in force of one article. Raises DoesNotExist."""
        return self.in_use().get(slug=slug)


class SlaTargetQuerySet(models.QuerySet["SlaTarget"]):
    """Default targets."""

    def default_for(self, priority: str, clock: str) -> "SlaTarget | None":
        """The target of a priority (its code) and clock, or None where nothing is promised."""
        return self.filter(priority__code=priority, clock=clock).first()
