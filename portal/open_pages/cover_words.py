"""A policy of cover in words for homeowners: how long for what, counted from when, what happens on a sale."""

from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from units.choices import Effect, ExtensionKind, HandoverKind, LengthKind, Scope, StartPick, Transfer
from units.models import CoverageRule, Policy
from units.wording import full_day, length

STARTS: dict[str, str | Promise] = {
    HandoverKind.VP_TAKEN: gettext_lazy("the day the home was taken over"),
    HandoverKind.VP_NOTICE: gettext_lazy("the notice that it is ready"),
    HandoverKind.REFUSED: gettext_lazy("the day the takeover was declined"),
    HandoverKind.KEYS: gettext_lazy("the day the keys were collected"),
    HandoverKind.LEGAL_COMPLETION: gettext_lazy("legal completion of the sale"),
    HandoverKind.CCC: gettext_lazy("the certificate of completion and compliance"),
    HandoverKind.TOP: gettext_lazy("the occupation permit"),
    HandoverKind.COMPLETION_CERTIFICATE: gettext_lazy("the completion certificate"),
    HandoverKind.OCCUPATION_CERTIFICATE: gettext_lazy("the occupation certificate"),
    HandoverKind.PRACTICAL_COMPLETION: gettext_lazy("practical completion of the building"),
    HandoverKind.SECTIONAL_COMPLETION: gettext_lazy("practical completion of that part"),
    HandoverKind.PARTIAL_POSSESSION: gettext_lazy("the day a part was taken over"),
    HandoverKind.FINAL_CERTIFICATE: gettext_lazy("the final certificate"),
    HandoverKind.COMMISSIONING: gettext_lazy("the day it was put into service"),
    HandoverKind.REPLACEMENT: gettext_lazy("the day the part was fitted or changed"),
    HandoverKind.RESALE: gettext_lazy("the resale"),
    HandoverKind.COMMON_START: gettext_lazy("the day the shared areas were handed over"),
}
PICKS: dict[str, str | Promise] = {
    StartPick.EARLIEST: gettext_lazy("whichever is earlier"),
    StartPick.LATEST: gettext_lazy("whichever is later"),
    StartPick.FIRST_AVAILABLE: gettext_lazy("whichever is on file first in this order"),
}
OTHER_ANSWERS: dict[str, str | Promise] = {
    Effect.NO_COVER: gettext_lazy("the agreement gives no cover"),
    Effect.OTHER_WARRANTY: gettext_lazy("another warranty answers, and we tell you whose"),
    Effect.MAINTENANCE: gettext_lazy("this belongs to the ordinary care of a home"),
    Effect.THIRD_PARTY: gettext_lazy("the insurance of whoever did it answers"),
    Effect.REVIEW: gettext_lazy("a person looks at every report"),
}
ON_SALE: dict[str, str | Promise] = {
    Transfer.WITH_PROPERTY: gettext_lazy("The cover goes with the home: what is left of it is the new owner's."),
    Transfer.NEEDS_NOTICE: gettext_lazy("The cover goes on for the new owner once the sale was told to us."),
    Transfer.ORIGINAL_ONLY: gettext_lazy("The agreement was made with the first buyer. Ask us what a new owner has."),
}


@dataclass(frozen=True)
class Line:
    """What one rule says: for what, how long, and what else to know."""

    label: str
    says: str
    notes: list[str]


@dataclass(frozen=True)
class Cover:
    """A policy in words."""

    agreement: str = ""
    home: list[Line] = field(default_factory=list)
    shared: list[Line] = field(default_factory=list)
    on_sale: list[str] = field(default_factory=list)


def of(policy: Policy | None) -> Cover | None:
    """The policy in words; its rules are fetched with it. None where none is in force."""
    if policy is None:
        return None
    rules = list(policy.rules.all())
    shared = [rule for rule in rules if rule.scope == Scope.COMMON]
    home = [rule for rule in rules if rule.scope != Scope.COMMON]
    transfers = dict.fromkeys(rule.transfer for rule in home if rule.effect == Effect.COVER)
    return Cover(
        agreement=policy.agreement,
        home=[line(rule) for rule in home],
        shared=[line(rule) for rule in shared],
        on_sale=[str(ON_SALE[transfer]) for transfer in transfers],
    )


def line(rule: CoverageRule) -> Line:
    """One rule in words."""
    if rule.effect != Effect.COVER:
        return Line(rule.label, str(OTHER_ANSWERS[rule.effect]), [rule.words] if rule.words else [])
    notes = [_start(rule), _marks(rule), _duty(rule), _repaired(rule), rule.words]
    return Line(rule.label, _length(rule), [note for note in notes if note])


def _length(rule: CoverageRule) -> str:
    if rule.length_kind == LengthKind.FIXED_DATE and rule.fixed_end:
        return _("until {day}").format(day=full_day(rule.fixed_end))
    if rule.length_kind == LengthKind.REASONABLE or not rule.length_amount:
        return _("for a reasonable time")
    plain = length(rule.length_amount, rule.length_unit)
    if rule.extra_months:
        return _("{length}, and {more} more by the agreement").format(
            length=plain, more=length(rule.extra_months, "months")
        )
    return plain


def _start(rule: CoverageRule) -> str:
    """As "Counted from the day the home was taken over or 14 days after the notice, whichever is earlier."."""
    starts = [_event(start) for start in rule.starts]
    if rule.length_kind != LengthKind.PERIOD or not starts:
        return ""
    if len(starts) == 1:
        return _("Counted from {start}.").format(start=starts[0])
    return _("Counted from {starts}, {which}.").format(starts=_(" or ").join(starts), which=PICKS[rule.start_pick])


def _event(start: dict[str, object]) -> str:
    words = str(STARTS[str(start["event"])])
    plus = int(str(start.get("plus_days") or 0))
    return _("{days} after {event}").format(days=length(plus, "days"), event=words) if plus else words


def _marks(rule: CoverageRule) -> str:
    return _("Only what is on the list made at handover.") if rule.is_snag_only else ""


def _duty(rule: CoverageRule) -> str:
    """The time to act that law or agreement sets; our own targets stand elsewhere."""
    if not rule.duty_is_statutory or not rule.duty_amount:
        return ""
    return _("Your agreement gives us {time} from your written notice to repair.").format(
        time=length(rule.duty_amount, rule.duty_unit)
    )


def _repaired(rule: CoverageRule) -> str:
    if rule.extension != ExtensionKind.MONTHS:
        return ""
    return _("What was repaired is covered for at least {time} from the repair.").format(
        time=length(rule.extension_months, "months")
    )
