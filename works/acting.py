"""What every act on a work order has in common: who may, when, who said it, and the diary row.

The case's row is touched first by every act, as it is by every move: two companies, or a company and the office, come
one after the other, and an order never changes while its case moves away.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from accounts.choices import Role
from cases import diary
from cases.choices import EventKind, Status
from cases.dates import local_date
from cases.evidence import MoveRefused
from cases.models import Case, CaseEvent
from contractors.appointments import acts_for
from ledger.actors import SYSTEM, Actor
from works.choices import OrderState
from works.models import WorkOrder

OFFICE = (Role.OFFICER, Role.MANAGER)


def is_office(by: Actor) -> bool:
    """A colleague who may act; the administrator reads only."""
    return by.role in OFFICE


def case_of(order: WorkOrder) -> Case:
    """The case as it is now, held until the act is over; refused unless it is with a contractor."""
    rows = Case.objects.filter(pk=order.case_id, status=Status.WITH_CONTRACTOR)
    if not rows.update(work_note=F("work_note")):
        raise MoveRefused(_("The case is not with a contractor."))
    order.case = Case.objects.for_page().get(pk=order.case_id)
    return order.case


def check(
    order: WorkOrder,
    states: Sequence[OrderState],
    *,
    by: Actor,
    at: datetime,
    said_by: str = "",
    proof: str = "",
) -> Case:
    """The order's case, when this person may do this to the order in the state it is in; else MoveRefused.

    The office acts for the company only with the name of who said so, and how.
    """
    case = case_of(order)
    if is_office(by):
        _said(said_by, proof)
    elif by != SYSTEM and not (by.role == Role.CONTRACTOR and order.company_id in _acts_for(case, by, at)):
        raise MoveRefused(_("This is not yours to do."))
    order.refresh_from_db(fields=["state", "is_beyond_dispute", "sent_at", "accepted_at"])
    if order.state not in states:
        facts = {"ref": order.reference, "state": order.get_state_display()}
        raise MoveRefused(_("%(ref)s is “%(state)s”: this is not possible now.") % facts)
    return case


def _acts_for(case: Case, by: Actor, at: datetime) -> list[int]:
    return acts_for(by, case.development, local_date(case, at))


def _said(said_by: str, proof: str) -> None:
    if len(said_by.strip()) < 3:
        raise MoveRefused(_("Write who said it."), "said_by")
    if len(proof.strip()) < 3:
        raise MoveRefused(_("Write how it was said: a call, a mail, on site."), "proof")


def check_office(by: Actor) -> None:
    """What only the office does."""
    if not is_office(by):
        raise MoveRefused(_("This is not yours to do."))


def ahead(moment: datetime, field: str, *, at: datetime) -> None:
    """A date that is given lies ahead."""
    if moment <= at:
        raise MoveRefused(_("This date is over. Choose a later one."), field)


def record(
    order: WorkOrder,
    what: str,
    *,
    by: Actor,
    at: datetime,
    note: str = "",
    said_by: str = "",
    proof: str = "",
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    **evidence: Any,
) -> CaseEvent:
    """The diary row of an act: what a company said, or what the office did with its order. Only staff read it."""
    kind = EventKind.WORK if what in OWN_WORDS else EventKind.CONTRACTOR_SAID
    named = {"order": order.reference, "company": order.company.short_name}
    given = {"said_by": said_by.strip(), "proof": proof.strip(), **evidence}
    return diary.record(
        order.case,
        kind,
        by=by,
        at=at,
        note=note,
        reason=what,
        evidence=named | {name: value for name, value in given.items() if value not in ("", None, [])},
        before=before or {},
        after=after or {},
    )


OWN_WORDS = ("sent", "your-turn", "cancelled", "back", "upheld", "dismissed", "chased")
"""Acts of the office with an order; all others are words of the company."""
