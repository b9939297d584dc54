"""What the office does with the work orders of a case: another company, one share back, one share less."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from cases.dates import local_date
from cases.evidence import MoveRefused
from cases.mailing import Mailing
from cases.models import Case
from contractors.appointments import is_appointed
from contractors.models import Company
from ledger.actors import Actor
from works import acting, sequence, standing
from works.choices import IN_HAND, OrderState
from works.models import WorkOrder
from works.telling import tell_company
from works.writing import make, others_owe, write


@transaction.atomic
def send(
    case: Case,
    *,
    company: Company,
    due_at: datetime,
    by: Actor,
    at: datetime,
    scope: str = "",
    after: WorkOrder | None = None,
    dry_days: int = 0,
    condition: str = "",
    is_mandatory: bool = True,
    budget_code: str = "",
    mailing: Mailing | None = None,
) -> WorkOrder:
    """Another company on a case that is with a contractor; `after` an order it waits for that one and the drying.

    The company is told when its turn comes: at once, or by the sweep.
    """
    acting.check_office(by)
    case = acting.case_of(WorkOrder(case=case))
    acting.ahead(due_at, "due_at", at=at)
    _check_company(case, company, at=at)
    if after is not None:
        _check_after(case, after)
    order = make(
        case,
        company_id=company.pk,
        due_at=due_at,
        by=by,
        at=at,
        state=OrderState.NEW if after is None else OrderState.PLANNED,
        scope=scope.strip(),
        after=after,
        dry_days=dry_days,
        condition=condition.strip(),
        is_mandatory=is_mandatory,
        budget_code=budget_code.strip(),
    )
    acting.record(order, "sent", by=by, at=at, note=scope, after={"due": due_at.isoformat()}, budget_code=budget_code)
    own = mailing or Mailing(by=by, at=at)
    if after is None:
        tell_company(order, "accept-and-send", mailing=own)
    else:
        sequence.turn(order, mailing=own, by=by, at=at)
    standing.derive(case, at=at)
    if mailing is None:
        own.send()
    return order


def _check_company(case: Case, company: Company, *, at: datetime) -> None:
    if not is_appointed(company, case.development, local_date(case, at)):
        raise MoveRefused(_("%(name)s is not appointed here today.") % {"name": company.short_name}, "company")


def _check_after(case: Case, after: WorkOrder) -> None:
    if after.case_id != case.pk or after.cycle != case.cycle or after.state == OrderState.CANCELLED:
        raise MoveRefused(_("Choose an order of this case that it follows."), "after")


@transaction.atomic
def back(
    order: WorkOrder, *, words: str, by: Actor, at: datetime, seen_version: int, mailing: Mailing | None = None
) -> WorkOrder:
    """The office sends one share back while others still work; once all is done that is the case's move *send-back*."""
    acting.check_office(by)
    case = acting.case_of(order)
    order.refresh_from_db(fields=["state"])
    if order.state != OrderState.DONE:
        raise MoveRefused(_("%(ref)s is not done yet.") % {"ref": order.reference})
    _reasoned(words)
    write(order, at=at, seen_version=seen_version, state=OrderState.BACK, words=words.strip()[:200], done_at=None)
    sequence.hold_back(order, at=at)
    event = acting.record(order, "back", by=by, at=at, note=words)
    own = mailing or Mailing(by=by, at=at)
    tell_company(order, "send-back", mailing=own, words=words, event=event)
    standing.derive(case, at=at)
    if mailing is None:
        own.send()
    return order


@transaction.atomic
def cancel(
    order: WorkOrder, *, words: str, by: Actor, at: datetime, seen_version: int, mailing: Mailing | None = None
) -> WorkOrder:
    """The office needs this share no more. Refused for the only one that is owed: then the case is taken back."""
    acting.check_office(by)
    case = acting.case_of(order)
    _reasoned(words)
    order.refresh_from_db(fields=["state", "sent_at"])
    if order.state not in (*IN_HAND, OrderState.PLANNED):
        facts = {"ref": order.reference, "state": order.get_state_display()}
        raise MoveRefused(_("%(ref)s is “%(state)s”: this is not possible now.") % facts)
    if not others_owe(order):
        raise MoveRefused(_("No other company owes anything on this case: take the case back, or record it as done."))
    write(order, at=at, seen_version=seen_version, state=OrderState.CANCELLED, ended_at=at, words=words.strip()[:200])
    event = acting.record(order, "cancelled", by=by, at=at, note=words)
    own = mailing or Mailing(by=by, at=at)
    if order.sent_at:
        tell_company(order, "take-back", mailing=own, words=words, event=event)
    sequence.go_on(order, mailing=own, by=by, at=at)
    standing.derive(case, at=at)
    if mailing is None:
        own.send()
    return order


def _reasoned(words: str) -> None:
    if len(words.strip()) < 10:
        raise MoveRefused(_("Write in a sentence why; the company reads it."), "words")
