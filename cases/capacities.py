"""In what capacity somebody acts on a case: the left column of the move table."""

from datetime import datetime

from accounts.choices import Role
from cases.dates import local_date
from cases.models import Case
from cases.moves import MANAGER, OFFICER, OWNER, SYSTEM, TENANT
from homeowners.choices import CONFIRMING_ROLES
from homeowners.tenures import capacity
from ledger.actors import Actor

NOBODY = "nobody"
_DESK = {Role.OFFICER.value: OFFICER, Role.MANAGER.value: MANAGER, "system": SYSTEM}


def capacity_of(case: Case, by: Actor, *, at: datetime) -> str:
    """Officer, manager, owner (also joint owner, representative, management body), tenant, system, or nobody.

    A homeowner's capacity is asked of the register for the day it is at the home, so it ends with the tenure. Acting
    through a mail link, `by.party_id` names the person; signed in, the account does (a couple may share one).
    """
    if by.role in _DESK:
        return _DESK[by.role]
    if by.role != Role.HOMEOWNER:
        return NOBODY
    role = _role_at_home(case, by, at=at)
    if role in CONFIRMING_ROLES:
        return OWNER
    return TENANT if role else NOBODY


def _role_at_home(case: Case, by: Actor, *, at: datetime) -> str | None:
    day = local_date(case, at)
    if by.party_id:
        return capacity(case.unit, on=day, homeowner_id=by.party_id)
    return capacity(case.unit, on=day, user_id=by.user_id) if by.user_id else None
