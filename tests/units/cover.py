"""Short ways to ask the liability engine in tests, and the policies of other countries as test data."""

from zoneinfo import ZoneInfo

from units import rules, working_hours
from units.calendars import WorkingWeek
from units.default_data.policies import POLICIES
from units.liability import CoverageFacts, Event, assess
from units.models import CoverageRule, Policy

OFFICE = {str(weekday): [["09:00", "18:00"]] for weekday in range(5)}


def week(zone="Asia/Kuala_Lumpur", *, hours=None, holidays=()):
    return WorkingWeek(ZoneInfo(zone), working_hours.parse(hours or OFFICE), frozenset(holidays))


def events(**dates):
    """`vp_taken=date(...)` as the mapping that the engine reads."""
    return {kind.replace("_", "-"): Event(on) for kind, on in dates.items()}


def facts(received_on, *, handed_over, **said):
    """A fault received on a day; `handed_over` are dates of handover by kind."""
    return CoverageFacts(received_on=received_on, week=said.pop("week", week()), events=events(**handed_over), **said)


def rules_of(policy):
    """A policy of the default data (by code) or of this module, as rules."""
    row = next((row for row in POLICIES if row["code"] == policy), None) if isinstance(policy, str) else policy
    owner = Policy(code=row["code"], version=1)
    return [
        rules.read(CoverageRule(policy=owner, order=order, **rule), owner) for order, rule in enumerate(row["rules"])
    ]


def ask(policy, received_on, *, on=None, handed_over, **said):
    """The verdict of a policy."""
    return assess(facts(received_on, handed_over=handed_over, **said), rules_of(policy), on=on)


def one_rule(**rule):
    """A policy of one rule: 24 months from vacant possession unless told."""
    plain = {"code": "general", "label": "the home", "length_amount": 24, "starts": [{"event": "vp-taken"}]}
    return {"code": "test", "rules": [{**plain, **rule}]}


MY_27 = one_rule(extra_months=3, test="apparent")
AS_IS = {
    "code": "my-as-is",
    "rules": [{"code": "as-is", "label": "the home", "effect": "no-cover", "clause": "Sold after CCC, as is where is"}],
}
NSW = {
    "code": "au-nsw",
    "rules": [
        {
            "code": "major",
            "label": "major elements",
            "tags": ["structural", "fire-safety", "waterproofing"],
            "starts": [{"event": "occupation-certificate"}],
            "length_amount": 6,
            "length_unit": "years",
            "test": "proceedings",
        },
        {
            "code": "other",
            "label": "other works",
            "starts": [{"event": "occupation-certificate"}],
            "length_amount": 2,
            "length_unit": "years",
            "test": "proceedings",
        },
    ],
}
ONTARIO_YEAR = {
    "code": "ca-ontario",
    "rules": [
        {
            "code": "one-year",
            "label": "workmanship",
            "starts": [{"event": "vp-taken"}],
            "length_amount": 1,
            "length_unit": "years",
            "duty_amount": 120,
            "duty_unit": "days",
            "duty_start": "anniversary",
            "duty_is_statutory": True,
            "duty_rolls_forward": True,
            "blackouts": [["12-24", "01-01"]],
        }
    ],
}
HONG_KONG = one_rule(length_amount=6, starts=[{"event": "legal-completion"}])
INDIA = one_rule(length_amount=5, length_unit="years", duty_amount=30, duty_is_statutory=True)
