"""What the database itself refuses (house.md 3). Rows are bent by `update()`, past every form."""

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from catalogue.models import Priority
from tests.factories import units as make
from tests.factories.accounts import make_user
from units.models import (
    Block,
    Calendar,
    CoverageRule,
    Development,
    DevelopmentTarget,
    HandoverEvent,
    Holiday,
    Policy,
    PolicyAssignment,
    StaffScope,
    Unit,
)

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def refused(rows, **facts):
    """The update breaks a constraint."""
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(**facts)
    return True


@pytest.mark.parametrize("code", ["", "K", "krm", "KR1", "K-M", "KRM\n", "R", "V", "L", "E", "C", "B", "WO", "DL"])
def test_development_code_is_two_to_five_capitals_and_free(code):
    make.make_development(code="KRM")

    assert refused(Development.objects.all(), code=code)


def test_development_code_has_no_sixth_letter():
    make.make_development(code="KRM")

    with pytest.raises(DatabaseError), transaction.atomic():  # PostgreSQL measures the column before the constraint
        Development.objects.update(code="KRMXYZ")


@pytest.mark.parametrize("code", ["KR", "KRM", "KRMXY"])
def test_development_code_that_fits(code):
    assert make.make_development(code=code).code == code


def test_development_code_is_unique():
    make.make_development(code="KRM")
    make.make_development(code="SEN")

    assert refused(Development.objects.filter(code="SEN"), code="KRM")


def test_appeal_days_are_at_least_one():
    make.make_development()

    assert refused(Development.objects.all(), appeal_days=0)


def test_block_name_is_unique_in_its_development():
    block = make.make_block(name="Tower A")
    other = make.make_block(development=block.development, name="Tower B")
    make.make_block(name="Tower A")

    assert refused(Block.objects.filter(pk=other.pk), name="Tower A")


def test_unit_number_is_unique_in_its_development_in_any_case():
    unit = make.make_unit(number="A-12-3")
    other = make.make_unit(development=unit.development, number="A-12-3A")
    make.make_unit(number="A-12-3")

    assert refused(Unit.objects.filter(pk=other.pk), number="a-12-3")


def test_different_numbers_with_the_same_characters_are_two_homes():
    unit = make.make_unit(number="A-12-3")

    assert make.make_unit(development=unit.development, number="A-1-23").number_key == unit.number_key


@pytest.mark.parametrize("facts", [{"kind": "house"}, {"number": ""}, {"link_version": 0}])
def test_unit_columns(facts):
    make.make_unit()

    assert refused(Unit.objects.all(), **facts)


def test_holiday_stands_once_a_day():
    calendar = make.make_calendar(holidays=[date(2026, 5, 1), date(2026, 5, 2)])

    assert refused(calendar.holidays.filter(on=date(2026, 5, 1)), on=date(2026, 5, 2))


def test_calendar_name_is_unique():
    make.make_calendar(name="One")
    make.make_calendar(name="Two")

    assert refused(Calendar.objects.filter(name="Two"), name="One")


@pytest.mark.parametrize(
    "facts",
    [{"clock": "guess"}, {"unit": "moons"}, {"amount": 0}, {"unit": "working-days", "around_the_clock": True}],
)
def test_target_columns(facts):
    priority = Priority.objects.create(code="P2", label="Urgent", meaning="Soon")
    make.make_target(development=make.make_development(), priority=priority, clock="inspect", amount=2, unit="days")

    assert refused(DevelopmentTarget.objects.all(), **facts)


def test_target_stands_once_for_priority_and_clock():
    priority = Priority.objects.create(code="P2", label="Urgent", meaning="Soon")
    said = {"development": make.make_development(), "priority": priority, "amount": 2, "unit": "days"}
    make.make_target(clock="inspect", **said)
    make.make_target(clock="decide", **said)

    assert refused(DevelopmentTarget.objects.filter(clock="decide"), clock="inspect")


def test_scope_stands_once_for_user_and_development():
    one, other = make.make_development(), make.make_development()
    make.limit_officer(make_user(), one, other)

    assert refused(StaffScope.objects.filter(development=other), development=one)


