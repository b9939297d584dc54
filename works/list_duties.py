"""What time makes due for defect lists: issuing at the hour, noting delivery, closing what has ended.

Each row by compare-and-set in its own transaction: two sweeps at once do it once.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.db.models import Exists, OuterRef

from cases.evidence import StaleCase
from ledger.actors import SYSTEM
from outbox.choices import MailState
from outbox.models import OutgoingMail
from works import lists
from works.choices import LIVE_STATES, ListEventKind, ListState, OrderState
from works.models import DefectList, ListEvent, ListLine, WorkOrder

BATCH = 200
LOOK_BACK = timedelta(days=3)
"""A delivery is noted within minutes; older ones were noted long ago."""
PATIENCE = timedelta(minutes=1)
"""An action that sends at once issues its list itself."""


def jobs(*, at: datetime) -> list[Callable[[], object]]:
    """Everything due at `at`, each job to be run in its own transaction."""
    return [
        *(partial(lists.place, some, at=at) for some in lists.by_company(_stray())),
        *(partial(issue, row, at=at) for row in _at_the_hour(at)),
        *(partial(delivered, mail, at=at) for mail in _arrived(at)),
        *(partial(lists.close, row, at=at) for row in _ended()),
    ]


def issue(defect_list: DefectList, *, at: datetime) -> None:
    """Its hour has come; nothing when another sweep or an officer was faster."""
    try:
        lists.issue(defect_list, by=SYSTEM, at=at, seen_version=defect_list.version)
    except StaleCase:
        return


@transaction.atomic
def delivered(mail: OutgoingMail, *, at: datetime) -> None:
    """The mail of a revision has reached the company's mail server."""
    chosen = DefectList.objects.filter(pk=_list_id(mail)).first()
    if chosen is None or mail.sent_at is None:
        return
    ListEvent.objects.get_or_create(
        mail=mail,
        kind=ListEventKind.DELIVERED,
        defaults={
            "list": chosen,
            "revision": chosen.revision,
            "at": mail.sent_at,
            "name": mail.recipient_name,
            "address": mail.recipient,
        },
    )


def _list_id(mail: OutgoingMail) -> int:
    part = mail.event.split(":")[1]
    return int(part) if part.isdecimal() else 0


def _stray() -> list[WorkOrder]:
    on_list = ListLine.objects.current().filter(order=OuterRef("pk")).exclude(list__state=ListState.CLOSED)
    live = [state for state in LIVE_STATES if state != OrderState.PLANNED]
    rows = WorkOrder.objects.filter(~Exists(on_list), state__in=live, sent_at__isnull=False)
    return list(rows.select_related("case__development__calendar", "company")[:BATCH])


def _at_the_hour(at: datetime) -> list[DefectList]:
    rows = DefectList.objects.filter(state=ListState.COLLECTING, collects_until__lte=at, created_at__lte=at - PATIENCE)
    return list(rows.for_page()[:BATCH])


def _arrived(at: datetime) -> list[OutgoingMail]:
    rows = OutgoingMail.objects.filter(event__gte="list:", event__lt="list;", state=MailState.SENT)
    noted = ListEvent.objects.filter(mail=OuterRef("pk"), kind=ListEventKind.DELIVERED)
    return list(rows.filter(~Exists(noted), sent_at__gt=at - LOOK_BACK)[:BATCH])


def _ended() -> list[DefectList]:
    going = ListLine.objects.current().filter(list=OuterRef("pk"), order__ended_at__isnull=True)
    return list(DefectList.objects.filter(~Exists(going), state=ListState.ISSUED)[:BATCH])
