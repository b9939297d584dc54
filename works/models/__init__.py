"""Work orders, their clocks, promises and disputes; defect lists."""

from works.models.lists import DefectList, ListEvent, ListIssue, ListLine
from works.models.orders import Dispute, Promise, WorkClock, WorkOrder

__all__ = [
    "DefectList",
    "Dispute",
    "ListEvent",
    "ListIssue",
    "ListLine",
    "Promise",
    "WorkClock",
    "WorkOrder",
]
