"""Enters what the plans of a chunk of owner rows say: accounts, people, tenures in a handful of inserts."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from accounts import invitations
from accounts.models import User
from homeowners import register, tenures
from homeowners.choices import TenureRole, VerifiedHow
from homeowners.models import Homeowner, Tenure
from homeowners.owner_rows import OwnerRows
from units.models import Unit
from units.sheets.outcomes import Plan, Terms


def write(rows: OwnerRows, plans: Sequence[Plan]) -> None:
    """Enters these plans, made by `rows.plan` in the same transaction; the homes of the file stand by now."""
    terms = rows.terms
    new = list({id(row): row for plan in plans for row in plan.work["new"]}.values())
    made = register.add_all(new, users=rows.known.users, by=terms.by, at=terms.at)
    for plan in plans:
        _change_contacts(plan, terms)
    begun = [
        _tenure(_unit(rows, plan), holding.person, holding.role, holding.from_on)
        for plan in plans
        if not plan.is_transfer
        for holding in plan.work["begins"]
    ]
    tenures.begin_all(begun, by=terms.by, at=terms.at)
    for plan in plans:
        if plan.is_transfer:
            _transfer(rows, plan, terms)
    if terms.invites:
        _invite(made, terms)


def _unit(rows: OwnerRows, plan: Plan) -> Unit:
    unit = plan.work["unit"] or rows.book.units.get(plan.work["key"])
    assert unit is not None, "planned only when the home stands or is written with the chunk"  # noqa: S101
    return unit


def _change_contacts(plan: Plan, terms: Terms) -> None:
    region = plan.work["development"].country
    for person, facts in plan.work["contacts"]:
        reason = _("Imported from a list.")
        register.change_contact(person, by=terms.by, at=terms.at, region=region, reason=reason, **facts)


def _tenure(unit: Unit, person: Homeowner, role: str, from_on: date) -> Tenure:
    is_tenant = role == TenureRole.TENANT
    return Tenure(
        unit=unit,
        homeowner=person,
        role=role,
        from_on=from_on,
        evidence=_("Imported list"),
        verified_how=VerifiedHow.OFFICE_CHECK if is_tenant else VerifiedHow.HANDOVER_LIST,
    )


def _transfer(rows: OwnerRows, plan: Plan, terms: Terms) -> None:
    """A sale that the person who imports has ticked, with its day and proof."""
    assert terms.transfers_on, "plans of sales are only written with the tick"  # noqa: S101
    buyers = [holding.person for holding in plan.work["begins"]]
    proof = terms.proof or _("Imported list")
    tenures.transfer(_unit(rows, plan), buyers=buyers, on=terms.transfers_on, proof=proof, by=terms.by, at=terms.at)


def _invite(users: Sequence[User], terms: Terms) -> None:
    for user in users:
        invitations.invite(user, by=terms.by, at=terms.at)
