"""Each state and variant has its step, its next date and somebody who acts; every worded step is reached."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from cases import steps
from cases.choices import Audience, Ball, OtherReason, Status
from cases.headlines import headline
from cases.models import Case
from cases.words import STEPS
from tests.factories.cases import REPORTED_AT, fresh, make_case

DAY = timedelta(days=1)
NOW = REPORTED_AT
NEWS, ANSWER, COMPANY = NOW + DAY, NOW + 2 * DAY, NOW + 3 * DAY
VISIT = NOW + 4 * DAY
HOLD = SimpleNamespace(until_at=NOW + 5 * DAY, reason="drying")
ASK = SimpleNamespace(until_at=NOW + 6 * DAY, reason="owner-information")


def case(status, **facts):
    """A case in memory: the derivation reads columns only."""
    given = {
        "status": status,
        "update_due_at": NEWS,
        "acknowledge_due_at": ANSWER,
        "work_due_at": COMPANY,
        "closed_at": NOW if "closed" in status else None,
        **facts,
    }
    return Case(**given)


def visit(kind, starts=VISIT):
    return {"visit_kind": kind, "visit_starts_at": starts, "visit_ends_at": starts + timedelta(hours=2)}


OVER = NOW - DAY
# the case, what waits, step, who acts, next date
TABLE = [
    (case("new"), "", "new", "officer", ANSWER),
    (case("in-review"), "", "in-review", "officer", NEWS),
    (case("in-review", **visit("initial")), "", "inspection-booked", "officer", VISIT),
    (case("in-review", **visit("initial", OVER)), "", "in-review", "officer", NEWS),
    (case("in-review", **visit("rectification")), "", "in-review", "officer", NEWS),
    (case("in-review", inspected_at=NOW), "", "inspected", "officer", NEWS),
    (case("accepted"), "", "accepted", "officer", NEWS),
    (case("with-contractor", work_stage="new"), "", "contractor-new", "contractor", COMPANY),
    (case("with-contractor", work_stage="accepted"), "", "contractor-accepted", "contractor", COMPANY),
    (case("with-contractor", work_stage="new", **visit("rectification")), "", "repair-booked", "contractor", VISIT),
    (case("with-contractor", work_stage="under-way"), "", "under-way", "contractor", COMPANY),
    (case("with-contractor", work_stage="waiting", work_note="tiles"), "", "waiting", "contractor", COMPANY),
    (case("with-contractor", work_stage="back", work_note="wet"), "", "more-work", "contractor", COMPANY),
    (case("with-contractor", work_stage="disputed"), "decision", "disputed", "manager", COMPANY),
    (case("to-check"), "", "repair-done", "officer", NEWS),
    (case("with-contractor", work_stage="new", **visit("joint")), "", "joint-booked", "officer", VISIT),
    (case("in-review", **visit("end-of-dlp")), "", "inspection-booked", "officer", VISIT),
    (case("to-check", **visit("joint")), "", "check-booked", "officer", VISIT),
    (case("to-check", **visit("check")), "", "check-booked", "officer", VISIT),
    (case("to-check", not_right_at=NOW), "", "not-right", "officer", NEWS),
    (case("awaiting-homeowner"), "", "confirm", "homeowner", NEWS),
    (case("in-review"), "hold", "on-hold", "officer", HOLD.until_at),
    (case("with-contractor"), "ask", "asked", "homeowner", ASK.until_at),
    (case("with-contractor"), "hold ask", "on-hold", "officer", HOLD.until_at),
    (case("in-review"), "decision hold", "decision", "manager", NEWS),
    (case("with-contractor", work_stage="new"), "decision", "contractor-new", "manager", COMPANY),
    (case("closed-complete", closure_reason="confirmed"), "decision hold", "closed-complete", "nobody", None),
    (case("closed-complete", closure_reason="phone"), "", "closed-by-us", "nobody", None),
    (case("closed-complete", closure_reason="under-protest"), "", "closed-protest", "nobody", None),
    (case("closed-complete", closed_without_reply=True), "", "closed-no-reply", "nobody", None),
    (case("closed-out-of-scope", closure_reason="wear"), "", "closed-out-of-scope", "nobody", None),
    *[
        (case("closed-other", closure_reason=reason), "", f"closed-{reason}", "nobody", None)
        for reason in OtherReason.values
    ],
]


@pytest.mark.parametrize(("row", "waits", "step", "ball", "next_on"), TABLE, ids=[f"{r[2]}-{r[3]}" for r in TABLE])
def test_the_step_follows_from_the_facts(row, waits, step, ball, next_on):
    found = steps.standing(
        row,
        hold=HOLD if "hold" in waits else None,
        ask=ASK if "ask" in waits else None,
        manager_decides="decision" in waits,
        at=NOW,
    )
    assert (found.step, found.ball, found.next_on) == (step, ball, next_on)


def test_every_worded_step_is_reached_and_every_reached_step_is_worded():
    assert {row[2] for row in TABLE} == set(STEPS)


def test_every_open_step_has_somebody_who_acts_and_a_next_date():
    assert all(row[3] != Ball.NOBODY and row[4] for row in TABLE if row[0].is_open)


def test_the_words_of_a_step_belong_to_its_state():
    overlays = {"on-hold", "asked", "decision"}
    assert [row[2] for row in TABLE if row[2] not in overlays and STEPS[row[2]].status != row[0].status] == []


@pytest.mark.parametrize(
    ("status", "facts", "due"),
    [
        ("new", {"rectify_due_at": NOW + 9 * DAY}, ANSWER),
        ("in-review", {"rectify_due_at": NOW + 9 * DAY, "statutory_due_at": NOW + 8 * DAY}, NOW + 8 * DAY),
        ("in-review", {"rectify_due_at": NOW + 7 * DAY, "is_paused": True}, NEWS),
        ("awaiting-homeowner", {"rectify_due_at": NOW + 9 * DAY}, NEWS),
        ("closed-complete", {"rectify_due_at": NOW + 9 * DAY}, NOW),
    ],
)
def test_lists_sort_by_the_nearest_promise_that_runs(status, facts, due):
    assert steps.list_clock(case(status, **facts)) == due


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("status", "homeowner", "contractor"),
    [
        (Status.NEW, "Received", "-"),
        (Status.IN_REVIEW, "We are looking into it", "-"),
        (Status.ACCEPTED, "Accepted, we are arranging the repair", "-"),
        (Status.WITH_CONTRACTOR, "With our contractor, dates by Fri 13 Mar", "New: please accept"),
        (Status.TO_CHECK, "Repair done, we are checking it", "Done, being checked"),
        (Status.AWAITING_HOMEOWNER, "Please confirm the repair", "Done, with the homeowner"),
        (Status.CLOSED_COMPLETE, "Completed (you confirmed on Wed 4 Mar)", "Closed"),
        (Status.CLOSED_OTHER, "Withdrawn", "Cancelled"),
    ],
)
def test_the_headline_of_each_state_as_the_workflow_page_words_it(world, status, homeowner, contractor):
    case = fresh(make_case(world=world, status=status))
    assert headline(case, Audience.HOMEOWNER) == homeowner
    assert headline(case, Audience.CONTRACTOR) == contractor
