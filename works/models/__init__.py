"""Work orders, their clocks, promises, disputes and reminders; defect lists."""

from works.models.chasers import Chaser
from works.models.lists import DefectList, ListEvent, ListIssue, ListLine
from works.models.orders import Dispute, Promise, WorkClock, WorkOrder

__all__ = [
    "Chaser",
    "DefectList",
    "Dispute",
    "ListEvent",
    "ListIssue",
    "ListLine",
    "Promise",
    "WorkClock",
    "WorkOrder",
]
