"""From a rule and the dated facts to the period: when it starts, when it ends, and by what it was lengthened."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from units import calendars
from units.choices import ExtensionKind, HandoverKind, LengthKind, PeriodUnit, StartPick
from units.liability.arithmetic import add_months, add_period, last_day
from units.liability.facts import CoverageFacts, Event, Extensions, Rule


@dataclass(frozen=True)
class Beginning:
    """The day of the event from which the period counts."""

    on: date
    is_deemed: bool = False


@dataclass(frozen=True)
class Period:
    """The days of cover. `base_end` is the plain length, `contract_end` with contractual extra months, `end` with
    repairs and goodwill too; `last_inside` adds days of grace. Without ends the rule gives a reasonable time only.
    """

    start: date | None
    base_end: date | None
    contract_end: date | None
    end: date | None
    last_inside: date | None
    repaired_on: date | None = None
    is_goodwill: bool = False


def beginning(rule: Rule, events: Mapping[str, Event]) -> Beginning | None:
    """The start that the rule picks; None while a date it needs is missing."""
    found = [
        _begin(events[start.event], start.plus_days, start.is_deemed) for start in rule.starts if start.event in events
    ]
    if rule.start_pick == StartPick.LATEST:
        return max(found, key=_by_day) if found and len(found) == len(rule.starts) else None
    if found:
        return min(found, key=_by_day) if rule.start_pick == StartPick.EARLIEST else found[0]
    if HandoverKind.REFUSED in events and rule.start_if_refused in events:
        return _begin(events[rule.start_if_refused], 0, deemed=True)
    return None


def period(rule: Rule, start: date | None, facts: CoverageFacts) -> Period:
    """The period that began on `start`; for a rule with a fixed end the start may be missing."""
    if rule.length_kind == LengthKind.REASONABLE or (start is None and rule.length_kind != LengthKind.FIXED_DATE):
        return Period(start, None, None, None, None)
    base_end, contract_end = (
        _plain_end(rule, start, facts, extra=0),
        _plain_end(rule, start, facts, extra=rule.extra_months),
    )
    repair_end, repaired_on = _after_repairs(rule, facts.extensions, contract_end)
    goodwill = facts.extensions.goodwill_until
    end = max(day for day in (contract_end, repair_end, goodwill) if day)
    return Period(
        start=start,
        base_end=base_end,
        contract_end=contract_end,
        end=end,
        last_inside=end + timedelta(days=rule.grace_days),
        repaired_on=repaired_on if repair_end == end and end > contract_end else None,
        is_goodwill=goodwill == end and end > contract_end,
    )


def _begin(event: Event, plus_days: int, deemed: bool) -> Beginning:  # noqa: FBT001 - private
    return Beginning(event.on + timedelta(days=plus_days), event.is_deemed or deemed)


def _by_day(begin: Beginning) -> tuple[date, bool]:
    return begin.on, begin.is_deemed


def _plain_end(rule: Rule, start: date | None, facts: CoverageFacts, *, extra: int) -> date:
    if rule.length_kind == LengthKind.FIXED_DATE or start is None:
        end = add_months(rule.fixed_end or date.max, extra) if extra else rule.fixed_end or date.max
    else:
        end = last_day(_corresponding(rule, start, extra), rule.end_convention)
    return calendars.roll_forward(end, facts.week) if rule.rolls_forward else end


def _corresponding(rule: Rule, start: date, extra: int) -> date:
    """Months are added in one step: 31 Jan + 1 + 1 months is 31 Mar, not 28 Mar."""
    months = {PeriodUnit.YEARS.value: 12, PeriodUnit.MONTHS.value: 1}.get(rule.length_unit)
    if months:
        return add_months(start, rule.length_amount * months + extra)
    return add_months(add_period(start, rule.length_amount, rule.length_unit), extra)


def _after_repairs(rule: Rule, extensions: Extensions, contract_end: date) -> tuple[date | None, date | None]:
    """The furthest day that a repair of this item reaches, and that repair's day."""
    if rule.extension == ExtensionKind.NONE or not extensions.repaired_on:
        return None, None
    repaired_on = max(extensions.repaired_on)
    if rule.extension == ExtensionKind.RESTART:
        reached = last_day(add_period(repaired_on, rule.length_amount, rule.length_unit), rule.end_convention)
    else:
        reached = add_months(repaired_on, rule.extension_months)
    if rule.extension_cap_months is not None:
        reached = min(reached, add_months(contract_end, rule.extension_cap_months))
    return reached, repaired_on
