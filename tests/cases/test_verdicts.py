"""What the liability engine answered for a case, both sides, kept with its inputs."""

from datetime import date, timedelta

import pytest

from cases import verdicts
from cases.models import Case
from contractors.models import Appointment
from tests.factories.cases import REPORTED_AT, make_case, make_world

pytestmark = pytest.mark.django_db


def test_both_sides_are_answered_and_the_case_copies_the_owners(world):
    case = make_case(world=world)
    found = verdicts.in_force(case)
    assert set(found) == {"owner", "contractor"}
    assert (case.cover_status, case.cover_ends_on) == (found["owner"].status, found["owner"].ends_on)
    assert found["owner"].is_covered
    assert found["owner"].sentence
    assert found["owner"].inputs["received_on"] == "2026-03-03"


def test_a_contractor_whose_own_period_is_over_is_told_apart(world):
    """Scenario 10: the owner's cover stands, the company's is over."""
    Appointment.objects.update(liability_starts_on=date(2024, 6, 1), liability_months=12)
    found = verdicts.in_force(make_case(world=world))
    assert found["owner"].is_covered
    assert found["contractor"].status != "covered"
    assert found["contractor"].ends_on < REPORTED_AT.date()


def test_one_answer_a_side_is_in_force_and_the_old_ones_stay(world):
    case = make_case(world=world)
    verdicts.record(case, why="asked again", by=world.amira.actor(), at=REPORTED_AT + timedelta(days=1))
    owner = case.verdicts.filter(side="owner")
    assert [(row.is_first, row.is_in_force, row.why) for row in owner] == [
        (True, False, "when received"),
        (False, True, "asked again"),
    ]


def test_without_a_policy_cover_is_not_called_sure(defaults):
    world = make_world(with_policy=False)
    case = make_case(world=world)
    assert case.cover_status not in {"covered", "covered-extended", "snag-only-covered"}


def test_the_written_notice_starts_the_time_that_the_law_gives(defaults):
    from tests.factories import units

    policy = units.make_policy(rules=[{"duty_amount": 30, "duty_unit": "days", "duty_is_statutory": True}])
    world = make_world(policy=policy)
    case = make_case(world=world)
    due = case.statutory_due_at.astimezone(world.development.tz)
    assert (due.date(), due.hour, due.minute) == (date(2026, 4, 2), 23, 59)
    assert case.rectify_due_at <= case.statutory_due_at
    spoken = make_case(world=world, written=False)
    assert spoken.statutory_due_at is None


def test_a_written_twin_starts_the_time_of_a_case_that_was_only_spoken(defaults):
    from cases import workflow
    from tests.factories import units
    from tests.factories.cases import fresh

    policy = units.make_policy(rules=[{"duty_amount": 30, "duty_unit": "days", "duty_is_statutory": True}])
    world = make_world(policy=policy)
    kept = make_case(world=world, written=False)
    twin = make_case(world=world, at=REPORTED_AT + timedelta(days=2))
    by, at = world.amira.actor(), REPORTED_AT + timedelta(days=3)
    workflow.move(
        twin, "close-other", by=by, at=at, seen_version=twin.version, reason="duplicate", duplicate_of_id=kept.pk
    )
    assert fresh(kept).statutory_due_at == twin.statutory_due_at
    twin = fresh(twin)
    workflow.correct(twin, by=by, at=at, seen_version=twin.version, words="Two different leaks after all.")
    kept = fresh(kept)
    assert (kept.written_at, kept.statutory_due_at) == (None, None)


def test_an_override_is_kept_on_the_answer_in_force(world):
    case = make_case(world=world)
    verdicts.override(case, reason="Goodwill of the house.", by=world.mo.actor())
    owner = verdicts.in_force(case)["owner"]
    assert (owner.overridden_by_name, owner.override_reason) == ("Mo Tan", "Goodwill of the house.")
    assert Case.objects.get(pk=case.pk).cover_status == case.cover_status


@pytest.mark.parametrize(
    ("status", "words"),
    [("covered", "covered"), ("expired", "expired"), ("not-started", "not started"), ("anything-else", "unclear")],
)
def test_a_status_in_a_word_for_tables(status, words):
    assert verdicts.label(status) == words
