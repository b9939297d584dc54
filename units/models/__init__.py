"""Developments, homes, handovers, calendars and the policies of cover."""

from units.models.calendars import Calendar, Holiday
from units.models.events import HandoverEvent
from units.models.places import Block, Development, DevelopmentTarget, StaffScope, Unit
from units.models.policies import CoverageRule, Policy, PolicyAssignment

__all__ = [
    "Block",
    "Calendar",
    "CoverageRule",
    "Development",
    "DevelopmentTarget",
    "HandoverEvent",
    "Holiday",
    "Policy",
    "PolicyAssignment",
    "StaffScope",
    "Unit",
]
