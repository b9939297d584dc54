"""The vectors V1 to V14 that the domain reference gives for the engine (domain.md 3.4), with its own figures."""

from datetime import date

from tests.units.cover import AS_IS, MY_27, NSW, ONTARIO_YEAR, ask, one_rule, rules_of, week
from units.choices import CoverStatus, Route
from units.liability import Extensions, UpstreamFacts, Warn, compose, duty_due
from units.liability.obligations import duty_begins


def test_v1_report_on_the_corresponding_day_is_inside():
    verdict = ask("my-schedule-h", date(2026, 3, 15), handed_over={"vp_taken": date(2024, 3, 15)})

    assert (verdict.status, verdict.end, verdict.days_left) == (CoverStatus.COVERED, date(2026, 3, 15), 0)
    assert verdict.rule_id == "my-schedule-h/parcel"


def test_v2_report_a_day_later_is_expired_and_goes_to_review():
    verdict = ask("my-schedule-h", date(2026, 3, 16), handed_over={"vp_taken": date(2024, 3, 15)})

    assert (verdict.status, verdict.route, verdict.days_left) == (CoverStatus.EXPIRED, Route.REVIEW, -1)
    assert not verdict.is_covered
    assert "ended on Sun 15 Mar 2026, 1 day before Mon 16 Mar 2026" in verdict.explanation
    assert verdict.overridable_by == "manager"


def test_v3_keys_never_collected_start_is_deemed_14_days_after_the_notice():
    verdict = ask("my-schedule-h", date(2024, 6, 1), handed_over={"vp_notice": date(2024, 3, 1)})

    assert (verdict.start, verdict.is_deemed, verdict.status) == (date(2024, 3, 15), True, CoverStatus.COVERED)
    assert Warn.DEEMED_START in verdict.warnings
    assert "counts the home as handed over on Fri 15 Mar 2024" in verdict.explanation


def test_v4_the_contract_gives_three_more_months():
    verdict = ask(MY_27, date(2026, 3, 20), handed_over={"vp_taken": date(2024, 1, 1)})

    assert (verdict.status, verdict.end) == (CoverStatus.COVERED_EXTENDED, date(2026, 4, 1))
    assert "extra 3 months of your agreement" in verdict.explanation
    assert ask(MY_27, date(2026, 4, 2), handed_over={"vp_taken": date(2024, 1, 1)}).status == CoverStatus.EXPIRED


def test_v5_the_15th_day_after_the_notice_comes_before_the_keys():
    dates = {"vp_notice": date(2026, 1, 2), "keys_collected": date(2026, 1, 30)}

    assert ask("sg-private", date(2026, 2, 10), handed_over=dates).start == date(2026, 1, 17)
    early = {**dates, "keys_collected": date(2026, 1, 10)}
    verdict = ask("sg-private", date(2026, 2, 10), handed_over=early)
    assert (verdict.start, verdict.is_deemed) == (date(2026, 1, 10), False)


def test_v6_the_ceiling_leak_has_five_years_when_the_general_year_is_over():
    dates = {"keys_collected": date(2023, 6, 1)}
    leak = ask(
        "sg-hdb",
        date(2027, 6, 1),
        handed_over=dates,
        type="LEAK",
        tags=frozenset({"waterproofing"}),
        element="WPF-ROOF",
    )
    hinge = ask("sg-hdb", date(2027, 6, 1), handed_over=dates, type="LOOSE", tags=frozenset({"finishes"}))

    assert (leak.status, leak.end, leak.rule_id) == (CoverStatus.COVERED, date(2028, 6, 1), "sg-hdb/ceiling-leak")
    assert (hinge.status, hinge.rule_id) == (CoverStatus.EXPIRED, "sg-hdb/general")


def test_v7_possession_refused_counts_from_the_completion_certificate():
    dates = {"completion_certificate": date(2023, 2, 1), "possession_refused": date(2023, 2, 20)}
    verdict = ask("ae-dubai", date(2024, 1, 20), handed_over=dates, trade="ACM", tags=frozenset({"m-and-e"}))

    assert (verdict.status, verdict.start, verdict.end) == (CoverStatus.COVERED, date(2023, 2, 1), date(2024, 2, 1))
    del dates["possession_refused"]
    assert ask("ae-dubai", date(2024, 1, 20), handed_over=dates).status == CoverStatus.UNCLEAR


def test_v8_a_scratch_that_is_not_on_the_handover_list_is_answered_with_guidance():
    said = {"handed_over": {"legal_completion": date(2024, 10, 1)}, "type": "SCRATCH", "trade": "KIT"}
    verdict = ask("uk-two-year", date(2025, 1, 10), is_on_handover_list=False, **said)

    assert (verdict.status, verdict.route) == (CoverStatus.OWNER_MAINTENANCE, Route.GUIDANCE)
    assert "this one is not on that list" in verdict.explanation
    on_list = ask("uk-two-year", date(2025, 1, 10), is_on_handover_list=True, **said)
    assert on_list.status == CoverStatus.SNAG_COVERED
    assert ask("uk-two-year", date(2025, 1, 10), **said).status == CoverStatus.UNCLEAR


