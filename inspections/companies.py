"""What a visit means for the work orders of the companies that take part in it: clocks, and a door that stayed shut."""

from datetime import datetime

from accounts.choices import Role
from cases.choices import VisitKind
from cases.mailing import Mailing
from contractors.appointments import acts_for
from inspections.models import Visit
from ledger.actors import Actor
from units.wording import when
from works import clocks, orders
from works.choices import IN_HAND
from works.models import WorkOrder
from works.querysets import WorkOrderQuerySet


def orders_of(visit: Visit) -> WorkOrderQuerySet:
    """What is in the hands of the companies that take part, of the visit's cases; only a repair is about orders."""
    rows = WorkOrder.objects.live().shown()
    if visit.kind != VisitKind.RECTIFICATION:
        return rows.none()
    companies = visit.parties.filter(company__isnull=False).values("company_id")
    return rows.filter(case__in=visit.cases.all(), company__in=companies).select_related("case").order_by("pk")


def date_given(visit: Visit, *, at: datetime) -> None:
    """A time is agreed: the companies have offered their date."""
    for order in orders_of(visit):
        clocks.date_given(order, at=at)


def visit_ended(visit: Visit, *, at: datetime) -> None:
    """They were there: their pictures are due."""
    for order in orders_of(visit):
        clocks.visit_ended(order, ended_at=at)


def door_closed(visit: Visit, *, by: Actor, at: datetime, mailing: Mailing) -> None:
    """A company that stood before a closed door could not get in; what the office records says nothing for it."""
    if by.role != Role.CONTRACTOR:
        return
    stood = when(visit.arrived_at or at, visit.unit.development.tz)
    words = f"{visit.reference}, {stood}: {visit.called}"[:200]
    own = acts_for(by, visit.unit.development, at.astimezone(visit.unit.development.tz).date())
    for order in orders_of(visit).filter(state__in=IN_HAND, company_id__in=own):
        orders.could_not_get_in(order, words=words, by=by, at=at, seen_version=order.version, mailing=mailing)
