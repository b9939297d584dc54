"""*Not ours*: who may say so, what a manager decides, and that the homeowner never hears of it (scenario 19)."""

from datetime import timedelta

import pytest

from cases import decisions, workflow
from cases.choices import Audience, DecisionState, Status
from cases.evidence import MoveRefused
from cases.headlines import headline
from cases.models import DecisionRequest
from outbox.models import OutgoingMail
from tests.factories.cases import REPORTED_AT, fresh, walk
from tests.factories.documents import make_stored_file
from tests.factories.works import by_link, contractor, order_of, say
from works import orders
from works.models import Dispute, WorkOrder

pytestmark = pytest.mark.django_db

AT = REPORTED_AT + timedelta(hours=5)
DAY = timedelta(days=1)
WHY = {"reason": "not-our-package", "words": "The drawing shows the kitchen maker's pipe."}


def disputed(case, by, **facts):
    say("dispute", order_of(case), by=by, at=AT, **{**WHY, **facts})
    return DecisionRequest.objects.get(case=case, kind="dispute")


def decide(request, world, how, **facts):
    mo = world.actor("mo")
    request.case = fresh(request.case)
    if how == "uphold":
        return decisions.approve(request, by=mo, at=AT + DAY, seen_version=request.case.version, **facts)
    return decisions.decline(request, by=mo, at=AT + DAY, **facts)


def mails_since(count):
    return [(mail.kind, mail.recipient) for mail in OutgoingMail.objects.order_by("pk")[count:]]


def test_a_dispute_waits_for_the_manager_with_its_drawing_and_the_homeowner_hears_nothing(world, case, lim):
    before, clocks = OutgoingMail.objects.count(), list(case.clocks.values("kind", "due_at", "stopped_at", "paused_at"))
    seen = headline(case, Audience.HOMEOWNER)
    request = disputed(case, contractor(lim), files=[make_stored_file()])
    assert mails_since(before) == [("decision-asked", "mo@demo.example")]
    case = fresh(case)
    assert (case.step, case.ball, order_of(case).state) == ("disputed", "manager", "disputed")
    assert headline(case, Audience.HOMEOWNER) == seen
    assert list(case.clocks.values("kind", "due_at", "stopped_at", "paused_at")) == clocks
    evidence = Dispute.objects.get().evidence.get()
    assert (evidence.is_visible, evidence.added_by_name) == (False, "Lim Wei")
    assert "Not our package. The drawing shows" in request.why


def test_a_manager_has_five_working_days(case, lim):
    """Reported on a Wednesday at the home; Wednesday a week later closes at six."""
    due = disputed(case, contractor(lim)).due_at.astimezone(case.development.tz)
    assert (due.isoformat(timespec="minutes"), due.strftime("%a")) == ("2026-03-11T18:00+08:00", "Wed")


def test_upheld_the_case_is_in_review_and_the_company_reads_the_managers_words(world, case, lim):
    request = disputed(case, contractor(lim))
    before = OutgoingMail.objects.count()
    decide(request, world, "uphold", remarks="The drawing is right, thank you.")
    case = fresh(case)
    assert (case.status, case.work_company, WorkOrder.objects.get().state) == (Status.IN_REVIEW, None, "cancelled")
    assert Dispute.objects.get().state == "upheld"
    assert sorted(mails_since(before)) == [
        ("dispute-upheld", "lim@demo.example"),
        ("take-back", "hana@demo.example"),
    ]
    told = OutgoingMail.objects.get(kind="dispute-upheld").body_text
    assert "The drawing is right, thank you." in told
    homes = OutgoingMail.objects.get(kind="take-back").body_text.lower()
    assert not [word for word in ("drawing", "dispute", "not ours", "lim", "manager") if word in homes]


