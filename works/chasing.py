"""Reminding companies of what they owe: by the sweep around the date due, and by the office when it likes.

The sweep reminds three days before, one day after and seven days after the date, in the working time of the
development only, once per order, rule and date. What was missed is not made up: of several rules whose day has come
the newest counts. Nobody is reminded of what is disputed, planned, done, or held. Nothing here looks at the
homeowner: only what the company owes makes it late.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from functools import partial

from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils.translation import gettext as _

from cases.choices import Status
from cases.evidence import MoveRefused
from cases.mailing import Mailing
from cases.models import Case
from ledger.actors import SYSTEM, Actor
from units.calendars import is_open
from units.models import Development
from works import acting, chase_mails
from works.chase_mails import Chased
from works.choices import IN_HAND, ChaseRule, WorkClockKind
from works.models import Chaser, WorkClock, WorkOrder

RULES: tuple[tuple[ChaseRule, int], ...] = ((ChaseRule.LATE, 7), (ChaseRule.AFTER, 1), (ChaseRule.BEFORE, -3))
"""Days from the date due, the newest first."""
BATCH = 500
MOST = 100
"""Orders in one reminder of the office."""


def rule_on(order: WorkOrder, today: date) -> ChaseRule | None:
    """The rule whose day has come last; none when the order was sent, or given this date, on that day or later."""
    zone = order.case.development.tz
    due_on = order.due_at.astimezone(zone).date()
    for rule, days in RULES:
        if due_on + timedelta(days=days) <= today:
            is_news = order.sent_at is None or order.sent_at.astimezone(zone).date() >= due_on + timedelta(days=days)
            return None if is_news or (rule == ChaseRule.BEFORE and due_on < today) else rule
    return None


def jobs(*, at: datetime) -> list[Callable[[], object]]:
    """One job a company, each to be run in its own transaction."""
    by_company: dict[int, list[WorkOrder]] = {}
    for order in _due(at):
        by_company.setdefault(order.company_id, []).append(order)
    return [partial(remind, orders, at=at) for orders in by_company.values()]


def _due(at: datetime) -> list[WorkOrder]:
    """What a rule asks to remind of now and was not reminded of, where the office is open."""
    here = [row.pk for row in Development.objects.select_related("calendar") if is_open(at, row.week())]
    if not here:
        return []
    held = WorkClock.objects.filter(
        order=OuterRef("pk"), kind=WorkClockKind.DONE, stopped_at__isnull=True, paused_at__isnull=False
    )
    rows = WorkOrder.objects.shown().filter(
        state__in=IN_HAND,
        due_at__lt=at + timedelta(days=4),
        case__status=Status.WITH_CONTRACTOR,
        case__development__in=here,
    )
    rows = rows.exclude(Exists(held)).exclude(Exists(_last())).for_page().prefetch_related("chasers")
    return [order for order in rows.order_by("company", "case", "pk")[:BATCH] if _is_new(order, at)]


def _last() -> QuerySet[Chaser]:
    """The last rule was kept for this very date long ago: such an order needs no second look."""
    return Chaser.objects.filter(order=OuterRef("pk"), rule=ChaseRule.LATE, at__gte=OuterRef("due_at"))


def _is_new(order: WorkOrder, at: datetime) -> bool:
    zone = order.case.development.tz
    rule = rule_on(order, at.astimezone(zone).date())
    due_on = order.due_at.astimezone(zone).date()
    return rule is not None and not any(row.rule == rule and row.due_on == due_on for row in order.chasers.all())


@transaction.atomic
def remind(orders: Sequence[WorkOrder], *, at: datetime) -> None:
    """The sweep's reminder to one company; what another sweep was faster with, or what changed meanwhile, stays out."""
    chased = []
    for order in _still_owed(orders):
        rule = rule_on(order, at.astimezone(order.case.development.tz).date())
        made = _note(order, rule, by=SYSTEM, at=at) if rule else None
        chased += [made] if made else []
    if chased:
        mailing = Mailing(by=SYSTEM, at=at)
        chase_mails.tell(chased, mailing=mailing)
        mailing.send()


def _still_owed(orders: Sequence[WorkOrder]) -> list[WorkOrder]:
    """The orders as they are now, without those that are not owed any more; their cases are held until it is noted.

    Held one after the other in one sequence, as by every act on an order, so that nobody waits in a circle.
    """
    held = []
    for key in sorted({order.case_id for order in orders}):
        if Case.objects.filter(pk=key, status=Status.WITH_CONTRACTOR).update(work_note=F("work_note")):
            held.append(key)
    cases = Case.objects.for_page().in_bulk(held)
    rows = WorkOrder.objects.shown().filter(pk__in=[order.pk for order in orders], state__in=IN_HAND, case__in=held)
    found = list(rows.select_related("company").order_by("due_at", "case", "pk"))
    for order in found:
        order.case = cases[order.case_id]
    return found


def _note(order: WorkOrder, rule: ChaseRule, *, by: Actor, at: datetime) -> Chased | None:
    """The record and the diary row; None when this order was reminded of by this rule and date already."""
    due_on = order.due_at.astimezone(order.case.development.tz).date()
    facts = {"at": at, "by_name": by.name}
    if rule == ChaseRule.NOW:
        row = Chaser.objects.create(order=order, rule=rule, due_on=due_on, **facts)
    else:
        row, is_first = Chaser.objects.get_or_create(order=order, rule=rule, due_on=due_on, defaults=facts)
        if not is_first:
            return None
    event = acting.record(order, "chased", by=by, at=at, rule=str(rule), due=due_on.isoformat())
    return Chased(order, row, event)


@transaction.atomic
def chase(orders: Sequence[WorkOrder], *, by: Actor, at: datetime, mailing: Mailing | None = None) -> list[Chaser]:
    """*Chase now*: one mail to each company with everything chosen. What is not owed is refused by its name."""
    acting.check_office(by)
    if not orders:
        raise MoveRefused(_("Choose at least one work order that a company owes."))
    if len(orders) > MOST:
        raise MoveRefused(_("More than %(n)d work orders: choose fewer.") % {"n": MOST})
    owed = _still_owed(orders)
    gone = {order.pk for order in orders} - {order.pk for order in owed}
    for order in orders:
        if order.pk in gone:
            raise MoveRefused(_("%(ref)s is not owed any more: leave it out.") % {"ref": order.reference})
    chased = [made for order in owed if (made := _note(order, ChaseRule.NOW, by=by, at=at))]
    own = mailing or Mailing(by=by, at=at)
    chase_mails.tell(chased, mailing=own)
    if mailing is None:
        own.send()
    return [each.row for each in chased]
