"""MOVE x STATE x ROLE against a table written by hand from the workflow page; not generated from the code.

One line a move: the states from which it exists and who may make it. O officer, M manager, H owner, J joint owner,
R representative, T tenant, S system, C a contractor with a work order on the case; administrator, neighbour, former
owner, another company, a company whose order or appointment ended may do nothing.
"""

from datetime import date, timedelta

import pytest
from django.db import transaction

from cases import workflow
from cases.choices import Status
from cases.evidence import MoveRefused
from cases.models import Case
from homeowners.choices import TenureRole
from ledger.actors import SYSTEM, Actor
from tests.factories import accounts, contractors, homeowners, works
from tests.factories.cases import (
    REPORTED_AT,
    add_after_photo,
    evidence_for,
    fall_silent,
    fresh,
    make_case,
    make_world,
)

pytestmark = pytest.mark.django_db

N, V, A, W = Status.NEW, Status.IN_REVIEW, Status.ACCEPTED, Status.WITH_CONTRACTOR
C, H = Status.TO_CHECK, Status.AWAITING_HOMEOWNER
X, Y, Z = Status.CLOSED_COMPLETE, Status.CLOSED_OUT_OF_SCOPE, Status.CLOSED_OTHER
OPEN = (N, V, A, W, C, H)

ALLOWED = {
    "start-review": ((N,), "OM"),
    "accept": ((N, V), "OM"),
    "accept-and-send": ((N, V, A), "OM"),
    "report-done": ((W,), "OMC"),
    "ask-sign-off": ((W, C), "OM"),
    "send-back": ((C, H), "OM"),
    "confirm": ((C, H), "OMHJR"),
    "not-right": ((H,), "HJR"),
    "close-complete": (OPEN, "OM"),
    "close-no-reply": ((H,), "S"),
    "close-out-of-scope": ((N, V, A, W), "OM"),
    "close-other": (OPEN, "OM"),
    "take-back": ((W,), "OM"),
    "reopen": ((X, Y, Z), "OMHJR"),
}
EVERYBODY = "OMHJRTSANFCDE"
LATER = timedelta(days=1)


@pytest.fixture
def world(defaults):
    return make_world()


@pytest.fixture
def cast(world):
    """Everybody who might try, by the letter of the table."""
    joint = homeowners.make_homeowner(name="Joint Yusof", email="joint@demo.example")
    homeowners.make_tenure(unit=world.unit, homeowner=joint, role=TenureRole.JOINT_OWNER)
    speaker = homeowners.make_homeowner(name="Rep Resentative", email="rep@demo.example")
    homeowners.make_tenure(unit=world.unit, homeowner=speaker, role=TenureRole.REPRESENTATIVE)
    tenant = homeowners.tariq(unit=world.unit)
    former = homeowners.farid(unit=world.unit)
    resident = lambda person: Actor(person.name, "homeowner", person.user_id, None, "portal")  # noqa: E731
    return {
        "O": world.amira.actor(),
        "M": world.mo.actor(),
        "H": resident(world.hana),
        "J": resident(joint),
        "R": resident(speaker),
        "T": resident(tenant),
        "S": SYSTEM,
        "A": accounts.ada().actor(),
        "N": resident(world.noor),
        "F": resident(former),
        "C": works.contractor(world.company.contacts.get()),
        "D": works.contractor(contractors.otto(development=world.development)),
        "E": works.contractor(contractors.siva(development=world.development, parent=world.company)),
    }


def in_state(world, status):
    """A case in a state, with everything on it that a move could ask for."""
    if status == Y:
        case = make_case(world=world, status=N)
        Case.objects.filter(pk=case.pk).update(priority_id="P3", trade_id="PNT")
        workflow.move(
            fresh(case),
            "close-out-of-scope",
            by=world.actor("amira"),
            at=REPORTED_AT + LATER,
            seen_version=case.version,
            **evidence_for("close-out-of-scope", world=world, at=REPORTED_AT),
        )
        return fresh(case)
    case = make_case(world=world, status=status)
    add_after_photo(case, world=world, at=REPORTED_AT + timedelta(hours=20))
    if status == H:
        fall_silent(case, at=REPORTED_AT + 2 * LATER)
    return fresh(case)


def tries(world, case, move, actor):
    """Whether the move is made (or kept for a manager); refusals for lack of evidence would be mistakes of the test."""
    at = REPORTED_AT + 2 * LATER
    try:
        workflow.move(
            case,
            move,
            by=actor,
            at=at,
            seen_version=case.version,
            why="Because of this test.",
            **evidence_for(move, world=world, at=at),
        )
    except MoveRefused as refusal:
        if refusal.field:
            pytest.fail(f"{move} from {case.status} lacks evidence: {refusal.sentence}")
        return False
    return True


@pytest.mark.parametrize("status", list(Status))
def test_in_each_state_each_move_is_made_by_exactly_those_of_the_table(world, cast, status):
    case = in_state(world, status)
    expected = {name: set(roles) if status in states else set() for name, (states, roles) in ALLOWED.items()}
    found = {
        name: {letter for letter in EVERYBODY if tried_and_undone(world, case, name, cast[letter])} for name in ALLOWED
    }
    assert found == expected


def tried_and_undone(world, case, name, actor):
    with transaction.atomic():
        made = tries(world, fresh(case), name, actor)
        transaction.set_rollback(True)
    return made


def test_the_table_names_every_move():
    from cases.moves import MOVES

    assert set(MOVES) == set(ALLOWED)


def test_a_homeowner_cannot_reopen_after_cover_and_appeal_window(world, cast):
    case = in_state(world, X)
    Case.objects.filter(pk=case.pk).update(cover_ends_on=date(2026, 3, 5))
    with pytest.raises(MoveRefused, match="over"):
        workflow.move(
            fresh(case),
            "reopen",
            by=cast["H"],
            at=REPORTED_AT + timedelta(days=60),
            seen_version=case.version,
            words="It leaks again after all.",
        )


def test_out_of_scope_from_to_check_only_after_not_right_and_by_the_manager(world, cast):
    case = in_state(world, H)
    workflow.move(
        case, "not-right", by=cast["H"], at=REPORTED_AT + LATER, seen_version=case.version, words="Still wet at night."
    )
    case = fresh(case)
    event = workflow.move(
        case,
        "close-out-of-scope",
        by=cast["O"],
        at=REPORTED_AT + LATER,
        seen_version=case.version,
        why="Within tolerance, measured twice.",
        **evidence_for("close-out-of-scope", world=world, at=REPORTED_AT),
    )
    assert event.kind == "decision-asked"
