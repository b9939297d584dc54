"""Asking the liability engine for a case and keeping its answers, both sides (product.md 6)."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from cases.choices import Side
from cases.dates import local_date
from cases.models import Case, CoverageVerdict
from catalogue.models import DefectType, Element, Trade
from contractors.appointments import upstream_facts
from ledger.actors import Actor
from units import coverage, targets
from units.liability import Verdict, compose


def assess(case: Case, *, at: datetime) -> Verdict:
    """Today's answer of the engine, with the contractor's side; stores nothing."""
    verdict = coverage.assess_unit(
        case.unit,
        **_selectors(case.trade, case.element, case.defect_type),
        reported_at=case.report_item.report.reported_at,
        received_at=case.received_at,
        at=at,
    )
    facts = upstream_facts(case.development, case.trade, local_date(case, case.received_at), company=case.company)
    return compose(verdict, facts)


def foretell(
    cover: coverage.UnitCover, trade: Trade, element: Element | None, kind: DefectType | None, *, at: datetime
) -> Verdict:
    """What the engine would answer if this fault were reported now: told before sending, stored nowhere."""
    return cover.assess(**_selectors(trade, element, kind), reported_at=at, received_at=at, at=at)


def _selectors(trade: Trade, element: Element | None, kind: DefectType | None) -> dict[str, Any]:
    tags = {trade.component_tag, element.component_tag if element else ""} - {""}
    return {
        "component_tags": frozenset(tags),
        "trade_code": trade.code,
        "element_code": element.code if element else "",
        "type_code": kind.code if kind else "",
    }


def record(case: Case, *, why: str, by: Actor, at: datetime, is_first: bool = False) -> Verdict:
    """Ask again and put the answers in force, one a side; the old ones stay. The case copies status and end."""
    verdict = assess(case, at=at)
    CoverageVerdict.objects.filter(case=case, is_in_force=True).update(is_in_force=False)
    CoverageVerdict.objects.create(
        case=case,
        side=Side.OWNER,
        is_first=is_first,
        status=verdict.status,
        rule_code=verdict.rule_id,
        rule_version=verdict.rule_version,
        starts_on=verdict.start,
        ends_on=verdict.end,
        days_left=verdict.days_left,
        test_date=verdict.test_date_used,
        gap_days=verdict.gap_days,
        sentence=verdict.explanation,
        clause=verdict.clause,
        inputs=verdict.facts.as_inputs() | {"warnings": [str(warning) for warning in verdict.warnings]},
        assessed_at=at,
        assessed_by_name=by.name,
        why=why,
    )
    if verdict.upstream:
        CoverageVerdict.objects.create(
            case=case,
            side=Side.CONTRACTOR,
            is_first=is_first,
            status=verdict.upstream.status,
            ends_on=verdict.upstream.until,
            gap_days=verdict.upstream.gap_days,
            sentence=verdict.upstream.explanation,
            assessed_at=at,
            assessed_by_name=by.name,
            why=why,
        )
    case.cover_ends_on, case.cover_status = verdict.end, verdict.status
    Case.objects.filter(pk=case.pk).update(cover_ends_on=verdict.end, cover_status=verdict.status)
    return verdict


def statutory_due(case: Case, verdict: Verdict, *, notice_at: datetime | None) -> datetime | None:
    """When the duty by law or agreement ends, counted from the written notice; none without notice or cover."""
    if notice_at is None:
        return None
    return targets.statutory_due(verdict, notice_received_at=notice_at, week=case.development.week())


def override(case: Case, *, reason: str, by: Actor) -> None:
    """A manager lets the work go on although cover ended or is unclear: kept on the verdict in force."""
    CoverageVerdict.objects.filter(case=case, side=Side.OWNER, is_in_force=True).update(
        overridden_by_name=by.name, override_reason=reason
    )


def in_force(case: Case) -> dict[str, CoverageVerdict]:
    """The answers in force by side; one query."""
    return {verdict.side: verdict for verdict in case.verdicts.filter(is_in_force=True)}


def label(status: str) -> str:
    """A cover status in a word or two, for tables."""
    words = {
        "covered": _("covered"),
        "covered-extended": _("covered, extended"),
        "snag-only-covered": _("covered, handover list"),
        "expired": _("expired"),
        "not-started": _("not started"),
    }
    return words.get(status, _("unclear"))
