"""What a move changes beside the status, and that *correct* puts all of it back and nothing else."""

from datetime import timedelta

import pytest

from cases import holds, moved_dates, workflow
from cases.choices import ClockKind, Status
from cases.effects import KEPT
from cases.evidence import MoveRefused
from cases.models import Case
from outbox.models import OutgoingMail
from tests.factories.cases import REPORTED_AT, fresh, make_case, walk

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
AT = REPORTED_AT + DAY
WHY = "That was the wrong case, sorry."

# state, move, evidence beside the usual: columns afterwards
CHANGED = [
    ("new", "accept", {}, {"accepted_at": AT, "work_company_id": None}),
    (
        "new",
        "accept-and-send",
        {},
        {"accepted_at": AT, "work_stage": "new", "work_due_at": AT + 10 * DAY, "visit_kind": ""},
    ),
    ("with-contractor", "report-done", {}, {"reports_done_at": AT, "not_right_at": None}),
    (
        "to-check",
        "ask-sign-off",
        {},
        {"checked_at": AT, "confirm_asked_at": AT, "reminders_sent": 0},
    ),
    (
        "awaiting-homeowner",
        "send-back",
        {},
        {"work_stage": "back", "work_note": "The ring on the ceiling is still wet.", "confirm_asked_at": None},
    ),
    ("awaiting-homeowner", "not-right", {}, {"not_right_at": AT, "confirm_asked_at": None}),
    ("awaiting-homeowner", "confirm", {}, {"closed_at": AT, "closure_reason": "confirmed"}),
    ("with-contractor", "close-complete", {}, {"closed_at": AT, "closure_reason": "phone"}),
    (
        "new",
        "close-other",
        {"reason": "passed-on", "passed_to": "Gas Board", "follow_up_on": "2026-04-01"},
        {"closed_at": AT, "closure_reason": "passed-on", "passed_to": "Gas Board"},
    ),
    ("with-contractor", "take-back", {}, {"work_company_id": None, "work_due_at": None, "work_stage": ""}),
    (
        "closed-complete",
        "reopen",
        {},
        {"closed_at": None, "cycle": 2, "work_company_id": None, "closure_reason": "", "checked_at": None},
    ),
]


def standing(case):
    """Everything that a correction promises to put back."""
    case = Case.objects.get(pk=case.pk)
    clocks = list(
        case.clocks.exclude(kind=ClockKind.UPDATE)
        .order_by("pk")
        .values_list("kind", "cycle", "due_at", "stopped_at", "paused_at", "paused_seconds")
    )
    dues = [case.acknowledge_due_at, case.rectify_due_at, case.statutory_due_at]
    waits = list(case.holds.order_by("pk").values_list("kind", "ended_at", "pauses"))
    parties = sorted(case.parties.filter(until=None).values_list("homeowner_id", "role"))
    return {name: getattr(case, name) for name in KEPT}, clocks, dues, waits, parties, case.step, case.ball


def correct(world, case, at, by=None):
    case = fresh(case)
    return workflow.correct(case, by=by or world.amira.actor(), at=at, seen_version=case.version, words=WHY)


@pytest.mark.parametrize(("status", "move", "given", "columns"), CHANGED, ids=[f"{row[1]}" for row in CHANGED])
def test_a_move_writes_its_columns_and_correct_puts_everything_back(world, status, move, given, columns):
    case = make_case(world=world, status=Status(status))
    before = standing(case)
    by = world.actor("hana") if move == "not-right" else None
    walk(fresh(case), move, world=world, at=AT, by=by, **given)
    after = fresh(case)
    assert {name: getattr(after, name) for name in columns} == columns
    correct(world, case, AT + HOUR)
    assert standing(case) == before


def test_correct_lets_a_hold_go_on_that_the_closing_ended(world):
    case = make_case(world=world, status=Status.WITH_CONTRACTOR)
    by = world.amira.actor()
    due = fresh(case).rectify_due_at
    holds.hold(fresh(case), reason="drying", until_at=AT + 9 * DAY, words="", by=by, at=AT)
    walk(fresh(case), "close-complete", world=world, at=AT + DAY)
    correct(world, case, AT + DAY + HOUR)
    assert fresh(case).is_paused
    holds.resume(fresh(case), how="early", by=by, at=AT + 3 * DAY)
    assert fresh(case).rectify_due_at == due + 3 * DAY


def test_correct_leaves_alone_what_came_after_the_move(world):
    """A received date that a manager changed, a repair target moved by hand, a hold: none is the move's."""
    case = make_case(world=world, status=Status.WITH_CONTRACTOR)
    by, at = world.amira.actor(), REPORTED_AT + 2 * HOUR
    new_due = REPORTED_AT + 20 * DAY
    moved_dates.change_date(
        fresh(case), "rectify", due=new_due, words="The tiles come by ship.", seen_version=case.version, by=by, at=at
    )
    Case.objects.filter(pk=case.pk).update(received_at=REPORTED_AT - DAY)
    holds.hold(fresh(case), reason="drying", until_at=at + 5 * DAY, words="", by=by, at=at)
    correct(world, case, at + HOUR)
    case = fresh(case)
    assert (case.status, case.received_at, case.rectify_due_at) == (Status.NEW, REPORTED_AT - DAY, new_due)
    assert case.clocks.get(kind=ClockKind.RECTIFY).paused_at == at


