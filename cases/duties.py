"""What time itself makes due: reminders, closing without reply, ends of holds and questions. Called by the sweep.

Each row is handled in its own transaction and by compare-and-set, so two sweeps at once do no harm and one bad row
stops nothing behind it.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.db.models import F

from cases import diary, holds, link_drafts, notices, people, steps, workflow
from cases.choices import Audience, EventKind, HoldKind, Status
from cases.evidence import MoveRefused
from cases.mailing import Mailing
from cases.models import Case, Hold
from ledger.actors import SYSTEM

log = logging.getLogger(__name__)

REMIND_ON = (3, 7, 12)
"""Days after the question on which a homeowner is reminded to confirm (workflow.md section 2)."""

LEAST_REMINDERS = 2
BATCH = 200


def sweep(*, at: datetime) -> int:
    """Everything due at `at`; answers how many rows failed. Safe to run twice at once."""
    jobs: list[Callable[[], None]] = []
    jobs += [partial(end_hold, hold, at=at) for hold in _ended_holds(at)]
    jobs += [partial(remind, case, at=at) for case in _to_remind(at)]
    jobs += [partial(close_without_reply, case, at=at) for case in _silent(at)]
    jobs += [partial(refresh, case, at=at) for case in _stale_steps(at)]
    jobs += [partial(link_drafts.forget, draft, at=at) for draft in link_drafts.stale(at)]
    return sum(_failed(job) for job in jobs)


def _failed(job: Callable[[], None]) -> bool:
    try:
        with transaction.atomic():
            job()
    except MoveRefused as refusal:
        log.info("A duty was refused: %s", refusal.sentence)
    except Exception:
        log.exception("A duty failed")
        return True
    return False


def _ended_holds(at: datetime) -> list[Hold]:
    due = Hold.objects.filter(ended_at__isnull=True, until_at__lte=at)
    return list(due.select_related("case__development", "case__priority")[:BATCH])


def end_hold(hold: Hold, *, at: datetime) -> None:
    """The date came: work goes on; an unanswered question goes back to the officer."""
    if hold.kind == HoldKind.HOLD:
        holds.resume(hold.case, how="date", by=SYSTEM, at=at)
    else:
        holds.end_ask(hold.case, how="date", by=SYSTEM, at=at)


def _awaiting(at: datetime) -> list[Case]:
    rows = Case.objects.awaiting_homeowner().for_page()
    return list(rows.filter(confirm_asked_at__lte=at - timedelta(days=REMIND_ON[0]), is_visible=True)[: BATCH * 5])


def reminders_due(case: Case, at: datetime) -> int:
    """How many reminders should have gone by now."""
    days = (at - (case.confirm_asked_at or at)).days
    return sum(1 for day in REMIND_ON if day <= days)


def _to_remind(at: datetime) -> list[Case]:
    return [case for case in _awaiting(at) if reminders_due(case, at) > case.reminders_sent]


def remind(case: Case, *, at: datetime) -> None:
    """Ask once more whether it is fixed; missed reminders are not made up for by several at once."""
    sent = case.reminders_sent
    claimed = Case.objects.filter(pk=case.pk, status=Status.AWAITING_HOMEOWNER, reminders_sent=sent).update(
        reminders_sent=F("reminders_sent") + 1
    )
    if not claimed:
        return
    event = diary.record(case, EventKind.REMINDED, by=SYSTEM, at=at, evidence={"number": sent + 1}, is_visible=True)
    mailing = Mailing(by=SYSTEM, at=at)
    residents = [person for person in people.residents(case, at=at) if person.may_confirm]
    notices.tell(case, event, "reminder", residents, mailing=mailing)
    mailing.send()


def _silent(at: datetime) -> list[Case]:
    rows = Case.objects.awaiting_homeowner().for_page().filter(reminders_sent__gte=LEAST_REMINDERS)
    return list(rows.filter(confirm_asked_at__lte=at - notices.CONFIRM_WITHIN)[:BATCH])


def close_without_reply(case: Case, *, at: datetime) -> None:
    """Silence for 14 days after two reminders, with an after-photo and a check by staff: noted as completed."""
    if not may_close_without_reply(case):
        return
    workflow.move(case, "close-no-reply", by=SYSTEM, at=at, seen_version=case.version)


def may_close_without_reply(case: Case) -> bool:
    """The evidence that silence needs (workflow.md, close-no-reply)."""
    has_photo = case.attachments.filter(role="after", cycle=case.cycle).exists()
    reminded = case.events.filter(kind=EventKind.REMINDED, at__gte=case.confirm_asked_at)
    sent = sum(1 for event in reminded if event.notices.filter(audience=Audience.HOMEOWNER).exists())
    return has_photo and case.checked_at is not None and sent >= LEAST_REMINDERS


def _stale_steps(at: datetime) -> list[Case]:
    booked = ("inspection-booked", "repair-booked", "check-booked")
    return list(Case.objects.open().for_page().filter(step__in=booked, visit_ends_at__lte=at)[:BATCH])


def refresh(case: Case, *, at: datetime) -> None:
    """A visit's window is over: the step no longer says *booked*."""
    steps.refresh(case, at=at)
