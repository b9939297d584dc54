"""What the liability engine answered for a case, both sides, kept with its inputs."""

from datetime import date, datetime, timedelta

import pytest

from cases import verdicts
from cases.choices import Status
from cases.models import Case
from cases.moves import may_ask_again
from contractors.models import Appointment
from outbox.models import OutgoingMail
from tests.factories import units
from tests.factories.cases import REPORTED_AT, a_fault, fresh, make_case, make_world, walk
from units.models import PolicyAssignment

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


def test_the_diary_shows_old_and_new_cover_and_why(world):
    case = make_case(world=world)
    assert not case.events.filter(kind="cover").exists(), "the first answer is told by the report itself"
    ended = REPORTED_AT - timedelta(days=5 * 365)
    Case.objects.filter(pk=case.pk).update(cover_status="expired", cover_ends_on=ended.date())
    case = fresh(case)
    verdicts.record(case, why="asked again", by=world.amira.actor(), at=REPORTED_AT + timedelta(days=1))
    row = case.events.get(kind="cover")
    assert row.before == {"cover_status": "expired", "cover_ends_on": ended.date().isoformat()}
    assert row.after == {"cover_status": "covered", "cover_ends_on": case.cover_ends_on.isoformat()}
    assert (row.note, row.is_visible) == ("asked again", False)


def test_the_days_of_the_policy_stand_on_the_case(defaults):
    world = make_world(policy=units.make_policy(reply_days=10, appeal_days=21))
    case = make_case(world=world)
    assert (case.reply_days, case.appeal_days) == (10, 21)


def test_without_days_of_its_own_the_developments_count(defaults):
    world = make_world()
    type(world.development).objects.update(appeal_days=45)
    world.unit.refresh_from_db()
    case = make_case(world=world)
    assert (case.reply_days, case.appeal_days) == (14, 45)


@pytest.mark.parametrize(
    ("status", "days"),
    [(Status.TO_CHECK, (5, 9)), (Status.AWAITING_HOMEOWNER, (14, 30)), (Status.CLOSED_COMPLETE, (14, 30))],
)
def test_days_that_a_mail_has_promised_are_not_changed_by_asking_again(world, status, days):
    case = make_case(world=world, status=status)
    PolicyAssignment.objects.all().delete()
    units.assign_policy(units.make_policy(code="short", reply_days=5, appeal_days=9), world.development)
    case = fresh(case)
    verdicts.record(case, why="asked again", by=world.amira.actor(), at=REPORTED_AT + timedelta(days=1))
    assert (fresh(case).reply_days, fresh(case).appeal_days) == days


def test_the_appeal_window_is_the_policys(defaults):
    policy = units.make_policy(appeal_days=21)
    world = make_world(policy=policy)
    door = a_fault(kind="STIFF", location="LIV", tile="door", words="The door rubs at the floor.")
    case = make_case(world=world, status=Status.IN_REVIEW, faults=[door])
    Case.objects.filter(pk=case.pk).update(cover_ends_on=date(2026, 1, 1))
    at = REPORTED_AT + timedelta(days=1)
    walk(fresh(case), "close-out-of-scope", world=world, at=at)
    mail = OutgoingMail.objects.get(kind="close-out-of-scope", recipient="hana@demo.example")
    assert "until Wed 25 Mar" in mail.body_text
    zone = world.development.tz
    assert may_ask_again(fresh(case), datetime(2026, 3, 25, 23, 59, tzinfo=zone))
    assert not may_ask_again(fresh(case), datetime(2026, 3, 26, 0, 1, tzinfo=zone))


def test_without_a_policy_cover_is_not_called_sure(defaults):
    world = make_world(with_policy=False)
    case = make_case(world=world)
    assert case.cover_status not in {"covered", "covered-extended", "snag-only-covered"}


def test_the_written_notice_starts_the_time_that_the_law_gives(defaults):
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
    verdicts.override(case, reason="Goodwill of the house.", by=world.mo.actor(), at=REPORTED_AT)
    row = case.events.get(kind="cover")
    assert (row.note, row.reason, row.is_visible, row.after["cover_overridden"]) == (
        "Goodwill of the house.",
        "override",
        False,
        True,
    )
    owner = verdicts.in_force(case)["owner"]
    assert (owner.overridden_by_name, owner.override_reason) == ("Mo Tan", "Goodwill of the house.")
    assert Case.objects.get(pk=case.pk).cover_status == case.cover_status


@pytest.mark.parametrize(
    ("status", "words"),
    [("covered", "covered"), ("expired", "expired"), ("not-started", "not started"), ("anything-else", "unclear")],
)
def test_a_status_in_a_word_for_tables(status, words):
    assert verdicts.label(status) == words
