"""What signatures say: who has signed for a repair, whose is missing, and that a list is still the list of that day."""

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime

from cases.choices import SIGNED_FOR
from cases.dates import local_date
from cases.models import Case, SignOff, SignOffLine
from homeowners.choices import OWNER_ROLES, TenureRole
from homeowners.models import Homeowner, Tenure
from units import coverage, policies

EDITION = "sign-off 1"
"""Names the shape of the canonical text; a new shape gets a new edition, so that old hashes can still be checked."""

REFUSED = "refused"
"""The reason of a *not right* that refuses the sign-off of a checked repair as a whole."""


def canonical(signoff: SignOff, lines: Sequence[SignOffLine]) -> str:
    """The list as one text: home, name and moment, then a row a repair with what was shown and what was answered.

    JSON, one array a line, no spaces, characters as they are: the same rows always give the same bytes.
    """
    head = [EDITION, signoff.reference, signoff.unit.development.code, signoff.unit.number, signoff.at.isoformat()]
    rows = [
        [line.position, line.case.reference, line.cycle, line.title, line.answer, line.words, *line.pictures]
        for line in sorted(lines, key=lambda line: line.position)
    ]
    return "\n".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in (head, *rows)) + "\n"


def digest(signoff: SignOff, lines: Sequence[SignOffLine]) -> str:
    """SHA-256 of the canonical text, in hex."""
    return hashlib.sha256(canonical(signoff, lines).encode()).hexdigest()


def verify(signoff: SignOff) -> bool:
    """Whether the stored rows are still the list that was signed; False after words were erased on request."""
    return digest(signoff, list(signoff.lines.select_related("case"))) == signoff.list_hash


def all_owners_sign(case: Case) -> bool:
    """Whether the policy of this home asks every owner, on the day the case was received."""
    policy = coverage.of(case.unit).policy_on(local_date(case, case.received_at))
    return policies.all_owners_sign(policy)


def missing(case: Case, *, at: datetime) -> list[Homeowner]:
    """Owners who have not signed for this repair yet; nobody where one signature is enough.

    A representative signs for the owner; each joint owner signs in person. What was signed before the repair went back
    to work counts no more.
    """
    if not all_owners_sign(case):
        return []
    held = Tenure.objects.filter(unit_id=case.unit_id).in_force(local_date(case, at)).select_related("homeowner")
    rows = list(held)
    signed = _signed(case)
    spoken_for = any(row.role == TenureRole.REPRESENTATIVE and row.homeowner_id in signed for row in rows)
    return [
        row.homeowner
        for row in rows
        if row.role in OWNER_ROLES
        and row.homeowner_id not in signed
        and not (row.role == TenureRole.OWNER and spoken_for)
    ]


def _signed(case: Case) -> set[int]:
    since = case.confirm_asked_at or case.reports_done_at or case.received_at
    lines = SignOffLine.objects.filter(
        case=case, cycle=case.cycle, answer__in=SIGNED_FOR, signoff__at__gte=since, signoff__homeowner__isnull=False
    )
    return set(lines.values_list("signoff__homeowner_id", flat=True))
