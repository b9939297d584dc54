"""Visits to homes: the visit, who takes part, the times offered, what was sent for it, what was found there."""

from inspections.models.checklists import Checklist, ChecklistPoint, VisitTick
from inspections.models.findings import VisitFound, VisitItem, VisitShot
from inspections.models.offers import OfferedSlot, VisitOffer
from inspections.models.visits import Visit, VisitNudge, VisitParty

__all__ = [
    "Checklist",
    "ChecklistPoint",
    "OfferedSlot",
    "Visit",
    "VisitFound",
    "VisitItem",
    "VisitNudge",
    "VisitOffer",
    "VisitParty",
    "VisitShot",
    "VisitTick",
]
