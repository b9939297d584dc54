"""Clocks of a case: start, pause, resume, stop, put back. Sources: workflow.md section 2 (Clocks), domain 6.3.

`Clock` rows hold the truth; the due columns of `Case` copy the running ones for lists. Only *rectify* pauses; the
statutory clock never does (also a database constraint).
"""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Max

from cases import followers, verdicts
from cases.choices import OPEN_STATES, ClockKind, EventKind, Status
from cases.dates import day_after
from cases.models import Case, Clock
from units import targets
from units.targets import TargetBook

PAUSABLE = (ClockKind.RECTIFY,)
WORK_CLOCKS = (ClockKind.RECTIFY, ClockKind.STATUTORY)
COLUMNS = {
    ClockKind.ACKNOWLEDGE: "acknowledge_due_at",
    ClockKind.RECTIFY: "rectify_due_at",
    ClockKind.STATUTORY: "statutory_due_at",
    ClockKind.UPDATE: "update_due_at",
}
LONGEST_SILENCE = timedelta(days=30)
"""Next news when no target names a sooner date (domain 5.4, P4)."""


def begin(case: Case, *, statutory_due: datetime | None, at: datetime) -> None:
    """Start the clocks of a new case or a new cycle. Cycle 1 counts from the received date, a later one from `at`."""
    start = case.received_at if case.cycle == 1 else at
    book = targets.book(case.development)
    acknowledge = book.due_at(case.priority_id, ClockKind.ACKNOWLEDGE, start)
    rectify = book.due_at(case.priority_id, ClockKind.RECTIFY, start)
    if rectify and statutory_due:
        rectify = min(rectify, statutory_due)
    dues = {ClockKind.ACKNOWLEDGE: acknowledge, ClockKind.RECTIFY: rectify, ClockKind.STATUTORY: statutory_due}
    starts = {ClockKind.STATUTORY: case.written_at or start}
    for kind, due in dues.items():
        if due:
            _start(case, kind, starts.get(kind, start) if case.cycle == 1 else start, due)
    promise_news(case, by=acknowledge or case.received_at + LONGEST_SILENCE, at=at)


def begin_again(case: Case, *, written: bool, at: datetime) -> None:
    """A new cycle after a reopening: fresh clocks from now; a written word is a new written notice."""
    verdict = verdicts.assess(case, at=at)
    begin(case, statutory_due=verdicts.statutory_due(case, verdict, notice_at=at if written else None), at=at)


def move_start(case: Case, *, at: datetime) -> None:
    """The received date moved: running clocks of the first cycle count from there; a pause earned stays earned."""
    for clock in _running(case, ClockKind.ACKNOWLEDGE, ClockKind.RECTIFY, ClockKind.STATUTORY):
        start = (case.written_at or case.received_at) if clock.kind == ClockKind.STATUTORY else case.received_at
        clock.due_at += start - clock.started_at
        clock.started_at = start
        clock.save(update_fields=["started_at", "due_at"])
        _copy(case, clock.kind, clock.due_at)


def _target(case: Case, kind: ClockKind, start: datetime, book: TargetBook | None = None) -> datetime | None:
    if book:
        return book.due_at(case.priority_id, kind.value, start)
    return targets.due_at(case.development, case.priority_id, kind.value, start)


def _start(case: Case, kind: ClockKind, start: datetime, due: datetime) -> Clock:
    rows = case.clocks.filter(kind=kind, cycle=case.cycle)
    sequence = (rows.aggregate(last=Max("sequence"))["last"] or 0) + 1
    clock = Clock.objects.create(
        case=case, kind=kind, cycle=case.cycle, sequence=sequence, started_at=start, first_due_at=due, due_at=due
    )
    _copy(case, kind, due)
    return clock


def _copy(case: Case, kind: str, due: datetime | None) -> None:
    column = COLUMNS[ClockKind(kind)]
    setattr(case, column, due)
    Case.objects.filter(pk=case.pk).update(**{column: due})


def _running(case: Case, *kinds: str) -> list[Clock]:
    return list(case.clocks.filter(kind__in=kinds, cycle=case.cycle, stopped_at__isnull=True))


