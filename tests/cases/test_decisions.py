"""What a manager decides: asked once, answered by somebody else, carried out with the asker's words."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.db import IntegrityError, transaction

from accounts.choices import Role
from cases import decisions, facts, talk, workflow
from cases.choices import Status
from cases.evidence import MoveRefused, StaleCase
from cases.models import Case, DecisionRequest
from outbox.models import OutgoingMail
from tests.factories import accounts
from tests.factories.cases import REPORTED_AT, fresh, make_case, walk

pytestmark = pytest.mark.django_db
AT = REPORTED_AT + timedelta(hours=5)


@pytest.fixture
def asked(world):
    """Amira wants to refuse a P2 leak."""
    case = make_case(world=world, status=Status.IN_REVIEW)
    walk(case, "close-out-of-scope", world=world, at=AT, note="Builder agrees.")
    return DecisionRequest.objects.get()


def approve(world, request, **facts):
    case = fresh(request.case)
    given = {"by": world.mo.actor(), "at": AT + timedelta(hours=1), "seen_version": case.version, **facts}
    return decisions.approve(request, **given)


def mails(kind):
    return list(OutgoingMail.objects.filter(kind=kind).values_list("recipient", flat=True))


def test_asking_tells_the_manager_and_nobody_outside(world, asked):
    assert mails("decision-asked") == ["mo@demo.example"]
    assert mails("close-out-of-scope") == []
    assert (fresh(asked.case).step, fresh(asked.case).ball) == ("decision", "manager")


def test_the_managers_mail_opens_the_request_itself(world, asked, client_for):
    mail = OutgoingMail.objects.get(kind="decision-asked")
    path = f"/decisions/{asked.public_id}/"

    assert f"Open the request:\n{settings.BASE_URL}{path}\n" in mail.body_text
    assert client_for(world.mo).get(path).status_code == 200


def test_an_escalation_opens_its_request_too(world):
    facts.escalate(make_case(world=world), why="The third leak from this bathroom.", by=world.amira.actor(), at=AT)
    mail = OutgoingMail.objects.get(kind="decision-asked")
    assert f"/decisions/{DecisionRequest.objects.get().public_id}/" in mail.body_text


def test_one_request_of_a_kind_waits_at_a_time(world, asked):
    with pytest.raises(MoveRefused, match="asked already"):
        walk(fresh(asked.case), "close-out-of-scope", world=world, at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        DecisionRequest.objects.create(
            case=asked.case, kind=asked.kind, seen_version=1, author_name="x", author_role="officer", asked_at=AT
        )


def test_a_request_needs_a_reason(world):
    case = make_case(world=world)
    with pytest.raises(MoveRefused) as refused:
        facts.escalate(case, why="bad", by=world.amira.actor(), at=AT)
    assert refused.value.field == "why"


def test_asking_on_an_old_page_is_refused(world):
    case = make_case(world=world, status=Status.IN_REVIEW)
    old = fresh(case)
    facts.edit(case, seen_version=case.version, by=world.amira.actor(), at=AT, fault="leak, basin")
    with pytest.raises(StaleCase):
        walk(old, "close-out-of-scope", world=world, at=AT)


def test_nobody_decides_their_own_exception(world):
    case = make_case(world=world, status=Status.IN_REVIEW)
    walk(case, "close-out-of-scope", world=world, at=AT, by=world.mo.actor())
    request = DecisionRequest.objects.get()
    with pytest.raises(MoveRefused, match="own exception"):
        approve(world, request)
    with pytest.raises(IntegrityError), transaction.atomic():
        DecisionRequest.objects.filter(pk=request.pk).update(state="approved", decided_at=AT, decided_by_id=world.mo.pk)


def test_a_managers_own_request_goes_to_another_manager(world):
    accounts.make_user(role=Role.MANAGER, email="zita@demo.example", name="Zita Lim")
    case = make_case(world=world, status=Status.IN_REVIEW)
    walk(case, "close-out-of-scope", world=world, at=AT, by=world.mo.actor())
    assert mails("decision-asked") == ["zita@demo.example"]


@pytest.mark.parametrize("answer", ["approve", "send_back", "decline"])
def test_only_a_manager_answers(world, asked, answer):
    given = {"seen_version": asked.case.version} if answer == "approve" else {"remarks": "Not so."}
    other = accounts.make_user(role=Role.OFFICER, email="sara@demo.example").actor()
    with pytest.raises(MoveRefused, match="Only a manager"):
        getattr(decisions, answer)(asked, by=other, at=AT, **given)


def test_approving_carries_out_the_askers_words_in_the_managers_name(world, asked):
    event = approve(world, asked)
    case = fresh(asked.case)
    assert (case.status, event.actor_name, event.note) == (Status.CLOSED_OUT_OF_SCOPE, "Mo Tan", "Builder agrees.")
    assert mails("close-out-of-scope") == ["hana@demo.example"]
    assert mails("decision-answered") == ["amira@demo.example"]
    assert asked.words in OutgoingMail.objects.get(kind="close-out-of-scope").body_text
    asked.refresh_from_db()
    assert (asked.state, asked.decided_by_name) == ("approved", "Mo Tan")


def test_a_request_is_answered_once(world, asked):
    approve(world, asked)
    with pytest.raises(MoveRefused, match="answered this already"):
        approve(world, asked)


def test_a_case_that_changed_since_is_looked_at_again(world, asked):
    seen = asked.case.version
    facts.edit(fresh(asked.case), seen_version=seen, by=world.amira.actor(), at=AT, fault="leak, basin")
    with pytest.raises(StaleCase):
        approve(world, asked, seen_version=seen)
    asked.refresh_from_db()
    assert (asked.state, fresh(asked.case).status) == ("waiting", Status.IN_REVIEW)
    approve(world, asked)


def test_a_case_that_moved_on_cannot_be_approved_but_declined(world, asked):
    Case.objects.filter(pk=asked.case.pk).update(status=Status.AWAITING_HOMEOWNER)
    with pytest.raises(MoveRefused, match="not possible"):
        approve(world, DecisionRequest.objects.get())
    decisions.decline(asked, by=world.mo.actor(), at=AT, remarks="It is repaired already.")
    assert fresh(asked.case).status == Status.AWAITING_HOMEOWNER


@pytest.mark.parametrize(("answer", "kind"), [("send_back", "decision-returned"), ("decline", "decision-declined")])
def test_without_approval_the_case_stays_and_the_asker_reads_the_remarks(world, asked, answer, kind):
    event = getattr(decisions, answer)(asked, by=world.mo.actor(), at=AT, remarks="Measure it first.")
    assert (event.kind, event.words, fresh(asked.case).status) == (kind, "", Status.IN_REVIEW)
    assert "Measure it first." in OutgoingMail.objects.get(kind="decision-answered").body_text
    assert fresh(asked.case).ball == "officer"


@pytest.mark.parametrize("answer", ["send_back", "decline"])
def test_an_answer_without_remarks_is_refused(world, asked, answer):
    with pytest.raises(MoveRefused) as refused:
        getattr(decisions, answer)(asked, by=world.mo.actor(), at=AT, remarks=" ")
    assert refused.value.field == "remarks"


def test_a_returned_request_may_be_asked_again(world, asked):
    decisions.send_back(asked, by=world.mo.actor(), at=AT, remarks="Measure it first.")
    walk(fresh(asked.case), "close-out-of-scope", world=world, at=AT)
    assert DecisionRequest.objects.filter(state="waiting").count() == 1


def test_accepting_against_cover_is_kept_on_the_verdict(world):
    from cases import verdicts
    from cases.models import Case

    case = make_case(world=world)
    Case.objects.filter(pk=case.pk).update(cover_status="expired")
    walk(fresh(case), "accept", world=world, at=AT, why="Goodwill: reported by phone in time.")
    approve(world, DecisionRequest.objects.get())
    verdict = verdicts.in_force(case)["owner"]
    assert (fresh(case).status, verdict.overridden_by_name) == (Status.ACCEPTED, "Mo Tan")
    assert verdict.override_reason == "Goodwill: reported by phone in time."


def test_a_decision_that_waits_lets_people_outside_read_what_they_read(world):
    """With the contractor and booked: an escalation inside the house changes no word for the homeowner."""
    from cases.choices import Audience
    from cases.headlines import headline

    case = make_case(world=world, status=Status.WITH_CONTRACTOR)
    before = [headline(case, audience) for audience in (Audience.HOMEOWNER, Audience.CONTRACTOR)]
    facts.escalate(case, why="Third broken promise of this company.", by=world.amira.actor(), at=AT)
    case = fresh(case)
    assert [headline(case, audience) for audience in (Audience.HOMEOWNER, Audience.CONTRACTOR)] == before


def test_words_for_the_manager_reach_no_homeowner(world, asked):
    talk.update(fresh(asked.case), words="We look at it.", by=world.amira.actor(), at=AT)
    to_hana = OutgoingMail.objects.filter(recipient="hana@demo.example")
    assert not any("Builder agrees" in mail.body_text for mail in to_hana)


@pytest.fixture
def closed(world):
    """Amira asked the manager to take an escalated case; meanwhile Hana withdrew."""
    case = make_case(world=world, status=Status.IN_REVIEW)
    facts.escalate(case, why="Third broken promise of this company.", by=world.amira.actor(), at=AT)
    sent = OutgoingMail.objects.count()
    walk(fresh(case), "close-other", world=world, at=AT + timedelta(hours=1))
    mails = list(OutgoingMail.objects.order_by("pk"))[sent:]
    assert [mail.recipient for mail in mails] == ["hana@demo.example"], "the author is not mailed"
    return fresh(case)


def undo(world, case):
    by, at = world.amira.actor(), AT + timedelta(hours=2)
    return workflow.correct(case, by=by, at=at, seen_version=case.version, words="That was the wrong case, sorry.")


def test_a_request_ends_with_its_case_and_says_when_and_why(world, closed):
    request = closed.decisions.get()
    assert (request.state, request.decided_at) == ("ended", AT + timedelta(hours=1))
    assert (request.decided_by_id, request.decided_by_name) == (None, "Amira Rahman")
    assert request.remarks == "The case was closed: Closed other."
    assert not DecisionRequest.objects.waiting().exists()
    assert not DecisionRequest.objects.answered().exists()
    with pytest.raises(MoveRefused, match="answered this already"):
        approve(world, request)


def test_an_ended_request_is_on_no_list(world, closed, client_for):
    for user, page in ((world.mo, "/decisions/"), (world.amira, "/decisions/"), (world.amira, "/my-day/")):
        with time_machine.travel(AT + timedelta(hours=2), tick=False):
            context = client_for(user).get(page).context
        queue = context.get("queue")
        lists = [queue.mine, queue.asked, queue.answered] if queue else [context["answered"]]
        assert lists == [[]] * len(lists)


def test_correct_of_the_closing_lets_the_request_wait_again(world, closed):
    undo(world, closed)
    request = closed.decisions.get()
    assert (request.state, request.decided_at, request.remarks) == ("waiting", None, "")
    assert fresh(closed).ball == "manager"
    approve(world, request)


def test_what_was_asked_anew_on_the_closed_case_is_not_doubled(world, closed):
    facts.escalate(closed, why="The owner is angry now as well.", by=world.amira.actor(), at=AT + timedelta(hours=1))
    undo(world, fresh(closed))
    assert sorted(closed.decisions.values_list("state", flat=True)) == ["ended", "waiting"]


def test_the_request_that_closes_the_case_is_approved_and_only_the_others_end(world, asked):
    facts.escalate(fresh(asked.case), why="The owner is angry as well.", by=world.amira.actor(), at=AT)
    approve(world, asked)
    assert fresh(asked.case).status == Status.CLOSED_OUT_OF_SCOPE
    states = dict(asked.case.decisions.values_list("kind", "state"))
    assert states == {"out-of-scope": "approved", "escalation": "ended"}