def test_correct_leaves_a_visit_that_was_booked_after_the_move(world):
    case = make_case(world=world, status=Status.IN_REVIEW)
    booked = {"visit_kind": "initial", "visit_starts_at": AT + DAY, "visit_ends_at": AT + DAY + HOUR}
    Case.objects.filter(pk=case.pk).update(**booked)
    correct(world, case, REPORTED_AT + 2 * HOUR)
    case = fresh(case)
    assert (case.status, case.visit_starts_at) == (Status.NEW, AT + DAY)


def test_only_the_last_move_is_corrected_and_then_the_one_before(world):
    case = make_case(world=world, status=Status.TO_CHECK)
    correct(world, case, REPORTED_AT + 3 * HOUR)
    assert fresh(case).status == Status.WITH_CONTRACTOR
    correct(world, case, REPORTED_AT + 4 * HOUR)
    assert fresh(case).status == Status.NEW
    with pytest.raises(MoveRefused, match="no move"):
        correct(world, case, REPORTED_AT + 5 * HOUR)


def test_after_a_day_only_a_manager_corrects(world):
    case = make_case(world=world, status=Status.ACCEPTED)
    late = REPORTED_AT + HOUR + DAY + timedelta(minutes=1)
    with pytest.raises(MoveRefused, match="24 hours"):
        correct(world, case, late)
    correct(world, case, late, by=world.mo.actor())
    assert fresh(case).status == Status.NEW


@pytest.mark.parametrize("by", ["hana", "noor"])
def test_nobody_else_corrects(world, by):
    case = make_case(world=world, status=Status.ACCEPTED)
    with pytest.raises(MoveRefused, match="not yours"):
        correct(world, case, REPORTED_AT + 2 * HOUR, by=world.actor(by))


def test_a_correction_says_what_was_wrong(world):
    case = make_case(world=world, status=Status.ACCEPTED)
    with pytest.raises(MoveRefused) as refused:
        workflow.correct(
            case, by=world.amira.actor(), at=REPORTED_AT + 2 * HOUR, seen_version=case.version, words="oops"
        )
    assert refused.value.field == "words"


@pytest.mark.parametrize(
    ("status", "move", "told"),
    [
        (Status.NEW, "accept-and-send", {"hana@demo.example", "lim@demo.example"}),
        (Status.WITH_CONTRACTOR, "take-back", {"hana@demo.example", "lim@demo.example"}),
        (Status.NEW, "accept", {"hana@demo.example"}),
    ],
)
def test_whoever_the_wrong_move_told_hears_of_its_correction(world, status, move, told):
    case = make_case(world=world, status=status)
    walk(fresh(case), move, world=world, at=AT)
    correct(world, case, AT + HOUR)
    mails = OutgoingMail.objects.filter(kind="correct")
    assert {mail.recipient for mail in mails} == told
    assert all(WHY in mail.body_text for mail in mails)
    assert not any("Where it stands: -" in mail.body_text for mail in mails)


def test_the_wrong_row_stays_in_the_diary_beside_its_correction(world):
    case = make_case(world=world, status=Status.ACCEPTED)
    event = correct(world, case, REPORTED_AT + 2 * HOUR)
    assert (event.corrects.move, event.corrects.new_status, event.new_status) == ("accept", "accepted", "new")


def test_the_same_contractor_may_get_a_reopened_case_at_once(world):
    case = make_case(world=world, status=Status.CLOSED_COMPLETE)
    due = (AT + 5 * DAY).isoformat()
    walk(case, "reopen", world=world, at=AT, same_contractor=True, due_at=due)
    case = fresh(case)
    assert (case.status, case.work_company, case.work_stage) == (Status.WITH_CONTRACTOR, world.company, "back")


def test_a_contractors_hold_counts_though_the_clock_stood_still(world):
    """Asked the homeowner while on hold; *not right* lets the target run on as if it had never stopped."""
    case = make_case(world=world, status=Status.TO_CHECK)
    by, due = world.amira.actor(), fresh(case).rectify_due_at
    holds.hold(fresh(case), reason="drying", until_at=AT + 9 * DAY, words="", by=by, at=AT)
    walk(fresh(case), "ask-sign-off", world=world, at=AT + DAY)
    holds.resume(fresh(case), how="early", by=by, at=AT + 3 * DAY)
    walk(fresh(case), "not-right", world=world, at=AT + 4 * DAY, by=world.actor("hana"))
    assert fresh(case).rectify_due_at == due + 3 * DAY
