"""Every dimension of a coverage rule changes the answer (domain.md 3.4)."""

import json
from datetime import date

import pytest

from tests.units.cover import HONG_KONG, INDIA, ask, facts, one_rule, week
from units.choices import CoverStatus, Route
from units.liability import Event, Extensions, Rule, Start, UpstreamFacts, Warn, assess, compose, duty_due

VP = {"vp_taken": date(2024, 3, 15)}
LAST = date(2026, 3, 15)
AFTER = date(2026, 3, 20)


def status(policy, received_on, **said):
    return ask(policy, received_on, **{"handed_over": VP, **said}).status


def test_first_rule_that_fits_answers_by_order_not_by_place_in_the_list():
    late = Rule("late", order=20, starts=(Start("vp-taken"),), length_amount=1)
    early = Rule("early", order=10, starts=(Start("vp-taken"),), length_amount=24)

    assert assess(facts(AFTER, handed_over=VP), [late, early]).rule_id == "early"


@pytest.mark.parametrize(
    ("selector", "other"),
    [
        ({"tags": ["structural"]}, {"tags": frozenset({"finishes"})}),
        ({"trades": ["STR"]}, {"trade": "PNT"}),
        ({"elements": ["STR-SLAB"]}, {"element": "PNT-WALL"}),
        ({"types": ["SPALL"]}, {"type": "PAINT"}),
        ({"scope": "common"}, {"scope": "unit"}),
    ],
)
def test_a_selector_that_does_not_match_leaves_the_rule_out(selector, other):
    verdict = ask(one_rule(**selector), AFTER, handed_over=VP, **other)

    assert (verdict.status, verdict.route, verdict.rule_id) == (CoverStatus.UNCLEAR, Route.REVIEW, "")


def test_selectors_of_one_rule_must_all_match():
    policy = one_rule(tags=["waterproofing"], types=["LEAK"])

    assert status(policy, LAST, tags=frozenset({"waterproofing"}), type="LEAK") == CoverStatus.COVERED
    assert status(policy, LAST, tags=frozenset({"waterproofing"}), type="PAINT") == CoverStatus.UNCLEAR


@pytest.mark.parametrize(
    ("effect", "expected", "route"),
    [
        ("other-warranty", CoverStatus.OTHER_WARRANTY, Route.OTHER_PARTY),
        ("owner-maintenance", CoverStatus.OWNER_MAINTENANCE, Route.GUIDANCE),
        ("third-party-damage", CoverStatus.THIRD_PARTY, Route.OTHER_PARTY),
        ("review", CoverStatus.UNCLEAR, Route.REVIEW),
    ],
)
def test_an_exclusion_answers_before_the_default(effect, expected, route):
    policy = one_rule(order=2)
    policy["rules"].insert(0, {"code": "out", "label": "appliances", "effect": effect, "tags": ["appliance"]})
    for rule in policy["rules"]:
        rule.pop("order", None)
    verdict = ask(policy, LAST, handed_over=VP, tags=frozenset({"appliance"}))

    assert (verdict.status, verdict.route, verdict.rule_id) == (expected, route, "test/out")
    assert status(policy, LAST) == CoverStatus.COVERED


@pytest.mark.parametrize(
    ("pick", "expected"),
    [("first-available", date(2024, 5, 1)), ("earliest", date(2024, 3, 15)), ("latest", date(2024, 5, 1))],
)
def test_start_is_picked_from_the_list(pick, expected):
    policy = one_rule(starts=[{"event": "ccc"}, {"event": "vp-taken"}], start_pick=pick)

    assert ask(policy, AFTER, handed_over={**VP, "ccc": date(2024, 5, 1)}).start == expected


def test_latest_of_waits_for_every_date():
    policy = one_rule(starts=[{"event": "ccc"}, {"event": "vp-taken"}], start_pick="latest")

    assert status(policy, AFTER) == CoverStatus.UNCLEAR