def test_v9_the_repaired_leak_came_back_within_the_cover_of_the_repair():
    policy = one_rule(length_amount=12, extension="months", extension_months=6)
    end = date(2026, 3, 1)
    repaired = Extensions(repaired_on=(date(2026, 2, 19),))
    verdict = ask(policy, date(2026, 4, 10), handed_over={"vp_taken": date(2025, 3, 1)}, extensions=repaired)

    assert (end - date(2026, 2, 19)).days == 10
    assert (date(2026, 4, 10) - end).days == 40
    assert (verdict.status, verdict.route) == (CoverStatus.COVERED_EXTENDED, Route.REOPEN)
    assert verdict.end == date(2026, 8, 19)
    assert "repaired on Thu 19 Feb 2026" in verdict.explanation


def test_v10_the_contractors_end_leaves_a_gap_of_23_months():
    owner = ask("my-schedule-h", date(2025, 3, 1), handed_over={"vp_taken": date(2024, 12, 1)})
    verdict = compose(owner, UpstreamFacts("Lim Build", starts_on=date(2024, 1, 1), months=12))

    assert (verdict.status, verdict.end) == (CoverStatus.COVERED, date(2026, 12, 1))
    assert (verdict.upstream_status, verdict.upstream_until) == (CoverStatus.EXPIRED, date(2025, 1, 1))
    assert (verdict.upstream.gap_months, verdict.gap_days) == (23, 699)
    assert "developer's cost" in verdict.upstream.explanation
    assert "23 months (699 days)" in verdict.upstream.explanation


def test_v11_sold_as_it_stood_explains_and_leads_to_goodwill():
    verdict = ask(AS_IS, date(2026, 3, 1), handed_over={"vp_taken": date(2025, 1, 1)})

    assert (verdict.status, verdict.route, verdict.end) == (CoverStatus.UNCLEAR, Route.GOODWILL, None)
    assert "gives no defect liability period" in verdict.explanation
    assert "A manager can still decide to help" in verdict.explanation


def test_v12_waterproofing_has_six_years_and_finishes_two():
    dates = {"occupation_certificate": date(2020, 5, 1)}
    leak = ask(NSW, date(2025, 2, 1), handed_over=dates, tags=frozenset({"waterproofing"}))
    paint = ask(NSW, date(2023, 2, 1), handed_over=dates, tags=frozenset({"finishes"}))

    assert (leak.status, leak.end) == (CoverStatus.COVERED, date(2026, 5, 1))
    assert "proceedings must be started by Fri 1 May 2026" in leak.explanation
    assert (paint.status, paint.end) == (CoverStatus.EXPIRED, date(2022, 5, 1))


def test_v13_the_repair_period_starts_on_the_anniversary_and_rolls_over_the_weekend():
    possession = date(2024, 3, 14)
    verdict = ask(ONTARIO_YEAR, date(2025, 2, 20), handed_over={"vp_taken": possession})
    said = {"notice_on": date(2025, 2, 20), "cover_starts": verdict.start}

    assert duty_begins(verdict.duty, **said) == date(2025, 3, 14)
    assert date(2025, 7, 12).weekday() == 5  # day 120 is a Saturday
    assert duty_due(verdict.duty, **said, week=week("America/Toronto")) == date(2025, 7, 14)


def test_v13_the_blackout_over_the_new_year_does_not_count():
    duty = rules_of(ONTARIO_YEAR)[0].duty
    due = duty_due(duty, notice_on=date(2025, 10, 1), cover_starts=date(2024, 11, 1), week=week("America/Toronto"))

    assert (due - date(2025, 11, 1)).days == 120 + 9  # 24 December to 1 January
    assert due.weekday() < 5


def test_v14_the_common_area_follows_the_development_and_the_management_body_claims():
    dates = {"vp_taken": date(2025, 6, 1), "common_start": date(2024, 2, 1)}
    lobby = ask("my-schedule-h", date(2026, 3, 1), handed_over=dates, scope="common")
    home = ask("my-schedule-h", date(2026, 3, 1), handed_over=dates)

    assert (lobby.status, lobby.end, lobby.claimants) == (CoverStatus.EXPIRED, date(2026, 2, 1), ("management-body",))
    assert (home.status, home.end) == (CoverStatus.COVERED, date(2027, 6, 1))
    claimed = ask("my-schedule-h", date(2026, 1, 1), handed_over=dates, scope="common", claimant="purchaser")
    assert Warn.CLAIMANT in claimed.warnings