def news_target(case: Case, at: datetime, *, book: TargetBook | None = None) -> datetime:
    """When the homeowner hears next: the day after the next visit or contractor's date, else the update target.

    `book`: the targets of the development, where many cases are asked about.
    """
    ahead = [moment for moment in (case.visit_starts_at, case.work_due_at) if moment and moment > at]
    if (ahead and case.status == Status.WITH_CONTRACTOR) or case.visit_starts_at in ahead:
        return day_after(case, min(ahead))
    return _target(case, ClockKind.UPDATE, at, book) or at + LONGEST_SILENCE


def answer_target(case: Case, at: datetime) -> datetime:
    """When we answer a homeowner's own move: within the first-answer target of the priority."""
    return _target(case, ClockKind.ACKNOWLEDGE, at) or at + LONGEST_SILENCE


def promise_news(case: Case, *, by: datetime, at: datetime) -> None:
    """The homeowner was just told something: the last promise ends, the next one starts."""
    for clock in _running(case, ClockKind.UPDATE):
        if clock.started_at == at:  # the same action told twice: one promise
            clock.first_due_at = clock.due_at = by
            clock.save(update_fields=["first_due_at", "due_at"])
            _copy(case, ClockKind.UPDATE, by)
            return
        _stop(clock, at)
    _start(case, ClockKind.UPDATE, at, by)


def told(case: Case, *, at: datetime) -> None:
    """A person of ours told the homeowner something: first answer is given, next news is promised."""
    stop(case, ClockKind.ACKNOWLEDGE, at=at)
    if case.status in OPEN_STATES:
        promise_news(case, by=news_target(case, at), at=at)


def _stop(clock: Clock, at: datetime) -> None:
    if clock.paused_at:
        _lengthen(clock, at)
    clock.stopped_at = at
    clock.save(update_fields=["stopped_at", "paused_at", "paused_seconds", "due_at"])


def stop(case: Case, *kinds: str, at: datetime) -> None:
    """Stop the running clocks of these kinds; the due columns keep their dates while the case is open."""
    for clock in _running(case, *kinds):
        _stop(clock, at)
        if clock.kind == ClockKind.ACKNOWLEDGE:
            _copy(case, clock.kind, None)


def stop_all(case: Case, *, at: datetime) -> None:
    """The case closed."""
    stop(case, *ClockKind.values, at=at)


def put_back(case: Case) -> None:
    """*Send back*, *not right*: rectify and statutory run on as if never stopped, paused where a hold ran meanwhile."""
    last: dict[str, Clock] = {clock.kind: clock for clock in case.clocks.filter(kind__in=WORK_CLOCKS, cycle=case.cycle)}
    for clock in last.values():
        stopped, clock.stopped_at = clock.stopped_at, None
        if stopped and clock.kind in PAUSABLE:
            _pause_since(case, clock, stopped)
        clock.save(update_fields=["stopped_at", "paused_at", "paused_seconds", "due_at"])
        _copy(case, clock.kind, clock.due_at)


def _pause_since(case: Case, clock: Clock, stopped: datetime) -> None:
    """Count the holds that ran while the clock stood still; one that still runs pauses it."""
    for row in case.holds.filter(pauses=True).exclude(ended_at__lte=stopped):
        clock.paused_at = max(row.started_at, stopped)
        if row.ended_at:
            _lengthen(clock, row.ended_at)


def pause(case: Case, *, at: datetime) -> None:
    """A pausing hold begins."""
    for clock in _running(case, *PAUSABLE):
        if clock.paused_at is None:
            clock.paused_at = at
            clock.save(update_fields=["paused_at"])
    followers.pause(case, at=at)


def resume(case: Case, *, at: datetime) -> None:
    """A pausing hold ended: the remaining time continues, nothing starts anew."""
    for clock in _running(case, *PAUSABLE):
        if clock.paused_at:
            _lengthen(clock, at)
            clock.save(update_fields=["paused_at", "paused_seconds", "due_at"])
            _copy(case, clock.kind, clock.due_at)
    followers.resume(case, at=at)


