"""Defect lists: every order that is sent stands on one; a list is issued, and issued again when it changed.

An emergency (P1, P2) goes at once. Other orders go at once too, or are collected until the hour that the development
sets; until then the company knows nothing of them, and the homeowner is told the day on which it will (behaviours W4).
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from accounts.choices import Role
from cases.evidence import MoveRefused, StaleCase
from cases.mailing import Mailing
from ledger import audit
from ledger.actors import SYSTEM, Actor
from ledger.references import next_number
from units.calendars import local_day
from units.models import Development
from works import list_mails, papers, snapshots
from works.choices import ListEventKind, ListState, OrderState
from works.models import DefectList, ListEvent, ListIssue, ListLine, WorkOrder

COUNTER = "defect-list"
AT_ONCE = ("P0", "P1", "P2")
MOST = 400
"""Orders on one list: what its paper holds."""


def goes_at(order: WorkOrder, *, at: datetime) -> datetime:
    """When the company learns of an order that is sent now: at once, or at the development's hour of a working day.

    What comes back to it is told at once, like an emergency.
    """
    development = order.case.development
    hour = development.lists_go_at
    if hour is None or order.case.priority_id in AT_ONCE or order.state == OrderState.BACK:
        return at
    week, day = development.week(), local_day(at, development.tz)
    for _day in range(30):
        moment = datetime.combine(day, hour, tzinfo=development.tz)
        if moment > at and week.is_working_day(day):
            return moment
        day += timedelta(days=1)
    return at


@transaction.atomic
def collect(order: WorkOrder, *, by: Actor, at: datetime) -> DefectList:
    """Puts an order that was just sent on the list that goes out next; it stays where it is on an open list.

    Source: product.md 24. The list is issued by the mailing of the same action, or by the sweep at its hour.
    """
    line = ListLine.objects.current().filter(order=order).select_related("list").first()
    if line is not None and line.list.is_open:
        return line.list
    if line is not None:
        _leave([line])
    chosen = _collecting(order, until=goes_at(order, at=at), by=by, at=at)
    _add(chosen, [order])
    return chosen


def _collecting(order: WorkOrder, *, until: datetime, by: Actor, at: datetime) -> DefectList:
    """The list that is collected until then, for this company; held against whoever would issue it at this moment."""
    same = {"development": order.case.development, "company": order.company, "collects_until": until}
    rows = DefectList.objects.filter(state=ListState.COLLECTING, **same)
    if not rows.update(version=F("version") + 1):
        try:
            with transaction.atomic():
                return _new(order.case.development, order.company, until=until, by=by, at=at)
        except IntegrityError:
            rows.update(version=F("version") + 1)
    return rows.get()


def _new(development: Development, company: Any, *, until: datetime, by: Actor, at: datetime) -> DefectList:
    made = DefectList.objects.create(
        number=next_number(COUNTER),
        development=development,
        company=company,
        collects_until=until,
        created_at=at,
        created_by_name=by.name,
    )
    note(made, ListEventKind.COMPILED, by=by, at=at)
    return made


def _add(chosen: DefectList, orders: Sequence[WorkOrder]) -> None:
    last = chosen.lines.aggregate(last=Max("position"))["last"] or 0
    ListLine.objects.bulk_create(
        ListLine(list=chosen, order=order, position=last + place, since_revision=chosen.revision + 1)
        for place, order in enumerate(orders, start=1)
    )


def _leave(lines: Iterable[ListLine]) -> None:
    """These orders are no longer on their list, from its next revision on."""
    for line in lines:
        ListLine.objects.filter(pk=line.pk).update(until_revision=line.list.revision)


@transaction.atomic
def compile_list(
    orders: Sequence[WorkOrder], *, by: Actor, at: datetime, mailing: Mailing | None = None
) -> list[DefectList]:
    """New lists out of these orders, one for each company and development, issued at once (or put before the manager).

    An order leaves the list that it stood on. Refused (MoveRefused): no order, too many, or one that has ended.
    """
    if not orders:
        raise MoveRefused(_("Tick the orders that go on the list."))
    if len(orders) > MOST:
        raise MoveRefused(_("A list takes at most %(n)d items; make two.") % {"n": MOST})
    for order in orders:
        if order.ended_at or order.sent_at is None or order.state == OrderState.DONE:
            raise MoveRefused(_("%(ref)s is not with the company any more.") % {"ref": order.case.reference})
    own = mailing or Mailing(by=by, at=at)
    lists = [_compiled(some, by=by, at=at, mailing=own) for some in by_company(orders)]
    if mailing is None:
        own.send()
    return lists


def by_company(orders: Sequence[WorkOrder]) -> list[list[WorkOrder]]:
    """Those of one company in one development together."""
    groups: dict[tuple[int, int], list[WorkOrder]] = {}
    for order in orders:
        groups.setdefault((order.company_id, order.case.development_id), []).append(order)
    return list(groups.values())


def _compiled(orders: list[WorkOrder], *, by: Actor, at: datetime, mailing: Mailing) -> DefectList:
    keys = [order.pk for order in orders]
    _leave(ListLine.objects.current().filter(order__in=keys).select_related("list"))
    made = _new(orders[0].case.development, orders[0].company, until=at, by=by, at=at)
    _add(made, orders)
    issue(made, by=by, at=at, seen_version=made.version, mailing=mailing)
    return made


@transaction.atomic
def place(orders: Sequence[WorkOrder], *, at: datetime) -> DefectList:
    """Puts orders of one company that stand on no list on a new one; no mail: it was told when they were sent."""
    made = _new(orders[0].case.development, orders[0].company, until=at, by=SYSTEM, at=at)
    _leave(ListLine.objects.current().filter(order__in=[order.pk for order in orders]).select_related("list"))
    _add(made, orders)
    _send(made, snapshots.lines_of(made), made.version, by=SYSTEM, at=at, mailing=Mailing(by=SYSTEM, at=at))
    return made


@transaction.atomic
def issue(
    defect_list: DefectList, *, by: Actor, at: datetime, seen_version: int, mailing: Mailing | None = None
) -> ListIssue | None:
    """Sends the list, or its next revision, to the company; None when a manager must release it first, or it is empty.

    StaleCase when somebody else changed it meanwhile; MoveRefused for a list that is closed or has not changed.
    """
    _refuse_odd(defect_list)
    lines = snapshots.lines_of(defect_list)
    if not lines:
        _write(defect_list, seen_version, state=ListState.CLOSED, collects_until=None, closed_at=at)
        note(defect_list, ListEventKind.CLOSED, by=by, at=at)
        return None
    own = mailing or Mailing(by=by, at=at)
    if _needs_release(defect_list, lines, by=by):
        _ask(defect_list, seen_version, by=by, at=at, mailing=own)
        issued = None
    else:
        issued = _send(defect_list, lines, seen_version, by=by, at=at, mailing=own)
    if mailing is None:
        own.send()
    return issued


def _refuse_odd(defect_list: DefectList) -> None:
    if not defect_list.is_open:
        raise MoveRefused(_("%(ref)s is closed.") % {"ref": defect_list.reference})
    if defect_list.state == ListState.ISSUED and not snapshots.changes(defect_list).is_any:
        raise MoveRefused(_("Nothing has changed since revision %(n)d.") % {"n": defect_list.revision})


def _needs_release(defect_list: DefectList, lines: Sequence[ListLine], *, by: Actor) -> bool:
    """Where the development says so, for all but the manager's own lists; an emergency waits for nobody."""
    if not defect_list.development.lists_need_release or by.role == Role.MANAGER:
        return False
    return not any(line.order.case.priority_id in AT_ONCE for line in lines)


