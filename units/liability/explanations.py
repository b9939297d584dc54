"""The sentence of a verdict, as an owner can read it: what counts, from when to when, and what happens next."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from units.choices import CoverStatus, Effect
from units.liability.facts import CoverageFacts, Rule
from units.liability.periods import Period
from units.liability.verdict import Warn
from units.wording import full_day, length


def no_rule() -> str:
    """No policy is assigned, or it says nothing about this fault."""
    return _(
        "The agreement on file says nothing about this part of the home, so a person looks at it before we answer."
    )


def no_start(rule: Rule) -> str:
    """The date from which the period would count is missing."""
    return _(
        "The cover (defect liability period) for {label} counts from a handover date that is not on file yet; we are "
        "looking it up."
    ).format(label=rule.label)


def excluded(rule: Rule) -> str:
    """A rule that gives no cover."""
    said = {
        Effect.NO_COVER: _(
            "The agreement for this home gives no defect liability period: it was sold completed, as it stood. "
            "A manager can still decide to help."
        ),
        Effect.OTHER_WARRANTY: _("For {label} another warranty answers, and we tell you whom to turn to."),
        Effect.MAINTENANCE: _("Looking after {label} belongs to the ordinary care of a home; our guide shows how."),
        Effect.THIRD_PARTY: _(
            "This was damaged by somebody else, whose insurance answers; we tell you whom to turn to."
        ),
        Effect.REVIEW: _("For {label} a person looks at every report before we answer."),
    }
    return _with_words(said[Effect(rule.effect)].format(label=rule.label), rule)


def of(
    status: CoverStatus,
    rule: Rule,
    facts: CoverageFacts,
    span: Period,
    tested: date,
    *,
    is_deemed: bool,
    warnings: tuple[Warn, ...],
) -> str:
    """The sentences for a rule that covers for a period."""
    sentences = [_main(status, rule, facts, span, tested, warnings)]
    if is_deemed and span.start:
        sentences.append(
            _(
                "Your agreement counts the home as handed over on {start}, whether or not the keys were collected then."
            ).format(start=full_day(span.start))
        )
    sentences += [said for warning in warnings if (said := _said_of(warning, span))]
    return _with_words(" ".join(sentences), rule)


def _main(
    status: CoverStatus, rule: Rule, facts: CoverageFacts, span: Period, tested: date, warnings: tuple[Warn, ...]
) -> str:
    match status:
        case CoverStatus.NOT_STARTED:
            return _not_started(rule, span)
        case CoverStatus.OWNER_MAINTENANCE:
            return _(
                "Marks of this kind (scratches, chips, dents, stains) are repaired when they are on the list made at "
                "handover; this one is not on that list."
            )
        case CoverStatus.EXPIRED:
            return _expired(rule, span, tested)
        case CoverStatus.UNCLEAR:
            return _unclear(rule, facts, span, warnings)
    return _covered(status, rule, span, tested)


def _covered(status: CoverStatus, rule: Rule, span: Period, tested: date) -> str:
    if status == CoverStatus.SNAG_COVERED:
        opening = _("Covered: it is on your handover list.")
    elif status == CoverStatus.COVERED_EXTENDED:
        opening = _extended(rule, span, tested)
    else:
        opening = _("Covered.")
    return f"{opening} {_runs(rule, span)} {_inside(span, tested)}"


def _runs(rule: Rule, span: Period) -> str:
    if span.start is None:
        return _("Your cover (defect liability period) for {label} runs until {end}.").format(
            label=rule.label, end=_day(span.end)
        )
    return _("Your cover (defect liability period) for {label} runs from {start} until {end}.").format(
        label=rule.label, start=_day(span.start), end=_day(span.end)
    )


def _inside(span: Period, tested: date) -> str:
    left = (span.end - tested).days if span.end else 0
    if left < 0:
        return _("{day} lies in the days of grace after it.").format(day=full_day(tested))
    if left == 0:
        return _("{day} is its last day, and counts.").format(day=full_day(tested))
    return ngettext("On {day} there was {days} day left.", "On {day} there were {days} days left.", left).format(
        day=full_day(tested), days=left
    )


def _extended(rule: Rule, span: Period, tested: date) -> str:
    base_end = _day(span.base_end)
    if span.contract_end and tested <= span.contract_end:
        return _("Covered by the extra {months} of your agreement; the plain period ended on {end}.").format(
            months=length(rule.extra_months, "months"), end=base_end
        )
    if span.repaired_on:
        return _(
            "Covered again: this was repaired on {repaired}, and the repair has its own cover until {until}."
        ).format(repaired=full_day(span.repaired_on), until=_day(span.end))
    return _("Covered as an exception that we granted until {until}; the plain period ended on {end}.").format(
        until=_day(span.end), end=base_end
    )


def _expired(rule: Rule, span: Period, tested: date) -> str:
    past = (tested - span.end).days if span.end else 0
    ended = ngettext(
        "Your cover (defect liability period) for {label} ended on {end}, {days} day before {day}.",
        "Your cover (defect liability period) for {label} ended on {end}, {days} days before {day}.",
        past,
    ).format(label=rule.label, end=_day(span.end), days=past, day=full_day(tested))
    review = _("A person still looks at every report before we answer.")
    return " ".join(part for part in (ended, _lasted(rule, span), review) if part)


def _lasted(rule: Rule, span: Period) -> str:
    """Why it ended on that day; nothing where a fixed date, a repair or an exception set the end."""
    if span.start is None or span.end != span.base_end or not rule.length_amount:
        return ""
    return _("It lasted {length} from {start}.").format(
        length=length(rule.length_amount, rule.length_unit), start=_day(span.start)
    )


def _not_started(rule: Rule, span: Period) -> str:
    return _(
        "Your cover (defect liability period) for {label} starts on {start}; we keep your report for that day."
    ).format(label=rule.label, start=_day(span.start))


def _unclear(rule: Rule, facts: CoverageFacts, span: Period, warnings: tuple[Warn, ...]) -> str:
    if Warn.TRANSFER in warnings:
        return _("The agreement was made with the first buyer, so a person checks whether it covers you too.")
    if Warn.SENT_INSIDE in warnings or Warn.APPARENT_INSIDE in warnings:
        return _(
            "Your cover (defect liability period) for {label} ended on {end}; we received your report on {received}."
        ).format(label=rule.label, end=_day(span.end), received=full_day(facts.received_on))
    if rule.is_snag_only and facts.is_on_handover_list is None:
        return _(
            "Marks of this kind are repaired when they are on the list made at handover; we are checking that list."
        )
    return _("For {label} the agreement names a reasonable time and no last day, so a person looks at it.").format(
        label=rule.label
    )


def _said_of(warning: Warn, span: Period) -> str:
    said = {
        Warn.SENT_INSIDE: _("It was sent inside that time but received after it: a person reviews it."),
        Warn.APPARENT_INSIDE: _("It was seen inside that time but reported after it: a person reviews it."),
        Warn.CLAIMANT: _("Somebody else makes this claim: see who may claim."),
        Warn.PROCEEDINGS: _("To keep the right, proceedings must be started by {end}.").format(end=_day(span.end)),
    }
    return said.get(warning, "")


def _with_words(sentence: str, rule: Rule) -> str:
    return f"{sentence} {rule.words}" if rule.words else sentence


def _day(day: date | None) -> str:
    return full_day(day) if day else ""
