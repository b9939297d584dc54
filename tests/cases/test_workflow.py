"""One door for every change of status."""

from datetime import timedelta

import pytest

from cases import workflow
from cases.choices import Status
from cases.evidence import MoveRefused, StaleCase
from cases.models import Case, CaseEvent
from outbox.models import OutgoingMail
from tests.factories.cases import REPORTED_AT, fresh, make_case, make_world, walk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("defaults")]


@pytest.fixture
def world(defaults):
    return make_world()


@pytest.mark.parametrize("status", [s for s in Status if s != Status.CLOSED_OUT_OF_SCOPE])
def test_a_case_reaches_every_state_by_moves(world, status):
    case = make_case(world=world, status=status)
    assert case.status == status
    assert case.closed_at is not None if case.is_closed else case.next_on is not None


def test_second_mover_is_told_so(world):
    case = make_case(world=world)
    mine, theirs = fresh(case), fresh(case)
    walk(mine, "accept", world=world, at=REPORTED_AT + timedelta(hours=1))
    with pytest.raises(StaleCase):
        walk(theirs, "accept", world=world, at=REPORTED_AT + timedelta(hours=1))


def test_every_confirmed_move_mails_the_homeowner(world):
    case = make_case(world=world, status=Status.CLOSED_COMPLETE)
    kinds = set(OutgoingMail.objects.filter(recipient="hana@demo.example").values_list("kind", flat=True))
    assert kinds == {"receipt", "accept-and-send", "report-done", "ask-sign-off", "confirm"}
    assert case.closed_at


def test_an_internal_note_reaches_no_mail(world):
    case = make_case(world=world)
    workflow.move(
        case, "accept", by=world.actor("amira"), at=REPORTED_AT, seen_version=case.version, note="secret-marker"
    )
    assert not OutgoingMail.objects.filter(body_text__contains="secret-marker").exists()


def test_refusing_a_p2_waits_for_the_manager(world):
    case = make_case(world=world, status=Status.IN_REVIEW)
    event = walk(case, "close-out-of-scope", world=world, at=REPORTED_AT + timedelta(hours=2))
    assert event.kind == "decision-asked"
    assert fresh(case).status == Status.IN_REVIEW
    assert fresh(case).ball == "manager"


def test_a_move_from_a_wrong_state_is_refused_with_a_sentence(world):
    case = make_case(world=world)
    with pytest.raises(MoveRefused, match="New"):
        walk(case, "send-back", world=world, at=REPORTED_AT)


def test_correct_puts_the_last_move_back(world):
    case = make_case(world=world, status=Status.WITH_CONTRACTOR)
    workflow.correct(
        case,
        by=world.actor("amira"),
        at=REPORTED_AT + timedelta(hours=3),
        seen_version=case.version,
        words="Sent to the wrong company by mistake.",
    )
    case = Case.objects.get(pk=case.pk)
    assert (case.status, case.work_company_id, case.accepted_at) == (Status.NEW, None, None)


ERASED = {
    "before": {"before": {}},
    "after": {"after": {}},
    "columns": {"before": {"columns": {}, "clocks": []}},
    "clocks": {"before": {"columns": {"status": "new"}}},
}


@pytest.mark.parametrize("what", ERASED)
def test_a_move_erased_from_the_diary_cannot_be_undone_and_says_so(world, what):
    case = make_case(world=world, status=Status.WITH_CONTRACTOR)
    CaseEvent.objects.filter(pk=workflow.last_move(case).pk).update(**ERASED[what])

    with pytest.raises(MoveRefused, match="erased from the diary"):
        workflow.correct(
            case,
            by=world.actor("amira"),
            at=REPORTED_AT + timedelta(hours=3),
            seen_version=case.version,
            words="Sent to the wrong company by mistake.",
        )

    assert (fresh(case).status, fresh(case).version) == (Status.WITH_CONTRACTOR, case.version)


def test_a_reopened_case_keeps_its_first_dates(world):
    case = make_case(world=world, status=Status.CLOSED_COMPLETE)
    walk(case, "reopen", world=world, at=REPORTED_AT + timedelta(days=20), by=world.actor("hana"))
    again = fresh(case)
    assert (again.status, again.cycle, again.received_at) == (Status.IN_REVIEW, 2, REPORTED_AT)