def test_first_available_takes_the_next_when_a_date_is_missing():
    policy = one_rule(starts=[{"event": "ccc"}, {"event": "vp-taken"}])

    assert ask(policy, LAST, handed_over=VP).start == date(2024, 3, 15)


def test_an_event_that_is_itself_deemed_is_flagged():
    asked = facts(LAST, handed_over={})
    rule = Rule("r", starts=(Start("vp-taken"),), length_amount=24)
    verdict = assess(type(asked)(LAST, week(), events={"vp-taken": Event(date(2024, 3, 15), is_deemed=True)}), [rule])

    assert verdict.is_deemed


def test_without_a_handover_date_a_person_looks():
    verdict = ask("my-schedule-h", LAST, handed_over={})

    assert (verdict.status, verdict.start, verdict.days_left) == (CoverStatus.UNCLEAR, None, None)
    assert "not on file yet" in verdict.explanation


def test_before_the_start_nothing_is_thrown_away():
    verdict = ask("my-schedule-h", date(2024, 3, 14), handed_over=VP)

    assert (verdict.status, verdict.route) == (CoverStatus.NOT_STARTED, Route.REVIEW)
    assert "starts on Fri 15 Mar 2024" in verdict.explanation
    assert status("my-schedule-h", date(2024, 3, 15)) == CoverStatus.COVERED


@pytest.mark.parametrize(
    ("amount", "unit", "last"),
    [
        (2, "years", date(2026, 3, 15)),
        (24, "months", date(2026, 3, 15)),
        (13, "weeks", date(2024, 6, 14)),
        (90, "days", date(2024, 6, 13)),
    ],
)
def test_length_in_each_unit(amount, unit, last):
    assert ask(one_rule(length_amount=amount, length_unit=unit), last, handed_over=VP).end == last


@pytest.mark.parametrize(
    ("convention", "last"),
    [("corresponding", LAST), ("day-before", date(2026, 3, 14)), ("end-of-month", date(2026, 3, 31))],
)
def test_end_convention_says_which_day_is_the_last(convention, last):
    assert ask(one_rule(end_convention=convention), LAST, handed_over=VP).end == last


def test_last_day_rolls_to_the_next_business_day_when_the_rule_says_so():
    monday = date(2026, 3, 16)
    assert LAST.weekday() == 6
    assert ask(one_rule(rolls_forward=True), LAST, handed_over=VP).end == monday
    closed = week(holidays=[monday])
    assert ask(one_rule(rolls_forward=True), LAST, handed_over=VP, week=closed).end == date(2026, 3, 17)


def test_fixed_end_needs_no_start():
    policy = one_rule(length_kind="fixed-date", fixed_end=LAST, starts=[])

    assert status(policy, LAST, handed_over={}) == CoverStatus.COVERED
    assert status(policy, AFTER, handed_over={}) == CoverStatus.EXPIRED


def test_reasonable_time_has_no_last_day_and_goes_to_a_person():
    verdict = ask(one_rule(length_kind="reasonable"), AFTER, handed_over=VP)

    assert (verdict.status, verdict.end, verdict.days_left) == (CoverStatus.UNCLEAR, None, None)


@pytest.mark.parametrize("test", ["received", "apparent"])
def test_sent_inside_but_received_outside_is_reviewed_never_rejected(test):
    verdict = ask(one_rule(test=test), AFTER, handed_over=VP, sent_on=LAST)

    assert (verdict.status, verdict.route) == (CoverStatus.UNCLEAR, Route.REVIEW)
    assert Warn.SENT_INSIDE in verdict.warnings
    assert "sent inside that time but received after it: a person reviews it" in verdict.explanation


def test_notified_counts_the_sending():
    verdict = ask(one_rule(test="notified"), AFTER, handed_over=VP, sent_on=LAST)

    assert (verdict.status, verdict.test_date_used, verdict.warnings) == (
        CoverStatus.COVERED,
        LAST,
        (Warn.SENT_INSIDE,),
    )
    assert status(one_rule(test="notified"), AFTER, sent_on=AFTER) == CoverStatus.EXPIRED


