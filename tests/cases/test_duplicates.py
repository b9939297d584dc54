"""Joining two reports and taking them apart again."""

from datetime import timedelta

import pytest

from cases import workflow
from cases.choices import Status
from cases.evidence import MoveRefused
from cases.models import Case, CaseParty
from outbox.models import OutgoingMail
from tests.factories import homeowners
from tests.factories.cases import REPORTED_AT, fresh, make_case, make_world, walk

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(defaults):
    return make_world()


@pytest.fixture
def spouses(world):
    """Hana's case, and an earlier one of the same leak by her husband."""
    from homeowners.choices import TenureRole

    rashid = homeowners.make_homeowner(name="Rashid Yusof", email="rashid@demo.example")
    homeowners.make_tenure(unit=world.unit, homeowner=rashid, role=TenureRole.JOINT_OWNER)
    kept = make_case(world=world)
    twin = make_case(world=world, at=REPORTED_AT - timedelta(hours=5), person=rashid)
    return kept, twin


def join(world, kept, twin, at=REPORTED_AT + timedelta(hours=1)):
    return workflow.move(
        twin,
        "close-other",
        by=world.actor("amira"),
        at=at,
        seen_version=twin.version,
        reason="duplicate",
        duplicate_of_id=kept.pk,
    )


def test_the_surviving_case_takes_the_earlier_received_date(world, spouses):
    kept, twin = spouses
    join(world, kept, fresh(twin))
    assert fresh(kept).received_at == twin.received_at


def test_each_person_is_told_once(world, spouses):
    kept, twin = spouses
    before = OutgoingMail.objects.count()
    join(world, kept, fresh(twin))
    told = OutgoingMail.objects.order_by("pk")[before:]
    assert sorted(mail.recipient for mail in told) == ["hana@demo.example", "rashid@demo.example"]


def test_correct_takes_them_apart_again(world, spouses):
    kept, twin = spouses
    due = fresh(kept).rectify_due_at
    received = kept.received_at
    join(world, kept, fresh(twin))
    twin = fresh(twin)
    workflow.correct(
        twin,
        by=world.actor("amira"),
        at=REPORTED_AT + timedelta(hours=2),
        seen_version=twin.version,
        words="These are two different leaks after all.",
    )
    kept, twin = fresh(kept), fresh(twin)
    assert (twin.status, twin.duplicate_of_id) == (Status.NEW, None)
    assert (kept.received_at, kept.rectify_due_at) == (received, due)
    assert not CaseParty.objects.filter(case=kept, role="co-reporter", until__isnull=True).exists()


def test_a_case_is_not_joined_with_one_that_was_joined_itself(world, spouses):
    kept, twin = spouses
    join(world, kept, fresh(twin))
    third = make_case(world=world)
    with pytest.raises(MoveRefused, match="itself joined"):
        join(world, Case.objects.get(pk=twin.pk), third)


def test_an_open_case_is_not_joined_with_a_closed_one(world, spouses):
    kept, twin = spouses
    walk(fresh(kept), "close-other", world=world, at=REPORTED_AT)
    with pytest.raises(MoveRefused, match="is closed") as refused:
        join(world, kept, fresh(twin))
    assert refused.value.field == "duplicate_of"
    assert fresh(twin).status == Status.NEW


def test_withdrawing_needs_words(world):
    case = make_case(world=world)
    with pytest.raises(MoveRefused):
        walk(case, "close-other", world=world, at=REPORTED_AT, reason="withdrawn", words="no")