def test_dismissed_the_order_is_sent_again_and_closed_to_further_dispute(world, case, lim):
    request = disputed(case, contractor(lim))
    before = OutgoingMail.objects.count()
    decide(request, world, "dismiss", remarks="Clause 15 covers the pipe: it is yours.")
    order = order_of(case)
    assert (order.state, order.is_beyond_dispute, fresh(case).status) == ("new", True, Status.WITH_CONTRACTOR)
    assert (Dispute.objects.get().state, fresh(case).ball) == ("dismissed", "contractor")
    assert mails_since(before) == [("dispute-dismissed", "lim@demo.example")]
    assert "Clause 15 covers the pipe: it is yours." in OutgoingMail.objects.get(kind="dispute-dismissed").body_text
    with pytest.raises(MoveRefused, match="decided already"):
        disputed(case, contractor(lim))
    say("accept", order, by=contractor(lim), at=AT + 2 * DAY)


def test_only_a_manager_decides_one_way_or_the_other_with_words(world, case, lim):
    request = disputed(case, contractor(lim))
    with pytest.raises(MoveRefused, match="Only a manager"):
        decisions.decline(request, by=world.actor("amira"), at=AT, remarks="It is yours.")
    with pytest.raises(MoveRefused, match="one way"):
        decisions.send_back(request, by=world.actor("mo"), at=AT, remarks="Send the drawing.")
    with pytest.raises(MoveRefused):
        decisions.decline(request, by=world.actor("mo"), at=AT, remarks=" ")


def test_what_was_accepted_only_the_office_disputes_and_its_author_reads_the_answer(world, case, lim, amira):
    say("accept", order_of(case), by=contractor(lim), at=AT)
    with pytest.raises(MoveRefused, match="WO-1"):
        disputed(case, contractor(lim))
    request = disputed(case, amira)
    before = OutgoingMail.objects.count()
    decide(request, world, "dismiss", remarks="It is theirs by the contract.")
    assert ("decision-answered", "amira@demo.example") in mails_since(before)


@pytest.mark.parametrize(("spoilt", "field"), [({"reason": "no"}, "reason"), ({"words": "No."}, "words")])
def test_a_dispute_names_what_it_lacks(case, lim, spoilt, field):
    with pytest.raises(MoveRefused) as refused:
        disputed(case, contractor(lim), **spoilt)
    assert refused.value.field == field


def test_a_company_that_accepts_after_all_ends_its_dispute(world, case):
    request = disputed(case, by_link(world.company))
    say("accept", order_of(case), by=by_link(world.company), at=AT + DAY)
    request.refresh_from_db()
    assert (request.state, Dispute.objects.get().state) == (DecisionState.ENDED, "withdrawn")
    assert (fresh(case).ball, fresh(case).step) == ("contractor", "contractor-accepted")


@pytest.mark.parametrize("move", ["take-back", "close-other", "report-done"])
def test_a_move_that_takes_the_order_away_ends_the_dispute_and_correct_takes_it_up_again(world, case, lim, amira, move):
    request = disputed(case, contractor(lim))
    walk(fresh(case), move, world=world, at=AT + DAY)
    request.refresh_from_db()
    assert (request.state, Dispute.objects.get().state) == (DecisionState.ENDED, "withdrawn")
    words = "That was the wrong case, sorry."
    workflow.correct(fresh(case), by=amira, at=AT + DAY, seen_version=fresh(case).version, words=words)
    request.refresh_from_db()
    assert (request.state, Dispute.objects.get().state) == (DecisionState.WAITING, "raised")
    assert (fresh(case).step, fresh(case).ball, order_of(case).state) == ("disputed", "manager", "disputed")


def test_upheld_with_another_company_still_owing_only_this_share_ends(world, case, lim, siva, amira):
    second = orders.send(case, company=siva.company, due_at=AT + 9 * DAY, by=amira, at=AT)
    say("dispute", order_of(case, pk=second.pk), by=contractor(siva), at=AT, **WHY)
    decide(DecisionRequest.objects.get(kind="dispute"), world, "uphold")
    assert fresh(case).status == Status.WITH_CONTRACTOR
    assert order_of(case).company == world.company
    assert order_of(case, pk=second.pk).state == "cancelled"


def test_correcting_what_a_manager_upheld_gives_the_company_its_order_again(world, case, lim, amira):
    decide(disputed(case, contractor(lim)), world, "uphold", remarks="Agreed.")
    words = "The drawing was of another block."
    workflow.correct(fresh(case), by=amira, at=AT + DAY, seen_version=fresh(case).version, words=words)
    assert (order_of(case).state, fresh(case).step) == ("new", "contractor-new")
