"""Who is appointed for which trade, until when the company itself answers, and how an appointment begins and ends.

Access of a company's people is asked of these rows at every request: ending one ends it at once.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from catalogue.models import Trade
from contractors.models import Appointment, Company
from ledger import audit
from ledger.actors import Actor
from units.liability import UpstreamFacts
from units.models import Development
from units.refusals import Refused


class AppointmentRefused(Refused):
    """This appointment cannot be made so."""


@dataclass(frozen=True)
class Roster:
    """The appointments of one development on one day; answers for any number of trades without asking again."""

    appointments: tuple[Appointment, ...]

    def appointment_for(self, trade: Trade) -> Appointment | None:
        """A company appointed for this very trade goes before one for all trades; among those the main contractor."""
        fitting = [row for row in self.appointments if _fits(row, trade)]
        return min(fitting, key=_rank, default=None)

    def company_for(self, trade: Trade) -> Company | None:
        """The company that gets a defect of this trade."""
        appointment = self.appointment_for(trade)
        return appointment.company if appointment else None

    def upstream_for(self, trade: Trade, *, company: Company | None = None) -> UpstreamFacts:
        """The contractor's own liability, for `units.liability.compose`: of `company` when it is chosen, else by trade.

        Without an appointment, or before practical completion is entered, the facts are empty and nothing is computed.
        """
        rows = tuple(row for row in self.appointments if company is None or row.company_id == company.pk)
        appointment = Roster(rows).appointment_for(trade)
        if appointment is None:
            return UpstreamFacts(company=company.name if company else "")
        return UpstreamFacts(
            company=appointment.company.name,
            starts_on=appointment.liability_starts_on,
            months=appointment.liability_months,
        )


def roster(development: Development, on: date) -> Roster:
    """The appointments in force on this day of the development's calendar; two queries."""
    rows = development.appointments.in_force(on).select_related("company").prefetch_related("trades")
    return Roster(tuple(rows))


def for_trade(development: Development, trade: Trade, on: date) -> Company | None:
    """The company for a trade on a day; two queries. For many trades keep a `roster`."""
    return roster(development, on).company_for(trade)


def upstream_facts(
    development: Development, trade: Trade, on: date, *, company: Company | None = None
) -> UpstreamFacts:
    """The contractor's own liability for a trade on a day (see `Roster.upstream_for`). Source: domain reference 3.2."""
    return roster(development, on).upstream_for(trade, company=company)


def sites_of(user: Any, at: datetime) -> list[Appointment]:
    """The appointments that this account may work under at this instant, with company and development; two queries."""
    return list(Appointment.objects.of_user(user).in_force_at(at).select_related("company", "development"))


def companies_of(user: Any, at: datetime) -> list[Company]:
    """The companies that this account acts for and that are appointed somewhere at this instant."""
    return sorted({site.company for site in sites_of(user, at)}, key=lambda company: company.name)


def acts_for(by: Actor, development: Development, on: date) -> list[int]:
    """The companies, by key, that a contractor acts for in this development on that day.

    Signed in: those of the account. By the link of a list, which names no person of the register: `by.party_id` is the
    company's key.
    """
    held = development.appointments.in_force(on)
    if by.user_id:
        held = held.filter(company__contacts__user_id=by.user_id)
    else:
        held = held.filter(company_id=by.party_id or 0) if by.channel == "link" else held.none()
    return list(held.values_list("company_id", flat=True))


def is_appointed(company: Company, development: Development, on: date) -> bool:
    """Whether the company works in this development on that day."""
    return Appointment.objects.in_force(on).filter(company=company, development=development).exists()


@transaction.atomic
def appoint(
    company: Company,
    *,
    development: Development,
    from_on: date,
    by: Actor,
    at: datetime,
    trades: Iterable[Trade] = (),
    is_main: bool = False,
    liability_starts_on: date | None = None,
    liability_months: int | None = None,
    parent: Company | None = None,
    silence_accepts: bool = True,
) -> Appointment:
    """Appoints a company from a day on, for these trades (none: all).

    Refused (AppointmentRefused): a second main contractor, a liability without its months, a company under itself.
    """
    appointment = Appointment(
        company=company,
        development=development,
        from_on=from_on,
        is_main=is_main,
        liability_starts_on=liability_starts_on,
        liability_months=liability_months,
        parent=parent,
        silence_accepts=silence_accepts,
    )
    _check(appointment)
    _insert(appointment)
    appointment.trades.set(trades)
    _record("appointment.begin", appointment, by=by, at=at, new=_facts(appointment))
    return appointment


