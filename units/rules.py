"""Rows of coverage rules as the values that the liability engine reads."""

from units.liability import Duty, Rule, Start
from units.models import CoverageRule, Policy
from units.validation import month_days


def of(policy: Policy) -> list[Rule]:
    """All rules of a policy; its rules must be prefetched where many policies are read."""
    return [read(row, policy) for row in policy.rules.all()]


def read(row: CoverageRule, policy: Policy) -> Rule:
    """One row. The identity that a verdict keeps is policy code / rule code and the policy's version."""
    return Rule(
        rule_id=f"{policy.code}/{row.code}",
        version=str(policy.version),
        label=row.label,
        order=row.order,
        effect=row.effect,
        scope=row.scope,
        tags=frozenset(row.tags),
        trades=frozenset(row.trades),
        elements=frozenset(row.elements),
        types=frozenset(row.types),
        is_snag_only=row.is_snag_only,
        starts=tuple(Start(**start) for start in row.starts),
        start_pick=row.start_pick,
        start_if_refused=row.start_if_refused,
        length_kind=row.length_kind,
        length_amount=row.length_amount or 0,
        length_unit=row.length_unit,
        fixed_end=row.fixed_end,
        extra_months=row.extra_months,
        end_convention=row.end_convention,
        rolls_forward=row.rolls_forward,
        grace_days=row.grace_days,
        test=row.test,
        duty=_duty(row),
        opportunity_days=row.opportunity_days,
        extension=row.extension,
        extension_months=row.extension_months,
        extension_cap_months=row.extension_cap_months,
        transfer=row.transfer,
        claimants=tuple(row.claimants),
        clause=row.clause,
        words=row.words,
    )


def _duty(row: CoverageRule) -> Duty | None:
    if row.duty_amount is None:
        return None
    return Duty(
        amount=row.duty_amount,
        unit=row.duty_unit,
        start=row.duty_start,
        start_days=row.duty_start_days,
        is_statutory=row.duty_is_statutory,
        rolls_forward=row.duty_rolls_forward,
        blackouts=tuple(month_days(row.blackouts)),
    )
