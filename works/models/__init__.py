"""Work orders, their clocks, promises and disputes; defect lists."""

from works.models.orders import Dispute, Promise, WorkClock, WorkOrder

__all__ = ["Dispute", "Promise", "WorkClock", "WorkOrder"]