def _ask(defect_list: DefectList, seen_version: int, *, by: Actor, at: datetime, mailing: Mailing) -> None:
    if defect_list.state == ListState.WAITING:
        raise MoveRefused(_("It waits for the manager already."))
    _write(defect_list, seen_version, state=ListState.WAITING, collects_until=None)
    note(defect_list, ListEventKind.ASKED, by=by, at=at)
    list_mails.ask_manager(defect_list, mailing=mailing)


def _send(
    defect_list: DefectList, lines: Sequence[ListLine], seen_version: int, *, by: Actor, at: datetime, mailing: Mailing
) -> ListIssue:
    old = snapshots.last_issue(defect_list)
    _write(
        defect_list,
        seen_version,
        state=ListState.ISSUED,
        collects_until=None,
        revision=defect_list.revision + 1,
        issued_at=at,
    )
    issued = ListIssue.objects.create(
        list=defect_list,
        revision=defect_list.revision,
        issued_at=at,
        issued_by_name=by.name,
        accept_by=snapshots.accept_by(defect_list, lines, at=at),
        snapshot=snapshots.rows(lines),
    )
    note(defect_list, ListEventKind.ISSUED, by=by, at=at)
    audit.record(
        "list.issue",
        by=by,
        at=at,
        about="defect-list",
        about_id=defect_list.pk,
        reference=defect_list.reference,
        new={"revision": issued.revision, "orders": len(lines)},
    )
    papers.ask(defect_list, by=by, at=at)
    list_mails.tell(defect_list, issued, lines, changes=snapshots.between(old, issued), mailing=mailing)
    return issued


