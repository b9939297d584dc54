"""The contractor's side: is the contractor still answerable to the developer, and what gap does its end leave?

Source: domain 3.2 and V10. The owner's answer never changes by it.
"""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from units.choices import CoverStatus
from units.liability.arithmetic import add_months, months_between
from units.liability.facts import UpstreamFacts
from units.liability.verdict import Upstream, Verdict
from units.wording import full_day, length


def compose(owner: Verdict, upstream: UpstreamFacts) -> Verdict:
    """The owner's verdict with the contractor's side beside it, tested on the same day."""
    if upstream.starts_on is None or upstream.months is None:
        words = _(
            "No contractor's period is on file for this work, so the developer bears the cost until one is found."
        )
        return owner.with_upstream(Upstream(CoverStatus.UNCLEAR, None, 0, 0, words))
    until = add_months(upstream.starts_on, upstream.months)
    tested = owner.test_date_used or owner.facts.received_on
    status = _status(upstream, until, tested)
    gap_days, gap_months = _gap(until, owner.end)
    return owner.with_upstream(
        Upstream(status, until, gap_days, gap_months, _words(status, upstream, until, gap_days, gap_months))
    )


def _status(upstream: UpstreamFacts, until: date, tested: date) -> CoverStatus:
    if upstream.starts_on and tested < upstream.starts_on:
        return CoverStatus.NOT_STARTED
    return CoverStatus.COVERED if tested <= until + timedelta(days=upstream.grace_days) else CoverStatus.EXPIRED


def _gap(until: date, owner_end: date | None) -> tuple[int, int]:
    if owner_end is None or owner_end <= until:
        return 0, 0
    return (owner_end - until).days, months_between(until, owner_end)


def _words(status: CoverStatus, upstream: UpstreamFacts, until: date, gap_days: int, gap_months: int) -> str:
    said = {
        CoverStatus.NOT_STARTED: _("{company}'s own period has not started."),
        CoverStatus.COVERED: _("{company} answers until {until}."),
        CoverStatus.EXPIRED: _("{company}'s own period ended on {until}: developer's cost."),
    }[status].format(company=upstream.company or _("The contractor"), until=full_day(until))
    if not gap_days:
        return said
    gap = _("The owner's cover runs {length} ({days}) longer.").format(
        length=length(gap_months, "months"), days=length(gap_days, "days")
    )
    return f"{said} {gap}"