@transaction.atomic
def end(appointment: Appointment, *, on: date, reason: str, by: Actor, at: datetime) -> Appointment:
    """Ends an appointment: `on` is the first day without it; on its first day it counts as entered by mistake.

    Refused (AppointmentRefused) without a reason, or when it would end later than it already does.
    """
    if not reason.strip():
        raise AppointmentRefused(_("Say why it ends."), field="reason")
    if on < appointment.from_on or (appointment.until_on is not None and on > appointment.until_on):
        raise AppointmentRefused(_("That day lies outside the appointment."), field="on")
    old = _facts(appointment)
    if not Appointment.objects.filter(pk=appointment.pk, until_on=appointment.until_on).update(until_on=on):
        raise AppointmentRefused(_("Somebody else has just changed this appointment. Look again."))
    appointment.until_on = on
    _record("appointment.end", appointment, by=by, at=at, old=old, new=_facts(appointment), reason=reason.strip())
    return appointment


@transaction.atomic
def set_liability(
    appointment: Appointment,
    *,
    starts_on: date | None,
    months: int | None,
    by: Actor,
    at: datetime,
    silence_accepts: bool | None = None,
) -> Appointment:
    """Enters practical completion, the months of the contractor's own liability, and whether its silence accepts."""
    old = _facts(appointment)
    appointment.liability_starts_on, appointment.liability_months = starts_on, months
    if silence_accepts is not None:
        appointment.silence_accepts = silence_accepts
    _check(appointment)
    appointment.save(update_fields=["liability_starts_on", "liability_months", "silence_accepts"])
    _record("appointment.liability", appointment, by=by, at=at, old=old, new=_facts(appointment))
    return appointment


def _fits(appointment: Appointment, trade: Trade) -> bool:
    trades = appointment.trades.all()
    return not trades or trade in trades


def _rank(appointment: Appointment) -> tuple[bool, bool, int, int]:
    """Named for the trade, then main, then the newest."""
    names_it = bool(appointment.trades.all())
    return (not names_it, not appointment.is_main, -appointment.from_on.toordinal(), -appointment.pk)


def _check(appointment: Appointment) -> None:
    months = appointment.liability_months
    if appointment.liability_starts_on and not months:
        raise AppointmentRefused(_("Give the months of liability too."), field="liability_months")
    if months is not None and not 1 <= months <= 240:
        raise AppointmentRefused(_("The liability runs 1 to 240 months."), field="liability_months")
    if appointment.parent_id and (appointment.is_main or appointment.parent_id == appointment.company_id):
        raise AppointmentRefused(
            _("A main contractor works under nobody, and no company under itself."), field="parent"
        )


def _insert(appointment: Appointment) -> None:
    try:
        with transaction.atomic():
            appointment.save(force_insert=True)
    except IntegrityError as fault:
        raise AppointmentRefused(
            _("This development has a main contractor already: end that appointment first."), field="is_main"
        ) from fault


def _facts(appointment: Appointment) -> dict[str, Any]:
    kept = ("from_on", "until_on", "is_main", "liability_starts_on", "liability_months", "silence_accepts")
    facts = {name: str(getattr(appointment, name) or "") for name in kept}
    return {
        "development": appointment.development.code,
        "trades": sorted(trade.code for trade in appointment.trades.all()),
        "parent": appointment.parent.short_name if appointment.parent else "",
        **facts,
    }


def _record(action: str, appointment: Appointment, *, by: Actor, at: datetime, **change: Any) -> None:
    name = appointment.company.short_name
    audit.record(action, by=by, at=at, about="company", about_id=appointment.company_id, reference=name, **change)
