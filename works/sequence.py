"""Companies one after another on a case: who waits for whom, until when it dries, and whose turn comes."""

from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from cases.dates import local_date
from cases.mailing import Mailing
from ledger.actors import Actor
from works import acting, lists
from works.choices import OrderState
from works.models import WorkOrder
from works.telling import tell_company
from works.writing import write

OVER = (OrderState.DONE, OrderState.CLOSED, OrderState.CANCELLED)


def go_on(order: WorkOrder, *, mailing: Mailing, by: Actor, at: datetime) -> None:
    """The order is done, or no longer needed: those after it dry, then begin."""
    for follower in order.followers.filter(state=OrderState.PLANNED).select_related("company"):
        follower.case = order.case
        turn(follower, mailing=mailing, by=by, at=at)


def hold_back(order: WorkOrder, *, at: datetime) -> None:
    """The order is owed again: those after it that did not begin wait for it."""
    for follower in order.followers.filter(state=OrderState.PLANNED):
        write(follower, at=at, ready_on=None)


def turn(order: WorkOrder, *, mailing: Mailing, by: Actor, at: datetime) -> None:
    """Give a planned order its day once the one before it is over, and its turn when that day has come."""
    before = order.after
    if before is None or before.state not in OVER:
        return
    today = local_date(order.case, at)
    ready_on = order.ready_on or _ready_on(order, before, today)
    if ready_on > today:
        if order.ready_on != ready_on:
            write(order, at=at, ready_on=ready_on)
        return
    write(order, at=at, ready_on=ready_on, state=OrderState.NEW, sent_at=at)
    lists.collect(order, by=by, at=at)
    event = acting.record(order, "your-turn", by=by, at=at, note=order.condition)
    words = _("Before you begin: %(condition)s.") % {"condition": order.condition} if order.condition else ""
    tell_company(order, "your-turn", mailing=mailing, words=words, event=event)


def _ready_on(order: WorkOrder, before: WorkOrder, today: date) -> date:
    """The day on which the one before was done, and the days to dry; nothing dries of what was never done."""
    if before.done_at is None:
        return today
    return local_date(order.case, before.done_at) + timedelta(days=order.dry_days)


def may_begin_on(order: WorkOrder, *, today: date) -> date | None:
    """The first day on which the company may come; None while the one before it is not done."""
    if order.state != OrderState.PLANNED:
        return max(today, order.ready_on) if order.ready_on else today
    if order.ready_on is None:
        return None
    return max(today, order.ready_on)
