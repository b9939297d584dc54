"""The auto-raise rules of `domain.md` 5.4 that need no history."""

import pytest

from catalogue.models import DefectType, Element, Location
from catalogue.triage import priority_for

pytestmark = pytest.mark.usefixtures("installed")


def triage(fault, place="LIV", **facts):
    if "element" in facts:
        facts["element"] = Element.objects.by_code(facts["element"])
    return priority_for(DefectType.objects.by_code(fault), Location.objects.by_code(place), **facts)


def test_nothing_special_keeps_the_default_without_a_reason():
    assert triage("PAINT") == ("P4", [])
    assert triage("STIFF") == ("P3", [])


@pytest.mark.parametrize("fault", ["GASLEAK", "SHOCK", "FALLHAZ", "STRUCTHAZ", "GLASSHAZ", "FIREHAZ", "SECURITY"])
def test_a_danger_is_an_emergency_anywhere(fault):
    assert triage(fault).priority == "P1"


def test_a_danger_is_an_emergency_whatever_its_row_says():
    kind = DefectType.objects.by_code("GASLEAK")
    kind.default_priority_id = "P3"

    assert priority_for(kind, None) == ("P1", ["Gas leak is a danger."])


def test_water_at_electrical_equipment_is_an_emergency():
    assert triage("SEEP", "DB") == ("P1", ["There is water near electricity."])
    assert triage("CRK-H", "DB").priority == "P4"


def test_water_at_a_light_is_an_emergency():
    assert triage("LEAK", "BR2", element="ELE-LIGHT").priority == "P1"
    assert triage("LEAK", "BR2", element="SAN-TAP").priority == "P2"
    assert triage("MISALIGN", "BR2", element="ELE-SOCKET").priority == "P4"


def test_an_answer_raises_with_its_sentence():
    assert triage("LEAK", answers={"near-power": "yes"}) == ("P1", ["There is water near electricity."])
    assert triage("CRK-H", answers={"both-sides": "yes"}) == ("P2", ["The crack is on both sides of the wall."])


def test_the_most_urgent_answer_counts():
    answers = {"coin": "yes", "both-sides": "yes"}

    assert triage("CRK-H", answers=answers) == ("P2", ["The crack is on both sides of the wall."])


def test_harmless_and_unknown_answers_raise_nothing():
    answers = {"near-power": "no", "stops": "unsure", "no-such-question": "yes", "how-much": "flood"}

    assert triage("LEAK", answers=answers) == ("P2", [])


def test_an_answer_never_lowers():
    kind = DefectType.objects.by_code("CRK-H")
    kind.default_priority_id = "P2"

    assert priority_for(kind, None, answers={"coin": "yes"}) == ("P2", [])


def test_some_faults_are_more_urgent_in_a_wet_area():
    assert triage("SEEP", "LIV") == ("P3", [])
    assert triage("SEEP", "MBA") == ("P2", ["It is in a wet area."])
    assert triage("SCRATCH", "MBA") == ("P4", [])


def test_a_wet_area_alone_never_makes_an_emergency():
    kind = DefectType.objects.by_code("LEAK")
    kind.wet_area_bump = True

    assert priority_for(kind, Location.objects.by_code("MBA")) == ("P2", [])


@pytest.mark.parametrize(("days", "priority"), [(0, "P3"), (14, "P3"), (15, "P4"), (-1, "P4"), (None, "P4")])
def test_what_is_deferred_is_routine_when_cover_ends_within_14_days(days, priority):
    assert triage("PAINT", cover_days_left=days).priority == priority


def test_the_end_of_cover_says_inspect_before():
    assert triage("PAINT", cover_days_left=9).reasons == ["Cover ends in 9 days: inspect before."]


@pytest.mark.parametrize(("times", "priority"), [(1, "P3"), (2, "P3"), (3, "P2"), (4, "P2")])
def test_the_third_report_of_a_routine_fault_is_urgent(times, priority):
    assert triage("STIFF", times_reported=times).priority == priority


def test_the_third_report_of_a_deferred_fault_stays_deferred():
    assert triage("PAINT", times_reported=3).priority == "P4"


@pytest.mark.parametrize(("fault", "priority"), [("PAINT", "P3"), ("STIFF", "P2"), ("NOHOT", "P1"), ("GASLEAK", "P1")])
def test_a_vulnerable_person_is_one_class_up(fault, priority):
    assert triage(fault, is_vulnerable=True).priority == priority


def test_vulnerable_adds_to_what_other_rules_raised():
    raised = triage("SEEP", "MBA", is_vulnerable=True)

    assert raised == ("P1", ["It is in a wet area.", "A vulnerable person lives there."])


def test_a_request_for_information_is_not_made_a_case_by_who_asks_or_when():
    kind = DefectType.objects.by_code("DESIGN")
    kind.default_priority_id = "P0"
    kind.wet_area_bump = True

    asked = priority_for(kind, Location.objects.by_code("MBA"), is_vulnerable=True, cover_days_left=3, times_reported=3)

    assert asked == ("P0", [])
