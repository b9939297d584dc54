"""The liability engine: from dated facts and rules as values to a verdict with its sentence. Asks no database.

`assess` answers for the developer towards the owner, `compose` adds the contractor's side. Source: domain 3.4.
"""

from units.liability.arithmetic import add_months, add_period, last_day
from units.liability.engine import assess
from units.liability.facts import Blackout, CoverageFacts, Duty, Event, Extensions, Rule, Start, UpstreamFacts
from units.liability.obligations import duty_due
from units.liability.upstream import compose
from units.liability.verdict import Upstream, Verdict, Warn

__all__ = [
    "Blackout",
    "CoverageFacts",
    "Duty",
    "Event",
    "Extensions",
    "Rule",
    "Start",
    "Upstream",
    "UpstreamFacts",
    "Verdict",
    "Warn",
    "add_months",
    "add_period",
    "assess",
    "compose",
    "duty_due",
    "last_day",
]
