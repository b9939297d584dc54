"""In what capacity somebody acts on a case: the left column of the move table."""

from datetime import datetime

from accounts.choices import Role
from cases.dates import local_date
from cases.models import Case
from cases.moves import CONTRACTOR, MANAGER, OFFICER, OWNER, SYSTEM, TENANT
from contractors.appointments import acts_for
from homeowners.choices import CONFIRMING_ROLES
from homeowners.tenures import capacity
from ledger.actors import Actor

NOBODY = "nobody"
_DESK = {Role.OFFICER.value: OFFICER, Role.MANAGER.value: MANAGER, "system": SYSTEM}


def capacity_of(case: Case, by: Actor, *, at: datetime) -> str:
    """Officer, manager, owner (also joint owner, representative, management body), tenant, contractor, system, nobody.

    A homeowner's capacity is asked of the register for the day it is at the home, so it ends with the tenure. Acting
    through a mail link, `by.party_id` names the person; signed in, the account does (a couple may share one). A
    contractor's lasts as long as its appointment and its work order.
    """
    if by.role in _DESK:
        return _DESK[by.role]
    if by.role == Role.CONTRACTOR:
        return CONTRACTOR if _has_work(case, by, at=at) else NOBODY
    if by.role != Role.HOMEOWNER:
        return NOBODY
    role = _role_at_home(case, by, at=at)
    if role in CONFIRMING_ROLES:
        return OWNER
    return TENANT if role else NOBODY


def _has_work(case: Case, by: Actor, *, at: datetime) -> bool:
    """Whether a company that the person acts for, and that is appointed today, still owes something on the case."""
    companies = acts_for(by, case.development, local_date(case, at))
    return case.work_orders.live().filter(company_id__in=companies, sent_at__isnull=False).exists()


def _role_at_home(case: Case, by: Actor, *, at: datetime) -> str | None:
    day = local_date(case, at)
    if by.party_id:
        return capacity(case.unit, on=day, homeowner_id=by.party_id)
    return capacity(case.unit, on=day, user_id=by.user_id) if by.user_id else None
