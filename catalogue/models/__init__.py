"""The records of the room, by subject."""

from catalogue.models.entries import DefectType, Element, Entry, Location, Priority, SlaTarget, Target, Trade
from catalogue.models.guidance import GuidanceArticle

__all__ = [
    "DefectType",
    "Element",
    "Entry",
    "GuidanceArticle",
    "Location",
    "Priority",
    "SlaTarget",
    "Target",
    "Trade",
]
