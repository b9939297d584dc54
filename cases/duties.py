"""What time itself makes due: reminders, closing without reply, ends of holds and questions. Called by the sweep.

Each row is handled in its own transaction and by compare-and-set, so two sweeps at once do no harm and one bad row
stops nothing behind it.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q

from cases import diary, holds, left_photos, link_drafts, notices, people, search, silence, steps, workflow
from cases.choices import EventKind, HoldKind, Status
from cases.counters import upkeep
from cases.evidence import MoveRefused
from cases.mailing import Mailing
from cases.models import Case, CaseEvent, Hold
from ledger.actors import SYSTEM

log = logging.getLogger(__name__)

REMIND_ON = (3, 7, 12)
"""Days after the question on which a homeowner is reminded to confirm (workflow.md section 2)."""

USUAL_DAYS = 14
"""A policy that gives fewer days to answer has its reminders sooner by the same share, so that two fit in."""

LEAST_GAP = timedelta(days=3)
"""Between two reminders, also when some are late because nothing swept for days."""

BATCH = 200


def sweep(*, at: datetime) -> int:
    """Everything due at `at`; answers how many rows failed. Safe to run twice at once."""
    jobs: list[Callable[[], object]] = []
    jobs += [partial(end_hold, hold, at=at) for hold in _ended_holds(at)]
    jobs += [partial(remind, case, at=at) for case in _to_remind(at)]
    jobs += [partial(close_without_reply, case, at=at) for case in silence.silent(at).for_page()[:BATCH]]
    jobs += [partial(refresh, case, at=at) for case in _stale_steps(at)]
    jobs += [partial(left_photos.land, left, at=at) for left in left_photos.due(at)]
    jobs += [partial(link_drafts.forget, draft, at=at) for draft in link_drafts.stale(at)]
    jobs += [partial(search.turn, at=at), partial(search.rebuild, at=at), partial(upkeep.sweep, at=at)]
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


def _ended_holds(at: datetime) -> list[Hold]:
    return list(Hold.objects.filter(ended_at__isnull=True, until_at__lte=at).order_by("until_at")[:BATCH])


def end_hold(hold: Hold, *, at: datetime) -> None:
    """The date came: work goes on; an unanswered question goes back to the officer."""
    case = Case.objects.for_page().get(pk=hold.case_id)
    if hold.kind == HoldKind.HOLD:
        holds.resume(case, how="date", by=SYSTEM, at=at)
    else:
        holds.end_ask(case, how="date", by=SYSTEM, at=at)


def _to_remind(at: datetime) -> list[Case]:
    asked = silence.unpaused().filter(is_visible=True)
    due = Q(pk__in=[])
    for reply_days in asked.order_by().values_list("reply_days", flat=True).distinct():
        due |= Q(reply_days=reply_days) & _reminder_due(at, share=min(reply_days / USUAL_DAYS, 1))
    return list(asked.for_page().filter(due).order_by("confirm_asked_at")[:BATCH])


def _reminder_due(at: datetime, *, share: float) -> Q:
    """Where the next reminder's day came and the last one is long enough ago; `share` shortens both."""
    due = Q(pk__in=[])
    for number, days in enumerate(REMIND_ON):
        due |= Q(reminders_sent=number, confirm_asked_at__lte=at - share * timedelta(days=days))
    lately = CaseEvent.objects.filter(case=OuterRef("pk"), kind=EventKind.REMINDED, at__gt=at - share * LEAST_GAP)
    return due & Q(~Exists(lately))


def remind(case: Case, *, at: datetime) -> None:
    """Ask once more whether it is fixed; of two sweeps one does. Missed reminders follow with days between them."""
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


def close_without_reply(case: Case, *, at: datetime) -> None:
    """Noted as completed; the move itself refuses when it is not silent any more."""
    workflow.move(case, "close-no-reply", by=SYSTEM, at=at, seen_version=case.version)


def _stale_steps(at: datetime) -> list[Case]:
    booked = ("inspection-booked", "repair-booked", "joint-booked", "check-booked")
    return list(Case.objects.open().for_page().filter(step__in=booked, visit_ends_at__lte=at)[:BATCH])


def refresh(case: Case, *, at: datetime) -> None:
    """A visit's window is over: the step no longer says *booked*."""
    steps.refresh(Case.objects.for_page().get(pk=case.pk), at=at)