def _lengthen(clock: Clock, at: datetime) -> None:
    """Repair targets are calendar time, so a pause moves the due time by exactly its length."""
    earned = max(at - (clock.paused_at or at), timedelta())
    clock.due_at += earned
    clock.paused_seconds += int(earned.total_seconds())
    clock.paused_at = None


def retarget(case: Case, *, at: datetime) -> None:
    """The priority changed: new due times from the same start; a pause already earned stays earned.

    A clock that the old priority did not have starts where it would have started; one that the new does not have ends.
    A date that was moved by hand was told to the homeowner: only an earlier one takes its place.
    """
    book = targets.book(case.development)
    for kind in (ClockKind.ACKNOWLEDGE, ClockKind.RECTIFY):
        clock = case.clocks.filter(kind=kind, cycle=case.cycle).last()
        start = clock.started_at if clock else case.received_at
        due = book.due_at(case.priority_id, kind, start)
        if clock and clock.stopped_at:
            continue
        promised = clock.due_at if clock and _was_moved(case, clock) else None
        if promised and (due is None or due >= promised):
            continue
        if due is None:
            case.clocks.filter(kind=kind, cycle=case.cycle).delete()
            _copy(case, kind, None)
            continue
        if kind == ClockKind.RECTIFY and case.statutory_due_at:
            due = min(due, case.statutory_due_at)
        clock = clock or _start(case, kind, start, due)
        clock.due_at = due + timedelta(seconds=clock.paused_seconds)
        clock.save(update_fields=["due_at"])
        _copy(case, kind, clock.due_at)


def _was_moved(case: Case, clock: Clock) -> bool:
    moved = case.events.filter(kind=EventKind.DATE, reason=clock.kind, at__gte=clock.started_at)
    return moved.exists()


def change(case: Case, kind: str, due: datetime, *, at: datetime) -> datetime | None:
    """Move the due time of a running clock by hand; answers the old one. The first due time stays on the row."""
    clocks = _running(case, kind)
    if not clocks:
        return None
    old = clocks[-1].due_at
    clocks[-1].due_at = due
    clocks[-1].save(update_fields=["due_at"])
    _copy(case, kind, due)
    return old


def set_statutory(case: Case, *, notice_at: datetime, due: datetime) -> None:
    """A written notice reached us after the first report: the statutory clock starts with it (domain 3.5)."""
    if not case.clocks.filter(kind=ClockKind.STATUTORY, cycle=case.cycle).exists():
        _start(case, ClockKind.STATUTORY, notice_at, due)


def drop_cycle(case: Case) -> None:
    """*Correct* of a reopening: the clocks of the cycle that never was."""
    case.clocks.filter(cycle__gt=case.cycle).delete()


def snapshot(case: Case) -> list[dict[str, object]]:
    """The clocks of this cycle as values, for *correct*."""
    fields = ("id", "due_at", "stopped_at", "paused_at", "paused_seconds")
    return [
        {name: value.isoformat() if isinstance(value, datetime) else value for name, value in row.items()}
        for row in case.clocks.filter(cycle=case.cycle).values(*fields)
    ]


def restore(case: Case, before: list[dict[str, Any]], after: list[dict[str, Any]]) -> None:
    """Undo what one act did to the clocks, told by snapshots before and after it; what came later stays."""
    done = {row["id"]: row for row in after}
    for row in before:
        then = done.pop(row["id"], row)
        back = {name: _moment(value) for name, value in row.items() if value != then[name]}
        if back:
            case.clocks.filter(pk=row["id"]).update(**back)
    case.clocks.filter(pk__in=done).delete()
    for kind in ClockKind:
        running = case.clocks.filter(kind=kind, cycle=case.cycle).order_by("sequence").last()
        hidden = running is None or (kind == ClockKind.ACKNOWLEDGE and running.stopped_at)
        _copy(case, kind, None if hidden else running.due_at)  # type: ignore[union-attr]


def _moment(value: object) -> object:
    return datetime.fromisoformat(value) if isinstance(value, str) else value
