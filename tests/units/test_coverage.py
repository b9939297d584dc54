"""Cover of real rows: which policy, which dates, how many queries."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from ledger.actors import SYSTEM
from tests.factories import units as make
from units import coverage, handover, policies
from units.choices import CoverStatus
from units.liability import Extensions
from units.models import Unit

pytestmark = pytest.mark.django_db

KL = ZoneInfo("Asia/Kuala_Lumpur")
AT = make.SET_UP_AT


def kl(text):
    return datetime.fromisoformat(text).replace(tzinfo=KL)


@pytest.fixture
def home():
    """A home of 24 months from 15 March 2024."""
    unit = make.make_unit()
    make.assign_policy(make.make_policy(code="two-years"), unit.development)
    make.hand_over(unit, date(2024, 3, 15))
    return unit


def test_a_home_has_the_cover_of_its_policy_and_handover(home):
    verdict = coverage.assess_unit(home, received_at=kl("2026-03-01 10:00"))

    assert (verdict.status, verdict.rule_id, verdict.rule_version) == (CoverStatus.COVERED, "two-years/rule-10", "1")
    assert (verdict.end, verdict.days_left) == (date(2026, 3, 15), 14)


def test_last_minute_counts_in_the_developments_zone_not_the_servers(home):
    inside = datetime(2026, 3, 15, 15, 58, tzinfo=UTC)  # 23:58 in Kuala Lumpur
    outside = datetime(2026, 3, 15, 16, 0, tzinfo=UTC)  # midnight there, still 15 March in London

    assert coverage.assess_unit(home, received_at=inside).days_left == 0
    assert coverage.assess_unit(home, received_at=outside).status == CoverStatus.EXPIRED


def test_what_was_sent_inside_and_received_outside_is_reviewed(home):
    verdict = coverage.assess_unit(home, reported_at=kl("2026-03-15 22:00"), received_at=kl("2026-03-16 08:00"))

    assert verdict.status == CoverStatus.UNCLEAR


def test_days_left_count_from_the_day_asked_for(home):
    verdict = coverage.assess_unit(home, received_at=kl("2026-03-01 10:00"), at=kl("2026-03-10 10:00"))

    assert verdict.days_left == 5


def test_selectors_extensions_and_the_rest_reach_the_engine(home):
    rules = [
        {"tags": ["structural"], "trades": ["STR"], "elements": ["STR-SLAB"], "types": ["SPALL"], "length_amount": 120},
        {"extension": "months", "extension_months": 6, "transfer": "original-only"},
    ]
    make.assign_policy(make.make_policy(rules=rules), home)
    asked = {"component_tags": ["structural"], "trade_code": "STR", "element_code": "STR-SLAB", "type_code": "SPALL"}
    late = kl("2026-04-01 10:00")

    assert coverage.assess_unit(home, received_at=late, **asked).end == date(2034, 3, 15)
    for missing in asked:
        said = {**asked, missing: () if missing == "component_tags" else ""}
        assert coverage.assess_unit(home, received_at=late, **said).status == CoverStatus.EXPIRED
    repaired = Extensions(repaired_on=(date(2026, 3, 1),))
    assert coverage.assess_unit(home, received_at=late, extensions=repaired).status == CoverStatus.COVERED_EXTENDED
    inside = kl("2026-03-01 10:00")
    assert coverage.assess_unit(home, received_at=inside, is_first_purchaser=False).status == CoverStatus.UNCLEAR


def test_the_most_specific_policy_wins_then_the_latest():
    block = make.make_block()
    unit = make.make_unit(block=block)
    neighbour = make.make_unit(block=block, number="A-12-4")
    names = {}
    for place, day in [
        (unit.development, date(2020, 1, 1)),
        (block, date(2020, 1, 1)),
        (unit, date(2021, 1, 1)),
        (unit, date(2023, 1, 1)),
        (unit.development, date(2024, 1, 1)),
    ]:
        policy = make.make_policy(name=f"{type(place).__name__} {day.year}")
        make.assign_policy(policy, place, from_on=day)
        names[policy.pk] = policy.name

    def on(place, year):
        found = coverage.of(place).policy_on(date(year, 6, 1))
        return found and found.name

    assert [on(unit, year) for year in (2019, 2020, 2022, 2025)] == [None, "Block 2020", "Unit 2021", "Unit 2023"]
    assert on(neighbour, 2025) == "Block 2020"
    assert on(make.make_unit(development=unit.development, number="C-1"), 2025) == "Development 2024"


def test_the_policy_of_the_day_of_receipt_decides(home):
    make.assign_policy(make.make_policy(code="later", rules=[{"length_amount": 12}]), home, from_on=date(2026, 1, 1))

    assert coverage.assess_unit(home, received_at=kl("2025-12-31 10:00")).rule_id == "two-years/rule-10"
    assert coverage.assess_unit(home, received_at=kl("2026-01-01 10:00")).rule_id == "later/rule-10"


def test_without_a_policy_a_person_looks():
    verdict = coverage.assess_unit(make.make_unit(), received_at=kl("2026-03-01 10:00"))

    assert (verdict.status, verdict.rule_id) == (CoverStatus.UNCLEAR, "")


def test_common_area_follows_the_development_not_a_home():
    development = make.make_development()
    rules = [
        {"scope": "common", "code": "common", "starts": [{"event": "common-start"}], "claimants": ["management-body"]},
        {"code": "home"},
    ]
    make.assign_policy(make.make_policy(rules=rules), development)
    make.hand_over(development, date(2023, 1, 1), kind="common-start")
    home, lobby = make.make_unit(development=development), make.make_common_area(development=development)
    make.hand_over(home, date(2024, 3, 15))

    verdict = coverage.assess_unit(lobby, received_at=kl("2025-03-01 10:00"))
    assert (verdict.status, verdict.end, verdict.claimants) == (
        CoverStatus.EXPIRED,
        date(2025, 1, 1),
        ("management-body",),
    )
    assert coverage.assess_unit(home, received_at=kl("2025-03-01 10:00")).end == date(2026, 3, 15)


def test_an_event_of_the_unit_goes_before_its_developments(home):
    make.hand_over(home.development, date(2023, 1, 1))
    neighbour = make.make_unit(development=home.development, number="A-12-4")

    assert coverage.assess_unit(home, received_at=kl("2024-06-01 10:00")).start == date(2024, 3, 15)
    assert coverage.assess_unit(neighbour, received_at=kl("2024-06-01 10:00")).start == date(2023, 1, 1)


def test_a_corrected_date_counts_and_the_wrong_one_does_not(home):
    event = home.handover_events.get()
    handover.correct(event, on=date(2024, 4, 1), reason="Letter misread", by=SYSTEM, at=AT)

    assert coverage.assess_unit(home, received_at=kl("2024-06-01 10:00")).start == date(2024, 4, 1)


def test_a_withdrawn_date_counts_no_more(home):
    handover.withdraw(home.handover_events.get(), reason="Other home", by=SYSTEM, at=AT)

    assert coverage.assess_unit(home, received_at=kl("2024-06-01 10:00")).start is None


def test_the_home_of_another_development_is_not_mixed_in(home):
    other = make.make_unit()
    make.hand_over(other, date(2020, 1, 1))
    make.hand_over(other.development, date(2020, 1, 1), kind="ccc")
    make.assign_policy(make.make_policy(), other)

    verdict = coverage.assess_unit(home, received_at=kl("2026-03-01 10:00"))
    assert (verdict.start, verdict.rule_id) == (date(2024, 3, 15), "two-years/rule-10")


def test_windows_are_the_policys_before_the_developments(home):
    day = date(2026, 1, 1)
    cover = coverage.of(home)
    assert (cover.appeal_days(day), cover.reply_days(day)) == (30, 14)

    make.assign_policy(make.make_policy(appeal_days=21, reply_days=10), home)
    cover = coverage.of(home)
    assert (cover.appeal_days(day), cover.reply_days(day)) == (21, 10)
    assert coverage.of(make.make_unit()).reply_days(day) == 14


@pytest.mark.parametrize("homes", [1, 30])
def test_cover_of_many_homes_costs_the_same_queries(homes, queries):
    development = make.make_development()
    make.assign_policy(make.make_policy(), development)
    for number in range(homes):
        make.hand_over(make.make_unit(development=development, number=f"A-{number}"), date(2024, 3, 15))
    units = list(Unit.objects.all())

    with queries(6):
        covers = coverage.load(units)
        for unit in units:
            assert covers[unit.pk].assess(received_at=kl("2026-03-01 10:00")).is_covered


def test_one_home_of_many_faults_asks_once(home, queries):
    unit = (
        Unit.objects.select_related("development__calendar").prefetch_related("development__calendar__holidays").get()
    )

    with queries(3):
        cover = coverage.of(unit)
    with queries(0):
        cover.assess(received_at=kl("2026-03-01 10:00"), type_code="LEAK")
        cover.assess(received_at=kl("2026-03-01 10:00"), type_code="PAINT")


def test_a_used_policy_keeps_its_answer_when_the_next_version_is_written(home):
    policy = coverage.of(home).policy_on(date(2025, 1, 1))
    draft = policies.next_version(policy, by=SYSTEM, at=AT)
    draft.rules.update(length_amount=12)

    verdict = coverage.assess_unit(home, received_at=kl("2025-06-01 10:00"))
    assert (verdict.status, verdict.rule_version) == (CoverStatus.COVERED, "1")
    policies.assign(draft, home.development, from_on=date(2025, 1, 1), by=SYSTEM, at=AT)
    verdict = coverage.assess_unit(home, received_at=kl("2025-06-01 10:00"))
    assert (verdict.status, verdict.rule_version) == (CoverStatus.EXPIRED, "2")
