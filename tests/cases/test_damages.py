"""Damage by a repair, and what comes back: cases beside and after a repair (domain 6.4)."""

from datetime import date, timedelta

import pytest

from cases import comebacks, damages
from cases.choices import Channel
from cases.damages import Damage
from cases.evidence import MoveRefused
from cases.forms.moves import MoveForm
from cases.models import Case, CaseCount
from cases.moves import MOVES
from catalogue.models import Location
from contractors.appointments import roster
from contractors.models import Company
from tests.factories import units
from tests.factories.cases import REPORTED_AT, a_fault, fresh, make_case, make_world, walk
from tests.factories.documents import make_stored_file
from units.models import CoverageRule

pytestmark = pytest.mark.django_db
AT = REPORTED_AT + timedelta(days=1)


@pytest.fixture
def world(defaults):
    return make_world()


def damaged(world, case, at=AT, **facts):
    given = Damage(Location.objects.get(code="MBA"), "The tiler chipped my bathtub.", [make_stored_file()])
    return damages.report(
        case, given, person=world.hana, channel=Channel.PORTAL, by=world.actor("hana"), at=at, **facts
    )


def new_defects():
    return sum(CaseCount.objects.filter(kind="new").values_list("n", flat=True))


@pytest.mark.database
def test_a_chipped_bathtub_is_a_child_at_p2_in_the_owners_words_and_no_new_defect(world):
    parent = make_case(world=world, status="with-contractor")
    before = new_defects()
    child = damaged(world, parent)
    assert (child.damage_of, child.priority_id) == (parent, "P2")
    assert child.report_item.words == "The tiler chipped my bathtub."
    assert child.report_item.damage_of_id == parent.pk
    assert "Damaged during a repair" in child.priority_reasons
    assert new_defects() == before
    assert set(Case.objects.new_defects()) == {parent}
    assert set(Case.objects.rework()) == {child}


def test_the_contractor_of_the_repair_is_suggested(world):
    parent = make_case(world=world, status="with-contractor")
    child = damaged(world, parent)
    assert comebacks.company(child) == parent.work_company
    form = move_form(child, world, AT)
    assert form.initial["company"] == parent.work_company_id


def move_form(case, world, at):
    return MoveForm(
        case=case,
        move=MOVES["accept-and-send"],
        by=world.actor("amira"),
        at=at,
        roster=roster(case.development, at.date()),
    )


def test_before_anybody_worked_nothing_can_have_been_damaged_by_it(world):
    with pytest.raises(MoveRefused):
        damaged(world, make_case(world=world, status="new"))


def test_an_item_of_damage_never_changes_its_repair(world):
    child = damaged(world, make_case(world=world, status="with-contractor"))
    with pytest.raises(Exception, match=r"append-only|never|not allowed"):
        type(child.report_item).objects.filter(pk=child.report_item_id).update(damage_of=None)


def came_back(world, **facts):
    case = make_case(world=world, status="closed-complete", **facts)
    later = REPORTED_AT + timedelta(days=35)
    walk(case, "reopen", world=world, at=later, by=world.actor("hana"))
    return fresh(case), later


def test_what_came_back_is_cycle_2_with_the_first_received_date_and_a_link_to_the_closing(world):
    case, _later = came_back(world)
    assert (case.cycle, case.received_at, case.status) == (2, REPORTED_AT, "in-review")
    reopened = case.events.get(move="reopen")
    assert reopened.evidence["closed_by"] == case.events.get(move="confirm").pk


def test_the_same_contractor_at_a_raised_priority_is_suggested_and_done_by_one_confirm(world):
    Case.objects.none()
    case, later = came_back(world, faults=[a_fault(location="LIV", tile="wall", kind="CRK-H")])
    Case.objects.filter(pk=case.pk).update(priority_id="P3")
    case = fresh(case)
    form = move_form(case, world, later)
    lim = Company.objects.get()
    assert form.initial["company"] == lim.pk
    assert form.initial["raise_priority"] is True
    walk(case, "accept-and-send", world=world, at=later + timedelta(hours=1), raise_priority=True)
    assert (fresh(case).priority_id, fresh(case).work_company) == ("P2", lim)


def test_correcting_it_puts_the_priority_back(world):
    from cases import workflow

    case, later = came_back(world, faults=[a_fault(location="LIV", tile="wall", kind="CRK-H")])
    Case.objects.filter(pk=case.pk).update(priority_id="P3")
    walk(fresh(case), "accept-and-send", world=world, at=later + timedelta(hours=1), raise_priority=True)
    case = fresh(case)
    at = later + timedelta(hours=2)
    workflow.correct(
        case, by=world.actor("amira"), at=at, seen_version=case.version, words="We sent this too early, sorry."
    )
    assert fresh(case).priority_id == "P3"


def test_a_repair_late_in_the_cover_has_its_own_where_the_policy_gives_one(defaults):
    policy = units.make_policy()
    CoverageRule.objects.filter(policy=policy).update(extension="months", extension_months=6)
    handed_over = date(2024, 3, 15)
    world = make_world(policy=policy, handed_over=handed_over)
    case = make_case(world=world)
    Case.objects.filter(pk=case.pk).update(cover_status="covered")
    first = fresh(case).cover_ends_on
    for hours, step in enumerate(("accept-and-send", "report-done", "ask-sign-off", "confirm"), start=1):
        walk(fresh(case), step, world=world, at=REPORTED_AT + timedelta(hours=hours))
    assert fresh(case).cover_ends_on > first
    assert fresh(case).cover_ends_on == date(2026, 9, 3)


def test_without_such_a_rule_the_cover_stays(world):
    case = make_case(world=world)
    first = case.cover_ends_on
    for hours, step in enumerate(("accept-and-send", "report-done", "ask-sign-off", "confirm"), start=1):
        walk(fresh(case), step, world=world, at=REPORTED_AT + timedelta(hours=hours))
    assert fresh(case).cover_ends_on == first
