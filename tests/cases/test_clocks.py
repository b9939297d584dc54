"""Clocks and pauses: what runs, what stops, what comes back."""

from datetime import timedelta

import pytest
from django.db import IntegrityError

from cases import facts, holds, talk
from cases.choices import ClockKind, Status
from cases.evidence import MoveRefused
from cases.models import Case, Clock
from tests.factories.cases import REPORTED_AT, a_fault, fresh, make_case, make_world, walk

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def world(defaults):
    return make_world()


def clock(case, kind):
    return case.clocks.filter(kind=kind).order_by("cycle", "sequence").last()


def test_a_written_report_starts_all_four_clocks(world):
    case = make_case(world=world)
    assert set(case.clocks.values_list("kind", flat=True)) >= {"acknowledge", "rectify", "update"}


def test_the_receipt_does_not_stop_the_first_answer_clock(world):
    assert clock(make_case(world=world), ClockKind.ACKNOWLEDGE).is_running


@pytest.mark.parametrize("act", ["message", "call", "move"])
def test_the_first_human_word_stops_the_first_answer_clock(world, act):
    case = make_case(world=world)
    by, at = world.actor("amira"), REPORTED_AT + HOUR
    if act == "message":
        talk.update(case, words="I come and look.", by=by, at=at)
    elif act == "call":
        talk.call(case, words="Told her.", with_whom="Hana", direction="out", also_mail=False, by=by, at=at)
    else:
        walk(case, "start-review", world=world, at=at)
    assert clock(case, ClockKind.ACKNOWLEDGE).stopped_at == at


def test_an_internal_note_stops_nothing(world):
    case = make_case(world=world)
    talk.note(case, words="Looks old to me.", by=world.actor("amira"), at=REPORTED_AT + HOUR)
    assert clock(case, ClockKind.ACKNOWLEDGE).is_running


def test_a_hold_moves_the_repair_target_by_its_length(world):
    case = make_case(world=world, status=Status.WITH_CONTRACTOR)
    due = fresh(case).rectify_due_at
    start = REPORTED_AT + DAY
    holds.hold(case, reason="drying", until_at=start + 5 * DAY, words="It must dry.", by=world.actor("amira"), at=start)
    assert fresh(case).is_paused
    holds.resume(fresh(case), how="early", by=world.actor("amira"), at=start + 2 * DAY)
    case = fresh(case)
    assert (case.rectify_due_at, case.is_paused) == (due + 2 * DAY, False)


def test_a_hold_for_a_busy_contractor_pauses_nothing(world):
    case = make_case(world=world, status=Status.WITH_CONTRACTOR)
    start = REPORTED_AT + DAY
    holds.hold(case, reason="contractor-busy", until_at=start + DAY, words="", by=world.actor("amira"), at=start)
    assert clock(case, ClockKind.RECTIFY).paused_at is None


def test_the_statutory_clock_is_never_paused_even_by_hand(world):
    case = make_case(world=world)
    Clock.objects.create(
        case=case,
        kind=ClockKind.STATUTORY,
        cycle=9,
        started_at=REPORTED_AT,
        first_due_at=REPORTED_AT,
        due_at=REPORTED_AT,
    )
    with pytest.raises(IntegrityError):
        case.clocks.filter(kind=ClockKind.STATUTORY, cycle=9).update(paused_at=REPORTED_AT)


def test_only_one_hold_at_a_time(world):
    case = make_case(world=world)
    by = world.actor("amira")
    holds.hold(case, reason="weather", until_at=REPORTED_AT + DAY, words="", by=by, at=REPORTED_AT)
    with pytest.raises(MoveRefused):
        holds.hold(case, reason="material", until_at=REPORTED_AT + DAY, words="", by=by, at=REPORTED_AT)


def test_a_question_pauses_until_the_reply(world):
    case = make_case(world=world)
    due = fresh(case).rectify_due_at
    by, at = world.actor("amira"), REPORTED_AT + HOUR
    talk.ask(case, words="Which lamp is it?", until_at=at + 3 * DAY, by=by, at=at)
    assert fresh(case).ball == "homeowner"
    talk.reply(fresh(case), words="The one above the basin.", by=world.actor("hana"), at=at + DAY)
    case = fresh(case)
    assert (case.rectify_due_at, case.ball, case.has_unread_reply) == (due + DAY, "officer", True)


def test_a_question_during_a_hold_does_not_pause_twice(world):
    case = make_case(world=world)
    due = fresh(case).rectify_due_at
    by, at = world.actor("amira"), REPORTED_AT
    holds.hold(case, reason="material", until_at=at + 9 * DAY, words="", by=by, at=at)
    talk.ask(fresh(case), words="Which tile was it?", until_at=at + 3 * DAY, by=by, at=at)
    talk.reply(fresh(case), words="The grey one.", by=world.actor("hana"), at=at + DAY)
    holds.resume(fresh(case), how="early", by=by, at=at + 4 * DAY)
    assert fresh(case).rectify_due_at == due + 4 * DAY


def test_sending_back_lets_the_target_run_on_as_if_never_stopped(world):
    case = make_case(world=world, status=Status.AWAITING_HOMEOWNER)
    before = clock(case, ClockKind.RECTIFY)
    assert before.stopped_at is not None
    walk(case, "not-right", world=world, at=REPORTED_AT + DAY, by=world.actor("hana"))
    after = clock(case, ClockKind.RECTIFY)
    assert (after.stopped_at, after.due_at) == (None, before.due_at)


def test_a_new_priority_keeps_the_pause_already_earned(world):
    from catalogue.models import Priority

    case = make_case(world=world, faults=[a_fault(kind="STIFF", location="LIV", tile="door", words="The door rubs.")])
    by = world.actor("amira")
    holds.hold(case, reason="material", until_at=REPORTED_AT + 9 * DAY, words="", by=by, at=REPORTED_AT)
    holds.resume(fresh(case), how="early", by=by, at=REPORTED_AT + 2 * DAY)
    case = fresh(case)
    facts.edit(
        case, seen_version=case.version, by=by, at=REPORTED_AT + 2 * DAY, priority=Priority.objects.get(code="P2")
    )
    assert fresh(case).rectify_due_at.date() == (REPORTED_AT + 7 * DAY + 2 * DAY).date()


def test_a_case_that_becomes_urgent_gets_the_repair_target_it_never_had(world):
    from catalogue.models import Priority

    case = make_case(world=world, faults=[a_fault(kind="GAP", location="LIV", tile="wall", words="A gap at the wall.")])
    assert case.rectify_due_at is None
    facts.edit(
        case,
        seen_version=case.version,
        by=world.actor("amira"),
        at=REPORTED_AT + DAY,
        priority=Priority.objects.get(code="P2"),
    )
    assert fresh(case).rectify_due_at.date() == (REPORTED_AT + 7 * DAY).date()


def test_every_open_case_has_a_promised_date(world):
    case = make_case(world=world)
    with pytest.raises(IntegrityError):
        Case.objects.filter(pk=case.pk).update(update_due_at=None)


def test_the_homeowner_is_promised_news_when_told_something(world):
    case = make_case(world=world)
    first = fresh(case).update_due_at
    talk.update(case, words="I come and look.", by=world.actor("amira"), at=first + DAY)
    kept = case.clocks.filter(kind=ClockKind.UPDATE).order_by("sequence")
    assert [row.is_met for row in kept] == [False, False]
    assert fresh(case).update_due_at > first + DAY