@transaction.atomic
def release(
    defect_list: DefectList, *, by: Actor, at: datetime, seen_version: int, mailing: Mailing | None = None
) -> ListIssue | None:
    """The manager lets a list go that waits."""
    if by.role != Role.MANAGER:
        raise MoveRefused(_("A manager releases it."))
    if defect_list.state != ListState.WAITING:
        raise StaleCase
    return issue(defect_list, by=by, at=at, seen_version=seen_version, mailing=mailing)


@transaction.atomic
def remark(defect_list: DefectList, *, words: str, by: Actor, at: datetime, seen_version: int) -> ListEvent:
    """The manager does not let it go yet and says why; it stays until it is released."""
    if by.role != Role.MANAGER:
        raise MoveRefused(_("A manager releases it."))
    if not words.strip():
        raise MoveRefused(_("Write what must change first."), "words")
    if defect_list.state != ListState.WAITING:
        raise StaleCase
    _write(defect_list, seen_version)
    return note(defect_list, ListEventKind.RETURNED, by=by, at=at, words=words.strip())


def acknowledge(defect_list: DefectList, *, by: Actor, at: datetime) -> bool:
    """The company says that it has the list; by its first answer too. False when it was said before."""
    rows = DefectList.objects.filter(pk=defect_list.pk, acknowledged_at__isnull=True, revision__gte=1)
    if not rows.update(acknowledged_at=at, acknowledged_by_name=by.name[:120]):
        return False
    defect_list.acknowledged_at, defect_list.acknowledged_by_name = at, by.name[:120]
    open_(defect_list, by=by, at=at)
    note(defect_list, ListEventKind.ACKNOWLEDGED, by=by, at=at)
    return True


def open_(defect_list: DefectList, *, by: Actor, at: datetime) -> bool:
    """Somebody has read this revision: told by the page itself, not by its being fetched (mail scanners fetch)."""
    known = ListEvent.objects.filter(list=defect_list, kind=ListEventKind.OPENED, revision=defect_list.revision)
    if known.exists():
        return False
    DefectList.objects.filter(pk=defect_list.pk, opened_at__isnull=True).update(opened_at=at)
    note(defect_list, ListEventKind.OPENED, by=by, at=at)
    return True


@transaction.atomic
def close(defect_list: DefectList, *, at: datetime) -> bool:
    """Ends a list whose orders have all ended; of two sweeps one does."""
    rows = DefectList.objects.filter(pk=defect_list.pk, state=ListState.ISSUED, version=defect_list.version)
    if defect_list.lines.current().filter(order__ended_at__isnull=True).exists():
        return False
    if not rows.update(state=ListState.CLOSED, closed_at=at, version=F("version") + 1):
        return False
    note(defect_list, ListEventKind.CLOSED, by=SYSTEM, at=at)
    return True


def note(
    defect_list: DefectList, kind: ListEventKind, *, by: Actor, at: datetime, words: str = "", mail: Any = None
) -> ListEvent:
    """One line of the list's own history."""
    return ListEvent.objects.create(
        list=defect_list,
        kind=kind,
        revision=defect_list.revision,
        at=at,
        name=by.name[:150],
        address=(mail.recipient if mail else by.address)[:254],
        words=words[:300],
        mail=mail,
    )


def _write(defect_list: DefectList, seen_version: int, **changes: Any) -> None:
    """Compare-and-set on the version that the person saw."""
    rows = DefectList.objects.filter(pk=defect_list.pk, version=seen_version, state=defect_list.state)
    if not rows.update(version=F("version") + 1, **changes):
        raise StaleCase
    defect_list.version = seen_version + 1
    for name, value in changes.items():
        setattr(defect_list, name, value)
