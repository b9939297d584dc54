"""The words of work orders. Sources: workflow.md section 1 (contractor's column), domain 6.3, 6.6."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrderState(models.TextChoices):
    """Where one company's share of a case stands, as the contractor reads it."""

    PLANNED = "planned", _("Not yet your turn")
    NEW = "new", _("New: please accept")
    ACCEPTED = "accepted", _("Accepted: offer a date")
    UNDER_WAY = "under-way", _("Under way")
    WAITING = "waiting", _("Waiting")
    NO_ACCESS = "no-access", _("Could not get in")
    DISPUTED = "disputed", _("Under review")
    BACK = "back", _("Back to you")
    DONE = "done", _("Done, being checked")
    CLOSED = "closed", _("Closed")
    CANCELLED = "cancelled", _("No longer needed")


LIVE_STATES = (
    OrderState.PLANNED,
    OrderState.NEW,
    OrderState.ACCEPTED,
    OrderState.UNDER_WAY,
    OrderState.WAITING,
    OrderState.NO_ACCESS,
    OrderState.DISPUTED,
    OrderState.BACK,
)
"""The company still owes something."""

IN_HAND = tuple(state for state in LIVE_STATES if state not in (OrderState.PLANNED, OrderState.DISPUTED))
"""The company can work on it."""

SHOWN_STATES = (*LIVE_STATES, OrderState.DONE)
"""The company sees the order: until its case is closed or the order cancelled."""


class HowAccepted(models.TextChoices):
    """By what an order counts as accepted."""

    SAID = "said", _("Told us")
    PAGE = "page", _("On the work page")
    LINK = "link", _("By the list's link")
    SHEET = "sheet", _("By the returned sheet")
    SILENCE = "silence", _("By silence")


class WaitReason(models.TextChoices):
    """Why a company waits (domain 6.3, pause reasons that a contractor may give)."""

    PARTS = "parts", _("parts")
    SPECIALIST = "specialist", _("a specialist")
    DRYING = "drying", _("drying")
    WEATHER = "weather", _("the weather")
    ACCESS = "access", _("access to the home")
    OTHERS = "others", _("another company")


class DisputeReason(models.TextChoices):
    """Why a company says that an order is not its own (domain 6.6)."""

    NOT_OUR_PACKAGE = "not-our-package", _("Not our package")
    NOT_A_DEFECT = "not-a-defect", _("Not a defect, within tolerance")
    OWNER_DAMAGE = "owner-damage", _("Damaged by the owner")
    OTHER_TRADE = "other-trade", _("Damaged by another trade")
    DESIGN = "design", _("As designed or instructed")
    OUTSIDE_PERIOD = "outside-period", _("Outside our liability period")
    DONE_BEFORE = "done-before", _("Already repaired and accepted")
    ACCESS_DENIED = "access-denied", _("Access denied")
    DUPLICATE = "duplicate", _("Duplicate")


class DisputeState(models.TextChoices):
    """What became of a dispute."""

    RAISED = "raised", _("To decide")
    UPHELD = "upheld", _("Upheld")
    DISMISSED = "dismissed", _("Not upheld")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class WorkClockKind(models.TextChoices):
    """The contractor's clocks (domain 6.3, K1-K4)."""

    ACCEPT = "accept", _("Accept")
    DATE = "date", _("Offer a date")
    DONE = "done", _("Finish")
    EVIDENCE = "evidence", _("Send the pictures")


class ListState(models.TextChoices):
    """Where a defect list stands."""

    COLLECTING = "collecting", _("Being collected")
    WAITING = "waiting", _("Waits for the manager")
    ISSUED = "issued", _("Sent")
    CLOSED = "closed", _("Closed")


class ListEventKind(models.TextChoices):
    """What can happen to a defect list."""

    COMPILED = "compiled", _("Compiled")
    ASKED = "asked", _("Put before the manager")
    RETURNED = "returned", _("Returned with remarks")
    ISSUED = "issued", _("Sent")
    DELIVERED = "delivered", _("Delivered")
    OPENED = "opened", _("Opened")
    ACKNOWLEDGED = "acknowledged", _("Receipt confirmed")
    ANSWERED = "answered", _("Answered")
    CLOSED = "closed", _("Closed")


class ChaseRule(models.TextChoices):
    """By which rule a company is reminded of its order (issue 4, follow-up)."""

    BEFORE = "before", _("3 days before")
    AFTER = "after", _("1 day over")
    LATE = "late", _("7 days over")
    NOW = "now", _("By the office")
