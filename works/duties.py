"""What time itself makes due for work orders: silence that accepts, and the turn of who waited. Called by the sweep.

Each row in its own transaction and by compare-and-set: two sweeps at once do no harm, and one bad row stops nothing.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.db.models import Exists, OuterRef

from cases.choices import Status
from cases.dates import local_date
from cases.evidence import MoveRefused
from cases.mailing import Mailing
from cases.models import Case
from contractors.models import Appointment
from ledger.actors import SYSTEM
from works import acting, chasing, list_duties, orders, sequence, standing
from works.choices import HowAccepted, OrderState, WorkClockKind
from works.models import WorkClock, WorkOrder
from works.telling import tell_company

log = logging.getLogger(__name__)

BATCH = 200
A_DAY = timedelta(days=1)


def sweep(*, at: datetime) -> int:
    """Everything due at `at`; answers how many rows failed."""
    jobs: list[Callable[[], object]] = []
    jobs += [partial(accept_silently, order, at=at) for order in _silent(at)]
    jobs += [partial(give_turn, order, at=at) for order in _ready(at)]
    jobs += list_duties.jobs(at=at)
    jobs += chasing.jobs(at=at)
    return sum(_failed(job) for job in jobs)


def _failed(job: Callable[[], object]) -> bool:
    try:
        with transaction.atomic():
            job()
    except MoveRefused as refusal:
        log.info("A duty was refused: %s", refusal.sentence)
    except Exception:
        log.exception("A duty failed")
        return True
    return False


def _silent(at: datetime) -> list[WorkOrder]:
    """New, unanswered past the time to accept, of a company whose appointment says that silence accepts."""
    late = WorkClock.objects.filter(
        order=OuterRef("pk"), kind=WorkClockKind.ACCEPT, stopped_at__isnull=True, due_at__lte=at
    )
    held = Appointment.objects.in_force_at(at).filter(
        company=OuterRef("company"), development=OuterRef("case__development"), silence_accepts=True
    )
    rows = WorkOrder.objects.filter(state=OrderState.NEW, case__status=Status.WITH_CONTRACTOR)
    return list(rows.filter(Exists(late), Exists(held)).select_related("company").order_by("due_at")[:BATCH])


def accept_silently(order: WorkOrder, *, at: datetime) -> None:
    """Nobody answered: it counts as accepted, and the company is told so."""
    orders.accept(order, how=HowAccepted.SILENCE, by=SYSTEM, at=at, seen_version=order.version)
    mailing = Mailing(by=SYSTEM, at=at)
    tell_company(order, "silence", mailing=mailing)
    mailing.send()


def _ready(at: datetime) -> list[WorkOrder]:
    """Planned, and the day has come at the home; a day of leeway for zones, the verb looks again."""
    rows = WorkOrder.objects.filter(
        state=OrderState.PLANNED, ready_on__lte=at.date() + A_DAY, case__status=Status.WITH_CONTRACTOR
    )
    return list(rows.select_related("company", "after").order_by("ready_on")[:BATCH])


def give_turn(order: WorkOrder, *, at: datetime) -> None:
    """It is dry: the company is sent its order."""
    case = acting.case_of(order)
    if order.ready_on and order.ready_on > local_date(case, at):
        return
    mailing = Mailing(by=SYSTEM, at=at)
    sequence.turn(order, mailing=mailing, by=SYSTEM, at=at)
    standing.derive(Case.objects.for_page().get(pk=case.pk), at=at)
    mailing.send()
