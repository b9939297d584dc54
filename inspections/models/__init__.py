"""Visits to homes: the visit, who takes part, the times offered, what was sent for it."""

from inspections.models.offers import OfferedSlot, VisitOffer
from inspections.models.visits import Visit, VisitNudge, VisitParty

__all__ = ["OfferedSlot", "Visit", "VisitNudge", "VisitOffer", "VisitParty"]
