"""The question itself: is this fault covered? First the rule that fits, then its period, then the date to be tested."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from units.choices import CoverStatus, Effect, LengthKind, Route, Test, Transfer
from units.liability import explanations
from units.liability.facts import CoverageFacts, Rule
from units.liability.periods import Beginning, Period, beginning, period
from units.liability.verdict import Verdict, Warn

EXCLUDED: dict[str, tuple[CoverStatus, Route]] = {
    Effect.NO_COVER: (CoverStatus.UNCLEAR, Route.GOODWILL),
    Effect.OTHER_WARRANTY: (CoverStatus.OTHER_WARRANTY, Route.OTHER_PARTY),
    Effect.MAINTENANCE: (CoverStatus.OWNER_MAINTENANCE, Route.GUIDANCE),
    Effect.THIRD_PARTY: (CoverStatus.THIRD_PARTY, Route.OTHER_PARTY),
    Effect.REVIEW: (CoverStatus.UNCLEAR, Route.REVIEW),
}


@dataclass(frozen=True)
class Finding:
    """A status with what follows from it."""

    status: CoverStatus
    route: Route = Route.NONE
    warnings: tuple[Warn, ...] = ()


def assess(facts: CoverageFacts, rules: Iterable[Rule], *, on: date | None = None) -> Verdict:
    """Answers for the developer towards the owner; `on` is the day from which `days_left` counts (default: receipt).

    Rules are read by their order, the first that fits answers. Never a bare yes or no, and never a rejection by
    itself: what is late or not clear goes to a person. Source: domain 3.4.
    """
    rule = next((rule for rule in sorted(rules, key=lambda rule: rule.order) if rule.fits(facts)), None)
    if rule is None:
        return Verdict(CoverStatus.UNCLEAR, explanations.no_rule(), facts, route=Route.REVIEW)
    if rule.effect != Effect.COVER:
        status, route = EXCLUDED[rule.effect]
        return Verdict(status, explanations.excluded(rule), facts, route=route, **_of(rule))
    begin = beginning(rule, facts.events)
    if begin is None and rule.length_kind != LengthKind.FIXED_DATE:
        return Verdict(CoverStatus.UNCLEAR, explanations.no_start(rule), facts, route=Route.REVIEW, **_of(rule))
    return _answer(rule, facts, begin, on or facts.received_on)


def _answer(rule: Rule, facts: CoverageFacts, begin: Beginning | None, on: date) -> Verdict:
    span = period(rule, begin.on if begin else None, facts)
    tested = _test_date(rule, facts)
    finding = _find(rule, facts, span, tested)
    is_deemed = bool(begin and begin.is_deemed)
    warnings = finding.warnings + _side_warnings(rule, facts, is_deemed=is_deemed)
    return Verdict(
        status=finding.status,
        explanation=explanations.of(finding.status, rule, facts, span, tested, is_deemed=is_deemed, warnings=warnings),
        facts=facts,
        start=span.start,
        end=span.end,
        days_left=(span.end - on).days if span.end else None,
        test_date_used=tested,
        is_deemed=is_deemed,
        route=finding.route,
        warnings=warnings,
        **_of(rule),
    )


def _test_date(rule: Rule, facts: CoverageFacts) -> date:
    """The date that must lie within the period; where it is not known, the receipt stands for it."""
    known = {Test.APPARENT: facts.apparent_on, Test.NOTIFIED: facts.sent_on, Test.PROCEEDINGS: facts.proceedings_on}
    return known.get(Test(rule.test)) or facts.received_on


def _find(rule: Rule, facts: CoverageFacts, span: Period, tested: date) -> Finding:
    if rule.is_snag_only and facts.is_on_handover_list is False:
        return Finding(CoverStatus.OWNER_MAINTENANCE, Route.GUIDANCE)
    if span.start and max(tested, facts.received_on) < span.start:
        return Finding(CoverStatus.NOT_STARTED, Route.REVIEW)
    if span.last_inside is None or (rule.is_snag_only and facts.is_on_handover_list is None):
        return Finding(CoverStatus.UNCLEAR, Route.REVIEW)
    if _excludes_buyer(rule, facts):
        return Finding(CoverStatus.UNCLEAR, Route.REVIEW, (Warn.TRANSFER,))
    return _in_time(rule, facts, span, tested, span.last_inside)


def _in_time(rule: Rule, facts: CoverageFacts, span: Period, tested: date, last_inside: date) -> Finding:
    sent_inside = facts.sent_on is not None and facts.sent_on <= last_inside
    if facts.received_on > last_inside and rule.test != Test.PROCEEDINGS:
        if tested <= last_inside and rule.test == Test.NOTIFIED:
            return Finding(_covered(rule, span, tested), Route.REVIEW, (Warn.SENT_INSIDE,))
        if sent_inside:
            return Finding(CoverStatus.UNCLEAR, Route.REVIEW, (Warn.SENT_INSIDE,))
        if tested <= last_inside:
            return Finding(CoverStatus.UNCLEAR, Route.REVIEW, (Warn.APPARENT_INSIDE,))
    if tested > last_inside:
        return Finding(CoverStatus.EXPIRED, Route.REVIEW)
    late = span.end is not None and facts.received_on > span.end and rule.test != Test.PROCEEDINGS
    route = Route.REOPEN if span.repaired_on and span.contract_end and tested > span.contract_end else Route.NONE
    return Finding(_covered(rule, span, tested), route, (Warn.GRACE,) if late else ())


def _covered(rule: Rule, span: Period, tested: date) -> CoverStatus:
    if rule.is_snag_only:
        return CoverStatus.SNAG_COVERED
    if span.base_end and span.end and tested > span.base_end and span.end > span.base_end:
        return CoverStatus.COVERED_EXTENDED
    return CoverStatus.COVERED


def _excludes_buyer(rule: Rule, facts: CoverageFacts) -> bool:
    if facts.is_first_purchaser is not False or rule.transfer == Transfer.WITH_PROPERTY:
        return False
    return rule.transfer == Transfer.ORIGINAL_ONLY or not facts.is_transfer_notified


def _side_warnings(rule: Rule, facts: CoverageFacts, *, is_deemed: bool) -> tuple[Warn, ...]:
    said = {
        Warn.DEEMED_START: is_deemed,
        Warn.CLAIMANT: bool(facts.claimant and rule.claimants and facts.claimant not in rule.claimants),
        Warn.PROCEEDINGS: rule.test == Test.PROCEEDINGS and facts.proceedings_on is None,
    }
    return tuple(warning for warning, applies in said.items() if applies)


def _of(rule: Rule) -> dict:
    return {
        "rule_id": rule.rule_id,
        "rule_version": rule.version,
        "clause": rule.clause,
        "duty": rule.duty,
        "opportunity_days": rule.opportunity_days,
        "claimants": rule.claimants,
    }
