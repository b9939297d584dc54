"""Asking the liability engine for a case and keeping its answers, both sides (product.md 6)."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from cases import comebacks, diary
from cases.choices import EventKind, Side
from cases.dates import local_date
from cases.models import Case, CoverageVerdict
from catalogue.models import DefectType, Element, Trade
from contractors.appointments import upstream_facts
from ledger.actors import Actor
from units import coverage, targets
from units.liability import Extensions, Verdict, compose


def assess(case: Case, *, at: datetime) -> Verdict:
    """Today's answer of the engine, with the contractor's side; stores nothing."""
    return _assessed(case, coverage.of(case.unit), at=at)


def _assessed(case: Case, cover: coverage.UnitCover, *, at: datetime) -> Verdict:
    verdict = cover.assess(
        **_selectors(case.trade, case.element, case.defect_type),
        reported_at=case.report_item.report.reported_at,
        received_at=case.received_at,
        extensions=Extensions(repaired_on=comebacks.repaired_on(case)),
        at=at,
    )
    facts = upstream_facts(case.development, case.trade, local_date(case, case.received_at), company=case.work_company)
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
    """Ask again and put the answers in force, one a side; the old ones stay. The case copies status, end and days."""
    cover = coverage.of(case.unit)
    verdict = _assessed(case, cover, at=at)
    _keep(case, verdict, why=why, by=by, at=at, is_first=is_first)
    old = _standing(case)
    copied: dict[str, Any] = {"cover_ends_on": verdict.end, "cover_status": verdict.status, **_days(case, cover)}
    for name, value in copied.items():
        setattr(case, name, value)
    Case.objects.filter(pk=case.pk).update(**copied)
    if not is_first:
        diary.record(case, EventKind.COVER, by=by, at=at, note=why, before=old, after=_standing(case))
    return verdict


def extend(case: Case, *, by: Actor, at: datetime) -> None:
    """A repair is complete: where the policy gives it a cover of its own, the case keeps the longer one."""
    verdict = assess(case, at=at)
    if verdict.end and (case.cover_ends_on is None or verdict.end > case.cover_ends_on):
        record(case, why=_("the repair has its own cover"), by=by, at=at)


def _standing(case: Case) -> dict[str, str]:
    """Status and end of cover, as the diary keeps them."""
    return {
        "cover_status": case.cover_status,
        "cover_ends_on": case.cover_ends_on.isoformat() if case.cover_ends_on else "",
    }


def _days(case: Case, cover: coverage.UnitCover) -> dict[str, int]:
    """Days to appeal and to answer by the policy of the received date; frozen once a mail has promised them."""
    if case.is_closed or case.confirm_asked_at:
        return {}
    day = local_date(case, case.received_at)
    return {"appeal_days": cover.appeal_days(day), "reply_days": cover.reply_days(day)}


def _keep(case: Case, verdict: Verdict, *, why: str, by: Actor, at: datetime, is_first: bool) -> None:
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


def statutory_due(case: Case, verdict: Verdict, *, notice_at: datetime | None) -> datetime | None:
    """When the duty by law or agreement ends, counted from the written notice; none without notice or cover."""
    if notice_at is None:
        return None
    return targets.statutory_due(verdict, notice_received_at=notice_at, week=case.development.week())


def override(case: Case, *, reason: str, by: Actor, at: datetime) -> None:
    """A manager lets the work go on although cover ended or is unclear: kept on the verdict and in the diary."""
    CoverageVerdict.objects.filter(case=case, side=Side.OWNER, is_in_force=True).update(
        overridden_by_name=by.name, override_reason=reason
    )
    old = _standing(case)
    after = old | {"cover_overridden": True}
    diary.record(case, EventKind.COVER, by=by, at=at, note=reason, reason="override", before=old, after=after)


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