def test_seen_inside_but_reported_outside_is_reviewed():
    verdict = ask(one_rule(test="apparent"), AFTER, handed_over=VP, apparent_on=LAST)

    assert (verdict.status, verdict.warnings) == (CoverStatus.UNCLEAR, (Warn.APPARENT_INSIDE,))
    assert verdict.test_date_used == LAST


def test_received_is_tested_even_when_it_was_seen_earlier():
    assert status(one_rule(test="received"), AFTER, apparent_on=LAST) == CoverStatus.EXPIRED


def test_proceedings_count_by_the_day_they_started():
    policy = one_rule(test="proceedings")

    assert status(policy, AFTER, proceedings_on=LAST) == CoverStatus.COVERED
    assert status(policy, LAST, proceedings_on=AFTER) == CoverStatus.EXPIRED


def test_days_of_grace_admit_a_late_notice_and_say_so():
    verdict = ask(one_rule(grace_days=5), AFTER, handed_over=VP)

    assert (verdict.status, verdict.end, verdict.warnings) == (CoverStatus.COVERED, LAST, (Warn.GRACE,))
    assert status(one_rule(grace_days=4), AFTER) == CoverStatus.EXPIRED


def test_repair_shortly_before_the_end_never_shortens_the_period():
    early = Extensions(repaired_on=(date(2024, 6, 1),))
    policy = one_rule(extension="months", extension_months=6)

    assert ask(policy, LAST, handed_over=VP, extensions=early).end == LAST


def test_repairs_extend_only_where_the_rule_says_so():
    repaired = Extensions(repaired_on=(date(2026, 3, 10),))

    assert status(one_rule(), AFTER, extensions=repaired) == CoverStatus.EXPIRED


def test_restart_gives_the_repaired_part_the_whole_period():
    verdict = ask(
        one_rule(extension="restart"), AFTER, handed_over=VP, extensions=Extensions(repaired_on=(date(2026, 3, 1),))
    )

    assert verdict.end == date(2028, 3, 1)


def test_extension_is_capped():
    policy = one_rule(extension="restart", extension_cap_months=6)
    verdict = ask(policy, AFTER, handed_over=VP, extensions=Extensions(repaired_on=(date(2026, 3, 1),)))

    assert verdict.end == date(2026, 9, 15)


def test_goodwill_extends_and_is_called_an_exception():
    verdict = ask(one_rule(), AFTER, handed_over=VP, extensions=Extensions(goodwill_until=date(2026, 6, 1)))

    assert (verdict.status, verdict.route, verdict.end) == (CoverStatus.COVERED_EXTENDED, Route.NONE, date(2026, 6, 1))
    assert "exception that we granted until Mon 1 Jun 2026" in verdict.explanation


@pytest.mark.parametrize(
    ("transfer", "said", "expected"),
    [
        ("with-property", {"is_first_purchaser": False}, CoverStatus.COVERED),
        ("original-only", {"is_first_purchaser": False}, CoverStatus.UNCLEAR),
        ("original-only", {"is_first_purchaser": True}, CoverStatus.COVERED),
        ("original-only", {}, CoverStatus.COVERED),
        ("needs-notice", {"is_first_purchaser": False}, CoverStatus.UNCLEAR),
        ("needs-notice", {"is_first_purchaser": False, "is_transfer_notified": True}, CoverStatus.COVERED),
    ],
)
def test_resale_follows_the_rule(transfer, said, expected):
    assert status(one_rule(transfer=transfer), LAST, **said) == expected


def test_days_left_count_from_the_day_that_is_asked_for():
    received, later = date(2026, 3, 1), date(2026, 4, 1)

    assert ask("my-schedule-h", received, handed_over=VP).days_left == 14
    verdict = ask("my-schedule-h", received, handed_over=VP, on=later)
    assert (verdict.status, verdict.days_left) == (CoverStatus.COVERED, -17)


