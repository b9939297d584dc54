"""Who holds a home: begin, end, hand over. Rows are half-open [from, until) in the development's zone, never deleted.

Rights are asked of these rows at every request, so whoever loses a home loses its pages at local midnight of that day.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from homeowners.choices import CONFIRMING_ROLES, OWNER_ROLES, RANK, TenureRole, VerifiedHow
from homeowners.models import Homeowner, Tenure
from ledger import audit
from ledger.actors import Actor
from ledger.models import AuditEntry
from units import calendars, handover, report_links
from units.choices import HandoverKind
from units.models import Unit
from units.refusals import Refused


class TenureRefused(Refused):
    """This tenure cannot be written so."""


@dataclass(frozen=True)
class Home:
    """A unit that an account has today, its strongest role there, and all its people who hold the unit (couples)."""

    unit: Unit
    role: str
    tenure: Tenure
    homeowner_ids: frozenset[int]


@dataclass(frozen=True)
class Transfer:
    """What a resale changed."""

    ended: list[Tenure]
    begun: list[Tenure]


def local_day(unit: Unit, at: datetime) -> date:
    """The day it is at this instant where the unit stands."""
    return calendars.local_day(at, unit.development.tz)


@transaction.atomic
def begin(
    unit: Unit,
    *,
    homeowner: Homeowner,
    role: TenureRole | str,
    from_on: date,
    evidence: str,
    verified_how: VerifiedHow | str,
    by: Actor,
    at: datetime,
    letter_on: date | None = None,
    until_on: date | None = None,
) -> Tenure:
    """Writes down that a person holds a unit in this role from this day on.

    Refused (TenureRefused): no proof; a second owner beside the first (record a resale or a joint owner); the same
    person twice at one time; a representative without a dated letter; a home held by a management body or a common
    area held by anybody else.
    """
    tenure = Tenure(
        unit=unit,
        homeowner=homeowner,
        role=role,
        from_on=from_on,
        until_on=until_on,
        evidence=evidence.strip(),
        verified_how=verified_how,
        letter_on=letter_on,
        recorded_at=at,
        recorded_by_name=by.name,
        recorded_by_id=by.user_id,
    )
    _check_new(tenure)
    _insert(tenure)
    _record("tenure.begin", tenure, by=by, at=at, new=_facts(tenure))
    return tenure


@transaction.atomic
def begin_all(rows: Sequence[Tenure], *, by: Actor, at: datetime) -> None:
    """Writes many new tenures at once under the rules of `begin`, each with its entry in the audit.

    Refused (TenureRefused) as a whole when one of them cannot be.
    """
    standing: dict[int, list[Tenure]] = defaultdict(list)
    for other in Tenure.objects.filter(unit__in=[row.unit_id for row in rows]):
        standing[other.unit_id].append(other)
    for row in rows:
        row.recorded_at, row.recorded_by_name, row.recorded_by_id = at, by.name, by.user_id
        _check_new(row, beside=standing[row.unit_id])
        standing[row.unit_id].append(row)
    stored = Tenure.objects.bulk_create(rows)
    audit.record_all(_entry("tenure.begin", row, by=by, at=at, new=_facts(row)) for row in stored)


@transaction.atomic
def end(tenure: Tenure, *, on: date, reason: str, by: Actor, at: datetime) -> Tenure:
    """Ends a tenure: `on` is the first day without it; its first day itself means that it was entered by mistake.

    An end that was already set can only be brought forward. Refused (TenureRefused) without a reason, or when somebody
    else ended it meanwhile.
    """
    if not reason.strip():
        raise TenureRefused(_("Say why it ends."), field="reason")
    if on < tenure.from_on:
        raise TenureRefused(_("It cannot end before it began."), field="on")
    if tenure.until_on is not None and on > tenure.until_on:
        raise TenureRefused(_("It has already ended earlier."), field="on")
    old = _facts(tenure)
    changes = {"until_on": on, "ended_at": at, "ended_by_name": by.name, "end_reason": reason.strip()}
    if not Tenure.objects.filter(pk=tenure.pk, until_on=tenure.until_on).update(**changes):
        raise TenureRefused(_("Somebody else has just changed this entry. Look again."))
    for name, value in changes.items():
        setattr(tenure, name, value)
    _record("tenure.end", tenure, by=by, at=at, old=old, new=_facts(tenure), reason=reason.strip())
    return tenure


@transaction.atomic
def transfer(
    unit: Unit,
    *,
    buyers: Iterable[Homeowner],
    on: date,
    proof: str,
    by: Actor,
    at: datetime,
    verified_how: VerifiedHow | str = VerifiedHow.SOLICITOR,
    tenants_stay: bool = False,
) -> Transfer:
    """Records a resale (domain reference, scenario 14): the sellers' side ends and the buyers' begins on the same day.

    Owners, joint owners, representatives and - unless they stay - tenants end that day, the printed report link with
    them; the resale becomes a handover event, and periods of cover do not restart by it. The first buyer is the owner,
    the others joint owners. Refused (TenureRefused) without proof or buyer, for
    a common area, for a home without an owner, or on a day before a present owner began.
    """
    sellers_side = _sellers_side(unit, on=on)
    people = list(buyers)
    _check_transfer(unit, sellers_side, people, proof=proof, on=on)
    leaving = [row for row in sellers_side if not (tenants_stay and _stays(row, people))]
    reason = _("Sold: %(proof)s") % {"proof": proof.strip()}
    ended = [end(row, on=max(on, row.from_on), reason=reason[:300], by=by, at=at) for row in leaving]
    roles = [TenureRole.OWNER, *[TenureRole.JOINT_OWNER] * (len(people) - 1)]
    begun = [
        begin(unit, homeowner=buyer, role=role, from_on=on, evidence=proof, verified_how=verified_how, by=by, at=at)
        for buyer, role in zip(people, roles, strict=True)
    ]
    handover.record(unit, kind=HandoverKind.RESALE, on=on, note=proof.strip()[:200], by=by, at=at)
    if on <= local_day(unit, at):
        report_links.revoke(unit, reason=reason, by=by, at=at)
    return Transfer(ended=ended, begun=begun)


@transaction.atomic
def confirm_tenant(unit: Unit, *, tenant: Homeowner, owner: Homeowner, by: Actor, at: datetime) -> Tenure:
    """An owner's word makes somebody the tenant from today; saying it twice gives the same row.

    Refused (TenureRefused) unless `owner` may speak for the home today.
    """
    today = local_day(unit, at)
    if capacity(unit, homeowner_id=owner.pk, on=today) not in CONFIRMING_ROLES:
        raise TenureRefused(_("Only somebody who holds this home today can confirm a tenant."))
    standing = unit.tenures.in_force(today).tenants().filter(homeowner=tenant).first()
    return standing or begin(
        unit,
        homeowner=tenant,
        role=TenureRole.TENANT,
        from_on=today,
        evidence=_("Confirmed by %(name)s") % {"name": owner.name},
        verified_how=VerifiedHow.OWNER_CONFIRMED,
        by=by,
        at=at,
    )


def homes_of(user: Any, at: datetime) -> list[Home]:
    """The units that the people of this account hold at this instant, each once with its strongest role; one query."""
    rows = Tenure.objects.of_user(user).with_people().filter(Q(until_on=None) | Q(until_on__gte=at.date()))
    held = [row for row in rows if row.holds_on(local_day(row.unit, at))]
    by_unit: dict[int, list[Tenure]] = defaultdict(list)
    for row in sorted(held, key=lambda row: RANK[TenureRole(row.role)]):
        by_unit[row.unit_id].append(row)
    homes = [_home(rows) for rows in by_unit.values()]
    return sorted(homes, key=lambda home: (home.unit.development.name, home.unit.number))


def _home(rows: list[Tenure]) -> Home:
    strongest = rows[0]
    people = frozenset(row.homeowner_id for row in rows)
    return Home(unit=strongest.unit, role=strongest.role, tenure=strongest, homeowner_ids=people)


def capacity(unit: Unit, *, on: date, homeowner_id: int | None = None, user_id: int | None = None) -> str | None:
    """The strongest role of a person, or of any person of an account, in a unit on a day; None without one."""
    rows = Tenure.objects.filter(unit=unit).in_force(on)
    rows = rows.filter(homeowner_id=homeowner_id) if homeowner_id else rows.filter(homeowner__user_id=user_id or 0)
    return min(rows.values_list("role", flat=True), key=lambda role: RANK[TenureRole(role)], default=None)


def _check_new(tenure: Tenure, *, beside: Iterable[Tenure] | None = None) -> None:
    if not tenure.evidence:
        raise TenureRefused(_("Name the proof: what did the office see or hear?"), field="evidence")
    if tenure.until_on is not None and tenure.until_on <= tenure.from_on:
        raise TenureRefused(_("The last day lies before the first."), field="until_on")
    if tenure.role == TenureRole.REPRESENTATIVE and tenure.letter_on is None:
        raise TenureRefused(_("A representative needs a letter of authority: give its date."), field="letter_on")
    if (tenure.unit.is_common) != (tenure.role == TenureRole.MANAGEMENT_BODY):
        raise TenureRefused(_("A common area is held by the management body, and a home by people."), field="role")
    _check_beside(tenure, tenure.unit.tenures.all() if beside is None else beside)


def _insert(tenure: Tenure) -> None:
    """Two people entering an owner at once both passed the check: the constraint decides."""
    try:
        with transaction.atomic():
            tenure.save(force_insert=True)
    except IntegrityError as fault:
        raise TenureRefused(_("Somebody else has just changed this home. Look again.")) from fault


def _check_beside(tenure: Tenure, beside: Iterable[Tenure]) -> None:
    """What the other rows of this unit forbid."""
    others = [row for row in beside if _overlap(row, tenure)]
    if any(row.homeowner_id == tenure.homeowner_id and row.role == tenure.role for row in others):
        raise TenureRefused(_("This person is already entered here in this role."), field="homeowner")
    only_one = {TenureRole.OWNER, TenureRole.MANAGEMENT_BODY}
    if tenure.role in only_one and any(row.role == tenure.role for row in others):
        raise TenureRefused(_("Somebody holds this already: record a resale, or add a joint owner."), field="role")


def _overlap(one: Tenure, other: Tenure) -> bool:
    """Both hold on at least one day."""
    if one.never_held or other.never_held:
        return False
    one_first = one.until_on is None or other.from_on < one.until_on
    return one_first and (other.until_on is None or one.from_on < other.until_on)


def _sellers_side(unit: Unit, *, on: date) -> list[Tenure]:
    rows = unit.tenures.filter(Q(until_on=None) | Q(until_on__gt=on)).exclude(role=TenureRole.MANAGEMENT_BODY)
    return [row for row in rows.select_related("homeowner", "unit__development") if not row.never_held]


def _stays(row: Tenure, buyers: list[Homeowner]) -> bool:
    """A tenant who goes on living there; one who buys the home is a tenant no more."""
    return row.role == TenureRole.TENANT and row.homeowner_id not in {buyer.pk for buyer in buyers}


def _check_transfer(unit: Unit, sellers_side: list[Tenure], buyers: list[Homeowner], *, proof: str, on: date) -> None:
    if not proof.strip():
        raise TenureRefused(
            _("Name the proof of the sale: the title, or the solicitor's letter and its date."), field="proof"
        )
    if unit.is_common:
        raise TenureRefused(_("A common area is not sold."), field="unit")
    if not buyers or len({buyer.pk for buyer in buyers}) < len(buyers):
        raise TenureRefused(_("Name each buyer once."), field="buyer")
    owners = [row for row in sellers_side if row.role in OWNER_ROLES]
    if not owners:
        raise TenureRefused(_("Nobody owns this home on that day: enter the owner instead."), field="on")
    if any(on < row.from_on for row in owners):
        raise TenureRefused(_("An owner of today began after that day. Check the date of the sale."), field="on")


def _facts(tenure: Tenure) -> dict[str, Any]:
    """What the audit keeps, and on whom."""
    kept = ("role", "from_on", "until_on", "evidence", "verified_how", "letter_on", "end_reason")
    facts = {name: str(getattr(tenure, name) or "") for name in kept}
    return {"homeowner_id": tenure.homeowner_id, "who": tenure.homeowner.name, **facts}


def _record(action: str, tenure: Tenure, *, by: Actor, at: datetime, **change: Any) -> None:
    audit.record_all([_entry(action, tenure, by=by, at=at, **change)])


def _entry(action: str, tenure: Tenure, *, by: Actor, at: datetime, **change: Any) -> AuditEntry:
    reference = f"{tenure.unit.development.code} {tenure.unit.number}"
    return audit.entry(action, by=by, at=at, about="unit", about_id=tenure.unit_id, reference=reference, **change)