def test_policy_version_is_unique():
    make.make_policy(code="one")
    make.make_policy(code="two")

    assert refused(Policy.objects.filter(code="two"), code="one")


@pytest.mark.parametrize("facts", [{"version": 0}, {"reply_days": 0}, {"appeal_days": 0}])
def test_policy_columns(facts):
    make.make_policy()

    assert refused(Policy.objects.all(), **facts)


@pytest.mark.parametrize(
    "facts",
    [
        {"effect": "perhaps"},
        {"scope": "moon"},
        {"length_amount": None},
        {"length_amount": 0},
        {"length_kind": "fixed-date"},
        {"duty_amount": 0},
        {"extension": "months"},
    ],
)
def test_rule_columns(facts):
    make.make_policy()

    assert refused(CoverageRule.objects.all(), **facts)


def test_rule_without_cover_needs_no_length():
    make.make_policy(rules=[{"effect": "no-cover"}])

    assert CoverageRule.objects.update(length_amount=None) == 1


@pytest.mark.parametrize("column", ["code", "order"])
def test_rule_code_and_order_are_unique_in_a_policy(column):
    policy = make.make_policy(rules=[{"code": "first"}, {"code": "second"}])
    first = policy.rules.first()

    assert refused(policy.rules.exclude(pk=first.pk), **{column: getattr(first, column)})


def test_assignment_names_exactly_one_place():
    block = make.make_block()
    assignment = make.assign_policy(make.make_policy(), block)

    assert refused(PolicyAssignment.objects.filter(pk=assignment.pk), development=block.development)
    assert refused(PolicyAssignment.objects.filter(pk=assignment.pk), block=None)


@pytest.mark.parametrize("place", [make.make_development, make.make_block, make.make_unit])
def test_one_policy_a_place_and_day(place):
    found, policy = place(), make.make_policy()
    make.assign_policy(policy, found, from_on=date(2025, 1, 1))
    later = make.assign_policy(policy, found, from_on=date(2025, 1, 2))

    assert refused(PolicyAssignment.objects.filter(pk=later.pk), from_on=date(2025, 1, 1))


@pytest.mark.parametrize(
    "facts",
    [
        {"development": None, "unit": None},
        {"kind": "party"},
        {"is_withdrawal": True},
    ],
)
def test_handover_event_columns(facts):
    with pytest.raises(IntegrityError):
        HandoverEvent.objects.create(
            **{
                "unit": make.make_unit(),
                "kind": "vp-taken",
                "on": date(2024, 3, 15),
                "recorded_at": make.SET_UP_AT,
                "recorded_by_name": "Amira",
                **facts,
            }
        )


def test_handover_event_belongs_to_a_unit_or_a_development_not_both():
    unit = make.make_unit()
    with pytest.raises(IntegrityError):
        HandoverEvent.objects.create(
            unit=unit,
            development=unit.development,
            kind="vp-taken",
            on=date(2024, 3, 15),
            recorded_at=make.SET_UP_AT,
            recorded_by_name="Amira",
        )


def test_correction_needs_a_reason():
    event = make.hand_over(make.make_unit(), date(2024, 3, 15))
    with pytest.raises(IntegrityError):
        HandoverEvent.objects.create(
            unit=event.unit,
            kind="vp-taken",
            on=date(2024, 3, 16),
            corrects=event,
            recorded_at=make.SET_UP_AT,
            recorded_by_name="Amira",
        )


def test_handover_events_are_neither_changed_nor_deleted():
    event = make.hand_over(make.make_unit(), date(2024, 3, 15))

    for tamper in (
        lambda: HandoverEvent.objects.filter(pk=event.pk).update(on=date(2025, 1, 1)),
        lambda: HandoverEvent.objects.filter(pk=event.pk).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            tamper()
    assert HandoverEvent.objects.get().on == date(2024, 3, 15)


def test_holidays_go_with_their_calendar():
    calendar = make.make_calendar(holidays=[date(2026, 5, 1)])
    calendar.delete()

    assert not Holiday.objects.exists()