def test_a_rules_words_stand_in_the_explanation():
    policy = one_rule(words="Ask the maker.")

    assert ask(policy, LAST, handed_over=VP).explanation.endswith("Ask the maker.")
    assert ask(policy, AFTER, handed_over=VP).explanation.endswith("Ask the maker.")


def test_inputs_are_plain_json_with_the_zone():
    verdict = ask("uk-two-year", LAST, handed_over=VP, tags=frozenset({"b", "a"}), week=week("Europe/London"))

    kept = json.loads(json.dumps(verdict.facts.as_inputs()))
    assert kept["tags"] == ["a", "b"]
    assert kept["events"] == {"vp-taken": {"on": "2024-03-15", "is_deemed": False}}
    assert (kept["received_on"], kept["zone"]) == ("2026-03-15", "Europe/London")


@pytest.mark.parametrize(
    ("duty", "due"),
    [
        ({"duty_amount": 30, "duty_unit": "days"}, date(2026, 3, 2)),
        ({"duty_amount": 1, "duty_unit": "months"}, date(2026, 2, 28)),
        ({"duty_amount": 14, "duty_unit": "working-days"}, date(2026, 2, 19)),
    ],
)
def test_time_to_act_in_each_unit(duty, due):
    verdict = ask(one_rule(**duty), date(2026, 1, 31), handed_over=VP)

    assert duty_due(verdict.duty, notice_on=date(2026, 1, 31), cover_starts=verdict.start, week=week()) == due


def test_time_to_act_may_begin_some_days_after_the_start_of_cover():
    policy = one_rule(duty_amount=120, duty_start="after-start", duty_start_days=31)
    duty = ask(policy, LAST, handed_over=VP).duty
    said = {"cover_starts": date(2024, 3, 15), "week": week()}

    assert duty_due(duty, notice_on=date(2024, 4, 1), **said) == date(2024, 8, 13)
    assert duty_due(duty, notice_on=date(2024, 6, 1), **said) == date(2024, 9, 29)


def test_policies_of_further_countries_can_be_said():
    assert ask(HONG_KONG, date(2025, 2, 28), handed_over={"legal_completion": date(2024, 8, 31)}).days_left == 0
    assert ask(INDIA, date(2029, 3, 15), handed_over=VP).status == CoverStatus.COVERED


@pytest.mark.parametrize(
    ("received_on", "grace", "expected"),
    [
        (date(2024, 3, 14), 0, CoverStatus.NOT_STARTED),
        (date(2025, 3, 15), 0, CoverStatus.COVERED),
        (date(2025, 3, 16), 0, CoverStatus.EXPIRED),
        (date(2025, 3, 29), 14, CoverStatus.COVERED),
        (date(2025, 3, 30), 14, CoverStatus.EXPIRED),
    ],
)
def test_contractors_side_is_tested_on_the_same_day(received_on, grace, expected):
    owner = ask("my-schedule-h", received_on, handed_over={"vp_taken": date(2024, 1, 1)})
    upstream = UpstreamFacts("Lim", starts_on=date(2024, 3, 15), months=12, grace_days=grace)

    assert compose(owner, upstream).upstream_status == expected


def test_no_contractors_period_on_file_is_said():
    verdict = compose(ask("my-schedule-h", LAST, handed_over=VP), UpstreamFacts())

    assert (verdict.upstream_status, verdict.upstream_until, verdict.gap_days) == (CoverStatus.UNCLEAR, None, 0)
    assert "No contractor's period is on file" in verdict.upstream.explanation


def test_no_gap_when_the_contractor_answers_longer():
    owner = ask("my-schedule-h", LAST, handed_over=VP)
    verdict = compose(owner, UpstreamFacts("Lim", starts_on=date(2025, 1, 1), months=24))

    assert (verdict.gap_days, verdict.upstream.gap_months) == (0, 0)
    assert verdict.status == owner.status
