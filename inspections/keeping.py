"""What becomes of a case's booked visits when a move takes them away, and when that move was a mistake.

A visit for this case alone is cancelled; one for several goes on without it. One that has begun is left to whoever is
there: it is answered for with *It took place*. Registered as a keeper of `cases.bookings`; the move's mail tells.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from cases import diary
from cases.bookings import CANCELLED, LEFT, WITHDRAWN, Undo
from cases.choices import Audience, EventKind
from cases.mailing import Mailing
from cases.models import Case
from cases.people import Recipient
from inspections import entries, offers, taking_part, telling, visits
from inspections.choices import VisitState
from inspections.models import Visit
from inspections.querysets import VisitQuerySet
from ledger.actors import Actor
from outbox.wire import Part

DIARY = {CANCELLED: "visit-cancelled", LEFT: "visit-left", WITHDRAWN: "visit-withdrawn"}


def take_off(case: Case, *, by: Actor, at: datetime) -> Undo:
    """Nobody comes for the case any more; answers what `put_back` needs."""
    return _end(case, _ahead(case, at), by=by, at=at)


def put_back(case: Case, undo: Undo, *, by: Actor, at: datetime) -> Undo:
    """The move was a mistake: its visits are booked again while their time is not over.

    What was booked since and does not fit the state that the case went back to ends, and is answered.
    """
    ended = _end(case, _ahead(case, at).exclude(kind__in=visits.kinds_for(case)), by=by, at=at)
    for row in undo:
        if _restore(case, row, at=at):
            _note(case, "visit-again", row, by=by, at=at)
    if ended or undo:
        visits.show(case)
    return ended


def _ahead(case: Case, at: datetime) -> VisitQuerySet:
    return Visit.objects.open().for_page().filter(cases=case, starts_at__gt=at)


def _end(case: Case, rows: Iterable[Visit], *, by: Actor, at: datetime) -> Undo:
    ended = [_leave(case, visit, by=by, at=at) for visit in rows]
    for row in ended:
        _note(case, DIARY[row["how"]], row, by=by, at=at)
    return ended


def _leave(case: Case, visit: Visit, *, by: Actor, at: datetime) -> dict[str, Any]:
    was_offered = visit.state == VisitState.OFFERED
    is_shared = visit.cases.exclude(pk=case.pk).exists()
    if is_shared:
        visits.write(visit, visit.version, states=[visit.state])
        visit.cases.remove(case)
    else:
        facts = {"ref": case.reference, "state": case.get_status_display()}
        reason = _("No longer needed: %(ref)s is now “%(state)s”.") % facts
        offers.end_open(visit, by=by, at=at)
        ended: dict[str, Any] = {"state": VisitState.CANCELLED, "ended_at": at, "cancel_reason": reason}
        visits.write(visit, visit.version, states=[visit.state], **ended)
        _tell_others(case, visit, was_offered=was_offered, by=by, at=at)
    return {
        "how": LEFT if is_shared else WITHDRAWN if was_offered else CANCELLED,
        "visit": visit.reference,
        "id": visit.pk,
        "kind": visit.kind,
        "starts_at": visit.starts_at.isoformat(),
        "ends_at": visit.ends_at.isoformat(),
        "who": visit.who,
    }


def _tell_others(case: Case, visit: Visit, *, was_offered: bool, by: Actor, at: datetime) -> None:
    """Those who would have come and whom the move's own mail does not reach."""
    others = taking_part.others(visit, at=at, but=by)
    if was_offered or not others:
        return
    mailing = Mailing(by=by, at=at)
    telling.tell_off(case, visit, others, mailing=mailing)
    mailing.send()


def parts(case: Case, undo: Undo, person: Recipient, *, at: datetime) -> list[Part]:
    """The end of the entries that stood in the person's calendar, of visits that are for no other case."""
    ids = [row["id"] for row in undo if row["how"] == CANCELLED]
    if person.audience != Audience.HOMEOWNER or not ids:
        return []
    found = Visit.objects.filter(pk__in=ids).for_page()
    return [entries.cancelled(visit, person, what=case.title, at=at) for visit in found]


def _restore(case: Case, row: dict[str, Any], *, at: datetime) -> bool:
    """False when its time is over, or when the visit ended otherwise meanwhile."""
    if row["how"] == WITHDRAWN:
        return False
    rows = Visit.objects.filter(pk=row["id"], ends_at__gt=at)
    newer = {"version": F("version") + 1}
    if row["how"] == CANCELLED:
        booked: dict[str, Any] = {"state": VisitState.BOOKED, "ended_at": None, "cancel_reason": ""}
        return bool(rows.filter(state=VisitState.CANCELLED).update(**booked, **newer))
    if not rows.booked().update(**newer):
        return False
    case.visits.add(row["id"])
    return True


def _note(case: Case, reason: str, row: dict[str, Any], *, by: Actor, at: datetime) -> None:
    diary.record(case, EventKind.VISIT, by=by, at=at, reason=reason, evidence=row, is_visible=True)
